"""No text takes longer than its length: no pattern and no list is without a bound."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from re import _constants as codes  # type: ignore[attr-defined]
from re import _parser as parser  # type: ignore[attr-defined]
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework import proposing
from intake.casework.proposing import Written, find_proposals
from intake.casework.proposing.people.accused import MOST_ACCUSED, MOST_PLACES
from intake.casework.proposing.words.word_rules import MOST_SHOWN, WordRule
from intake.report.report_limits import LONGEST

MODULES = [
    importlib.import_module(found.name)
    for found in pkgutil.walk_packages(proposing.__path__, f"{proposing.__name__}.")
]
# The most that one repetition may repeat.
MOST_REPEATED = 40
HOSTILE = (
    *("镇长", "李四", "张", "镇长张三和", "举报", "我叫", "证人张三、", "(", "村镇局", "收了一"),
    *("没有收红包", "发展党员", "反映人"),
)


def patterns_in(value: Any) -> Iterator[re.Pattern[str]]:
    if isinstance(value, re.Pattern):
        yield value
    elif isinstance(value, WordRule):
        yield from (pattern for _, pattern in value.patterns)
    elif isinstance(value, tuple):
        for one in value:
            yield from patterns_in(one)


PATTERNS = {
    pattern.pattern: pattern
    for module in MODULES
    for value in vars(module).values()
    for pattern in patterns_in(value)
}


def repeats_in(parsed: Any, depth: int = 0) -> Iterator[tuple[int, int]]:
    """Of each repetition how often it may repeat, and in how many others it stands."""
    for code, value in parsed:
        most = int(value[1]) if code in (codes.MAX_REPEAT, codes.MIN_REPEAT) else 1
        if most > 1:
            yield most, depth
        for inner in parts_of(value):
            yield from repeats_in(inner, depth + (most > 1))


def parts_of(value: Any) -> Iterator[Any]:
    if isinstance(value, parser.SubPattern):
        yield value
    elif isinstance(value, tuple | list):
        for one in value:
            yield from parts_of(one)


def test_the_patterns_of_all_rules_are_looked_at():
    assert len(PATTERNS) > 60


@pytest.mark.parametrize("pattern", PATTERNS.values(), ids=lambda pattern: pattern.pattern[:20])
def test_no_pattern_repeats_without_a_bound_or_within_another(pattern: re.Pattern[str]):
    for most, depth in repeats_in(parser.parse(pattern.pattern, pattern.flags)):
        assert most <= MOST_REPEATED
        assert depth == 0


@pytest.mark.parametrize("words", HOSTILE)
def test_a_hostile_text_yields_no_more_than_a_page_can_show(words: str):
    text = (words * LONGEST["narrative"])[: LONGEST["narrative"]]

    found = find_proposals(Written(narrative=text, subject=text, place=text, happened=text))

    assert len(found.accused) <= MOST_ACCUSED
    assert all(len(one.found) <= MOST_PLACES for one in found.accused)
    assert all(len(one.found) <= MOST_SHOWN for one in (*found.other_problems, *found.topics))


ODD_PIECES = (
    *(
        "副书记",
        "欧阳明",
        "王某某",
        "趙",
        "，",
        "。",
        "\n",
        "（",
        "是",
        "和",
        "兼",
        "其",
        "女",
        "某",
    ),
    *(
        "我俺村",
        "青石镇",
        "\u200b",
        "\u3000",
        "㍿",
        "𠮷",
        "İ",
        "\x00",
        "的儿子",
        "同志",
        "10",
        "把",
    ),
)
PIECES = st.sampled_from((*HOSTILE, *ODD_PIECES))


@given(st.lists(PIECES, max_size=40).map("".join), st.lists(PIECES, max_size=8).map("".join))
def test_whatever_is_written_each_place_holds_its_words(narrative: str, subject: str):
    letter = Written(narrative, subject)

    for person in find_proposals(letter).accused:
        assert person.name or person.post
        assert "\n" not in person.name + person.post + person.body
        for place in person.found:
            assert getattr(letter, place.field)[slice(*place.span)] == place.words != ""


def test_nothing_behind_the_longest_narrative_is_read():
    text = "好" * LONGEST["narrative"] + "。镇长李四贪污"

    assert find_proposals(Written(narrative=text)).accused == ()
