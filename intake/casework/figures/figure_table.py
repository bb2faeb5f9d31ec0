"""信访举报统计表: every figure by its code, its heading, what it means, and what it counts.

One table, in the order of the published form. Page, xlsx, print and links are made from it; what a
figure counts are choices of the list's own filters, so that its link is the list that it counts.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from inspection.models import FocusTopic
from intake.choices import Handling, Nature, Origin, Rank, Scope, Signature, Topic, Way
from intake.models import Problem

Finds = tuple[tuple[str, str], ...]
# The sums that shares are counted on.
TIMES, WHOLE_ROUND = "all.times", "period.round"
ITEMS_UNIT, TIMES_UNIT, PEOPLE_UNIT = "件", "件次", "人次"


@dataclass(frozen=True, slots=True)
class Figure:
    """`finds` are choices of the list's filters; `of` is the figure that it is a share of, or ''.

    `within` names another figure of its block that has all of its items. What only one round has
    cannot be compared with the round before.
    """

    code: str
    words: str
    means: str
    finds: Finds = ()
    unit: str = TIMES_UNIT
    of: str = TIMES
    within: str = ""
    is_of_one_round: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """One question. With `on_own` its shares are counted on what came to the office itself.

    With `by_week` it counts days of its own, whichever were chosen.
    """

    code: str
    title: str
    figures: tuple[Figure, ...]
    note: str = ""
    on_own: bool = False
    by_week: bool = False


def blocks(problems: Sequence[Problem], focuses: Sequence[FocusTopic]) -> tuple[Block, ...]:
    """All of them, with the problems of the first level and what the round looks at."""
    by_problem = tuple(_problems(problems))
    return (
        _ALL,
        _NATURE,
        _WAY,
        _REPEATS,
        _SIGNATURE,
        _RANK,
        Block("problem", "违纪违法问题", by_problem, note=SEVERAL),
        Block("focus", "四个聚焦和专题", tuple(_focuses(focuses)), note=TOPICS),
        _SCOPE,
        _HANDLING,
        _PROGRESS,
        _PERIOD,
    )


def _each(
    block: str, column: str, choices: Any, said: str, only: Iterable[Any] = ()
) -> Iterator[Figure]:
    """A figure for each member of a closed list."""
    for one in only or choices:
        means = f"{said}“{one.label}”的。"
        yield Figure(f"{block}.{one.value}", str(one.label), means, ((column, one.value),))


def _unjudged(block: str, name: str) -> Figure:
    means = "还没有判定的。"
    return Figure(f"{block}.unjudged", "未判定", means, (("unjudged", name),))


SEVERAL = "一件反映几个问题的，每个问题都算一次，所以各项相加不等于件数。"
TOPICS = "一件最多算一个聚焦，可以同时算几个专题，所以各项相加不等于件数。"
REPEATED = "并入的重复件算件次，不算件。除了写明“件”“人次”的，本表都按件次数。"
JOINT = "联名的在署名或者匿名里已经算过，不再相加。"
OWN = "占比只按本级受理的计算。"

_ALL = Block(
    "all",
    "合计",
    (
        Figure("all.items", "件", "初件的件数。", (("repeat", "first"),), ITEMS_UNIT),
        Figure(TIMES, "件次", "每收到一次算一件次，初件和重复件都算。"),
        Figure("all.own", "本级受理", "来源是本级自收的。", (("origin", Origin.OWN.value),)),
        *_each("all", "origin", Origin, "来源是", list(Origin)[1:]),
    ),
    note=REPEATED,
)
_NATURE = Block(
    "nature",
    "信访件性质",
    (*_each("nature", "nature", Nature, "性质判定为"), _unjudged("nature", "nature")),
    note=OWN,
    on_own=True,
)
_VISITS: Finds = (("way", Way.VISIT.value),)
_GATHERINGS: Finds = (("gathering", "yes"),)


def _ways() -> Iterator[Figure]:
    for figure in _each("way", "way", Way, "信访方式登记为"):
        yield figure
        if figure.finds == _VISITS:
            people = "来访登记的人数之和。"
            yield Figure("way.people", "来访人次", people, _VISITS, PEOPLE_UNIT, of="")
            means = "一次来五人以上的来访，在来访里已经算过。"
            yield Figure("way.gathering", "其中集体访", means, _GATHERINGS, within=figure.code)
            people = "集体访登记的人数之和。"
            within = "way.people"
            yield Figure("way.crowd", "集体访人次", people, _GATHERINGS, PEOPLE_UNIT, "", within)


_WAY = Block("way", "信访方式", tuple(_ways()), note=OWN, on_own=True)
_REPEATS = Block(
    "repeat",
    "初件和重复件",
    (
        Figure("repeat.first", "初件", "不是重复件的。", (("repeat", "first"),), ITEMS_UNIT),
        Figure(
            "repeat.lead",
            "有重复件的初件",
            "至少有一件并入它的初件，在初件里已经算过。",
            (("repeat", "lead"),),
            ITEMS_UNIT,
            within="repeat.first",
        ),
        Figure("repeat.repeat", "重复件", "由人确认、并入另一件的。", (("repeat", "repeat"),)),
    ),
)
_SIGNATURE = Block(
    "signature",
    "署名",
    (
        *_each(
            "signature",
            "signature",
            Signature,
            "署名情况是",
            (
                Signature.NAMED_CHECKED,
                Signature.NAMED_UNCHECKED,
                Signature.ANONYMOUS,
                Signature.FALSE_NAME,
            ),
        ),
        Figure("signature.joint", "其中联名", "两人以上联名的。", (("joint", "yes"),)),
    ),
    note=JOINT,
)
_RANK = Block(
    "rank",
    "被反映人职级",
    (*_each("rank", "rank", Rank, "主要被反映人的职级是"), _unjudged("rank", "rank")),
)
_SCOPE = Block("scope", "受理范围", tuple(_each("scope", "scope", Scope, "受理范围核定为")))
_HANDLING = Block(
    "handling",
    "处理方式",
    (
        *_each("handling", "handled_as", Handling, "审批的处理方式是"),
        _unjudged("handling", "handling"),
    ),
)
_PROGRESS = Block(
    "progress",
    "办理情况",
    (
        Figure("progress.done", "办结", "已办结、已归档和不归档的。", (("progress", "done"),)),
        Figure(
            "progress.running",
            "在办",
            "还没有办结、没有留存备查、也没有并入别件的。",
            (("progress", "running"),),
        ),
        Figure(
            "progress.resting", "留存或并入", "留存备查和并入重复件的。", (("progress", "resting"),)
        ),
        Figure(
            "progress.overdue",
            "超期",
            "现在的办理期限已经过了的。",
            (("due", "overdue"),),
            within="progress.running",
        ),
    ),
    note="按现在的状态数。超期的在前面几项里已经算过。",
)
_PERIOD = Block(
    "period",
    "本周、上周和本轮累计",
    (
        Figure("period.this_week", "本周", "本周一到今天收到的。", of=WHOLE_ROUND),
        Figure("period.last_week", "上周", "上周一到上周日收到的。", of=WHOLE_ROUND),
        Figure(WHOLE_ROUND, "本轮累计", "这一轮到现在收到的全部。", of=WHOLE_ROUND),
    ),
    note="不管上面选了哪几天。",
    by_week=True,
)


def _problems(problems: Sequence[Problem]) -> Iterator[Figure]:
    for one in problems:
        if one.parent_id is None:
            means = f"主要问题或者其他问题里有“{one.name}”的，包括它的第二级。"
            yield Figure(f"problem.{one.code}", one.name, means, (("problem", one.code),))
    yield _unjudged("problem", "problem")


def _focuses(focuses: Sequence[FocusTopic]) -> Iterator[Figure]:
    for one in focuses:
        code, finds = f"focus.{one.pk}", (("focus", str(one.pk)),)
        means = "判定为这个聚焦的。"
        yield Figure(code, one.heading, means, finds, is_of_one_round=True)
    none = "没有判定为哪个聚焦的。"
    yield Figure("focus.none", "都不是", none, (("focus", "none"),), is_of_one_round=True)
    yield from _each("focus", "topic", Topic, "专题里有")
