"""Counties, districts and the place whose notice it is."""

import re
from dataclasses import dataclass
from typing import Literal

Level = Literal["province", "city", "county", "other"]

# Zones that are run like districts but are none, and other words that end alike.
_ZONES = re.compile(
    r"(?:开发|高新|高新技术|经开|经济|示范|度假|旅游|园|产业|工业|保税|新|老城|城|矿|校|院|厂|库|辖|地"
    r"|小|社|景|管理|生态|化工|自贸|试验|合作|功能|住宅|生活|家属|办公|服务|行政|自治|特)区$"
)
_COUNTY = re.compile(r"^([\u4e00-\u9fff]{1,10}?(?:自治县|自治旗|林区|县|区|市|旗))(?=.|$)")
_NO_PLACE = re.compile(
    r"[路街厅局与号层室的]|门口|路口|院内|办公|办事|总部|大楼|人民|公司|集团|中心|单位"
    r"|^(?!景德镇|萍乡|新乡|宁乡).+[镇乡村]"
)
_NO_MARKET = re.compile(r"(?:超|门|城|都|夜|集|上|股)市$")
_IN = re.compile(r"^(?:位于|设在|设于|设置在|安放在|在)")
PROVINCES = (
    r"北京|天津|上海|重庆|河北|山西|辽宁|吉林|黑龙江|江苏|浙江|安徽|福建|江西|山东|河南|湖北|湖南"
    r"|广东|海南|四川|贵州|云南|陕西|甘肃|青海|内蒙古|广西|西藏|宁夏|新疆|中国"
)
_OWNER = re.compile(
    r"^(?:中国共产党|中共)?([\u4e00-\u9fff]{1,9}?(?:省|自治区|自治州|自治县|自治旗|市|县|区|州|盟|旗))委"
)
_NO_OWNER = re.compile(r"[届轮第次]|^自治")
_WITHIN = re.compile(r"^.{2,}(?:省|自治区|自治州|市|州|盟)(?=.{2,}$)")
_PROVINCE_OWNER = re.compile(rf"^(?:{PROVINCES})省?$")


@dataclass(frozen=True, slots=True)
class Owner:
    """Whose notice it is: '聊城市', its level; the place is '' where it is not told."""

    place: str
    level: Level

    @property
    def stem(self) -> str:
        """The place without its last word: 聊城市 is 聊城, 单县 stays 单县."""
        for ending in (
            "自治州",
            "自治县",
            "自治旗",
            "自治区",
            "省",
            "市",
            "县",
            "区",
            "旗",
            "盟",
            "州",
        ):
            if self.place.endswith(ending):
                return (
                    self.place.removesuffix(ending)
                    if len(self.place) - len(ending) >= 2
                    else self.place
                )
        return self.place


def owner_of(issuer: str | None, title: str, committee: str | None) -> Owner:
    """The place and level of the committee that inspects."""
    for source in (issuer or "", title.removeprefix("关于")):
        match = _OWNER.match(source)
        if match and not _NO_OWNER.search(match[1]):
            place = _WITHIN.sub("", match[1])
            return Owner(place, _level(place, committee))
    return Owner("", _level("", committee))


def _level(place: str, committee: str | None) -> Level:
    if committee and committee[0] in "县区旗":
        return "county"
    if (
        committee and (committee.startswith("自治区") or committee[0] == "省")
    ) or _PROVINCE_OWNER.match(place):
        return "province"
    if committee and committee[0] in "市州盟":
        return "city"
    return "county" if place.endswith(("县", "区", "旗")) else "other"


def county_named(text: str) -> str | None:
    """`text` if it is the name of a county or district, else None."""
    return text if leading_county(text) == text else None


def leading_county(text: str, *, own: str = "") -> str | None:
    """The county or district with which a text begins, `own` (the city itself) left out."""
    bare = _IN.sub("", text)
    if own and bare.startswith(own):
        bare = bare[len(own) :]
    match = _COUNTY.match(bare)
    if match is None or len(match[1]) < 2:
        return None
    name = match[1]
    if (
        _ZONES.search(name)
        or _NO_PLACE.search(name[:-1])
        or _NO_MARKET.search(name)
        or name in {"全市", "全县", "全区", "本市", "本县"}
    ):
        return None
    return name
