"""The own clock of each of many items, and what is left of it, without a query for any of them."""

from datetime import date, datetime

from intake.casework.deadlines.clock_lines import PAUSED, UNKNOWN, left_in_words
from intake.casework.deadlines.due_lists import ChangedClock, DueLists
from intake.choices import Status
from intake.choices.deadline_lists import OURS, RuleCode
from intake.models import Submission


def days_left(item: Submission, lists: DueLists, at: datetime) -> str:
    """'还有 3 天（2 个工作日）', as the item's own page says it; '' where no clock runs."""
    last, today = last_day_of(item, lists), at.astimezone(item.round.zone).date()
    if isinstance(last, str):
        return last
    rule = RuleCode.REGISTERING if item.status == Status.UNREGISTERED else item.deadline_rule
    return left_in_words(today, last, lists.book.calendar, RuleCode(rule).facts.over)


def last_day_of(item: Submission, lists: DueLists) -> date | str:
    """The last day of its own clock; a word where it is not known, '' where none runs."""
    clock = lists.changed.get(item.pk) or _unchanged(item)
    return said_last_day(clock, lists) if clock else ""


def handling_due(item: Submission, lists: DueLists) -> date | str:
    """办理期限 of ledger and papers: what is due here, and no term that somebody else may use."""
    is_ours = item.status == Status.UNREGISTERED or item.deadline_rule in OURS
    return last_day_of(item, lists) if is_ours else ""


def said_last_day(clock: ChangedClock, lists: DueLists) -> date | str:
    """The last day; a word where it is not known, '' where its rule is not in force."""
    if clock.rule not in lists.book.in_force:
        return ""
    return PAUSED if clock.is_paused else lists.last_day(clock) or UNKNOWN


def _unchanged(item: Submission) -> ChangedClock | None:
    if item.status == Status.UNREGISTERED:
        received: date = item.received_at.astimezone(item.round.zone).date()
        return ChangedClock(RuleCode.REGISTERING, received)
    return ChangedClock(item.deadline_rule, item.deadline_from) if item.deadline_from else None
