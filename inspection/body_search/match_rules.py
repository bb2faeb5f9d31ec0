"""When typed words, written as they are compared, mean a body; the surest rules first."""

import re
from collections.abc import Callable

from inspection.body_search.comparable import Body, spelling

_SPELT = re.compile(r"[a-z0-9]+")
_HAS_LETTER = re.compile(r"[a-z]")
# So many letters of pinyin are no accident in a longer word.
_NO_ACCIDENT = 6

Rule = Callable[[Body, str], bool]


def is_spelt(wanted: str) -> bool:
    """Whether it is nothing but pinyin or initials."""
    return bool(_SPELT.fullmatch(wanted))


def has_letter(wanted: str) -> bool:
    return bool(_HAS_LETTER.search(wanted))


def _is_part_of_a_name(body: Body, wanted: str) -> bool:
    return any(wanted in name for name in body.names)


def _holds_a_name(body: Body, wanted: str) -> bool:
    """'梁水镇某村' names 梁水镇."""
    return any(len(name) > 1 and name in wanted for name in body.names)


def _holds_a_town(body: Body, wanted: str) -> bool:
    """'梁水村' is a village of 梁水镇."""
    return any(town in wanted for town in body.towns)


def _begins_a_spelling(body: Body, wanted: str) -> bool:
    """Pinyin or initials from the beginning of a name, as far as they are typed."""
    return is_spelt(wanted) and any(word.startswith(wanted) for word in body.spelt)


def _reads_as_a_name(body: Body, wanted: str) -> bool:
    """'梁shui', 'liangsz', 'shui镇': characters, pinyin and initials in any mixture."""
    return has_letter(wanted) and any(
        _reads(name[start:], wanted, body) for name in body.longest for start in range(len(name))
    )


def _reads(name: str, wanted: str, body: Body) -> bool:
    """Whether the first characters can be typed so, each by itself or a part of its sound."""
    reached = {0}
    for character in name:
        ways = (character, *body.sounds.get(character, ()))
        reached = {
            at + size
            for at in reached
            for way in ways
            for size in range(1, _shared(way, wanted, at) + 1)
        }
        if not reached or len(wanted) in reached:
            break
    return len(wanted) in reached


def _shared(way: str, wanted: str, at: int) -> int:
    """How many letters a sound has in common with the words at a place."""
    size = 0
    while size < len(way) and way[size] == wanted[at + size : at + size + 1]:
        size += 1
    return size


def _abbreviates(body: Body, wanted: str) -> bool:
    """'公交公司', '聊城gj' and 'lcgj' keep the order of 聊城市公共交通集团有限公司."""
    if len(wanted) < (4 if is_spelt(wanted) else 3):
        return False
    return any(_keeps_order(name, wanted, body) for name in body.longest)


def _keeps_order(name: str, wanted: str, body: Body) -> bool:
    rest = iter(name)
    return all(any(_stands_for(one, other, body) for other in rest) for one in wanted)


def _stands_for(one: str, character: str, body: Body) -> bool:
    return one == character or any(s[0] == one for s in body.sounds.get(character, ()))


def _is_part_of_the_county(body: Body, wanted: str) -> bool:
    return wanted in body.county


def _holds_a_spelling(body: Body, wanted: str) -> bool:
    """'liangshuizhenmoucun' and 'liangshuicun' name 梁水镇."""
    if not is_spelt(wanted):
        return False
    words = (spelling(stem, body.sounds) for stem in (*body.towns, *body.firms))
    return any(len(word) >= _NO_ACCIDENT and word in wanted for word in words)


def _holds_a_firm(body: Body, wanted: str) -> bool:
    """'公交三队' is likely to mean 公交集团; but 水务局 may be another body than 水务集团."""
    return any(firm in wanted for firm in body.firms)


def is_of_its_county(body: Body, wanted: str) -> bool:
    """Another town or a village of the county."""
    return bool(body.county) and body.county in wanted


SURE: tuple[Rule, ...] = (
    _is_part_of_a_name,
    _holds_a_name,
    _holds_a_town,
    _begins_a_spelling,
    _reads_as_a_name,
    _abbreviates,
    _is_part_of_the_county,
)
LIKELY: tuple[Rule, ...] = (_holds_a_spelling, _holds_a_firm)
