"""What a search inside of sealed words finds, and what it must not find: one table."""

import pytest

from intake.casework.search.hits import MOST_PLACES, How, find
from intake.casework.search.looked_for import (
    LONGEST_TYPED,
    MOST_WORDS,
    NothingToFind,
    check,
    made_ready,
)

LETTER = (
    "我反映红旗村支书单建国和会计张 三丰的问题。二〇二三年修路，收了２万元，\n发票是4S店开的。"
    "他的舅舅叫吕 \n 布文，在鄉政府上班；还有王A某（网名big-bird），电话１３９ 1234-5678。"
)
WRITTEN, HEARD, SLIP = How.WRITTEN, How.HEARD, How.SLIP

FOUND: list[tuple[str, str, How]] = [
    ("单建国", "单建国", WRITTEN),
    ("單建國", "单建国", WRITTEN),
    ("张三丰", "张 三丰", WRITTEN),
    ("张 三丰", "张 三丰", WRITTEN),
    ("张 三 丰", "张 三丰", WRITTEN),
    ("張·三，豐", "张 三丰", WRITTEN),
    ("吕布文", "吕 \n 布文", WRITTEN),
    ("乡政府", "鄉政府", WRITTEN),
    ("2万元，发票", "２万元", WRITTEN),
    ("万元发票", "万元，\n发票", WRITTEN),
    ("13912345678", "１３９ 1234-5678", WRITTEN),
    ("４ｓ店", "4S店", WRITTEN),
    ("BIG-BIRD", "big-bird", WRITTEN),
    ("王a某", "王A某", WRITTEN),
    # A surname that is usually another word, and one that letters spell with v.
    ("shanjianguo", "单建国", HEARD),
    ("danjianguo", "单建国", HEARD),
    ("Shàn Jiànguó", "单建国", HEARD),
    ("shan jian guo", "单建国", HEARD),
    ("zhang sanfeng", "张 三丰", HEARD),
    ("zhangsanfeng", "张 三丰", HEARD),
    ("lvbuwen", "吕 \n 布文", HEARD),
    ("lü bu wen", "吕 \n 布文", HEARD),
    ("sjg", "单建国", HEARD),
    ("张sanfeng", "张 三丰", HEARD),
    ("zhang三丰", "张 三丰", HEARD),
    ("善建国", "单建国", SLIP),
    ("单建军", "单建国", SLIP),
    ("张山丰", "张 三丰", SLIP),
    ("红棋村支书", "红旗村支书", SLIP),
    ("红旗支书", "红旗村支书", SLIP),
    ("红旗老村支书", "红旗村支书", SLIP),
]
NOT_FOUND = [
    "李建军",
    "李建",
    # One wrong character of two is another word, and one wrong digit another number.
    "王乙",
    "红村旗支书",
    "吕步",
    "13912345679",
    "2024",
    "善建军",
    # Words of several texts are no word.
    "某电话在",
    "lisi",
    "shanjianjun",
    # First letters of two sounds stand everywhere.
    "zz",
    "sj",
    # Every word must be there.
    "单建国 赵六",
    "zhangsanfeng zhaoliu",
    ".*",
    "(a+)+$",
    "[单张].*",
    "ng",
]


@pytest.mark.parametrize(("typed", "there", "how"), FOUND)
def test_finds_it_in_whatever_way_it_is_written(typed: str, there: str, how: How):
    hits = find([LETTER], made_ready(typed))
    assert (hits[0].found, hits[0].how) == (there, how)
    assert hits[0].before.lstrip("…") + there + hits[0].after.rstrip("…") in LETTER


def test_does_not_find_what_is_not_there():
    found = []
    for typed in NOT_FOUND:
        try:
            found += [typed] if find([LETTER], made_ready(typed)) else []
        except NothingToFind:
            continue
    assert found == []


def test_several_words_may_stand_in_several_texts_and_each_is_shown():
    texts = ["第一段：红旗村", "办理卷：单建国，支书", ""]
    hits = find(texts, made_ready("单建国 红旗村"))
    assert {(hit.text, hit.found) for hit in hits} == {(0, "红旗村"), (1, "单建国")}
    assert find(["张三", "丰收"], made_ready("张三丰收")) == []


def test_shows_few_places_of_many_with_their_surroundings():
    hits = find(["甲" * 30 + "单建国" + "乙" * 30] * 5, made_ready("单建国"))
    assert len(hits) == MOST_PLACES
    assert hits[0].before == "…" + "甲" * 24 and hits[0].after == "乙" * 24 + "…"


@pytest.mark.parametrize(
    "typed", ["", "  ", "，。！", "张", "a", "\u200b", "字" * (LONGEST_TYPED + 1), "字" * 10_000]
)
def test_says_what_cannot_be_looked_for(typed: str):
    with pytest.raises(NothingToFind, match=r"[写找]"):
        check(typed)


def test_takes_as_many_words_as_it_says_and_no_more():
    words = [f"词语{number}" for number in range(MOST_WORDS + 1)]
    assert len(check(" ".join(words[:MOST_WORDS]))) == MOST_WORDS
    with pytest.raises(NothingToFind):
        check(" ".join(words))


def test_letters_that_could_be_read_in_very_many_ways_are_read_in_few():
    assert find([LETTER], made_ready("xianxianxianxianxianxianxianxian")) == []
