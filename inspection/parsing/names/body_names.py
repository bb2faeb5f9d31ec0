"""One name of a list: what belongs to it, and whether it can be the name of a body."""

import re

from inspection.body_kinds import BodyKind
from inspection.parsing.names import kinds_by_name
from inspection.parsing.words.body_words import SUMMED_UP

_PARTY = re.compile(
    r"(?:机关)?(?:党组\(党委\)|党委\(党组\)|党\(工\)委|党工委|分党组|党组|机关党委|党委|(?:直属)?(?:党总支|党支部|总支|支部)|党组织|两委)(?:班子|领导班子)?$"
)
_COMMITTEE = re.compile(r"^(?:中国共产党|中共)(.{2,}?)(?:委员会|支部委员会|总支部委员会)$")
_SUBORDINATES = re.compile(
    r"(?:以?及|和|\(含)其?(?:所属|下属|直属|所辖|下辖|管理的|权属)[^、,;]{0,24}$"
)
_SUM = re.compile("|".join(SUMMED_UP))
_CALLED = re.compile(r"\((?:以下)?简称[:“\"]?([^”\"()]{1,20})[”\"]?\)")
_NOTE = re.compile(
    r"\((?:“?回头看”?|含[^()]{0,20}|常规|提级|专项|机动|交叉|[^()]{0,6}巡[察视][^()]{0,6})\)"
)
_NO_NAME = re.compile(
    r"\d{5,}|[:@“”。!?=/]|巡[察视]|^第?[一二三四五六七八九十\d]{1,3}(?:个|家|所)"
    r"|^(?:对|在[^平田]|从(?!化)|自(?![来然行贸流治])|按照|经(?![济开贸管信])|根据|为(?!民)|由|并(?!州)|将(?![军乐台])"
    r"|同时|其中|此外|请|向(?![阳东山荣])|以|被|于(?![都洪家庄桥田])|至(?![善诚]))|\d月|反映|受理|情况|问题|工作人员|时间|举报|来信|来电|^(?:副?组长|联络员|成员|联系人)|信箱$|^的"
)
_LONGEST = 40


def clean_name(raw: str) -> tuple[str, str | None]:
    """A name without what stands around it, and the short name that brackets teach."""
    name = "".join(raw.split())
    called = _CALLED.search(name)
    name = _NOTE.sub("", _CALLED.sub("", name))
    name = _SUM.sub("", name) if len(name) < 120 else name
    name = re.sub(
        r"^(?:(?:分别)?(?:为|是|:)|以及|和(?!平|顺|县|龙|田|政|林|静|硕|布|谐)|及|与)|[.)]+$",
        "",
        _keeping_brackets(_SUBORDINATES.sub("", name)),
    )
    return without_party(name), called[1] if called else None


def _keeping_brackets(name: str) -> str:
    """A closing bracket stays where its opening one stands in the name."""
    return name + "\u3000" if name.endswith(")") and "(" in name else name


def without_party(name: str) -> str:
    """The body itself, without 党组 or 党委."""
    name = name.rstrip("\u3000")
    if match := _COMMITTEE.match(name):
        name = match[1]
    bare = _PARTY.sub("", name)
    return bare if len(bare) >= 2 else name


def is_name(name: str) -> bool:
    """Whether nothing speaks against a text being a name."""
    return len(name) <= _LONGEST and not _NO_NAME.search(name)


def is_whole(name: str) -> bool:
    """Whether a text ends as a body's name does."""
    return kinds_by_name.looks_like_body(clean_name(name)[0])


def kind_of_body(name: str) -> BodyKind:
    """The kind of the body with this full name."""
    return kinds_by_name.kind_of_body(without_party(name))
