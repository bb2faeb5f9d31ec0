"""Which days are counted, and which days of the round before they are compared with. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta

from inspection.schedule import ONE_DAY

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Span:
    """From the first day to the last, both included; None is open on that side."""

    first: date | None = None
    last: date | None = None

    @property
    def words(self) -> str:
        """'2025-03-28 至 2025-04-15'."""
        if self.first and self.last:
            return f"{self.first} 至 {self.last}"
        if self.first:
            return f"{self.first} 起"
        return f"到 {self.last} 为止" if self.last else "全部日期"

    def earlier(self, by: timedelta, today: date) -> "Span":
        """The same days of a round that began so much earlier, as far as this one has come."""
        first = self.first - by if self.first else None
        return Span(first, min(self.last or today, today) - by)


def this_week(today: date) -> Span:
    """Monday to today."""
    return Span(today - timedelta(days=today.weekday()), today)


def last_week(today: date) -> Span:
    """Monday to Sunday before that."""
    monday = today - timedelta(days=today.weekday())
    return Span(monday - WEEK, monday - ONE_DAY)
