"""How alike texts are, which passages, and how little of them is ever compared."""

from collections.abc import Iterator

from hypothesis import given
from hypothesis import strategies as st

from intake.casework.repeats import likeness
from intake.casework.repeats.likeness import (
    most_alike,
    share_of_shorter,
    share_of_words,
    shared_passages,
    trigrams,
)

STORY = "修村西头那条路，他报了三百米，实际只修了一百八十米，多出来的钱不知道去了哪里。"
OTHER = "家里有两辆轿车还领着低保，真正困难的两户反而没有评上，名单一直没有贴出来。"


def test_courtesies_and_signs_make_no_two_letters_alike():
    letters = (f"尊敬的巡察组领导：您好！{one}望领导严肃查处！此致敬礼" for one in (STORY, OTHER))

    assert share_of_words(*map(trigrams, letters)) < 0.05


def test_width_signs_and_traditional_characters_make_no_difference():
    written = (
        STORY.replace("，", ", ").replace("条", "條").replace("钱", "錢").replace("实际", "實際")
    )

    assert share_of_words(trigrams(STORY), trigrams(written)) == 1


def test_a_few_words_are_alike_to_nothing():
    assert share_of_words(trigrams("村书记贪污"), trigrams("村书记贪污")) == 0


def test_the_most_alike_come_first_and_the_rest_not_at_all():
    opened = [("other", OTHER), ("part", STORY[:25] + OTHER), ("same", STORY + "完。")]

    assert [key for key, _ in most_alike(STORY, opened)] == ["same", "part"]


def test_no_more_candidates_are_compared_than_the_most():
    asked: list[int] = []

    def endless() -> Iterator[tuple[int, str]]:
        while True:
            asked.append(1)
            yield len(asked), STORY

    found = most_alike(STORY, endless())

    assert len(asked) == likeness.MOST_CANDIDATES
    assert len(found) == likeness.MOST_SHOWN


def test_a_text_is_read_no_further_than_the_longest():
    assert len(trigrams("".join(map(chr, range(0x4E00, 0x4E00 + 20_000))))) < likeness.LONGEST


def test_passages_are_told_by_their_places_in_what_was_written():
    one, other = f"另外：{STORY}就这些。", f"听说{STORY.replace('条', '條')}"

    [((start, end), (its_start, its_end))] = shared_passages(one, other)

    assert one[start:end] == STORY.rstrip("。")
    assert other[its_start:its_end] == STORY.rstrip("。").replace("条", "條")


@given(st.text(max_size=80), st.text(max_size=80))
def test_shares_are_the_same_both_ways_and_never_above_the_whole(one: str, other: str):
    own, its = trigrams(one), trigrams(other)

    assert share_of_words(own, its) == share_of_words(its, own)
    assert 0 <= share_of_words(own, its) <= share_of_shorter(own, its) <= 1
