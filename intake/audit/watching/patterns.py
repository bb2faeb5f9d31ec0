"""What is out of the ordinary: one table, from which page, words, counts and tests are made.

Each pattern says in words what it finds, from how many on, and which events it counts of one
subject: so the list behind a finding is what was counted. What it finds is no accusation.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from django.db.models import Count, Q

from inspection.schedule import Calendar
from intake.audit.event_table import actions_of
from intake.audit.watching.days_asked import Days
from intake.audit.watching.far_more import far_more_than_others
from intake.audit.watching.off_hours import EVENING, MORNING, nights, rest_days, unknown_years
from intake.choices import Action, DeedSort
from intake.models import AuditEvent

LOOKED = actions_of(DeedSort.READ, DeedSort.TAKE, DeedSort.LOOK_FOR)
TAKEN = actions_of(DeedSort.TAKE)
DOORS = (Action.LOGIN_FAILED, Action.LOGIN_LOCKED)
MEMBER, ITEM = "staffuser", "submission"
# Whom a try to log in was about that no account has.
NOBODY = "0"


@dataclass(frozen=True, slots=True)
class Within:
    """Within which days, and which of them are days of rest."""

    days: Days
    calendar: Calendar


@dataclass(frozen=True, slots=True)
class Finding:
    """`count` events of one subject; `measured` is what is compared with the threshold."""

    subject: str
    days: Days
    count: int
    measured: int


@dataclass(frozen=True, slots=True)
class Found:
    """Most first; `notes` say what could not be judged."""

    findings: list[Finding] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Pattern:
    """`least` is the threshold; `events` are those of all subjects, `of` narrows them to one."""

    name: str
    title: str
    definition: str
    says: str
    least: int
    subjects: str
    events: Callable[[Within], Q]
    find: Callable[["Pattern", Within], Found]
    of: Callable[[str], Q] = lambda subject: Q(actor=subject)

    @property
    def words(self) -> str:
        """The definition with its threshold."""
        return self.definition.format(least=self.least)

    def events_of(self, asked: Within, subject: str) -> Q:
        """What a finding counts; without a subject what all of them count."""
        return self.events(asked) & self.of(subject) if subject else self.events(asked)


def _looked(asked: Within) -> Q:
    return Q(action__in=LOOKED) & asked.days.found() & Q(actor__isnull=False)


def _by_member(pattern: Pattern, asked: Within) -> Found:
    rows = AuditEvent.objects.filter(pattern.events(asked)).order_by().values("actor")
    told = rows.annotate(count=Count("pk")).filter(count__gte=pattern.least)
    return _found(asked, ((row["actor"], row["count"], row["count"]) for row in told))


def _by_item(pattern: Pattern, asked: Within) -> Found:
    rows = AuditEvent.objects.filter(pattern.events(asked)).order_by().values("object_id")
    told = rows.annotate(count=Count("pk"), people=Count("actor", distinct=True))
    many = told.filter(people__gte=pattern.least)
    return _found(asked, ((row["object_id"], row["count"], row["people"]) for row in many))


def _by_account(pattern: Pattern, asked: Within) -> Found:
    """Tries at names that no account has are told in one event an hour, with their number."""
    rows = AuditEvent.objects.filter(pattern.events(asked)).order_by()
    named = rows.exclude(object_type="").values("object_id").annotate(count=Count("pk"))
    found = [
        (row["object_id"], row["count"], row["count"])
        for row in named.filter(count__gte=pattern.least)
    ]
    told = list(rows.filter(object_type="").values_list("detail", flat=True))
    tries = sum(one.get("tries", 1) for one in told)
    if tries >= pattern.least:
        found.append((NOBODY, len(told), tries))
    return _found(asked, found)


def _far_more(pattern: Pattern, asked: Within) -> Found:
    findings: list[Finding] = []
    notes = []
    for week in asked.days.weeks():
        opened = AuditEvent.objects.filter(week.found() & _OPENED)
        compared = far_more_than_others(opened, pattern.least)
        findings += [Finding(str(key), week, n, n) for key, n in compared.far_more.items()]
        if compared.alone:
            many = f"有 {compared.alone} 人打开了 {pattern.least} 次以上"
            notes.append(f"{week.since} 到 {week.until}：{many}，那一周同一角色没有别人可比。")
    return Found(sorted(findings, key=lambda one: -one.count), notes)


def _on_rest_days(pattern: Pattern, asked: Within) -> Found:
    unknown = unknown_years(asked.days, asked.calendar)
    notes = [f"{year}年的工作日安排还没有录入，这一年的休息日没有算。" for year in unknown]
    return Found(_by_member(pattern, asked).findings, notes)


def _found(asked: Within, rows: Iterable[tuple[object, int, int]]) -> Found:
    findings = [Finding(str(key), asked.days, count, most) for key, count, most in rows]
    return Found(sorted(findings, key=lambda one: (-one.measured, one.subject)))


_OPENED = Q(action=Action.OPEN, actor__isnull=False)

PATTERNS: tuple[Pattern, ...] = (
    Pattern(
        name="many_readers",
        title="很多人打开过的信访件",
        definition="同一件信访件，这些天里有 {least} 名以上的人打开、打印或者取出过。",
        says="{measured} 人",
        least=5,
        subjects=ITEM,
        events=lambda asked: _looked(asked) & Q(object_type=ITEM),
        find=_by_item,
        of=lambda subject: Q(object_id=subject),
    ),
    Pattern(
        name="far_more",
        title="比别人打开得多得多",
        definition=(
            "同一周（星期一到星期日）里打开信访件 {least} 次以上，"
            "而且超过同一角色其他人的中位数的三倍；只和那一周打开过的人比。"
        ),
        says="{measured} 次",
        least=20,
        subjects=MEMBER,
        events=lambda asked: asked.days.found() & _OPENED,
        find=_far_more,
    ),
    Pattern(
        name="nights",
        title="夜里打开",
        definition=f"在{EVENING}点以后、{MORNING}点以前（按本轮的时区）打开、查找、打印或者取出过。",
        says="{measured} 次",
        least=1,
        subjects=MEMBER,
        events=lambda asked: _looked(asked) & nights(asked.days),
        find=_by_member,
    ),
    Pattern(
        name="rest_days",
        title="休息日打开",
        definition="在周末和放假的日子（按工作日安排，调休上班的不算）打开、查找、打印或者取出过。",
        says="{measured} 次",
        least=1,
        subjects=MEMBER,
        events=lambda asked: _looked(asked) & rest_days(asked.days, asked.calendar),
        find=_on_rest_days,
    ),
    Pattern(
        name="doors",
        title="登录失败多",
        definition="同一个账号登录失败或者被锁定 {least} 次以上；没有这个账号的登录合在一起算。",
        says="{measured} 次",
        least=5,
        subjects=MEMBER,
        events=lambda asked: asked.days.found() & Q(action__in=DOORS),
        find=_by_account,
        of=lambda subject: (
            Q(object_type="") if subject == NOBODY else Q(object_type=MEMBER, object_id=subject)
        ),
    ),
    Pattern(
        name="taken_out",
        title="打印、导出和取出多",
        definition="一个人打印、导出文书表册或者取材料原件 {least} 次以上。",
        says="{measured} 次",
        least=20,
        subjects=MEMBER,
        events=lambda asked: _looked(asked) & Q(action__in=TAKEN),
        find=_by_member,
    ),
    Pattern(
        name="reporters",
        title="查看反映人多",
        definition="一个人查看反映人的姓名和电话 {least} 次以上。",
        says="{measured} 次",
        least=10,
        subjects=MEMBER,
        events=lambda asked: _looked(asked) & Q(action=Action.SHOW_REPORTER),
        find=_by_member,
    ),
)
PATTERN_OF = {pattern.name: pattern for pattern in PATTERNS}
