"""Until when a receiver may object, and until when an answer is due; counted, never stored."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from intake.casework.deadlines.clock_lines import PAUSED, UNKNOWN, left_in_words
from intake.casework.deadlines.counting import workdays_until
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.transfers.answer_days import AnswerDay, first_of, of_the_list
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


def feedback_due(row: TransferList, book: RuleBook, days: Iterable[AnswerDay] = ()) -> date | None:
    """The last day for the answer, by those of the items; None where none is known yet."""
    said = first_of(row, days, book)
    return said if isinstance(said, date) else None


def clocks_of(
    row: TransferList, today: date, book: RuleBook, days: Mapping[str, AnswerDay]
) -> Iterator[ListClock]:
    """The clocks that run for the list where it stands; `days` by the numbers of open items."""
    if row.state not in (ListState.SENT, ListState.SIGNED):
        return
    yield from _answers(row, today, book, days)
    # Whoever signed on delivery may still object.
    over = RuleCode.OBJECTION.facts.over
    yield _clock("提出异议", objection_due(row, book), today, book, over)


def _answers(
    row: TransferList, today: date, book: RuleBook, days: Mapping[str, AnswerDay]
) -> Iterator[ListClock]:
    """One for each last day, the first before the others; it names its items where days differ."""
    found: dict[date | str, list[str]] = defaultdict(list)
    for number, day in (days or {"": None}).items():
        found[of_the_list(row, day, book)].append(number)
    if row.state == ListState.SENT:
        # What counts from the signature has not begun.
        found.pop("", None)
    words = "书面结果" if row.is_fix else "反馈"
    for day in sorted(found, key=str):
        about = f"（{'、'.join(found[day])}）" if len(found) > 1 else ""
        if isinstance(day, date) or day == UNKNOWN:
            last = day if isinstance(day, date) else None
            yield _clock(f"{words}{about}", last, today, book)
        elif day == PAUSED:
            yield ListClock(f"{words}{about}", None, None, is_late=False, left=PAUSED)


def _clock(words: str, last: date | None, today: date, book: RuleBook, over: str = "") -> ListClock:
    if last is None:
        return ListClock(words, None, None, is_late=False)
    workdays, left = (
        workdays_until(today, last, book.calendar),
        left_in_words(today, last, book.calendar, over),
    )
    is_late = today > last and not over
    return ListClock(words, last, workdays, is_late, left)
