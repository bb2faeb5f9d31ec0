"""What was added to an item and nobody at its desk has opened yet.

Each supplement itself remembers its first opening: a moment kept with the item would pass over
one that arrived earlier and was stored later, because it was slow to come in.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Exists, OuterRef, Q

from intake.models import Desk, DeskAccess, StaffUser, Supplement


def has_news() -> Exists:
    """Of items: whether one has a supplement that is new to its desk."""
    return Exists(Supplement.objects.unopened().filter(submission=OuterRef("pk")))


def only_with_news() -> Q:
    """The same as a condition, which starts from the few new supplements."""
    return Q(pk__in=Supplement.objects.unopened().values("submission"))


def count_of_items(user: StaffUser) -> int:
    """How many items at the member's desks have news."""
    seen_by = Desk.objects.visible_to(user)
    new = Supplement.objects.unopened().filter(submission__desk__in=seen_by)
    return new.order_by().values("submission").distinct().count()


def note_opened(rows: Iterable[Supplement], *, desk: Desk, by: StaffUser, at: datetime) -> None:
    """These rows were opened; news they stay when the office looked into a team's item."""
    new = [row.pk for row in rows if row.is_new]
    if new and DeskAccess.objects.filter(user=by, desk=desk).exists():
        Supplement.objects.unopened().filter(pk__in=new).update(opened_at=at)
