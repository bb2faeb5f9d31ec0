"""Counting a deadline: 民法典 201 and 202, working days by the calendar, and pauses. Pure.

The day of the event does not count. Months end on the day of the same number, or on the month's
last. The days of a pause are not counted, so that they are added at the end. What needs a
calendar year that is not known is None: unknown, never a guess.
"""

from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from inspection.schedule import ONE_DAY, Calendar
from intake.choices.deadline_lists import Happening, Unit

MOST = 400
# The longest stretch in which so many working days must lie, whatever the holidays.
_REACH = timedelta(days=3 * MOST)


@dataclass(frozen=True, slots=True)
class Rule:
    """So many units from an event.

    `to_workday` moves a last day that is off to the next working day, for days and months; the
    office's rules do not ask for it, so it is off. `extra` units were granted to this item.
    """

    code: str
    words: str
    number: int
    unit: Unit
    counts_from: Happening
    may_extend: int = 0
    to_workday: bool = False
    extra: int = 0

    @property
    def length(self) -> int:
        return self.number + self.extra

    @property
    def needs_calendar(self) -> bool:
        return self.unit is Unit.WORKDAYS or self.to_workday


@dataclass(frozen=True, slots=True)
class Pause:
    """Days that do not count, from the first up to, but not including, `until`."""

    first: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        return self.first <= day and (self.until is None or day < self.until)


def due(
    rule: Rule, from_day: date, calendar: Calendar, pauses: Sequence[Pause] = ()
) -> date | None:
    """The last day; None where it is unknown, or while a pause runs that has no end yet.

    A clock that was stopped after its last day stands still as well, and is not over meanwhile.
    """
    if any(pause.until is None for pause in pauses):
        return None
    if rule.length == 0:
        return from_day
    if rule.unit is Unit.WORKDAYS:
        return _counted(rule.length, from_day, calendar, pauses, only_workdays=True)
    plain = (
        from_day + timedelta(days=rule.length)
        if rule.unit is Unit.DAYS
        else _months_later(from_day, rule.length)
    )
    last = _counted((plain - from_day).days, from_day, calendar, pauses, only_workdays=False)
    return _next_workday(last, calendar) if rule.to_workday and last else last


def latest_from(rule: Rule, day: date, calendar: Calendar) -> tuple[date | None, date] | None:
    """The first and the last day of beginning whose due day is `day` or earlier.

    The first is None where all earlier days are among them; None for no day at all. A beginning
    whose due day is unknown is in no list.
    """
    first = _known_since(day, calendar) if rule.needs_calendar else None
    if rule.needs_calendar and first is None:
        return None
    low, high = max(first or date.min, day - _REACH), day
    if not _is_by(rule, low, day, calendar):
        return None
    while low < high:
        middle = low + (high - low + ONE_DAY) // 2
        if _is_by(rule, middle, day, calendar):
            low = middle
        else:
            high = middle - ONE_DAY
    return first, low


def known_spans(rule: Rule, calendar: Calendar) -> list[tuple[date | None, date]]:
    """The days of beginning whose due day is known: a span for each run of known years."""
    years = calendar.years
    ends = [date(year, 12, 31) for year in sorted(years) if year + 1 not in years]
    spans = (latest_from(rule, day, calendar) for day in ends)
    return [span for span in spans if span]


def workdays_until(today: date, last: date, calendar: Calendar) -> int | None:
    """Working days after today up to the last day; negative once it is over."""
    if today <= last:
        return calendar.workdays_between(today + ONE_DAY, last)
    over = calendar.workdays_between(last + ONE_DAY, today)
    return None if over is None else -over


def _is_by(rule: Rule, from_day: date, day: date, calendar: Calendar) -> bool:
    last = due(rule, from_day, calendar)
    return last is not None and last <= day


def _counted(
    wanted: int,
    from_day: date,
    calendar: Calendar,
    pauses: Sequence[Pause],
    *,
    only_workdays: bool,
) -> date | None:
    if not only_workdays and not pauses:
        return from_day + timedelta(days=wanted)
    day = from_day
    while wanted:
        day += ONE_DAY
        counts = calendar.is_workday(day) if only_workdays else True
        if counts is None:
            return None
        wanted -= counts and not any(pause.holds(day) for pause in pauses)
    return day


def _next_workday(day: date, calendar: Calendar) -> date | None:
    while (is_workday := calendar.is_workday(day)) is False:
        day += ONE_DAY
    return day if is_workday else None


def _months_later(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _known_since(day: date, calendar: Calendar) -> date | None:
    """The first day of the known years that lead without a gap up to a day, or to its year."""
    year = day.year if day.year in calendar.years else day.year - 1
    if year not in calendar.years:
        return None
    while year - 1 in calendar.years:
        year -= 1
    return date(year, 1, 1)
