"""Streets and buildings that stand at exactly one body's drop box."""

import re
from collections.abc import Iterable

from intake.routing.normal_words import simplify
from intake.routing.place_names import COMMON_STREETS

# The words after which a street's or a building's own name begins.
_BREAK = re.compile(
    r"[(),;、]|(?!号)[\u4e00-\u9fff]*(?:[县区市镇乡]|街道)|驻地|门口|交叉|院内|办事处|政府|与|和|[东西南北]侧"
)
_STREET = re.compile(r"([\u4e00-\u9fff]{2,6}(?:大道|大街|路|街(?!道)|巷))([0-9]+号)?")
_BUILDING = re.compile(r"[\u4e00-\u9fff]{2,10}(?:大厦|金融中心|商务中心|写字楼|大酒店)")


def box_hints(boxes: Iterable[tuple[str, str | None]]) -> dict[str, tuple[str, ...]]:
    """The hints of each body from (a box's location, the body's code or None for a shared box).

    A street counts alone when no other box stands in it, else only with its number.
    """
    known = [(simplify(re.sub("[(（]", ",", location)), code) for location, code in boxes]
    hints: dict[str, tuple[str, ...]] = {}
    for location, code in known:
        if code is None:
            continue
        elsewhere = [other for other, owner in known if owner != code]
        own = [name for name in _names(location) if not any(name in text for text in elsewhere)]
        hints[code] = tuple(dict.fromkeys((*hints.get(code, ()), *own)))
    return hints


def _names(location: str) -> list[str]:
    """'东昌路3号昌润莲湖大厦' gives 东昌路, 东昌路3号 and 昌润莲湖大厦."""
    names = []
    for part in _BREAK.split(location):
        for street in _STREET.finditer(part):
            if street[1] not in COMMON_STREETS:
                names.append(street[1])
            if street[2]:
                names.append(street[0])
        names += _BUILDING.findall(_STREET.sub(",", part))
    return names
