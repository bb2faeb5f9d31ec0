"""What waits for a member, most pressing first."""

from collections.abc import Callable, Iterator
from itertools import groupby

from django.urls import reverse

from inspection.models import Team
from intake import audit
from intake.access import Deed
from intake.admin.openings import signing_chores
from intake.admin.start import key_chores
from intake.admin.start.chore import Asked, Chore
from intake.admin.start.helped_chores import helped_that_wait
from intake.admin.start.transfer_chores import lists_as_chores
from intake.admin.start.waiting_items import items_that_wait, numbers_of
from intake.admin.traces.days_form import or_seven_days
from intake.admin.traces.finding_filter import finding_address
from intake.admin.who import calendar_of, watched_rounds, zone_of
from intake.audit.watching.days_asked import Days
from intake.audit.watching.patterns import PATTERN_OF, Within
from intake.checkup.of_time import DEADLINES_REACH
from intake.choices import DeskKind
from intake.models import AuditEvent
from intake.staff.opening_desks import files_still_here, teams_without_desk


def chores_for(asked: Asked) -> Iterator[Chore]:
    """The member's chores; what several need is asked for once, and most cost one query."""
    for deed, chores in CHORES:
        if asked.user.may(deed):
            yield from chores(asked)


def _desks_exchanged(asked: Asked) -> Iterator[Chore]:
    """Nothing is sealed to them any more; see `desks_now`."""
    exchanged = "、".join(
        str(one.desk) for one in asked.watched if not audit.is_genuine_desk(one.desk)
    )
    if exchanged:
        words = f"{exchanged}：封存公钥和设立时的不一样，可能被人换过，新来件不再封给它。"
        words += "请管理服务器的人马上运行：manage.py verify_audit"
        yield Chore("公钥不对", "late", words)


def _no_desk_yet(asked: Asked) -> Iterator[Chore]:
    if not asked.desks and not asked.user.accesses.exists():
        words = "您还没有受理席的授权。请把下面的核对码当面或者打电话念给巡察办，由巡察办授权。"
        yield Chore("等授权", "soon", words)


def _desks_nobody_can_open(asked: Asked) -> Iterator[Chore]:
    shut = [one.desk for one in asked.watched if one.is_seen and not one.is_able]
    if shut:
        words = f"{'、'.join(map(str, shut))}：还没有能打开信访件的成员。"
        yield Chore("待授权", "soon", words, reverse("admin:intake_deskaccess_add"), "去授权")


def _offices_nobody_can_open(asked: Asked) -> Iterator[Chore]:
    """No office is left to see it: only the recovery file lets somebody in."""
    alone = (DeskKind.OFFICE, DeskKind.HEAD)
    shut = [one.desk for one in asked.watched if not one.is_able]
    for desk in shut:
        if desk.kind in alone:
            words = (
                f"{desk.round.title}：{desk}没有人能打开信访件。请建好账号、本人登录过以后，"
                "由保管恢复文件的人运行：manage.py grant_desk 用户名 --recovery-file 恢复文件"
                f" --round {desk.round.slug}"
            )
            yield Chore("待授权", "late", words)


def _recovery_files_left(asked: Asked) -> Iterator[Chore]:
    """Whoever comes to this machine, or to a copy of it, could open every item of the round."""
    for path, desk in files_still_here(one.desk for one in asked.watched).items():
        words = (
            f"{desk.round.title}：恢复文件还在这台机器上（{path}），它能打开这一轮的"
            "全部信访件。请移到不联网的地方，放两处，由两个人保管，并从这台机器上删除。"
        )
        yield Chore("移走恢复文件", "late", words)


