"""The facts of an item's clocks, which lists look up: its own rule, and from when each counts.

Every move sets them, from the item's events and from the move itself; the last day is counted
anew each time. Whoever moves an item calls `moved`, and saves FIELDS with the rest.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime

from django.db.models import Q

from intake.casework.deadlines.clocks import (
    FROM,
    TO,
    Step,
    Traits,
    beginning,
    own_rule,
    steps_of,
    telling_clocks,
)
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import CLOSED_STATUSES, Signature, Status
from intake.choices.deadline_lists import Happening
from intake.models import AuditEvent, RepeatLink, Submission

FIELDS = ("deadline_rule", "deadline_from", "telling_from")
# Of an event: the day when it happened, where a clerk entered it afterwards.
ON = "happened_on"
_TOLD_BY = Q(action__in=("register", "reroute", "tell_reporter")) | Q(detail__has_key=TO)
NAMED = (Signature.NAMED_CHECKED, Signature.NAMED_UNCHECKED)


def moved(
    item: Submission, *, before: str, at: datetime, book: RuleBook, on: date | None = None
) -> None:
    """Sets the facts of an item that goes from `before` to its present status; nothing is saved.

    `on` is the day when it happened, where a clerk enters it afterwards; the event says it too.
    """
    detail = {FROM: str(before), TO: str(item.status)}
    day = on or _day(item, at)
    known = steps_so_far([item])[str(item.pk)]
    set_clock(item, [*known, *steps_of("move", detail, day)], book)


def registered(item: Submission, *, at: datetime, book: RuleBook) -> None:
    """The same for an item that gets its number; nothing but its arrival was before."""
    set_clock(item, [_arrival(item), Step(_day(item, at), Happening.REGISTERED)], book)


def set_clock(item: Submission, steps: Sequence[Step], book: RuleBook) -> None:
    """Without the event that its rule counts from, an item has no day yet."""
    traits = traits_of(item)
    code = own_rule(traits)
    begun = beginning(book.rules[code], steps) if code else None
    item.deadline_rule = code.value if code else ""
    item.deadline_from = begun.day if begun else None
    # Whether the rule is in force is asked when it is looked up.
    telling = telling_clocks(traits, steps, book.rules)
    item.telling_from = telling[0].from_day if telling else None


def steps_so_far(items: Iterable[Submission]) -> dict[str, list[Step]]:
    """What happened to each item, in order, by its key; one query for all of them."""
    by_key = {str(item.pk): item for item in items}
    steps: dict[str, list[Step]] = defaultdict(list)
    for key, item in by_key.items():
        steps[key].append(_arrival(item))
    told = AuditEvent.objects.filter(_TOLD_BY, object_type="submission", object_id__in=list(by_key))
    for key, action, detail, at in told.order_by("sequence").values_list(
        "object_id", "action", "detail", "at"
    ):
        on = detail.get(ON)
        day = date.fromisoformat(on) if on else _day(by_key[key], at)
        steps[key] += steps_of(action, detail, day)
    return steps


def traits_of(item: Submission) -> Traits:
    """What decides which clocks run."""
    return Traits(
        status=item.status,
        nature=item.nature,
        is_named=item.signature in NAMED,
        is_repeat=_is_repeat(item),
        gets_feedback=item.round.feedback is not False,
    )


def _is_repeat(item: Submission) -> bool:
    """Closed and filed, a repeat is one still; only a named one is asked for its link."""
    if item.status == Status.REPEAT:
        return True
    is_asked = item.status in CLOSED_STATUSES and item.signature in NAMED
    return is_asked and RepeatLink.objects.live().filter(repeat=item).exists()


def _arrival(item: Submission) -> Step:
    return Step(_day(item, item.received_at), Happening.RECEIVED)


def _day(item: Submission, at: datetime) -> date:
    return at.astimezone(item.round.zone).date()
