"""Which days are counted, and which days of the round before they are compared with. Pure."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

from inspection.schedule import ONE_DAY

WEEK = timedelta(days=7)
_FIRST, _LAST = r"(?P<first>\d{4}-\d\d-\d\d)", r"(?P<last>\d{4}-\d\d-\d\d)"
_WORDS = [
    re.compile(one)
    for one in (f"{_FIRST} 至 {_LAST}", f"{_FIRST} 起", f"到 {_LAST} 为止", "全部日期")
]


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

    @classmethod
    def read(cls, words: str) -> "Span":
        """The span of these `words`; ValueError for what no span says."""
        for pattern in _WORDS:
            if found := pattern.fullmatch(words):
                days = found.groupdict()
                return cls(*(_day(days.get(name)) for name in ("first", "last")))
        raise ValueError(words)

    def until(self, last: date) -> "Span":
        """As far as that day at most."""
        return Span(self.first, min(self.last or last, last))

    def earlier(self, by: timedelta, today: date) -> "Span":
        """The same days of a round that began so much earlier, as far as this one has come."""
        first = self.first - by if self.first else None
        return Span(first, min(self.last or today, today) - by)


def _day(typed: str | None) -> date | None:
    return date.fromisoformat(typed) if typed else None


def apart(spans: Iterable[Span], today: date) -> list[Span]:
    """The days of all of them, cut wherever one of them begins or ends.

    What can be worked out of their sums is a sum over such pieces, as long as nobody changes an
    item. One that is open ends today.
    """
    ends = [(one.first or date.min, (one.last or today) + ONE_DAY) for one in spans]
    cuts = sorted({day for pair in ends for day in pair})
    pieces = [
        (first, behind)
        for first, behind in pairwise(cuts)
        if any(begins <= first and behind <= ended for begins, ended in ends)
    ]
    return [Span(None if a == date.min else a, b - ONE_DAY) for a, b in pieces]


def this_week(today: date) -> Span:
    """Monday to today."""
    return Span(today - timedelta(days=today.weekday()), today)


def last_week(today: date) -> Span:
    """Monday to Sunday before that."""
    monday = today - timedelta(days=today.weekday())
    return Span(monday - WEEK, monday - ONE_DAY)
