"""What the words around a name say: another county, a longer name, a village."""

import re

from intake.routing.normal_words import NOT_A_WORD
from intake.routing.phrases import Sort
from intake.routing.place_names import CITIES, PROVINCES

_LINK = re.compile(r"(?:境内|辖区|下属|下辖|所属|管辖|的)+$")
# '我县', '在市', '本区': the county or city that is meant anyway.
_SAME = re.compile(r"(?:^|[我本该全各在是到去于和的])[县区市]$")
_ZONE = re.compile(r"(?:开发|高新|度假)区$|[新园小社城市公厂校片山老林库辖矿地景教工住]区$")
_NO_COUNTY = re.compile(r"[超城集夜都菜股门]市$")
_COUNTY = re.compile(r"[县区市旗州盟]$")
_COUNTY_ANYWHERE = re.compile(r"[县区市旗](?![城委府政场区民里])")
_OTHER_TOWN = re.compile(
    r"[\u3400-\u9fff]{2}(?:(?<![城乡村小集古])镇(?!政)|(?<![家他故下返回])乡(?![村镇里政亲])|街道)"
)
# A longer name that ends like the one that is looked for: 东大桥镇, but not 山东大桥镇.
_LONGER = re.compile(
    r"(?:[大小新老]|(?<![山广])东|(?<![山江广陕])西|(?<![河湖海云])南|(?<![河湖])北)$"
)
# What may stand before a name in an answer to 'where?'; anything else may be another county.
_LEAD_IN = re.compile(
    r"[在是于住的和与及跟到从向原现叫即里内有们我她他路街道号楼院府局所校厂站司0-9]$|(?:关于|反映|举报|户籍|地址|地点|单位)$"
)
# After a line of business: an authority or another firm, not the city's own firm.
_ANOTHER_BODY = re.compile(
    r"(?:管理|服务|保障|监督|监察|执法|综合|行政|规划|运输|警察|治安|职业|技工|技术|工程|建设|投资|控股|资产|开发|置业|物业"
    r"|科技|广告|传媒|旅游|汽车|检测|设计|咨询|贸易|实业)*"
    r"(?:分?局(?![面部限势])|委员会|派出所|[分支大]队|协会|商会|学校|学院|医院|研究院"
    r"|(?<=管理|服务|保障|监督|执法)(?:处|中心)|(?<=[程设资股产发业技告媒游车测计询易])(?:集团|公司|有限))"
)
_VILLAGE = re.compile(r"(?<![农乡])(?:村(?!镇)|社区|居委)")
_VILLAGE_FOLLOWS = re.compile(r"[0-9\u3400-\u9fff]{0,6}?(?<![农乡])(?:村(?!镇)|社区|居委)")
_LOOK_BACK = 14


def is_village(text: str) -> bool:
    return bool(_VILLAGE.search(text))


def village_follows(text: str, end: int) -> bool:
    return bool(_VILLAGE_FOLLOWS.match(text, end))


def names_another_body(text: str, end: int) -> bool:
    """'水务局' and '水务工程公司' are others than 水务集团."""
    return bool(_ANOTHER_BODY.match(text, end))


def word_before(text: str, seen_to: int, start: int) -> str:
    """The run of words right before `start`, without a linking '境内的'."""
    before = NOT_A_WORD.split(text[max(seen_to, start - _LOOK_BACK) : start])[-1]
    return _LINK.sub("", before)


def is_elsewhere(before: str, sort: Sort, counties: tuple[str, ...], *, is_place: bool) -> bool:
    """Whether a name of this sort, after these words, is another body's.

    A firm's own name is the same in every county of its city; a town's, or a firm's that
    only tells its line of business, is not.
    """
    if _SAME.search(before):
        return False
    if sort is Sort.BARE:
        return not _LEAD_IN.search(before)
    has_own_name = sort in (Sort.FIRM, Sort.HINT, Sort.TRADE)
    is_in_round = before.endswith(counties)
    if _ends_in_city(before) or (_COUNTY.search(before) and not is_in_round):
        return not (has_own_name and _ZONE.search(before))
    if has_own_name:
        return False
    is_longer = bool(_LONGER.search(before)) or (is_place and not _LEAD_IN.search(before))
    return is_in_round or is_longer


def names_other_county(place: str, near: tuple[str, ...]) -> bool:
    """Whether a joined place names a county or city that is none of `near`."""
    return any(
        not (
            head.endswith(near)
            or _SAME.search(head)
            or _ZONE.search(head)
            or _NO_COUNTY.search(head)
        )
        for found in _COUNTY_ANYWHERE.finditer(place)
        if (head := place[: found.end()])
    )


def names_other_town(place: str) -> bool:
    """Whether what is left of a place, without the notice's names, names a town."""
    return bool(_OTHER_TOWN.search(place))


def _ends_in_city(before: str) -> bool:
    bare = before[:-1] if before[-1] in "市省" else before
    return any(bare[-size:] in CITIES or bare[-size:] in PROVINCES for size in range(2, 6))
