"""What was added to an item and nobody at its desk has opened yet.

Each supplement itself remembers its first opening: a moment kept with the item would pass over
one that arrived earlier and was stored later, because it was slow to come in. What was added to a
repeat is news of its lead, where both are worked on.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from intake.models import Desk, DeskAccess, RepeatLink, StaffUser, Supplement
from intake.models.material import SupplementQuerySet


def has_news() -> Q:
    """Of items: whether one, or a repeat of it, has a supplement that is new to its desk."""
    own = _of_no_repeat().filter(submission=OuterRef("pk"))
    its_repeats = RepeatLink.objects.live().filter(lead=OuterRef(OuterRef("pk")))
    of_repeats = _new().filter(submission__in=its_repeats.values("repeat"))
    return Q(Exists(own)) | Q(Exists(of_repeats))


def only_with_news() -> Q:
    """The same as a condition, which starts from the few new supplements."""
    with_new_repeats = RepeatLink.objects.live().filter(repeat__in=_new().values("submission"))
    own = Q(pk__in=_of_no_repeat().values("submission"))
    return own | Q(pk__in=with_new_repeats.values("lead"))


def _new() -> SupplementQuerySet:
    return Supplement.objects.unopened().order_by()


def _of_no_repeat() -> SupplementQuerySet:
    return _new().exclude(submission__in=RepeatLink.objects.live().values("repeat"))


def note_opened(rows: Iterable[Supplement], *, desk: Desk, by: StaffUser, at: datetime) -> None:
    """These rows were opened; news they stay when the office looked into a team's item."""
    new = [row.pk for row in rows if row.is_new]
    if new and DeskAccess.objects.filter(user=by, desk=desk).exists():
        Supplement.objects.unopened().filter(pk__in=new).update(opened_at=at)
