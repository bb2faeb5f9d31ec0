"""Until when a receiver may object, and until when an answer is due; counted, never stored."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from intake.casework.deadlines.clock_lines import left_in_words
from intake.casework.deadlines.counting import workdays_until
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import ListState
from intake.choices.deadline_lists import RuleCode
from intake.models import TransferList


@dataclass(frozen=True, slots=True)
class ListClock:
    """`last` is None where the calendar does not reach so far; `workdays_left` likewise.

    `left` says both of what is left in words; '' where it is unknown. A term to object that ran out
    is nobody's lateness.
    """

    words: str
    last: date | None
    workdays_left: int | None
    is_late: bool
    left: str = ""


def objection_due(row: TransferList, book: RuleBook) -> date | None:
    """The last day for an objection; None while it is not sent, or where it is unknown."""
    return book.last_day(RuleCode.OBJECTION, row.sent_on) if row.sent_on else None


def is_late_objection(row: TransferList, book: RuleBook) -> bool:
    """Whether the receiver objected after that day: it is recorded, and said to be late."""
    last = objection_due(row, book)
    return last is not None and row.objection_on is not None and row.objection_on > last


def feedback_due(row: TransferList, book: RuleBook) -> date | None:
    """The last day for the answer, counted from the signature.

    Of a notice to set right it is the last day of the period, which is known from the start.
    """
    if row.is_fix:
        team = row.desk.team
        own: date | None = team.period_ends_last if team else None
        return own or row.round.period_ends_last
    if row.signed_on is None:
        return None
    return book.last_day(RuleCode.FEEDBACK, row.signed_on)


def clocks_of(row: TransferList, today: date, book: RuleBook) -> Iterator[ListClock]:
    """The clocks that run for the list where it stands."""
    if row.state == ListState.SENT:
        yield _objection(row, today, book)
    elif row.state == ListState.SIGNED:
        yield _clock("书面结果" if row.is_fix else "反馈", feedback_due(row, book), today, book)
        # Whoever signed on delivery may still object.
        yield _objection(row, today, book)


def _objection(row: TransferList, today: date, book: RuleBook) -> ListClock:
    over = RuleCode.OBJECTION.facts.over
    return _clock("提出异议", objection_due(row, book), today, book, over)


def _clock(words: str, last: date | None, today: date, book: RuleBook, over: str = "") -> ListClock:
    if last is None:
        return ListClock(words, None, None, is_late=False)
    workdays, left = (
        workdays_until(today, last, book.calendar),
        left_in_words(today, last, book.calendar, over),
    )
    is_late = today > last and not over
    return ListClock(words, last, workdays, is_late, left)
