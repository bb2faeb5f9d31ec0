"""When reports are accepted and when somebody answers the phone.

Every rule takes the moment as an argument and refuses one without a zone. Windows
are half-open. Unknown stays None, never a guess.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from enum import StrEnum
from typing import Literal
from zoneinfo import ZoneInfo

# The longest official break is nine days; four weeks without an answer mean that there is none.
SEARCH_DAYS = 28
ONE_DAY = timedelta(days=1)
# On which days a phone is answered; the codes are the contract's.
Days = Literal["workdays", "every_day"]


class WindowState(StrEnum):
    """How the window stands at a moment; the values are the pages' `data-window`."""

    UPCOMING = "upcoming"
    OPEN = "open"
    LAST_DAY = "last-day"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True)
class Window:
    """The moments from `opens` up to, but not including, `closes`."""

    opens: datetime
    closes: datetime
    zone: ZoneInfo

    def contains(self, at: datetime) -> bool:
        return _instant(self.opens) <= _instant(at) < _instant(self.closes)

    def state(self, at: datetime) -> WindowState:
        if _instant(at) < _instant(self.opens):
            return WindowState.UPCOMING
        if _instant(at) >= _instant(self.closes):
            return WindowState.CLOSED
        if _local(at, self.zone).date() == self.last_day:
            return WindowState.LAST_DAY
        return WindowState.OPEN

    @property
    def first_day(self) -> date:
        """The day, in the zone, on which the first accepted moment lies."""
        return _local(self.opens, self.zone).date()

    @property
    def last_day(self) -> date:
        """The day, in the zone, on which the last accepted moment lies."""
        return _local(_instant(self.closes) - datetime.resolution, self.zone).date()

    def days_left(self, at: datetime) -> int:
        """Calendar days in the zone after today up to the last day; 0 on it and after it."""
        return max(0, (self.last_day - _local(at, self.zone).date()).days)

    def time_left(self, at: datetime) -> timedelta:
        """From `at` to the closing moment; zero once it has come."""
        return max(timedelta(0), _instant(self.closes) - _instant(at))


def acceptance_window(
    *, first_day: date, last_day: date, until: time | None, zone: ZoneInfo
) -> Window:
    """The window of a notice: the one place where a closing date becomes a moment.

    A last day without a time of day is accepted whole, up to the next local midnight.
    """
    opens = datetime.combine(first_day, time(0), zone)
    if until is None:
        closes = datetime.combine(last_day + ONE_DAY, time(0), zone)
    else:
        closes = datetime.combine(last_day, until, zone)
    return Window(opens=opens, closes=closes, zone=zone)


def inspection_window(accepting: Window, last_day: date | None) -> Window:
    """From the first accepted moment to the end of the inspection's last possible day.

    It never ends before the window of acceptance does; a notice without a period has that alone.
    """
    if last_day is None:
        return accepting
    ends = datetime.combine(last_day + ONE_DAY, time(0), accepting.zone)
    closes = max(accepting.closes, ends, key=_instant)
    return Window(opens=accepting.opens, closes=closes, zone=accepting.zone)


@dataclass(frozen=True, slots=True)
class Calendar:
    """Working days as officially arranged: plain weekdays, and the days that differ.

    `years` are the years whose arrangement is known; of any other year nothing is said.
    """

    exceptions: Mapping[date, bool]
    years: frozenset[int]

    def is_workday(self, day: date) -> bool | None:
        if day.year not in self.years:
            return None
        return self.exceptions.get(day, day.weekday() < 5)

    def workdays_between(self, first: date, last: date) -> int | None:
        """Working days from `first` to `last`, both counted; None if a year is unknown."""
        count = 0
        for offset in range((last - first).days + 1):
            is_workday = self.is_workday(first + timedelta(days=offset))
            if is_workday is None:
                return None
            count += is_workday
        return count

    def workdays_left(self, window: Window, at: datetime) -> int | None:
        """Working days among `window.days_left`: today is counted in neither."""
        tomorrow = _local(at, window.zone).date() + ONE_DAY
        return self.workdays_between(tomorrow, window.last_day)


@dataclass(frozen=True, slots=True)
class DutyHours:
    """When a phone is answered: on which days, and in which half-open windows of a day.

    A window that does not end after it starts runs on into the next day, so (00:00, 00:00)
    is the whole day.
    """

    days: Days | None
    windows: tuple[tuple[time, time], ...] = ()

    def is_answered(self, at: datetime, calendar: Calendar, zone: ZoneInfo) -> bool | None:
        if self.days is None or not self.windows:
            return None
        today = _local(at, zone).date()
        known = [self._is_on_duty(day, calendar) for day in (today - ONE_DAY, today)]
        if known[1] is None:
            return None
        return any(
            _instant(starts) <= _instant(at) < _instant(ends)
            for on_duty, day in zip(known, (today - ONE_DAY, today), strict=True)
            if on_duty
            for starts, ends in self._spans(day, zone)
        )

    def next_answered(self, at: datetime, calendar: Calendar, zone: ZoneInfo) -> datetime | None:
        """The next moment, after `at`, at which somebody starts to answer.

        None when it is unknown: a day on the way whose year has no calendar ends the search.
        """
        if self.days is None or not self.windows:
            return None
        today = _local(at, zone).date()
        for offset in range(SEARCH_DAYS):
            day = today + timedelta(days=offset)
            on_duty = self._is_on_duty(day, calendar)
            if on_duty is None:
                return None
            later = [s for s, _ in self._spans(day, zone) if _instant(s) > _instant(at)]
            if on_duty and later:
                return min(later)
        return None

    def _is_on_duty(self, day: date, calendar: Calendar) -> bool | None:
        return True if self.days == "every_day" else calendar.is_workday(day)

    def _spans(self, day: date, zone: ZoneInfo) -> Iterator[tuple[datetime, datetime]]:
        for start, end in self.windows:
            ends_on = day if end > start else day + ONE_DAY
            yield datetime.combine(day, start, zone), datetime.combine(ends_on, end, zone)


def midnight(day: date, zone: tzinfo) -> datetime:
    """The moment at which a day begins."""
    return datetime.combine(day, time(0), zone)


def _instant(at: datetime) -> datetime:
    """The moment in UTC.

    Two datetimes of one zone are compared by their wall clocks, which is wrong where
    the clocks change; and a moment without a zone would be taken for the machine's.
    """
    if at.utcoffset() is None:
        raise ValueError("a moment needs a time zone")
    return at.astimezone(UTC)


def _local(at: datetime, zone: ZoneInfo) -> datetime:
    return _instant(at).astimezone(zone)
