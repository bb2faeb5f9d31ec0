"""Short names under which people know a body, never so short that they mislead."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from inspection.notice import TargetEntry
from inspection.parsing.places import PROVINCES, Owner

_LEGAL = re.compile(r"(?:股份有限公司|有限责任公司|有限公司|公司)$")
_IN_BRACKETS = re.compile(r"\([^()]*\)")
# How people shorten lines of business and offices everywhere.
_BUSINESS = {
    "公共交通": "公交", "城市投资": "城投", "城市建设投资": "城投", "建设投资": "建投", "交通投资": "交投", "产业投资": "产投",
    "文化旅游": "文旅", "国有资产": "国资", "水利投资": "水投", "农业投资": "农投", "城市建设": "城建", "农村商业银行": "农商行",
    "城乡公共交通": "公交", "交通运输": "交运", "城市发展": "城发", "产业发展": "产发", "能源投资": "能投",
}  # fmt: skip
_TRADES = re.compile(
    r"投资|控股|资产|经营|水务|公共|交通|智能|制造|物业|管理|保安|服务|科技|建设|开发|城市|城乡|文化|旅游|发展|能源|热力|热电|供水|供热|供电"
    r"|供应链|燃气|国有|国际|金融|担保|融资|农业|产业|实业|工程|建筑|建材|置业|房地产|物流|贸易|商贸|粮食|储备|运输|运营|资源|环境|环保|市政"
    r"|园林|水利|生物|医药|化工|机械|电力|信息|技术|传媒|广告|食品|纺织|人力|劳务|咨询|教育|健康|养老|供销|盐业|烟草|石油|数据|数字|公用|集团"
)
_OFFICES = (
    ("人力资源和社会保障", "人社"), ("人力资源社会保障", "人社"), ("住房和城乡建设", "住建"), ("自然资源和规划", "自规"), ("工业和信息化", "工信"),
    ("发展和改革", "发改"), ("教育和体育", "教体"), ("文化和旅游", "文旅"), ("文化广电和旅游", "文广旅"), ("卫生健康", "卫健"), ("退役军人事务", "退役军人"),
    ("市场监督管理", "市场监管"), ("行政审批服务", "行政审批"), ("综合行政执法", "综合执法"), ("医疗保障", "医保"), ("应急管理", "应急"), ("城市管理", "城管"),
    ("交通运输", "交通"), ("农业农村", "农业"), ("生态环境", "环保"), ("人民检察院", "检察院"), ("人民法院", "法院"), ("委员会", "委"),
    ("妇女联合会", "妇联"), ("残疾人联合会", "残联"), ("供销合作社联合社", "供销社"), ("供销合作社", "供销社"), ("工商业联合会", "工商联"),
    ("科学技术协会", "科协"), ("文学艺术界联合会", "文联"), ("科学技术", "科技"), ("机关事务管理", "机关事务"),
)  # fmt: skip
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
    if target.kind == "enterprise":
        names = _of_enterprise(target.name, owner)
    elif target.kind in {"town", "village"}:
        names = _of_place(target.name, target.county, owner)
    elif target.kind in {"department", "institution"}:
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
        for long, brief in _OFFICES:
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
    bare = re.sub(r"^(?:" + "|".join(PROVINCES) + ")省?", "", bare)
    for place in filter(None, (owner.place, owner.stem)):
        bare = bare.removeprefix(place)
    return re.sub(r"^[省市县区](?=.{3})", "", bare)


def _of_enterprise(name: str, owner: Owner) -> list[str]:
    core = _core(name, owner)
    brand, trade = brand_of(name, owner)
    whole = core.removesuffix("集团")
    tail = "集团" if "集团" in name else "公司"
    names = [core if core.endswith("集团") else core + "公司"]
    for long, brief in sorted(_BUSINESS.items(), key=lambda pair: -len(pair[0])):
        if long in whole:
            names += [whole.replace(long, brief) + tail, whole.replace(long, brief) + "公司"]
            break
    if len(brand) >= 2:
        names += [brand + tail, brand + trade.removesuffix("集团"), brand + trade[:2]]
        names += [brand + "公司"] if tail == "公司" else []
    names += [name.removesuffix("有限公司")] if name.endswith("集团有限公司") else []
    return [form for form in dict.fromkeys(names) if form not in {"集团公司", brand}]


def spoken_forms(target: TargetEntry, owner: Owner) -> Iterable[str]:
    """All forms under which a text may name the target, for finding it there."""
    yield target.name
    yield from target.short_names
    brand, _ = brand_of(target.name, owner)
    if target.kind == "enterprise" and len(brand) >= 2:
        yield from (f"{brand}有限公司", f"{brand}集团有限公司", f"{brand}有限责任公司")
