"""What a clerk's search means: a number, days, or a body."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.casework.search.search_terms import Span, Term, read_term

TODAY = date(2025, 4, 15)  # A Tuesday.


def day(year: int, month: int, number: int) -> Span:
    return Span(date(year, month, number), date(year, month, number))


@pytest.mark.parametrize(
    ("typed", "ordinal", "number"),
    [
        *(("37", None, 37), ("0037", None, 37), ("第37号", None, 37), ("37 号", None, 37)),
        *(("8-0037", 8, 37), ("8—0037", 8, 37), ("8－００３７", 8, 37), ("8 – 37", 8, 37)),
        *(("8 —— 0037", 8, 37), ("８‑0037", 8, 37), ("编号：8-0037", 8, 37), ("#37", None, 37)),
        *(("编號37", None, 37), ("№ 37", None, 37), ("第8轮第37号", 8, 37), ("\u200b37", None, 37)),
        *(("第 8 - 0037 号", 8, 37), ("8 0037", 8, 37), ("8/0037", 8, 37), ("第8-37號", 8, 37)),
        *(("「8-0037」", 8, 37), ("8-0037。", 8, 37), ("信访件编号：8-0037", 8, 37)),
        *(("第八轮巡察第37号", 8, 37), ("叁拾柒号", None, 37), ("第卅七号", None, 37)),
        *(("第三十七号", None, 37), ("第八轮三十七号", 8, 37), ("一千零五号", None, 1005)),
    ],
)
def test_reads_a_number(typed: str, ordinal: int | None, number: int):
    assert read_term(typed, TODAY) == Term(number, ordinal)


@pytest.mark.parametrize(
    "typed",
    [
        *("4月12日", "4 月 12 日", "０４月１２日", "四月十二日", "4月12号", "4.12", "4/12", "12日"),
        *("20250412", "２０２５０４１２", "2025-04-12", "2025—4—12", "2025.4.12", "2025/4/12"),
        *("2025年4月12日", "二〇二五年四月十二日", "25年4月12日", "2025-04-12 10:05"),
        *("4月12日（周六）", "4月12日 08:30", "\ufeff4月12日", "4月12日上午10点", "「4月12日」"),
        *("4/12/2025", "2025 4 12", "2025,4,12", "2025\\4\\12", "二○二五年四月十二日"),
        *("貳零貳伍年肆月拾貳日", "2025-04-12T10:05", "今年4月12日", "本月12号", "三天前"),
        *("大前天", "上周六", "周六", "礼拜六"),
    ],
)
def test_reads_a_day(typed: str):
    assert read_term(typed, TODAY) == Term(days=day(2025, 4, 12))


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        *(("今天", day(2025, 4, 15)), ("今 日", day(2025, 4, 15)), ("昨天", day(2025, 4, 14))),
        *(("前天", day(2025, 4, 13)), ("前日", day(2025, 4, 13))),
        ("本周", Span(date(2025, 4, 14), date(2025, 4, 20))),
        ("這個星期", Span(date(2025, 4, 14), date(2025, 4, 20))),
        ("上周", Span(date(2025, 4, 7), date(2025, 4, 13))),
        ("本月", Span(date(2025, 4, 1), date(2025, 4, 30))),
        ("上个月", Span(date(2025, 3, 1), date(2025, 3, 31))),
        ("2月", Span(date(2025, 2, 1), date(2025, 2, 28))),
        ("十二月", Span(date(2024, 12, 1), date(2024, 12, 31))),
        ("2024年12月", Span(date(2024, 12, 1), date(2024, 12, 31))),
        ("去年", Span(date(2024, 1, 1), date(2024, 12, 31))),
        ("2025年", Span(date(2025, 1, 1), date(2025, 12, 31))),
        ("15/4", day(2025, 4, 15)),
        ("4月上旬", Span(date(2025, 4, 1), date(2025, 4, 10))),
        ("上月底", Span(date(2025, 3, 21), date(2025, 3, 31))),
        ("近三天", Span(date(2025, 4, 13), date(2025, 4, 15))),
        ("4月10日至12日", Span(date(2025, 4, 10), date(2025, 4, 12))),
        ("4.10-4.20", Span(date(2025, 4, 10), date(2025, 4, 20))),
    ],
)
def test_reads_days_as_people_say_them(typed: str, days: Span):
    assert read_term(typed, TODAY) == Term(days=days)


@pytest.mark.parametrize(
    ("typed", "days"),
    [
        ("4月15日", day(2025, 4, 15)),
        ("4月16日", day(2024, 4, 16)),
        ("2月29日", day(2024, 2, 29)),
        ("31日", day(2025, 3, 31)),
    ],
)
def test_without_a_year_it_is_the_latest_such_day(typed: str, days: Span):
    assert read_term(typed, TODAY).days == days


def test_a_month_and_a_day_joined_by_a_dash_may_be_a_number_too():
    assert read_term("4-12", TODAY) == Term(12, 4, day(2025, 4, 12))


@pytest.mark.parametrize(
    "typed",
    ["4月31日", "13月1日", "2025-02-29", "9999-12-31", "20251301", "1999年", "1" * 300, "99日"],
)
def test_what_cannot_be_is_neither_a_day_nor_a_body(typed: str):
    assert read_term(typed, TODAY) == Term()


@pytest.mark.parametrize("typed", ["梁水 镇", "梁水鎮", "公交公司", "公交", "%", "明天", "٣"])
def test_anything_else_is_a_body(typed: str):
    meant = read_term(typed, TODAY)

    assert meant.words
    assert (meant.number, meant.days) == (None, None)


@given(st.text(max_size=120))
@pytest.mark.parametrize("today", [TODAY, date(2000, 1, 1), date(2199, 12, 31)])
def test_whatever_is_typed_has_an_answer(today: date, typed: str):
    assert isinstance(read_term(typed, today), Term)


@given(st.text(alphabet="0123456789〇一二十百千年月日号第轮-./— 上本周", max_size=24))
def test_whatever_looks_like_a_date_or_number_has_an_answer(typed: str):
    assert isinstance(read_term(typed, TODAY), Term)
