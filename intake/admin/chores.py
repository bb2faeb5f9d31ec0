"""What waits for a member, most pressing first."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Count, Min, Q
from django.urls import reverse

from inspection.models import Round, WorkCalendarDay
from intake.admin.lines import moment
from intake.admin.tallying import Tally
from intake.choices import Action, Role, Scope, Status
from intake.models import AuditEvent, Desk, StaffUser, Submission

DOORS = (Action.LOGIN_FAILED, Action.LOGIN_LOCKED)


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to do, and where."""

    tag: str
    tone: str
    words: str
    url: str = ""
    label: str = "去办"


def chores_for(
    user: StaffUser, round_: Round | None, at: datetime, tally: Tally
) -> Iterator[Chore]:
    """The member's chores; each costs one query at most."""
    if user.role in (Role.OFFICE, Role.TEAM) and round_ is not None:
        yield from _items_that_wait(user, round_, tally)
    if user.role == Role.OFFICE:
        yield from _desks_nobody_can_open(user)
    if user.role == Role.AUDITOR:
        yield from _doors_tried(at)
    if user.role in (Role.OFFICE, Role.ADMINISTRATOR) and round_ is not None:
        yield from _years_without_calendar(round_, at)


def _items_that_wait(user: StaffUser, round_: Round, tally: Tally) -> Iterator[Chore]:
    url = reverse("admin:intake_submission_changelist")
    waiting = tally.by_status[Status.UNREGISTERED]
    if waiting:
        items = Submission.objects.visible_to(user).unregistered().order_by()
        oldest = moment(items.aggregate(oldest=Min("received_at"))["oldest"], round_.zone)
        words = f"{waiting} 件新来件等登记，最早的一件是 {oldest} 收到的。"
        yield Chore("待登记", "soon", words, f"{url}?status__exact={Status.UNREGISTERED}", "去登记")
    if tally.unchecked:
        words = f"{tally.unchecked} 件还没有核对受理范围。"
        yield Chore("待核", "soon", words, f"{url}?scope__exact={Scope.UNCHECKED}", "去核对")


def _desks_nobody_can_open(user: StaffUser) -> Iterator[Chore]:
    able = Count("accesses", filter=Q(accesses__user__is_active=True))
    desks = Desk.objects.visible_to(user).annotate(able=able).filter(able=0)
    names = "、".join(str(desk) for desk in desks.select_related("team"))
    if names:
        words = f"{names}：还没有能打开信访件的成员。"
        yield Chore("待授权", "soon", words, reverse("admin:intake_deskaccess_add"), "去授权")


def _doors_tried(at: datetime) -> Iterator[Chore]:
    tried = AuditEvent.objects.filter(action__in=DOORS, at__gte=at - timedelta(days=7))
    count = tried.count()
    if count:
        url = reverse("admin:intake_auditevent_changelist")
        words = f"最近七天有 {count} 次登录失败或账号锁定。"
        yield Chore("看一看", "late", words, f"{url}?action__exact={Action.LOGIN_FAILED}", "去看")


def _years_without_calendar(round_: Round, at: datetime) -> Iterator[Chore]:
    window = round_.window()
    first, last = min(round_.first_day, at.astimezone(round_.zone).date()), window.last_day
    known = WorkCalendarDay.calendar().years
    for year in range(first.year, max(last.year, at.astimezone(round_.zone).year) + 1):
        if year not in known:
            words = f"{year}年的工作日安排还没有录入，电话值守时间显示为“未知”。"
            url = reverse("admin:inspection_workcalendarday_add")
            yield Chore("缺工作日", "late", words, url, "去录入")
