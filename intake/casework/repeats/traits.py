"""By what two items can be known to belong together: one entry each, with its normal form. Pure."""

import re
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

import phonenumbers

from inspection.body_search import SIMPLIFIED
from inspection.coded import Coded
from inspection.unseen import bare
from intake.casework.repeats.likeness import normal_text
from intake.choices.together_lists import REPEAT_TRAITS

# No name, number or body is longer; what is pasted by mistake is not read to its end.
LONGEST = 200

_SIGNS = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_BRACKETED = re.compile(r"[(\[【〔<][^)\]】〕>]*[)\]】〕>]?")
_TITLE = re.compile(r"(?:同志|先生|女士|本人|等人?|等[一二三四五六七八九十0-9]+人)$")
# Whoever is called so could be anybody; 某 hides a name.
_NOBODY = re.compile(
    r"某|^(?:匿名|无名|不详|未知|不清楚|不知道?|没有|无|暂无|保密|略|群众|村民|居民|职工|员工|知情人"
    r"|[一-鿿]*(?:群众|村民|居民|职工|员工|书记|主任|镇长|乡长|局长|经理|会计|领导|干部|负责人))$"
)
_PARTY = re.compile(
    r"(?:中共|中国共产党)?(.{2,}?)"
    r"(?:(?:党委|党组|党总支|党支部|党工委|委员会)|(?:人民)?政府|(?:股份|责任)*有限(?:责任)?公司)?$"
)
_ABOVE = re.compile(r"^.{1,8}?[省市县区旗](?=.{2,}(?:镇|乡|街道|街道办事处|[县区市])(?:$|.{2,}))")
_TOWN_SEAT = re.compile(r"(?<=街道)办事处$")
_BETWEEN_NUMBERS = re.compile(r"[,;、/|或和及\n]+")
# What a switchboard asks for after the number.
_EXTENSION = re.compile(r"(?:转|分机|ext\.?|x|#)[\d ]*$|(?<=\d{7})-\d{1,5}$")
_FEWEST_DIGITS = 7


@dataclass(frozen=True, slots=True)
class Normal:
    """What a clerk calls it, and its normal form; an empty one means that it names nobody."""

    word: str
    form: Callable[[str], str]


def _plain(value: str) -> str:
    return unicodedata.normalize("NFKC", bare(value[:LONGEST])).lower().translate(SIMPLIFIED)


def person(value: str) -> str:
    """'張 三（副鎮長）' is 张三; whom nobody could know by it ('王某', '村民') is nobody."""
    name = _TITLE.sub("", _SIGNS.sub("", _BRACKETED.sub("", _plain(value))))
    return "" if len(name) < 2 or _NOBODY.search(name) else name


def body(value: str) -> str:
    """'中共东阿县刘集镇委员会' and '刘集镇人民政府' are both 刘集镇."""
    name = _SIGNS.sub("", _plain(value))
    found = _PARTY.fullmatch(name)
    own = found[1] if found else name
    for _ in ("province", "city", "county"):
        own = _ABOVE.sub("", own)
    return "" if len(own) < 2 or "某" in own else _TOWN_SEAT.sub("", own)


def telephone(value: str) -> str:
    """The digits that are dialled in the same town, whichever of +86, 0 and area code is written.

    Two numbers of different area codes thus look alike; `is_other_area` tells them apart.
    """
    return _area_and_rest(value)[1]


def is_other_area(one: str, other: str) -> bool:
    """Whether both numbers are written with an area code, and not with the same."""
    areas = {_area_and_rest(one)[0], _area_and_rest(other)[0]} - {""}
    return len(areas) > 1


def each_number(value: str) -> list[str]:
    """The numbers that were written into one field."""
    parts = _BETWEEN_NUMBERS.split(_plain(value))
    return [part for part in parts if telephone(part)]


def _area_and_rest(value: str) -> tuple[str, str]:
    written = _EXTENSION.sub("", _plain(value).strip())
    try:
        number = phonenumbers.parse(written, "CN")
    except phonenumbers.NumberParseException:
        return "", ""
    digits = str(number.national_number)
    area = phonenumbers.length_of_geographical_area_code(number)
    rest = digits[area:]
    return (digits[:area], rest) if len(rest) >= _FEWEST_DIGITS else ("", "")


class Trait(Coded):
    """In the order in which a clerk is told."""

    facts: Normal

    SIGNER = "signer", Normal(REPEAT_TRAITS["signer"], person)
    TELEPHONE = "telephone", Normal(REPEAT_TRAITS["telephone"], telephone)
    ACCUSED = "accused", Normal(REPEAT_TRAITS["accused"], person)
    BODY = "body", Normal(REPEAT_TRAITS["body"], body)
    # Not by itself: of a text some passages are digested, see `digesting.marks_of`.
    WORDS = "words", Normal(REPEAT_TRAITS["words"], normal_text)
