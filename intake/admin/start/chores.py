"""What waits for a member, most pressing first."""

import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import groupby

from django.db.models import Exists, Min, OuterRef
from django.urls import reverse

from inspection.models import Round, Team, WorkCalendarDay
from intake import audit
from intake.access import Deed
from intake.admin.items.item_lines import moment
from intake.admin.items.list_filters import NewsFilter, list_address
from intake.admin.openings import signing_chores
from intake.admin.start.tallying import Tally
from intake.admin.who import watched_rounds
from intake.casework import news
from intake.choices import Action, DeskKind, Scope, Status
from intake.models import AuditEvent, Desk, DeskAccess, StaffUser, Submission

# The State Council arranges the next year at the beginning of November.
DEADLINES_REACH = timedelta(days=60)
DOORS = (Action.LOGIN_FAILED, Action.LOGIN_LOCKED)


@dataclass(frozen=True, slots=True)
class Chore:
    """One thing to do, and where."""

    tag: str
    tone: str
    words: str
    url: str = ""
    label: str = "去办"


@dataclass(frozen=True, slots=True)
class Asked:
    """For whom, for which round and when; `tally` is what the own desks hold."""

    user: StaffUser
    round: Round | None
    at: datetime
    tally: Tally


def chores_for(asked: Asked) -> Iterator[Chore]:
    """The member's chores; most cost one query, and those of sealed matters one where none lies."""
    for deed, chores in CHORES:
        if asked.user.may(deed):
            yield from chores(asked)


def _desks_exchanged(asked: Asked) -> Iterator[Chore]:
    """Nothing is sealed to them any more; see `desks_now`."""
    desks = Desk.objects.filter(round__in=watched_rounds(asked.user)).select_related("team")
    exchanged = "、".join(str(desk) for desk in desks if not audit.is_genuine_desk(desk))
    if exchanged:
        words = f"{exchanged}：封存公钥和设立时的不一样，可能被人换过，新来件不再封给它。"
        words += "请管理服务器的人马上运行：manage.py verify_audit"
        yield Chore("公钥不对", "late", words)


def _no_desk_yet(asked: Asked) -> Iterator[Chore]:
    if not asked.user.accesses.exists():
        words = "您还没有受理席的授权。请把下面的核对码当面或者打电话念给巡察办，由巡察办授权。"
        yield Chore("等授权", "soon", words)


def _items_that_wait(asked: Asked) -> Iterator[Chore]:
    user, tally = asked.user, asked.tally
    if asked.round is None:
        return
    waiting = tally.by_status[Status.UNREGISTERED]
    if waiting:
        items = Submission.objects.visible_to(user).unregistered().order_by()
        oldest = moment(items.aggregate(oldest=Min("received_at"))["oldest"], asked.round.zone)
        words = f"{waiting} 件新来件等登记，最早的一件是 {oldest} 收到的。"
        url = list_address(Submission, status=Status.UNREGISTERED)
        yield Chore("待登记", "soon", words, url, "去登记")
    yield from _returned(asked)
    if added := news.count_of_items(user):
        words = f"{added} 件有新补充，收到以后受理席还没有打开过。"
        url = list_address(Submission, supplement=NewsFilter.NEW)
        yield Chore("新补充", "soon", words, url, "去看")
    if tally.unchecked:
        words = f"{tally.unchecked} 件还没有核对受理范围。"
        url = list_address(Submission, scope=Scope.UNCHECKED)
        yield Chore("待核", "soon", words, url, "去核对")


def _returned(asked: Asked) -> Iterator[Chore]:
    """What a team gave back waits for whoever can send it on; the count is there already."""
    returned = asked.tally.by_status[Status.RETURNED]
    if returned and asked.user.may(Deed.REROUTE):
        words = f"{returned} 件由巡察组退回，等改派。"
        yield Chore(
            "退回", "late", words, list_address(Submission, status=Status.RETURNED), "去改派"
        )


def _desks_nobody_can_open(asked: Asked) -> Iterator[Chore]:
    able = DeskAccess.objects.able().values("desk")
    desks = Desk.objects.visible_to(asked.user).exclude(pk__in=able)
    names = "、".join(str(desk) for desk in desks.select_related("team"))
    if names:
        words = f"{names}：还没有能打开信访件的成员。"
        yield Chore("待授权", "soon", words, reverse("admin:intake_deskaccess_add"), "去授权")


def _offices_nobody_can_open(_asked: Asked) -> Iterator[Chore]:
    """No office is left to see it: only the recovery file lets somebody in."""
    able = DeskAccess.objects.able().values("desk")
    alone = Desk.objects.filter(kind__in=(DeskKind.OFFICE, DeskKind.HEAD))
    shut = alone.exclude(pk__in=able).select_related("round")
    for desk in shut.order_by("round", "pk"):
        words = (
            f"{desk.round.title}：{desk}没有人能打开信访件。请建好账号、本人登录过以后，"
            "由保管恢复文件的人运行：manage.py grant_desk 用户名 --recovery-file 恢复文件"
            f" --round {desk.round.slug}"
        )
        yield Chore("待授权", "late", words)


