"""Finds the body that a visitor means by a few typed words: a name, a short one, pinyin, a county.

It only suggests; an empty answer never means that the matter is out of scope.
"""

import re
import unicodedata
from collections.abc import Callable, Sequence

from inspection.models import Target

MAX_CHARACTERS = 40
_SKIPPED = re.compile(r"[\s\W_]+")


def matching(targets: Sequence[Target], words: str) -> list[Target]:
    """The bodies that fit best, in the notice's order: the first rule that finds any decides."""
    wanted = plain(words)
    if len(wanted) < 2:
        return []
    for rule in _RULES:
        found = [target for target in targets if rule(target, wanted)]
        if found:
            return found
    return []


def plain(words: str) -> str:
    """Words as they are compared: NFKC, lower case, no spaces and no punctuation."""
    return _SKIPPED.sub("", unicodedata.normalize("NFKC", words[:MAX_CHARACTERS]).casefold())


def _names(target: Target) -> list[str]:
    return [plain(name) for name in (target.name, *target.short_names)]


def _is_part_of_a_name(target: Target, wanted: str) -> bool:
    return any(wanted in name for name in _names(target))


def _holds_a_name(target: Target, wanted: str) -> bool:
    """'梁水镇某村' names 梁水镇."""
    return any(len(name) >= 2 and name in wanted for name in _names(target))


def _sounds_like(target: Target, wanted: str) -> bool:
    """Pinyin or initials, as typed on a phone."""
    return wanted.isascii() and any(wanted in part for part in target.search_key.lower().split())


def _abbreviates(target: Target, wanted: str) -> bool:
    """'公交公司' keeps the order of the characters of 公共交通集团有限公司."""
    characters = iter(plain(target.name))
    return len(wanted) >= 3 and all(character in characters for character in wanted)


def _is_in_the_county(target: Target, wanted: str) -> bool:
    return bool(target.county) and (plain(target.county) in wanted or wanted in target.county)


_RULES: tuple[Callable[[Target, str], bool], ...] = (
    _is_part_of_a_name,
    _holds_a_name,
    _sounds_like,
    _abbreviates,
    _is_in_the_county,
)
