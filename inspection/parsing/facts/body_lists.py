"""Lists of bodies: cut into names, prefixes inherited, party suffixes dropped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from inspection.body_kinds import BodyKind
from inspection.parsing.names import regions
from inspection.parsing.names.kinds_by_name import kind_of_body, looks_like_body
from inspection.parsing.names.regions import PROVINCES, Owner
from inspection.parsing.text.page_lines import compact, strip_number

_PARTY = re.compile(
    r"(?:机关)?(?:党组\(党委\)|党委\(党组\)|党\(工\)委|党工委|党组|党委|党总支|党支部|支部|党组织)(?:领导班子)?$"
)
_COMMITTEE = re.compile(r"^(?:中国共产党|中共)(.{2,}?)(?:委员会|支部委员会|总支部委员会)$")
_VILLAGES = re.compile(
    r"(?:以?及|和|与|、|,|\(含)\s*(?:其)?(?:所辖|下辖|所属|辖区内?|辖区的?|管辖的?)?(?:的)?(?:部分|全部|所有|有关|相关|若干|\d+个)?"
    r"(?:行政)?(?:村|社区)(?:级)?(?:[(、和及/]*(?:社区|居|村居|居委会|居民委员会)*\)?)?(?:两委)?(?:党组织|党支部|党委|党总支)?\)?\s*$"
)
_NAMED_VILLAGES = re.compile(
    r"(?:以?及|和)其?(?:所辖|下辖|所属)的?(?!部分|全部|所有|有关|相关|若干|\d)"
    r"(?=[\u4e00-\u9fff]{1,6}(?:村|社区)(?:[、,]|党))"
)
_HEADED = re.compile(r"^([\u4e00-\u9fff]{2,9}):(.+)$", re.DOTALL)
_SUBORDINATES = re.compile(r"(?:以?及|和)其?(?:所属|下属|直属|所辖|下辖|管理的|权属)[^、,;]*$")
_LEAD = re.compile(
    r"^(?:(?:负责|承担|分别|具体|将|拟|主要|进驻|进驻地?|首批|此次|本轮|巡[察视](?:单位|对象)?)\s*[:]?)*(?:对|为)?"
)
_CUT = re.compile(
    r"(?:等)?\s*(?:(?:\d+|[一二三四五六七八九十]+)(?:个|家|所))?(?:市直|县直|区直|省直)?(?:部门|单位|地方|地区|乡镇|镇街|企业)*(?:党委\(党组\)|党\(工\)委|党组\(党委\)|党组织|党委|党组)?"
    r"(?:(?:集中|分别|同步|联动)?(?:开展|进行|实施|派驻|的)(?!和)|为期|的?(?:常规|提级|专项|机动|交叉)巡[察视]).*$",
    re.DOTALL,
)
_ETC = re.compile(r"等(?:(?:\d+|[一二三四五六七八九十]+)(?:个|家|所).*)?$")
_CONJUNCTION = re.compile(r"(?:以及|和|及|与)")
_CALLED = re.compile(r"\((?:以下)?简称[:“\"]*([^”\"()]+)[”\"]*\)")
_NOTE = re.compile(r"\((?:回头看|“回头看”|含[^()]*|常规|提级|专项|机动|交叉)\)")
_OFFICE_PREFIX = re.compile(r"^([省市县区州旗])(?=[^委场直].)|^([省市县区州旗])(?=委|直)")


@dataclass(frozen=True, slots=True)
class Body:
    """A name out of a list, its county, its taught short name, whether villages go with it."""

    name: str
    county: str | None = None
    taught: str | None = None
    with_villages: bool = False


def read_bodies(text: str, owner: Owner, heading: str | None = None) -> list[Body]:
    """The bodies that a list names, under a county's heading if there is one."""
    text = _CUT.sub("", _LEAD.sub("", text.strip(" 。;,"), count=1))
    bodies: list[Body] = []
    for part in re.split(r"[;。]", text):
        group = part.strip()
        if (head := _HEADED.match(group)) and regions.county_named(head[1]):
            heading, group = head[1], head[2]
        villages = bool(_VILLAGES.search(group))
        names = _split(_VILLAGES.sub("", _NAMED_VILLAGES.sub("、", group)))
        bodies += _inherit(names, owner, heading, villages=villages)
    return bodies


