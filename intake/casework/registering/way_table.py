"""What is asked of an item of each way: one table. Form, page, guard and tests come from it. Pure.

A field that a way does not have is neither shown nor taken for it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum, auto

from intake.choices import Origin, Way


class Part(Enum):
    """The parts of the page, in their order."""

    ARRIVAL = auto()
    MATTER = auto()
    JUDGING = auto()
    REPORTER = auto()
    SENDING = auto()


PART_WORDS = {
    Part.ARRIVAL: "怎么来的",
    Part.MATTER: "说的什么",
    Part.JUDGING: "是什么性质",
    Part.REPORTER: "谁反映的",
    Part.SENDING: "送到哪里",
}

# What is submitted on the web by the citizens is not registered here as something new.
WAYS: tuple[Way, ...] = (
    *(Way.LETTER, Way.BOX, Way.PHONE, Way.VISIT, Way.SMS, Way.FAX),
    *(Way.EMAIL, Way.WECHAT, Way.INTERVIEW, Way.OTHER),
)
_EVERY = frozenset(WAYS)
_WEB = frozenset({Way.WEB})
# What people can sign together.
_SIGNED = frozenset({Way.LETTER, Way.BOX, Way.FAX, Way.EMAIL, Way.WECHAT, Way.OTHER})


@dataclass(frozen=True, slots=True)
class Asked:
    """A field of the page.

    `ways` have it, `needed` must fill it in, `calls` is its label where a way has its own, `kept`
    says that the next item of a batch starts with it. With `from_others` it is asked only of what
    did not come to the office itself. `wide` fields take a whole line. What is `corrected` may
    be set right later; what else was typed has a form of its own, or stays.
    """

    name: str
    label: str
    part: Part
    ways: frozenset[Way] = _EVERY
    needed: frozenset[Way] = frozenset()
    calls: Mapping[Way, str] = field(default_factory=dict)
    hint: str = ""
    kept: bool = False
    from_others: bool = False
    wide: bool = False
    corrected: bool = False

    def label_for(self, way: Way) -> str:
        return self.calls.get(way, self.label)


_ONLY_CALLS = frozenset({Way.PHONE})
_ONLY_VISITS = frozenset({Way.VISIT})
_ONLY_BOXES = frozenset({Way.BOX})

ASKED: tuple[Asked, ...] = (
    Asked(
        "received_on",
        "收件日期",
        Part.ARRIVAL,
        needed=_EVERY,
        kept=True,
        calls={Way.PHONE: "来电日期", Way.VISIT: "来访日期", Way.INTERVIEW: "谈话日期"},
        corrected=True,
    ),
    Asked(
        "received_time",
        "几点",
        Part.ARRIVAL,
        ways=_EVERY - {Way.LETTER, Way.BOX, Way.PHONE},
        hint="可不填，例如 14:30。",
        corrected=True,
    ),
    Asked(
        "postmarked_on",
        "邮戳日期",
        Part.ARRIVAL,
        ways=frozenset({Way.LETTER}),
        hint="看不清或者没有就空着。",
        corrected=True,
    ),
    Asked(
        "drop_box",
        "举报箱",
        Part.ARRIVAL,
        ways=_ONLY_BOXES,
        needed=_ONLY_BOXES,
        kept=True,
        corrected=True,
    ),
    Asked("opening", "开箱记录", Part.ARRIVAL, ways=_ONLY_BOXES, kept=True, corrected=True),
    Asked(
        "box_number",
        "信上的开箱编号",
        Part.ARRIVAL,
        ways=_ONLY_BOXES,
        hint="开箱时当场写在信上的。",
        corrected=True,
    ),
    Asked(
        "started", "通话开始", Part.ARRIVAL, ways=_ONLY_CALLS, hint="例如 09:05。", corrected=True
    ),
    Asked("ended", "通话结束", Part.ARRIVAL, ways=_ONLY_CALLS, corrected=True),
    Asked("recorded", "录音", Part.ARRIVAL, ways=_ONLY_CALLS, corrected=True),
    Asked("origin", "信访来源", Part.ARRIVAL, kept=True, corrected=True),
    Asked(
        "origin_detail",
        "来源细目",
        Part.ARRIVAL,
        from_others=True,
        hint="哪个部门、哪份清单。",
        corrected=True,
    ),
    Asked("original_number", "来文编号", Part.ARRIVAL, from_others=True, corrected=True),
    Asked(
        "target",
        "巡察对象",
        Part.MATTER,
        ways=_EVERY | _WEB,
        hint="写几个字就行；不在名单上就空着。",
        corrected=True,
    ),
    Asked("place", "村（社区）或下属单位", Part.MATTER, corrected=True),
    Asked("subject", "被反映人", Part.MATTER, hint="姓名、职务；几个人用顿号隔开。"),
    Asked("happened", "时间、地点", Part.MATTER, corrected=True),
    Asked(
        "narrative",
        "反映内容",
        Part.MATTER,
        needed=_EVERY,
        wide=True,
        hint="照原意写清时间、地点、人和事；没有内容的，写“空白信”。",
    ),
    Asked("about_inspectors", "反映的是巡察干部", Part.MATTER, wide=True),
    Asked("attachments", "扫描件和材料", Part.MATTER, wide=True),
    Asked(
        "signers",
        "联名人数",
        Part.REPORTER,
        ways=_SIGNED | _WEB,
        hint="不是联名就空着。",
        corrected=True,
    ),
    Asked("signer_names", "联名人", Part.REPORTER, ways=_SIGNED, hint="用顿号隔开，可不填。"),
    Asked(
        "people",
        "来访人数",
        Part.REPORTER,
        ways=_ONLY_VISITS,
        hint="不填按一人算。",
        corrected=True,
    ),
    Asked(
        "representatives",
        "来访代表",
        Part.REPORTER,
        ways=_ONLY_VISITS,
        hint="最多五名，用顿号隔开。",
    ),
    Asked(
        "reporter_name",
        "反映人",
        Part.REPORTER,
        calls={
            Way.PHONE: "来电人",
            Way.VISIT: "来访人（几个人来的写主要联系人）",
            Way.INTERVIEW: "谈话人",
            **dict.fromkeys(_SIGNED, "反映人（联名的写主要联系人）"),
        },
        hint="匿名不填。",
    ),
    Asked(
        "reporter_phone",
        "联系电话",
        Part.REPORTER,
        calls={Way.PHONE: "来电号码（来电人同意才填）"},
    ),
    Asked("number_refused", "来电人不同意记号码", Part.REPORTER, ways=_ONLY_CALLS),
    Asked("reporter_address", "住址或单位", Part.REPORTER),
    Asked(
        "withhold_identity", "要求移交时不附姓名和电话", Part.REPORTER, wide=True, corrected=True
    ),
    Asked(
        "receiver",
        "接待人",
        Part.REPORTER,
        ways=_ONLY_VISITS,
        hint="不选就是您本人。",
        kept=True,
    ),
    Asked(
        "second_receiver",
        "第二位接待人",
        Part.REPORTER,
        ways=_ONLY_VISITS,
        hint="接待要两个人。",
        kept=True,
    ),
    Asked(
        "desk",
        "受理席",
        Part.SENDING,
        ways=_EVERY | _WEB,
        hint="由您决定；和建议不同的，要写理由。",
    ),
    Asked("desk_reason", "不按建议的理由", Part.SENDING, ways=_EVERY | _WEB, wide=True),
)
BY_NAME: Mapping[str, Asked] = {asked.name: asked for asked in ASKED}
# What the address of the next item of a batch carries; no word of a report is among it.
KEPT: tuple[str, ...] = tuple(asked.name for asked in ASKED if asked.kept)


def asked_of(way: Way, origin: Origin) -> tuple[Asked, ...]:
    """The fields of an item that came this way, in the order of the page."""
    is_passed_on = origin != Origin.OWN
    return tuple(
        asked for asked in ASKED if way in asked.ways and (is_passed_on or not asked.from_others)
    )
