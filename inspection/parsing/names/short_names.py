"""Short names under which people know a body, never so short that they mislead."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from inspection.body_kinds import BodyKind
from inspection.notice import TargetEntry
from inspection.parsing.names.abbreviations import BUSINESS, OFFICES
from inspection.parsing.names.regions import PROVINCES, Owner

_LEGAL = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司)$")
_WHOLE = re.compile(r"(?:银行|信用社|联社|厂)$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")

_TRADES = re.compile(
    r"投资|控股|资产|经营|水务|公共|交通|智能|制造|物业|管理|保安|服务|科技|建设|开发|城市|城乡|文化|旅游|发展|能源|热力|热电|供水|供热|供电"
    r"|供应链|燃气|国有|国际|金融|担保|融资|农业|产业|实业|工程|建筑|建材|置业|房地产|物流|贸易|商贸|粮食|储备|运输|运营|资源|环境|环保|市政"
    r"|园林|水利|生物|医药|化工|机械|电力|信息|技术|传媒|广告|食品|纺织|人力|劳务|咨询|教育|健康|养老|供销|盐业|烟草|石油|数据|数字|公用|集团"
)

_SHORTEST = 3


def with_short_names(targets: Sequence[TargetEntry], owner: Owner) -> list[TargetEntry]:
    """The targets with short names; a name that could mean two of them belongs to neither."""
    derived = [_derived(target, owner) for target in targets]
    owners = Counter(name for names in derived for name in set(names))
    taken = {target.name for target in targets}
    return [
        replace(
            target,
            short_names=tuple(
                name for name in dict.fromkeys(names) if owners[name] == 1 and name not in taken
            ),
        )
        for target, names in zip(targets, derived, strict=True)
    ]


def _derived(target: TargetEntry, owner: Owner) -> list[str]:
    if target.kind == BodyKind.ENTERPRISE:
        names = _of_enterprise(target.name, owner)
    elif target.kind in {BodyKind.TOWN, BodyKind.VILLAGE}:
        names = _of_place(target.name, target.county, owner)
    elif target.kind in {BodyKind.DEPARTMENT, BodyKind.INSTITUTION}:
        names = _of_office(target.name, owner)
    else:
        names = []
    return [
        *target.short_names,
        *(name for name in names if len(name) >= _SHORTEST and name != target.name),
    ]


def _of_place(name: str, county: str | None, owner: Owner) -> list[str]:
    bare = name
    for prefix in filter(None, (owner.place, county)):
        bare = bare.removeprefix(prefix)
    names = [bare, bare.removesuffix("办事处")]
    if match := re.search(r"(?:街道|镇|乡)(?=.*(?:村|社区)$)", bare):
        names.append(bare[match.end() :])
    return names


def _of_office(name: str, owner: Owner) -> list[str]:
    bare = name.removeprefix(owner.place)
    without = re.sub(r"^[省市县区州旗](?![委直场])", "", bare)
    names = [bare, without]
    for form in (bare, without):
        short = form
        for long, brief in OFFICES.items():
            short = short.replace(long, brief)
        names += [short, re.sub(r"^([省市县区]?)(?:人民)?(法院|检察院)$", r"\1\2", short)]
    return [
        n
        for n in names
        if n not in {"人民医院", "中医院", "检察院", "人民法院", "人民检察院"} or n == bare
    ]


def brand_of(name: str, owner: Owner) -> tuple[str, str]:
    """A firm's own word and its trade: ('东元', '资产经营'); either may be ''."""
    core = _core(name, owner).removesuffix("集团")
    trade = _TRADES.search(core)
    if trade is None:
        return (core, "")
    return (core[: trade.start()], core[trade.start() :])


def _core(name: str, owner: Owner) -> str:
    """A firm's name without place and legal form."""
    bare = _LEGAL.sub("", _IN_BRACKETS.sub("", name))
    bare = re.sub(r"^(?:" + PROVINCES + ")省?", "", bare)
    for place in filter(None, (owner.place, owner.stem)):
        bare = bare.removeprefix(place)
    return re.sub(r"^[省市县区](?=.{3})", "", bare)


def _of_enterprise(name: str, owner: Owner) -> list[str]:
    core = _core(name, owner)
    brand, trade = brand_of(name, owner)
    whole = core.removesuffix("集团")
    tail = "集团" if "集团" in name else "公司"
    names = [core if core.endswith("集团") or _WHOLE.search(core) else core + "公司"]
    for long, brief in BUSINESS.items():
        if long in whole:
            names += [whole.replace(long, brief) + tail, whole.replace(long, brief) + "公司"]
            break
    if len(brand) >= 2 and not _WHOLE.search(core.removesuffix("集团")):
        names += [brand + tail, brand + trade.removesuffix("集团"), brand + trade[:2]]
        names += [brand + "公司"] if tail == "公司" else []
    names += [name.removesuffix("有限公司")] if name.endswith("集团有限公司") else []
    return [form for form in dict.fromkeys(names) if form not in {"集团公司", brand}]


def spoken_forms(target: TargetEntry, owner: Owner) -> Iterable[str]:
    """All forms under which a text may name the target, for finding it there."""
    yield target.name
    yield from target.short_names
    brand, _ = brand_of(target.name, owner)
    if target.kind == BodyKind.ENTERPRISE and len(brand) >= 2:
        yield from (f"{brand}有限公司", f"{brand}集团有限公司", f"{brand}有限责任公司")