def _teams_without_desk(asked: Asked) -> Iterator[Chore]:
    """Teams that came after `open_desks`: until they have a desk, the office gets their items."""
    if not asked.user.may(Deed.WATCH_EVERY_ROUND) and all(one.is_complete for one in asked.watched):
        return
    watched = Team.objects.filter(round__in=watched_rounds(asked.user))
    set_up = {one.desk.round_id for one in asked.watched if one.desk.is_office}
    waiting = teams_without_desk(watched, asked.at)
    for round_, group in groupby(waiting, key=lambda team: team.round):
        some = list(group)
        names = "、".join(str(team) for team in some)
        command = f"open_desks {round_.slug}"
        if round_.pk in set_up:
            words = f"{names}：还没有受理席，信访件先送到巡察办。"
        else:
            words = f"{round_.title}：还没有设立受理席，收不了信访件。"
            command += " --recovery-file 恢复文件"
        words += f"请管理服务器的人运行：manage.py {command}"
        yield Chore("缺受理席", "late", words)


def _rounds_without_heads_desk(asked: Asked) -> Iterator[Chore]:
    """Set up by an earlier version: the office reads what is about inspectors until then."""
    desks = [one.desk for one in asked.watched]
    kinds = {(desk.round_id, desk.kind) for desk in desks}
    for round_ in [desk.round for desk in desks if desk.is_office]:
        if (round_.pk, DeskKind.HEAD) not in kinds and asked.at < round_.window().closes:
            words = (
                f"{round_.title}：还没有主任席，反映巡察干部的信访件先送到巡察办。请管理服务器的人运行："
                f"manage.py open_desks {round_.slug} --recovery-file 新的恢复文件"
            )
            yield Chore("缺受理席", "late", words)


def _openings_that_wait(asked: Asked) -> Iterator[Chore]:
    for one in signing_chores.openings_that_wait(numbers_of(asked.request).openings):
        yield Chore(one.tag, one.tone, one.words, one.url, one.label)


def _helped_items_that_wait(asked: Asked) -> Iterator[Chore]:
    yield from helped_that_wait(numbers_of(asked.request).helped)


def _sealed_matters_that_wait(asked: Asked) -> Iterator[Chore]:
    for one in signing_chores.matters_that_wait(numbers_of(asked.request).matters):
        yield Chore(one.tag, one.tone, one.words, one.url, one.label)


def _doors_tried(asked: Asked) -> Iterator[Chore]:
    week = Days(*or_seven_days(asked.request, None, None), zone_of(asked.request))
    pattern = PATTERN_OF["doors"]
    tried = pattern.events(Within(week, calendar_of(asked.request)))
    count = AuditEvent.objects.filter(tried).count()
    if count:
        url = finding_address(pattern, "", week)
        words = f"最近七天有 {count} 次登录失败或账号锁定。"
        yield Chore("看一看", "late", words, url, "去看")


def _years_without_calendar(asked: Asked) -> Iterator[Chore]:
    today = asked.today
    if asked.round is None or today is None:
        return
    first, last = min(asked.round.first_day, today), asked.round.window().last_day
    known = calendar_of(asked.request).years
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
    (Deed.OPEN, key_chores.own_access_ends),
    (Deed.GRANT, key_chores.rotations_to_go_on_with),
    (Deed.OPEN, items_that_wait),
    (Deed.OPEN, _helped_items_that_wait),
    (Deed.OPEN, lists_as_chores),
    (Deed.KEEP_SEALED_MATTERS, _sealed_matters_that_wait),
    (Deed.OPEN_BOXES, _openings_that_wait),
    (Deed.GRANT, _desks_nobody_can_open),
    (Deed.GRANT, key_chores.desks_known_to_others),
    (Deed.GRANT, key_chores.offices_with_one_holder),
    (Deed.GRANT, key_chores.files_not_rehearsed),
    (Deed.WATCH_EVERY_ROUND, _offices_nobody_can_open),
    (Deed.WATCH_DESKS, _recovery_files_left),
    (Deed.WATCH_DESKS, _teams_without_desk),
    (Deed.WATCH_DESKS, _rounds_without_heads_desk),
    (Deed.READ_AUDIT, _doors_tried),
    (Deed.KEEP_CALENDAR, _years_without_calendar),
)
