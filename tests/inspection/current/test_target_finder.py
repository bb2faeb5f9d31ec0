"""Finding the body that a visitor means."""

import pytest

from inspection.current.target_finder import TargetFinder
from inspection.loading.search_keys import search_key
from inspection.models import Target


def make_unsaved(name: str, county: str, *short_names: str) -> Target:
    return Target(
        name=name,
        county=county,
        short_names=list(short_names),
        search_key=search_key([name, *short_names]),
    )


TOWN = make_unsaved("岚东县青石镇", "岚东县", "青石镇")
OTHER_TOWN = make_unsaved("岚东县柳泉乡", "岚东县", "柳泉乡")
FIRM = make_unsaved("岚台市公共交通集团有限公司", "", "公交集团")
TARGETS = (TOWN, OTHER_TOWN, FIRM)


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("青石", [TOWN]),
        ("  岚东县 青石镇 ", [TOWN]),
        ("青石镇大王村", [TOWN]),
        ("qingshizhen", [TOWN]),
        ("QSZ", [TOWN]),
        ("ｑｓｚ", [TOWN]),
        ("公交集团三队", [FIRM]),
        ("公交公司", [FIRM]),
        ("岚东县", [TOWN, OTHER_TOWN]),
        ("岚东县红旗村", [TOWN, OTHER_TOWN]),
        ("红旗村", []),
        ("镇", []),
        ("", []),
        ("？！", []),
    ],
)
def test_finds_the_bodies_that_are_meant(words: str, found: list[Target]):
    assert list(TargetFinder(TARGETS).find(words).targets) == found


@pytest.mark.parametrize(("words", "is_sure"), [("青石镇", True), ("清石镇", False)])
def test_tells_a_name_from_a_similar_one(words: str, is_sure: bool):
    matches = TargetFinder(TARGETS).find(words)

    assert (matches.targets, matches.is_sure) == ((TOWN,), is_sure)


def test_a_very_long_query_is_cut_short():
    assert TargetFinder(TARGETS).find("村" * 100_000 + "青石镇").targets == ()


def test_without_bodies_nothing_is_found():
    assert TargetFinder(()).find("青石镇").targets == ()