def _recovery_files_left(asked: Asked) -> Iterator[Chore]:
    """Whoever comes to this machine, or to a copy of it, could open every item of the round."""
    watched = Desk.objects.filter(round__in=watched_rounds(asked.user)).select_related("round")
    told = set()
    for desk in watched.exclude(recovery_path="").order_by("round", "pk"):
        if desk.recovery_path not in told and os.path.lexists(desk.recovery_path):
            told.add(desk.recovery_path)
            words = (
                f"{desk.round.title}：恢复文件还在这台机器上（{desk.recovery_path}），它能打开这一轮的"
                "全部信访件。请移到不联网的地方，放两处，由两个人保管，并从这台机器上删除。"
            )
            yield Chore("移走恢复文件", "late", words)


def _teams_without_desk(asked: Asked) -> Iterator[Chore]:
    """Teams that came after `open_desks`: until they have a desk, the office gets their items."""
    watched = Team.objects.filter(round__in=watched_rounds(asked.user)).select_related("round")
    set_up = Exists(Desk.objects.of_offices().filter(round=OuterRef("round")))
    teams = watched.filter(desk=None).annotate(is_set_up=set_up).order_by("round", "order")
    waiting = [team for team in teams if asked.at < team.window().closes]
    for round_, group in groupby(waiting, key=lambda team: team.round):
        some = list(group)
        names = "、".join(str(team) for team in some)
        command = f"open_desks {round_.slug}"
        if some[0].is_set_up:
            words = f"{names}：还没有受理席，信访件先送到巡察办。"
        else:
            words = f"{round_.title}：还没有设立受理席，收不了信访件。"
            command += " --recovery-file 恢复文件"
        words += f"请管理服务器的人运行：manage.py {command}"
        yield Chore("缺受理席", "late", words)


def _rounds_without_heads_desk(asked: Asked) -> Iterator[Chore]:
    """Set up by an earlier version: the office reads what is about inspectors until then."""
    made = Desk.objects.filter(round=OuterRef("pk"), kind=DeskKind.HEAD)
    set_up = Exists(Desk.objects.of_offices().filter(round=OuterRef("pk")))
    for round_ in watched_rounds(asked.user).filter(set_up).exclude(Exists(made)).order_by("pk"):
        if asked.at < round_.window().closes:
            words = (
                f"{round_.title}：还没有主任席，反映巡察干部的信访件先送到巡察办。请管理服务器的人运行："
                f"manage.py open_desks {round_.slug} --recovery-file 新的恢复文件"
            )
            yield Chore("缺受理席", "late", words)


def _openings_that_wait(asked: Asked) -> Iterator[Chore]:
    for one in signing_chores.openings_that_wait(asked.user):
        yield Chore(one.tag, one.tone, one.words, one.url, one.label)


def _sealed_matters_that_wait(asked: Asked) -> Iterator[Chore]:
    for one in signing_chores.matters_that_wait(asked.user, asked.at):
        yield Chore(one.tag, one.tone, one.words, one.url, one.label)


def _doors_tried(asked: Asked) -> Iterator[Chore]:
    since = asked.at - timedelta(days=7)
    tried = AuditEvent.objects.filter(action__in=DOORS, at__gte=since)
    count = tried.count()
    if count:
        url = list_address(AuditEvent, action=Action.LOGIN_FAILED)
        words = f"最近七天有 {count} 次登录失败或账号锁定。"
        yield Chore("看一看", "late", words, url, "去看")


def _years_without_calendar(asked: Asked) -> Iterator[Chore]:
    if asked.round is None:
        return
    today = asked.at.astimezone(asked.round.zone).date()
    first, last = min(asked.round.first_day, today), asked.round.window().last_day
    known = WorkCalendarDay.calendar().years
    last = max(last, today + DEADLINES_REACH)
    for year in range(first.year, last.year + 1):
        if year not in known:
            words = f"{year}年的工作日安排还没有录入，电话值守时间和办理期限显示为“未知”。"
            url = reverse("admin:inspection_workcalendarday_year")
            yield Chore("缺工作日", "late", words, url, "去录入")


# Whoever may do what stands on the left is told what stands beside it, most pressing first.
CHORES: tuple[tuple[Deed, Callable[[Asked], Iterator[Chore]]], ...] = (
    (Deed.WATCH_DESKS, _desks_exchanged),
    (Deed.OPEN, _no_desk_yet),
    (Deed.OPEN, _items_that_wait),
    (Deed.KEEP_SEALED_MATTERS, _sealed_matters_that_wait),
    (Deed.OPEN_BOXES, _openings_that_wait),
    (Deed.GRANT, _desks_nobody_can_open),
    (Deed.WATCH_EVERY_ROUND, _offices_nobody_can_open),
    (Deed.WATCH_DESKS, _recovery_files_left),
    (Deed.WATCH_DESKS, _teams_without_desk),
    (Deed.WATCH_DESKS, _rounds_without_heads_desk),
    (Deed.READ_AUDIT, _doors_tried),
    (Deed.KEEP_CALENDAR, _years_without_calendar),
)
