"""The ways in which people write the name of a body under inspection."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum

from intake.routing.normal_words import simplify
from intake.routing.place_names import CITIES, PROVINCES

_TOWN = re.compile(r"(?:.*?[县区市旗])?(.{2,8}?)(街道办事处|街道|镇|乡)")
_COUNTY = re.compile(r"(.{1,7}?[县区市旗])(?=.{2,8}(?:街道办事处|街道|镇|乡)$)")
_LED_BY_COUNTY = re.compile(r"[\u4e00-\u9fff]{1,6}?[县区旗]")
_CITY = re.compile(r"(?:中共)?([\u4e00-\u9fff]{2,5}?)市")
_LEGAL = re.compile(r"(?:有限责任公司|股份有限公司|有限公司|公司)$")
_GROUP_OR_COMPANY = re.compile(r"(?:集团公司|集团|公司)$")
_LINE = re.compile(
    "公共交通|交通|公交|水务|供水|供热|供电|热力|燃气|能源|电力|水利|物业|管理|保安|安保|服务|投资|控股|资产|资本|"
    "经营|运营|国有|国资|城市|城建|城投|城乡|建设|建筑|开发|发展|产业|文化|旅游|文旅|传媒|农业|粮食|粮油|盐业|"
    "金融|担保|融资|置业|房地产|工程|智能|制造|科技|信息|数据|环保|环境|物流|商贸|贸易|食品|医药|教育|人力资源"
)
# Those that stand without another word in the name of a city's own firm: 粮盐, 热电.
_TRADE = re.compile(f"{_LINE.pattern}|[粮盐油水电热气]")
# A name's own word that ends so is also an ordinary word, or a village, or a family.
_ORDINARY_END = tuple("桥村庄家林城关店集山河湖口营堡寨寺庙沟坡岭湾门园里阳屯")
# Even with its county before it, this is the bridge or the station itself.
_BUILT_END = tuple("桥路站港厂坝闸")


class Sort(Enum):
    """What a phrase is, which decides what may stand around it."""

    TOWN = "town"
    FIRM = "firm"
    # Words that the same body in any other city has in its name: 水务集团.
    LINE = "line of business"
    # '市水务公司': only when nothing stands before its first word.
    BARE = "bare"
    # '聊城水务': a place's name with a line of business, known where only one body has that.
    TRADE = "trade"
    HINT = "hint"
    # A town's name without its 'town', which is an ordinary word too: it only helps the office.
    UNSURE = "unsure"


@dataclass(frozen=True, slots=True)
class Phrase:
    """One way to write a name. `label` is what the reason quotes: words of the notice."""

    text: str
    label: str
    sort: Sort
    village_must_follow: bool = False
    only_as_place: bool = False


@dataclass(frozen=True, slots=True)
class Home:
    """The city of the notice and its province, in every form: they may stand before a name."""

    city: str | None
    city_forms: tuple[str, ...]
    forms: tuple[str, ...]


def home_of(issuer: str, names: list[str]) -> Home:
    """The city and province that the issuer or the bodies' own names tell."""
    told = _CITY.match(simplify(issuer))
    cities = [f[1] for name in names if (f := _CITY.match(simplify(name))) and f[1] in CITIES]
    provinces = [p for p in sorted(PROVINCES) if any(name.startswith(p) for name in names)]
    city = told[1] if told else cities[0] if cities else None
    city_forms = (city + "市", city) if city else ()
    province_forms = tuple(province + end for province in provinces for end in ("省", ""))
    return Home(city, city_forms, city_forms + province_forms)


def county_of(name: str, county: str | None) -> str | None:
    """The county that is given, or that a town's own name tells."""
    if county:
        return simplify(county)
    found = _COUNTY.match(simplify(name))
    return found[1] if found else None


def phrases_of(
    name: str, short_names: tuple[str, ...], county: str | None, home: Home
) -> list[Phrase]:
    town = _TOWN.fullmatch(simplify(name))
    if town:
        return list(_town_phrases(name, short_names, county, town[1], town[2]))
    return list(_body_phrases(name, short_names, home))


