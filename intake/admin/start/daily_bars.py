"""How many items came in on each of the last days, as bars."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from inspection.schedule import Calendar
from intake.admin.items.list_filters import list_found_by
from intake.models import Submission

STEP, ROOM, HIGHEST = 34, 72, 64


@dataclass(frozen=True, slots=True)
class Bar:
    """One day; the numbers are units of the drawing."""

    label: str
    short: str
    count: int
    x: int
    height: int
    is_rest: bool
    # The list of that day; '' where nothing came in.
    url: str = ""

    @property
    def y(self) -> int:
        return ROOM - self.height

    @property
    def middle(self) -> int:
        return self.x + 8


def bars_for(counts: Mapping[date, int], calendar: Calendar) -> list[Bar]:
    """How many came in on each of these days; empty when nothing came in."""
    highest = max(counts.values(), default=0)
    if not highest:
        return []
    return [
        Bar(
            label=f"{day.month}月{day.day}日",
            short=str(day.day),
            count=count,
            x=place * STEP + (STEP - 16) // 2,
            height=_height(count, highest),
            is_rest=calendar.is_workday(day) is False,
            url=list_found_by(Submission, day.isoformat()) if count else "",
        )
        for place, (day, count) in enumerate(counts.items())
    ]


def _height(count: int, highest: int) -> int:
    """At least a sliver for a day on which something came."""
    return max(3, round(HIGHEST * count / highest)) if count else 0
