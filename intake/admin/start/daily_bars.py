"""How many items came in on each of the last days, as bars."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Count, Q

from inspection.models import Round
from inspection.schedule import Calendar
from intake.admin.items.list_filters import list_found_by
from intake.models import StaffUser, Submission

DAYS_SHOWN = 21
ONE_DAY = timedelta(days=1)
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


def bars_for(user: StaffUser, round_: Round, at: datetime, calendar: Calendar) -> list[Bar]:
    """The last three weeks of the member's own desks; empty when nothing came in."""
    today = at.astimezone(round_.zone).date()
    days = [today - timedelta(days=back) for back in range(DAYS_SHOWN - 1, -1, -1)]
    counts = _counts(user, days, round_.zone)
    highest = max(counts.values())
    if not highest:
        return []
    return [
        Bar(
            label=f"{day.month}月{day.day}日",
            short=str(day.day),
            count=counts[day],
            x=place * STEP + (STEP - 16) // 2,
            height=_height(counts[day], highest),
            is_rest=calendar.is_workday(day) is False,
            url=list_found_by(Submission, day.isoformat()) if counts[day] else "",
        )
        for place, day in enumerate(days)
    ]


def _counts(user: StaffUser, days: list[date], zone: ZoneInfo) -> dict[date, int]:
    """Counted between midnights of the zone, so that an index on desk and moment is enough."""
    bounds = [datetime.combine(day, time(0), zone) for day in (*days, days[-1] + ONE_DAY)]
    between = {
        f"day{n}": Count(
            "received_at", filter=Q(received_at__gte=bounds[n], received_at__lt=bounds[n + 1])
        )
        for n in range(len(days))
    }
    recent = Submission.objects.visible_to(user).order_by().filter(received_at__gte=bounds[0])
    counted = recent.aggregate(**between)
    return {day: counted[f"day{n}"] for n, day in enumerate(days)}


def _height(count: int, highest: int) -> int:
    """At least a sliver for a day on which something came."""
    return max(3, round(HIGHEST * count / highest)) if count else 0
