"""How many items came in on each of the last days, as bars."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count
from django.db.models.functions import TruncDate

from inspection.models import Round, WorkCalendarDay
from intake.models import StaffUser, Submission

DAYS_SHOWN = 21
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

    @property
    def y(self) -> int:
        return ROOM - self.height

    @property
    def middle(self) -> int:
        return self.x + 8


def bars_for(user: StaffUser, round_: Round, at: datetime) -> list[Bar]:
    """The last three weeks of the member's own desks; empty when nothing came in."""
    today = at.astimezone(round_.zone).date()
    days = [today - timedelta(days=back) for back in range(DAYS_SHOWN - 1, -1, -1)]
    counts = _counts(user, round_, at)
    highest = max((counts.get(day, 0) for day in days), default=0)
    if not highest:
        return []
    calendar = WorkCalendarDay.calendar()
    return [
        Bar(
            label=f"{day.month}月{day.day}日",
            short=str(day.day),
            count=counts.get(day, 0),
            x=place * STEP + (STEP - 16) // 2,
            height=_height(counts.get(day, 0), highest),
            is_rest=calendar.is_workday(day) is False,
        )
        for place, day in enumerate(days)
    ]


def _counts(user: StaffUser, round_: Round, at: datetime) -> dict[date, int]:
    since = at - timedelta(days=DAYS_SHOWN + 1)
    recent = Submission.objects.visible_to(user).order_by().filter(received_at__gte=since)
    by_day = recent.annotate(day=TruncDate("received_at", tzinfo=round_.zone)).values_list("day")
    return dict(by_day.annotate(count=Count("pk")))


def _height(count: int, highest: int) -> int:
    """At least a sliver for a day on which something came."""
    return max(3, round(HIGHEST * count / highest)) if count else 0
