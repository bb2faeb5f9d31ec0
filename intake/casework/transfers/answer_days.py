"""By when a receiver must have answered: each item by its own clock, a list by the first of them.

What asks for something to be settled (求决) has its sixty days from acceptance wherever it lies;
all else has the time for an answer, from the signature on. Pauses and extensions count as on the
item's own page.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from uuid import UUID

from django.db.models import prefetch_related_objects

from intake.casework.deadlines.clock_facts import steps_so_far, traits_of
from intake.casework.deadlines.clock_lines import PAUSED, UNKNOWN, last_day_of_clock
from intake.casework.deadlines.clocks import own_clock, own_rule
from intake.casework.deadlines.days_left import said_last_day
from intake.casework.deadlines.due_lists import ChangedClock, DueLists
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import Status
from intake.choices.deadline_lists import RuleCode
from intake.models import Submission, TransferList

# A last day; a word where it is not known, '' where none runs, None where the item has none of its
# own: then the list's own days decide.
AnswerDay = date | str | None
_AT_RECEIVERS = (RuleCode.SETTLE, RuleCode.FEEDBACK)


@dataclass(frozen=True, slots=True)
class StoredClock:
    """What an item's row says of its own clock."""

    key: UUID
    rule: str
    from_day: date | None

    def last_day(self, lists: DueLists) -> AnswerDay:
        """None where it is no clock that runs at a receiver's."""
        if self.rule not in _AT_RECEIVERS or self.from_day is None:
            return None
        clock = lists.changed.get(self.key) or ChangedClock(self.rule, self.from_day)
        return said_last_day(clock, lists)


def days_by_events(row: TransferList, items: Sequence[Submission]) -> dict[UUID, AnswerDay]:
    """The same by what happened, also before the items are at the receiver's; few queries."""
    prefetch_related_objects(list(items), "pauses", "extensions")
    steps, book = steps_so_far(items), RuleBook.read()
    there = Status.FIXING if row.is_fix else Status.ACKNOWLEDGED
    days: dict[UUID, AnswerDay] = {}
    for item in items:
        traits = replace(traits_of(item), status=there.value)
        rules = book.with_extensions(item).in_force
        code = own_rule(traits)
        clock = own_clock(traits, steps[str(item.pk)], rules)
        if clock is not None:
            days[item.pk] = last_day_of_clock(item, clock, book.calendar)
        else:
            days[item.pk] = "" if code and code not in rules else None
    return days


def of_the_list(row: TransferList, day: AnswerDay, book: RuleBook) -> date | str:
    """Of one item on the list, where the item's own clock says so.

    Of a notice to set right it is never after the period, which is known from the start.
    """
    if row.is_fix:
        known = [one for one in (day, _period_ends(row)) if isinstance(one, date)]
        return min(known, default="")
    if day is not None:
        return day
    if row.signed_on is None or RuleCode.FEEDBACK not in book.in_force:
        return ""
    return book.last_day(RuleCode.FEEDBACK, row.signed_on) or UNKNOWN


def first_of(row: TransferList, days: Iterable[AnswerDay], book: RuleBook) -> date | str:
    """Of the whole list: the first day that is known, or why there is none."""
    said = [of_the_list(row, day, book) for day in days] or [of_the_list(row, None, book)]
    known = [one for one in said if isinstance(one, date)]
    words = [one for one in (UNKNOWN, PAUSED) if one in said]
    return min(known) if known else next(iter(words), "")


def _period_ends(row: TransferList) -> date | None:
    team = row.desk.team
    own: date | None = team.period_ends_last if team else None
    return own or row.round.period_ends_last
