"""Bodies that sentences name: behind a word that introduces them, before one that closes them."""

import re
from collections.abc import Iterator
from itertools import islice

from inspection.parsing.facts.who.body_lists import Body, read_bodies
from inspection.parsing.names.regions import Owner
from inspection.parsing.words.body_words import BEFORE_NAMES, INTRODUCING, NO_BODIES_BEHIND

_INTRODUCING = re.compile("|".join(f"(?:{words})" for words in INTRODUCING))
_BEFORE_NAMES = re.compile("|".join(BEFORE_NAMES))
_INSPECTS = re.compile(r"巡[察视]|进驻")
# '澜东县、澜西县的8个乡镇' names no bodies, only where they are.
_SOME_OF = re.compile(
    r"[^,。;]{0,60}?的(?:部分|\d{1,3}个|[一二三四五六七八九十]{1,3}个|有关)(?:乡镇|镇|街道|村|社区|单位|部门|企业|国有企业|国企|党组织)"
)
_STOP = re.compile(r"[。;]")
_LONGEST = 1500
_MOST_LISTS = 40


def bodies_said(text: str, owner: Owner, county: str | None, about: str) -> list[Body]:
    """The bodies that a sentence says are inspected; `about` is what leads to it."""
    if not (_INSPECTS.search(text) or _INSPECTS.search(about)):
        return []
    found: list[Body] = []
    floor = 0
    for begins, listed in _lists(text):
        if begins < floor:
            continue
        bodies = read_bodies(listed, owner, county, said=True)
        found += bodies
        if bodies:
            last = bodies[-1].name[-2:]
            floor = begins + max(0, listed.find(last))
    return found


def _lists(text: str) -> Iterator[tuple[int, str]]:
    """Where a list may begin, and the text from there to the end of the sentence."""
    for match in islice(_INTRODUCING.finditer(text), _MOST_LISTS):
        stop = _STOP.search(text, match.end())
        listed = text[match.end() : stop.start() if stop else match.end() + _LONGEST]
        if lead := _BEFORE_NAMES.match(listed):
            listed = listed[lead.end() :]
        if _SOME_OF.match(listed):
            continue
        if listed and not listed.startswith(NO_BODIES_BEHIND):
            yield match.end(), listed
