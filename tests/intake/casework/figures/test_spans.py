"""Days, shares and changes: pure rules as tables."""

from datetime import date, timedelta

import pytest

from intake.casework.figures.comparing_rounds import change_words, share_words
from intake.casework.figures.spans import Span, apart, last_week, this_week

TODAY = date(2025, 4, 15)


def test_weeks_begin_on_monday():
    assert this_week(TODAY) == Span(date(2025, 4, 14), TODAY)
    assert this_week(date(2025, 4, 14)) == Span(date(2025, 4, 14), date(2025, 4, 14))
    assert last_week(TODAY) == Span(date(2025, 4, 7), date(2025, 4, 13))
    assert last_week(date(2025, 4, 20)) == Span(date(2025, 4, 7), date(2025, 4, 13))


@pytest.mark.parametrize(
    ("span", "same"),
    [
        (Span(), Span(None, date(2025, 4, 5))),
        (Span(date(2025, 4, 1)), Span(date(2025, 3, 22), date(2025, 4, 5))),
        (Span(None, date(2025, 4, 3)), Span(None, date(2025, 3, 24))),
        (Span(None, date(2026, 1, 1)), Span(None, date(2025, 4, 5))),
    ],
)
def test_the_round_before_is_compared_as_far_as_this_one_has_come(span: Span, same: Span):
    assert span.earlier(timedelta(days=10), TODAY) == same


@pytest.mark.parametrize(
    "span", [Span(), Span(TODAY), Span(None, TODAY), Span(date(2025, 4, 1), TODAY)]
)
def test_a_span_is_read_back_from_its_words(span: Span):
    assert Span.read(span.words) == span
    with pytest.raises(ValueError, match="昨天"):
        Span.read("昨天")


def april(first: int, last: int) -> Span:
    return Span(date(2025, 4, first), date(2025, 4, last))


@pytest.mark.parametrize(
    ("spans", "pieces"),
    [
        ([april(1, 9)], [april(1, 9)]),
        ([april(1, 9), april(1, 8)], [april(1, 8), april(9, 9)]),
        ([april(1, 4), april(3, 9)], [april(1, 2), april(3, 4), april(5, 9)]),
        ([april(1, 2), april(8, 9)], [april(1, 2), april(8, 9)]),
        ([Span(), april(1, 9)], [Span(None, date(2025, 3, 31)), april(1, 9), april(10, 15)]),
    ],
)
def test_days_are_cut_wherever_one_of_them_begins_or_ends(spans: list[Span], pieces: list[Span]):
    assert apart(spans, TODAY) == pieces


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (5, None, "—"),
        (5, 5, "0"),
        (6, 4, "+2（+50%）"),
        (0, 4, "-4（-100%）"),
        (3, 0, "+3"),
        (0, 0, "0"),
    ],
)
def test_a_change_in_words(now: int, before: int | None, words: str):
    assert change_words(now, before) == words


def test_a_share_in_words():
    assert [share_words(1, 3), share_words(0, 3), share_words(0, 0)] == ["33.3%", "0.0%", "—"]
