"""A year's arrangement of holidays as values: which days differ from their weekday."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from inspection.schedule import Calendar

# What every year's notice arranges; one that lacks any of them is not the whole year.
HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
NEW_YEAR = HOLIDAYS[0]


@dataclass(frozen=True, slots=True)
class ArrangedDay:
    """A day off, or a weekend day that is worked, and the holiday that it belongs to."""

    date: date
    is_workday: bool
    name: str


@dataclass(frozen=True, slots=True)
class Said:
    """What one entry of the notice says, before anything is checked.

    `weekdays` are those that the text puts beside a date, 0 for Monday; `count` is its '共3天'.
    """

    holiday: str
    off: tuple[date, ...] = ()
    worked: tuple[date, ...] = ()
    weekdays: tuple[tuple[date, int], ...] = ()
    count: int | None = None
    joins_weekend: bool = False
    unclear: tuple[str, ...] = ()
    unused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arrangement:
    """A year as its notice arranges it.

    `problems` contradict each other or the calendar, so that the year is not loaded with them;
    `notes` are worth a look.
    """

    year: int | None
    days: tuple[ArrangedDay, ...] = ()
    problems: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def off(self) -> list[ArrangedDay]:
        return [day for day in self.days if not day.is_workday]

    @property
    def worked(self) -> list[ArrangedDay]:
        return [day for day in self.days if day.is_workday]

    def workdays_by_month(self) -> tuple[int, ...]:
        """Working days from January to December; empty while the year is not known."""
        return months_of(self.year, {day.date: day.is_workday for day in self.days})


def months_of(year: int | None, exceptions: Mapping[date, bool]) -> tuple[int, ...]:
    """Working days of each month of a year, by the days that differ."""
    if year is None:
        return ()
    calendar = Calendar(exceptions, frozenset({year}))
    starts = [date(year, month, 1) for month in range(1, 13)] + [date(year + 1, 1, 1)]
    return tuple(
        calendar.workdays_between(first, after - timedelta(days=1)) or 0
        for first, after in pairwise(starts)
    )
