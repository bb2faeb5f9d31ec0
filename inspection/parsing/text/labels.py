"""The words with which notices label their facts: '值班电话:', '举报箱位置:'."""

import re
from typing import Literal, TypeAlias

from inspection.coded import first_fitting, in_order
from inspection.contact_kinds import ContactKind
from inspection.parsing.names import team_names
from inspection.parsing.text.page_lines import compact
from inspection.parsing.words.box_words import BOX_LABEL

Label = Literal[
    "team",
    "targets",
    "period",
    "accepts",
    "hours",
    "postcode",
    "box",
    "series",
    "county",
    "person",
    "none",
]
LabelKind: TypeAlias = Label | ContactKind

_CONTACTS = in_order({kind: kind.facts.clue for kind in ContactKind})
# A phone for complaints about the inspectors keeps its kind where the label speaks of hours too.
_NOT_HOURS = ContactKind.SUPERVISION.facts.clue.pattern
# The first that fits counts, so the particular stand before the general.
_BEFORE: tuple[tuple[Label, str], ...] = (
    ("accepts", r"^受理[^:]*信箱[^:]*(?:时间|期限|日期)$"),
    ("box", BOX_LABEL),
    ("person", r"组长|联络员|组员|成员|联系人|序号|编号|备注|邮政编码数"),
    ("postcode", r"邮编|邮政编码"),
    ("hours", rf"^(?!.*(?:{_NOT_HOURS})).*"
              r"(?:(?:接听|接电话|值班|工作|接访|接待|来访|来电|办公|服务|受理电话|电话受理)时间"
              r"|接听电话时间)"),
)  # fmt: skip
_AFTER: tuple[tuple[Label, str], ...] = (
    ("accepts", r"受理|截止|接收"),
    ("period", r"(?:巡[察视]|进驻|工作|集中|现场)+(?:时间|日期|期限|周期)|时间(?:安排)?|日期|起止"),
    ("series", r"类型|类别|方式|形式|性质"),
    ("county", r"^(?:县\(?市?[、,]?区\)?|县区|县市区|地区|所在县区?)$"),
    ("targets", r"被?巡[察视](?:的)?(?:对象|单位|党组织|地方|地区|部门|企业|范围|名单)|被巡"
                r"|^(?:拟)?进驻(?:的)?(?:对象|单位|党组织|部门|企业|学校|乡镇|街道)"
                r"|^(?:对象|单位|单位名称|党组织|党组织名称)$"),
    ("team", r"巡[察视]组|组别|^组$|^巡[察视]$"),
)  # fmt: skip
_COMPILED: tuple[tuple[LabelKind, re.Pattern[str]], ...] = (
    *((kind, re.compile(pattern)) for kind, pattern in _BEFORE),
    *_CONTACTS,
    *((kind, re.compile(pattern)) for kind, pattern in _AFTER),
)
_LABELLED = re.compile(r"^(?P<label>[^\d:,。;、]{2,24}?)\s{0,3}:\s{0,3}(?P<value>.*)$", re.DOTALL)
# '受理来信、来电的时间'
_ENUMERATING = re.compile(
    r"^(?P<label>[^\d:,。;]{2,30}(?:时间|期限|日期))\s{0,3}:\s{0,3}(?P<value>.*)$", re.DOTALL
)
_NEXT_LABEL = re.compile(r"(?<![,;。、\s])[,;。、\s]{1,4}(?=[\u4e00-\u9fffA-Za-z()\- ]{2,16}:)")
_LONGEST_LABEL = 60
_FIRST_LABEL = re.compile(r"[^\d:,。;、]{2,24}(?=:)")
_BARE = re.compile(
    r"(?:电话|号码|短信|信箱|邮箱|地址|地点|时间|单位|对象|党组织|名单|位置|邮编|编码|公众号|网址|来访|来信"
    r"|来电|举报箱|意见箱|方式|热线|截止日期|日期|传真)$"
)
_COLUMN = re.compile(r"巡[察视]组|组别|组长|副组长|序号|备注|联系人|类型|形式|^组$|轮次")


def kind_of(label: str) -> LabelKind:
    """What a label promises; 'none' for one without meaning here."""
    bare = compact(label)
    if len(bare) > _LONGEST_LABEL:
        return "none"
    return first_fitting(_COMPILED, bare) or "none"


def first_label(text: str) -> str:
    """The words before the first colon of a text, '' where they can be no label."""
    match = _FIRST_LABEL.match(text)
    return match.group() if match else ""


def is_bare_label(text: str) -> bool:
    """Whether a line is nothing but a label, whose facts stand on the lines below."""
    bare = compact(text).rstrip(":")
    return 2 <= len(bare) <= 12 and is_column_head(bare) and not _COLUMN.search(bare)


def is_column_head(bare: str) -> bool:
    """Whether words alone, without a colon, say what stands below them."""
    if len(bare) > 12 or re.search(r"[\d,。;、:]", bare) or team_names.at_start(bare):
        return False
    return kind_of(bare) != "none" and bool(_BARE.search(bare) or _COLUMN.search(bare))


def is_told_by_team(label: str) -> bool:
    """Whether a label before the lines of several teams holds for each of them."""
    kind = kind_of(label)
    return kind == "box" or (isinstance(kind, ContactKind) and kind.facts.is_told_by_team)


def split_label(text: str) -> tuple[str, str] | None:
    """A label and what follows its colon; None for a text without a known label."""
    match = _LABELLED.match(text) or _ENUMERATING.match(text)
    if match is None or kind_of(match["label"]) == "none":
        return None
    return match["label"].strip(), match["value"].strip()


def value_and_rest(kind: LabelKind, value: str) -> tuple[str, str]:
    """A label's value, and the sentences that follow it on the same line."""
    if kind in {"box", "targets"}:
        return value, ""
    match = re.match(r"^(.*?。)(?!\()(.+)$", value)
    return (match[1], match[2]) if match else (value, "")


def split_labelled(text: str) -> list[str]:
    """A line with several labels cut before each known one after the first."""
    parts: list[str] = []
    start = 0
    for match in _NEXT_LABEL.finditer(text):
        before = text[start : match.start()]
        if (
            _inside_brackets(before)
            or (match.group() == "、" and ":" not in before and _ENUMERATING.match(text[start:]))
            or split_label(text[match.end() :]) is None
        ):
            continue
        parts.append(text[start : match.start()])
        start = match.end()
    return [*parts, text[start:]]


def _inside_brackets(before: str) -> bool:
    return before.count("(") > before.count(")")


def is_header(cells: tuple[str, ...]) -> bool:
    """Whether cells are the head of a table of teams."""
    kinds = [kind_of(cell) for cell in cells if cell]
    known = [kind for kind in kinds if kind != "none"]
    named = {"team", "targets"} & set(known)
    short = all(len(compact(cell)) <= 12 and not re.search(r"\d|:", cell) for cell in cells)
    return len(known) >= 2 and len(known) == len(kinds) and bool(named) and short