def _split(text: str) -> list[str]:
    """The names of a list; brackets are kept whole, broken names put together."""
    names: list[str] = []
    for word in _words(text):
        if names and not _is_whole(names[-1]) and not _listed_apart(text, names[-1], word):
            names[-1] += word
        else:
            names.append(word)
    return [part for name in names for part in _split_conjunction(name)]


def _words(text: str) -> Iterable[str]:
    word, depth = "", 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if depth <= 0 and (char in "、,;\n" or char.isspace()):
            yield from filter(None, [strip_number(word)])
            word, depth = "", 0
        else:
            word += char
    yield from filter(None, [strip_number(re.sub(r"^\d{1,2}[.)]", "", word))])


def _is_whole(name: str) -> bool:
    return looks_like_body(_without_party(name))


def _listed_apart(text: str, before: str, word: str) -> bool:
    return any(before + mark + word in text for mark in "、,;")


def _split_conjunction(name: str) -> list[str]:
    """'县教育局和县财政局' is two; '教育和体育局' is one."""
    for match in _CONJUNCTION.finditer(name):
        left, right = name[: match.start()], name[match.end() :]
        prefixed = _OFFICE_PREFIX.match(right) or regions.leading_county(right)
        same_sort = kind_of_body(right) in {BodyKind.TOWN, BodyKind.ENTERPRISE} and kind_of_body(
            left
        ) == kind_of_body(right)
        if _is_whole(left) and len(left) >= 3 and _is_whole(right) and (prefixed or same_sort):
            return [left, *_split_conjunction(right)]
    return [name]


def _inherit(names: list[str], owner: Owner, heading: str | None, *, villages: bool) -> list[Body]:
    bodies: list[Body] = []
    county, office = heading, ""
    for raw in names:
        name, taught = _clean(raw)
        if len(name) < 2 or not _is_name(name):
            continue
        own = regions.leading_county(name, own=owner.place)
        county = own or county
        prefix = _OFFICE_PREFIX.match(name)
        office = prefix.group() if prefix else office
        kind = kind_of_body(name)
        if kind == BodyKind.TOWN:
            name = name if own or not county or name == county else county + name
        elif (
            kind in {BodyKind.DEPARTMENT, BodyKind.INSTITUTION}
            and office
            and not (prefix or own or _is_own(name))
        ):
            name = office + name
        elif kind == BodyKind.VILLAGE:
            name = _village(name, own, county, bodies)
        of_county = county if kind in {BodyKind.TOWN, BodyKind.VILLAGE} else own or heading
        bodies.append(
            Body(name, _county(of_county, owner), taught, villages and kind == BodyKind.TOWN)
        )
    return bodies


def _village(name: str, own: str | None, county: str | None, before: list[Body]) -> str:
    """A village with the town that the list lets it inherit."""
    if own:
        return name
    if not re.search(r"[镇乡]|街道", name[:-1]):
        for body in reversed(before):
            if match := re.match(r"^(.+?(?:街道|镇|乡))", body.name):
                return match[1] + name
    return county + name if county else name


def _county(name: str | None, owner: Owner) -> str | None:
    if owner.level == "county" or name == owner.place:
        return None
    return name if owner.level != "province" else None


def _is_own(name: str) -> bool:
    """Names that take no prefix: 团县委, a province's firm."""
    return (
        bool(re.match(r"^(?:团|中共|国家|国网|中国)|^(?:" + PROVINCES + ")", name))
        or "县委" in name
        or "市委" in name
    )


def _is_name(name: str) -> bool:
    return (
        not re.search(r"\d{5,}|[:@“”。!?]|巡[察视]|^第?[一二三四五六七八九十\d]+(?:个|家)", name)
        and len(name) <= 40
    )


def _clean(raw: str) -> tuple[str, str | None]:
    name = _ETC.sub("", compact(raw))
    called = _CALLED.search(name)
    name = _NOTE.sub("", _CALLED.sub("", name))
    name = re.sub(r"^(?:分别)?(?:为|是|:)|\.$", "", _SUBORDINATES.sub("", name))
    return _without_party(name), called[1] if called else None


def _without_party(name: str) -> str:
    if match := _COMMITTEE.match(name):
        name = match[1]
    bare = _PARTY.sub("", name)
    return bare if len(bare) >= 2 else name
