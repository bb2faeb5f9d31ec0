"""The clock of this machine, the working days of the years to come, and the timer."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Min
from django.utils import timezone

from inspection.models import WorkCalendarDay
from intake.checkup.finding import Finding, mind, well, wrong
from intake.models import AuditEvent, Submission

# The State Council arranges the next year at the beginning of November.
DEADLINES_REACH = timedelta(days=60)
_TIMER_LATE = timedelta(hours=2)


def look(at: datetime) -> Iterator[Finding]:
    """By the business time."""
    yield from _clock(at)
    yield from _years(at)
    yield _timer(at)


def _clock(at: datetime) -> Iterator[Finding]:
    newest = AuditEvent.objects.order_by("-sequence").values_list("at", flat=True).first()
    if newest is not None and newest > at:
        yield wrong(
            f"这台机器的时钟比最后一条留痕（{timezone.localtime(newest):%Y-%m-%d %H:%M}）还早。",
            "请校时；收件时间和截止日都靠它。",
        )


def _years(at: datetime) -> Iterator[Finding]:
    known = WorkCalendarDay.calendar().years
    today = timezone.localtime(at).date()
    for year in sorted({today.year, (today + DEADLINES_REACH).year}):
        if year in known:
            yield well(f"{year}年的节假日安排已经录入。")
        elif year == today.year:
            yield wrong(f"没有{year}年的节假日安排：算不出工作日。", _ENTER.format(year=year))
        else:
            yield mind(
                f"还没有{year}年的节假日安排，跨年的期限算不出来。", _ENTER.format(year=year)
            )


_ENTER = "请在后台的“工作日安排”里贴上国务院办公厅{year}年的放假通知。"


def _timer(at: datetime) -> Finding:
    since = Submission.objects.filter(chained_in=None).aggregate(first=Min("received_at"))["first"]
    if since is not None and at - since > _TIMER_LATE:
        return wrong(
            f"{timezone.localtime(since):%Y-%m-%d %H:%M}以后收到的还没有记入留痕："
            "定时任务没有运行。",
            "请定时运行 manage.py checkpoint，每十分钟一次（见 docs/deployment.md）。",
        )
    return well("新收到的都按时记入了留痕。")
