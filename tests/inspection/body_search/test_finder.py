"""The one set of rules by which a few typed words find a body."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.body_search import MOST_SIMILAR, Finder, Searched
from inspection.loading.search_keys import search_key

NOTICE = Path(__file__).parents[2] / "data" / "liaocheng-expected.json"
TARGETS = [
    (target["name"], *(target.get("short_names_include") or target["short_names"]))
    for team in json.loads(NOTICE.read_text(encoding="utf-8"))["teams"]
    for target in team["targets"]
]
COUNTIES = ("东昌府区", "冠县", "东阿县", "高唐县")


def make_finder(targets: list[tuple[str, ...]] = TARGETS) -> Finder:
    return Finder(
        [
            Searched(
                names=names,
                county=next((c for c in COUNTIES if names[0].startswith(c)), ""),
                spelt=tuple(search_key(names).split()),
            )
            for names in targets
        ]
    )


FINDER = make_finder()


def found(words: str) -> tuple[list[str], bool]:
    """The names found, and whether they were meant for sure."""
    answer = FINDER.find(words)
    return [TARGETS[at][0] for at in answer.places], answer.is_sure


LIANGSHUI, LIUTREES = "东昌府区梁水镇", "冠县柳林镇"
ZHAOZHAIZI, BUSES = "高唐县赵寨子镇", "聊城市公共交通集团有限公司"


@pytest.mark.parametrize(
    ("words", "name"),
    [
        # Traditional characters, full-width and upper-case letters, spaces, tones.
        *(("梁水鎮", LIANGSHUI), ("梁 水　鎮", LIANGSHUI), ("公交集團", BUSES)),
        *(("趙寨子", ZHAOZHAIZI), ("高唐縣趙寨子鎭", ZHAOZHAIZI), ("東昌府區梁水鎮", LIANGSHUI)),
        *(("ＬＳＺ", LIANGSHUI), ("Liang Shui", LIANGSHUI), ("liángshuǐ zhèn", LIANGSHUI)),
        # Pinyin, initials and characters in any mixture.
        *(("liulinzhen", LIUTREES), ("zzzz", ZHAOZHAIZI), ("lcgj", BUSES), ("聊城gj", BUSES)),
        *(("liang水", LIANGSHUI), ("梁shui镇", LIANGSHUI), ("梁s镇", LIANGSHUI)),
        # Without what ends a name, or with something behind it, or with characters left out.
        *(("梁水", LIANGSHUI), ("梁水村", LIANGSHUI), ("梁水镇人民政府", LIANGSHUI)),
        *(("铜城办事处", "东阿县铜城街道"), ("赵子镇", ZHAOZHAIZI), ("聊城公交", BUSES)),
        *(("公交公司", BUSES), ("市公交", BUSES), ("聊城水务", "聊城水务集团有限公司")),
    ],
)
def test_finds_a_body_for_sure(words: str, name: str):
    assert found(words) == ([name], True)


@pytest.mark.parametrize(
    ("words", "name"),
    [
        # Other characters of the same sound, or of a like one; of a like shape.
        *(("粱水镇", LIANGSHUI), ("良睡镇", LIANGSHUI), ("良睡", LIANGSHUI)),
        *(("连碎镇", LIANGSHUI), ("染水镇", LIANGSHUI), ("染水", LIANGSHUI)),
        *(("桐成街道", "东阿县铜城街道"), ("赵塞子镇", ZHAOZHAIZI), ("冠县刘林镇", LIUTREES)),
        *(("铜成办事处", "东阿县铜城街道"), ("东阿县铜诚街办", "东阿县铜城街道")),
        # Swapped neighbours, one too many, slips of spelling.
        *(("水梁镇", LIANGSHUI), ("水梁", LIANGSHUI), ("公集交团", BUSES)),
        *(("赵寨寨子镇", ZHAOZHAIZI), ("梁大水镇", LIANGSHUI), ("良水镇某村", LIANGSHUI)),
        *(("liangshuizehn", LIANGSHUI), ("laingshui", LIANGSHUI), ("lianshuizen", LIANGSHUI)),
        *(("laing水镇", LIANGSHUI), ("zaozaizi", ZHAOZHAIZI), ("liangshuizhenmoucun", LIANGSHUI)),
        # The same line of business may be another body's.
        *(("公交三队", BUSES), ("水务局", "聊城水务集团有限公司")),
    ],
)
def test_finds_a_similar_name(words: str, name: str):
    assert found(words) == ([name], False)


@pytest.mark.parametrize(
    "words", ["红旗村", "教育局", "中通快递", "人民", "hong", "lsy", "abcdefgh"]
)
def test_does_not_guess(words: str):
    assert found(words)[0] == []


@pytest.mark.parametrize("words", ["", "镇", "？！", "\x00", "👍👍", "١٢", "37"])
def test_finds_nothing_by_nothing(words: str):
    assert found(words)[0] == []


def test_an_exact_name_brings_no_similar_ones():
    assert found("梁村") == (["高唐县梁村镇"], True)
    assert found("llz") == ([LIUTREES], True)


def test_a_county_brings_its_bodies_and_another_town_only_as_a_guess():
    both = [LIUTREES, "冠县甘官屯镇"]
    assert found("冠縣") == (both, True)
    assert found("冠县城关镇") == (both, False)


def test_similar_names_are_few():
    finder = make_finder([(f"{one}水镇",) for one in "甲乙丙丁戊己庚辛壬癸子丑"])

    assert len(finder.find("梁水镇").places) == MOST_SIMILAR


@pytest.mark.parametrize("names", TARGETS, ids=lambda names: names[-1])
def test_every_name_is_found_with_any_neighbours_swapped(names: tuple[str, ...]):
    for name in [*names, *(key for key in search_key(names).split() if len(key) > 7)]:
        for at in range(len(name) - 1):
            swapped = name[:at] + name[at + 1] + name[at] + name[at + 2 :]
            assert names[0] in found(swapped)[0], swapped


@given(st.text(max_size=60))
def test_whatever_is_typed_finds_bodies_of_the_round_or_none(words: str):
    places = FINDER.find(words).places

    assert set(places) <= set(range(len(TARGETS)))
    assert list(places) == sorted(set(places))


@given(st.text(alphabet="梁水镇集团liangshuz公交鎮粱", max_size=45))
def test_whatever_stands_behind_the_cut_does_not_count(words: str):
    assert FINDER.find(words) == FINDER.find(words[:40])


def test_the_tables_of_the_page_hold_what_the_names_need():
    assert "鎮镇" in FINDER.traditional
    assert "liang" in FINDER.sounds
    assert len(FINDER.sounds.encode()) < 5_000
    assert len(FINDER.traditional.encode()) < 1_000