def _town_phrases(
    name: str, short_names: tuple[str, ...], county: str | None, stem: str, suffix: str
) -> Iterator[Phrase]:
    suffix = "街道" if suffix.startswith("街道") else suffix
    label = stem + suffix
    for text in (name, label, *short_names):
        yield Phrase(simplify(text), label, Sort.TOWN)
    if suffix == "街道":
        for office in ("街办", "办事处", "街道办事处"):
            yield Phrase(stem + office, label, Sort.TOWN)
    for place in county_forms(county):
        yield Phrase(place + label, label, Sort.TOWN)
        yield Phrase(place + stem, label, Sort.TOWN, village_must_follow=stem.endswith(_BUILT_END))
    if len(stem) > 2 or not stem.endswith(_ORDINARY_END):
        yield Phrase(stem, label, Sort.TOWN, only_as_place=True)
    else:
        yield Phrase(stem, label, Sort.UNSURE)


def county_forms(county: str | None) -> tuple[str, ...]:
    """'东阿县' as 东阿县 and 东阿; a county of one character keeps its suffix."""
    if not county:
        return ()
    return (county, county[:-1]) if len(county) > 2 else (county,)


def _body_phrases(name: str, short_names: tuple[str, ...], home: Home) -> Iterator[Phrase]:
    full, short = simplify(name), [simplify(s) for s in short_names]
    yield Phrase(full, name, Sort.FIRM)
    for given, text in zip(short_names, short, strict=True):
        yield Phrase(text, given, Sort.LINE if _is_line(text) else Sort.FIRM)
    own = _own_words(name, home)
    core = _LEGAL.sub("", own)
    if own != core:
        yield from _firm_phrases(name, core, short, home)
    elif own != full:
        yield Phrase("市" + own, name, Sort.BARE)
        yield Phrase(f"{home.city}{own}", name, Sort.FIRM)


def _firm_phrases(name: str, core: str, short: list[str], home: Home) -> Iterator[Phrase]:
    if len(core) >= 4 and (not _is_line(core) or core.endswith("集团")):
        yield Phrase(core, name, Sort.LINE if _is_line(core) else Sort.FIRM)
    line = _LINE.search(core)
    brand, rest = (core[: line.start()], core[line.start() :]) if line else (core, "")
    if len(brand) >= 2 and len(rest) >= 2:
        yield Phrase(brand + rest[:2], name, Sort.FIRM)
    for base in _bases(core, short):
        for form in ("公司", "集团", "集团公司", "有限公司"):
            if _is_line(base):
                yield Phrase(f"市{base}{form}", name, Sort.BARE)
                yield from (Phrase(h + base + form, name, Sort.FIRM) for h in home.city_forms)
            elif any(base + end in (*short, core) for end in ("公司", "集团")):
                yield Phrase(base + form, name, Sort.FIRM)


def trades_of(name: str, short_names: tuple[str, ...], home: Home) -> tuple[list[str], list[str]]:
    """The places and the lines of business of a firm that has no other name of its own.

    '聊城市公共交通集团有限公司', short '公交集团', is (聊城市, 聊城) and (公共交通, 公交).
    """
    own, places = _own_words(name, home), list(home.city_forms)
    if led := _LED_BY_COUNTY.match(own):
        own, places = own[led.end() :], list(county_forms(led[0]))
    core = _LEGAL.sub("", own)
    is_firm = core != own or core.endswith("集团")
    if not is_firm or not places:
        return [], []
    bases = _bases(core, [simplify(short).removeprefix("市") for short in short_names])
    return places, [base for base in bases if not _TRADE.sub("", base)]


def _bases(core: str, short: list[str]) -> list[str]:
    """The names without 'group' or 'company'."""
    bases = (_GROUP_OR_COMPANY.sub("", text) for text in (core, *short))
    return list(dict.fromkeys(base for base in bases if base))


def _own_words(name: str, home: Home) -> str:
    """The name without brackets and without the city or province before it."""
    own = simplify(re.sub(r"[(（][^)）]*[)）]", "", name))
    for form in home.forms:
        own = own.removeprefix(form)
    return own


def _is_line(text: str) -> bool:
    """Whether nothing but lines of business is left of a name."""
    return not _LINE.sub("", _GROUP_OR_COMPANY.sub("", text))
