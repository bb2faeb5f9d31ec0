"""Who read what: of one item all who looked at it, of one member all that was looked at.

Only who, what, how often and when; never content.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, Min, Q

from inspection.models import Round
from intake.audit.event_table import EVENT_KINDS
from intake.audit.watching.patterns import LOOKED
from intake.choices import DeedSort
from intake.models import AuditEvent, SealedMatter, Submission, TransferEntry

# More lines than that are no answer; the list has them all.
MOST_LINES = 200
# What takes out or looks through many items at once, and says none of them: where it is about a
# whole round, or about nothing, which some of these are only at times.
OF_MANY = [
    kind.action
    for kind in EVENT_KINDS
    if kind.sort in (DeedSort.TAKE, DeedSort.LOOK_FOR) and {Round, None} & set(kind.about)
]
# What names one item, and opens others of its round beside it.
OPENS_OTHERS = [kind.action for kind in EVENT_KINDS if kind.opens_others]


@dataclass(frozen=True, slots=True)
class Reading:
    """How often somebody did something to one row, and when first and last.

    `actor` is the key of a member, None for a command; `about` is kind and key of the row.
    """

    actor: int | None
    action: str
    about: tuple[str, str]
    desk: int | None
    count: int
    first: datetime
    last: datetime


def readings_of_item(item: Submission, within: Q) -> list[Reading]:
    """What was done to the item, to the transfer lists with it, and to its sealed matter."""
    lists = TransferEntry.objects.filter(submission=item).values_list("list", flat=True)
    matters = SealedMatter.objects.filter(submission=item).values_list("pk", flat=True)
    about = Q(object_type="submission", object_id=str(item.pk))
    about |= Q(object_type="transferlist", object_id__in=list(map(str, lists)))
    about |= Q(object_type="sealedmatter", object_id__in=list(map(str, matters)))
    return list(_readings(within & about & Q(action__in=LOOKED), "actor", "action", *_ROW))


def possible_readings(item: Submission, within: Q) -> list[Reading]:
    """What was taken out or looked through whole, where the item lay: it may be among it.

    That is at the desks that it came by, or of its whole round.
    """
    of_item = AuditEvent.objects.filter(object_type="submission", object_id=str(item.pk))
    desks = set(of_item.order_by().values_list("desk", flat=True).distinct()) | {item.desk_id}
    where = Q(desk__in=desks - {None}) | Q(object_type="round", object_id=str(item.round_id))
    many = Q(action__in=OF_MANY, object_type__in=("round", "")) & where
    beside = Q(action__in=OPENS_OTHERS, desk__round=item.round_id) & ~Q(object_id=str(item.pk))
    found = within & (many | beside)
    return list(_readings(found, "actor", "action", "desk", *_ROW))


def readings_by(member: int, within: Q) -> list[Reading]:
    """Every row that a member looked at, the last first."""
    found = within & Q(actor=member, action__in=LOOKED)
    return list(_readings(found, *_ROW))


_ROW = ("object_type", "object_id")


def _readings(found: Q, *by: str) -> Iterator[Reading]:
    rows: Any = AuditEvent.objects.filter(found).order_by().values(*by)
    told = rows.annotate(count=Count("pk"), first=Min("at"), last=Max("at")).order_by("-last", *by)
    for row in told[: MOST_LINES + 1]:
        yield Reading(
            actor=row.get("actor"),
            action=row.get("action", ""),
            about=(row.get("object_type", ""), row.get("object_id", "")),
            desk=row.get("desk"),
            count=row["count"],
            first=row["first"],
            last=row["last"],
        )
