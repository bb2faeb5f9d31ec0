"""Lists of bodies: cut into names, prefixes inherited, party suffixes dropped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from inspection.body_kinds import BodyKind
from inspection.parsing.facts.who.inheriting import Giving
from inspection.parsing.names import regions
from inspection.parsing.names.body_names import (
    clean_name,
    is_name,
    is_whole,
    kind_of_body,
    without_party,
)
from inspection.parsing.names.regions import Owner
from inspection.parsing.text.page_lines import strip_number
from inspection.parsing.words.body_words import CLOSING

_VILLAGES = re.compile(
    r"(?:以?及|和|与|、|,|\(含|\()?\s*(?:其)?(?:所辖|下辖|所属|辖区内?|辖区的?|管辖的?)(?:的)?(?:部分|全部|所有|有关|相关|若干|\d{1,4}个|[一二三四五六七八九十百]{1,4}个)?"
    r"(?:行政)?(?:村|社区)(?:级)?(?:[(、和及/]{0,2}(?:社区|居|村居|居委会|居民委员会)*\)?)?(?:两委)?(?:党组织|党支部|党委|党总支)?\)?\s*$"
    r"|(?:以?及|和|与|、|,|\(含|\()\s*(?:其)?(?:的)?(?:部分|全部|所有|有关|相关|若干|\d{1,4}个)?"
    r"(?:行政)?(?:村|社区)(?:级)?(?:[(、和及/]{0,2}(?:社区|居|村居|居委会|居民委员会)*\)?)?(?:两委)?(?:党组织|党支部|党委|党总支)?\)?\s*$"
)
_NAMED_VILLAGES = re.compile(
    r"(?:以?及|和)其?(?:所辖|下辖|所属)的?(?!部分|全部|所有|有关|相关|若干|\d)"
    r"(?=[\u4e00-\u9fff]{1,6}(?:村|社区)(?:[、,]|党|$))"
)
_HEADED = re.compile(r"^([\u4e00-\u9fff]{2,9}):(.+)$", re.DOTALL)
_LEAD = re.compile(
    r"^(?:负责|承担|分别|具体|将|拟|主要|进驻|进驻地?|首批|此次|本轮|(?:被)?巡[察视](?:单位|对象|党组织)?|为|是|对|[:、])*"
)
_CUT = re.compile(rf"(?:{'|'.join(CLOSING)})")
_CONJUNCTION = re.compile(r"(?:以及|和|及|与)")
_OFFICE_PREFIX = re.compile(r"^([省市县区州旗])(?=[^委场直].)|^([省市县区州旗])(?=委|直)")


@dataclass(frozen=True, slots=True)
class Body:
    """A name out of a list, its county, its taught short name, whether villages go with it."""

    name: str
    kind: BodyKind
    county: str | None = None
    taught: str | None = None
    with_villages: bool = False


def read_bodies(
    text: str, owner: Owner, heading: str | None = None, *, said: bool = False
) -> list[Body]:
    """The bodies that a list names, under a county's heading if there is one.

    In a sentence (`said`) the list ends before the first word that is no body's name.
    """
    text = _LEAD.sub("", text.strip(" 。;,"), count=1)
    if closing := _CUT.search(text, 2):
        text = text[: closing.start()]
    bodies: list[Body] = []
    for part in re.split(r"[;。\n]", text):
        group = part.strip()
        if (head := _HEADED.match(group)) and regions.county_named(head[1]):
            heading, group = head[1], head[2]
        villages = bool(_VILLAGES.search(group))
        names = _split(_VILLAGES.sub("", _NAMED_VILLAGES.sub("、", group)))
        if said:
            names = _while_bodies(names)
        bodies += _inherited(names, owner, heading, villages=villages)
    return bodies


def _while_bodies(names: list[str]) -> list[str]:
    """The names up to the first that is none."""
    kept: list[str] = []
    for raw in names:
        name, _ = clean_name(raw)
        if not (is_whole(name) and is_name(name)):
            break
        kept.append(raw)
    return kept


def _split(text: str) -> list[str]:
    """The names of a list; brackets are kept whole, broken names put together."""
    names: list[str] = []
    for word, mark in _words(text):
        if names and mark == " " and not is_whole(names[-1]):
            names[-1] += word
        else:
            names.append(word)
    return [part for name in names for part in _split_conjunction(name)]


def _words(text: str) -> Iterable[tuple[str, str]]:
    """Each word with the mark before it."""
    word, depth, before = "", 0, ""
    for char in text:
        depth = max(0, depth + (char == "(") - (char == ")"))
        if depth == 0 and (char in "、,;\n|" or char.isspace()):
            if found := strip_number(word):
                yield found, before
                before = ""
            before = char if not char.isspace() else before or " "
            word = ""
        else:
            word += char
    if found := strip_number(re.sub(r"^\d{1,2}[.)]", "", word)):
        yield found, before


def _split_conjunction(name: str) -> list[str]:
    """'县教育局和县财政局' is two; '教育和体育局' is one."""
    if len(name) > 80:
        return [name]
    for match in _CONJUNCTION.finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        if len(left) < 3 or not is_whole(left) or not is_whole(right):
            continue
        prefixed = _OFFICE_PREFIX.match(right) or regions.leading_county(right)
        is_other = without_party(left) != left and without_party(right) != right
        kinds = {kind_of_body(left), kind_of_body(right)}
        same_sort = len(kinds) == 1 and kinds <= {
            BodyKind.TOWN, BodyKind.ENTERPRISE, BodyKind.VILLAGE, BodyKind.COUNTY
        }  # fmt: skip
        is_apart = len(left) > 3 or kind_of_body(left) in {BodyKind.TOWN, BodyKind.VILLAGE}
        if prefixed or same_sort or is_other or (is_apart and BodyKind.INSTITUTION in kinds):
            return [left, *_split_conjunction(right)]
    return [name]


def _inherited(
    names: list[str], owner: Owner, heading: str | None, *, villages: bool
) -> list[Body]:
    giving = Giving(owner, heading)
    bodies: list[Body] = []
    for raw in names:
        name, taught = clean_name(raw)
        if len(name) < 2 or not is_name(name):
            continue
        kind = kind_of_body(name)
        name, county = giving.to(name, kind)
        bodies.append(Body(name, kind, county, taught, villages and kind == BodyKind.TOWN))
    return bodies
