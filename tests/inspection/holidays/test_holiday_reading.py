"""Notices of the State Council as they were published, and as somebody might paste them."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from inspection.holidays.arrangement import Arrangement, months_of
from inspection.holidays.holiday_reading import read
from inspection.models import workdays_2025, workdays_2026

NOTICES = Path(__file__).parents[2] / "data" / "holidays"
STORED = {2025: workdays_2025.EXCEPTIONS, 2026: workdays_2026.EXCEPTIONS}
MONTHS = {
    2025: (19, 19, 21, 22, 19, 20, 23, 21, 23, 18, 20, 23),
    2026: (21, 16, 22, 21, 19, 21, 23, 21, 22, 18, 21, 23),
}


def notice(year: int) -> str:
    return (NOTICES / f"{year}.txt").read_text("utf-8")


def days(*told: str) -> set[date]:
    """Days of '2-15..2-23' and '5-9' in 2026."""
    found: set[date] = set()
    for words in told:
        first, _, last = words.partition("..")
        ends = [
            date(2026, *(int(part) for part in end.split("-"))) for end in (first, last or first)
        ]
        found |= {date.fromordinal(n) for n in range(ends[0].toordinal(), ends[1].toordinal() + 1)}
    return found


@pytest.mark.parametrize("year", [2025, 2026])
def test_the_year_that_is_loaded_is_the_one_that_was_published(year: int):
    arranged = read(notice(year))
    assert not arranged.problems
    assert [(day.date, day.is_workday, day.name) for day in arranged.days] == list(STORED[year])
    assert arranged.workdays_by_month() == MONTHS[year]
    assert months_of(year, {day: works for day, works, _name in STORED[year]}) == MONTHS[year]
    assert sum(MONTHS[year]) == 248


def test_2026_has_the_days_of_the_notice():
    arranged = read(notice(2026))
    off = days("1-1..1-3", "2-15..2-23", "4-4..4-6", "5-1..5-5", "6-19..6-21", "9-25..9-27")
    assert {day.date for day in arranged.off} == off | days("10-1..10-7")
    worked = days("1-4", "2-14", "2-28", "5-9", "9-20", "10-10")
    assert {day.date for day in arranged.worked} == worked


def test_a_year_that_only_joins_the_weekend_and_wishes_for_a_day_off():
    arranged = read(notice(2024))
    assert not arranged.problems
    assert (len(arranged.off), len(arranged.worked)) == (28, 8)
    assert sum(arranged.workdays_by_month()) == 251
    # The eve of the Spring Festival was a working day that year, whatever was encouraged.
    assert date(2024, 2, 9) not in {day.date for day in arranged.days}
    assert arranged.notes == ("春节：2月9日没有写放假或者上班，没有采用。",)


def test_a_new_year_that_begins_in_december():
    arranged = read(notice(2023))
    assert not arranged.problems
    assert arranged.days[0].date == date(2022, 12, 31)
    without_years = notice(2023).replace("2022年12月31日至2023年1月2日", "12月31日至1月2日")
    assert read(without_years) == arranged


def only_the_lines(text: str) -> str:
    return "\n".join(line for line in text.splitlines() if "：" in line and line[1] == "、")


PASTED: dict[str, Callable[[str], str]] = {
    "only the seven lines": only_the_lines,
    "without numbering": lambda text: "\n".join(
        line[2:] for line in only_the_lines(text).splitlines()
    ),
    "in one line": lambda text: text.replace("\n", ""),
    "broken at every tenth character": lambda text: "\n".join(
        text[place : place + 10] for place in range(0, len(text), 10)
    ),
    "with full-width digits": lambda text: text.translate(
        {ord(digit): chr(ord(digit) - ord("0") + ord("０")) for digit in "0123456789"}
    ),
    "with narrow punctuation": lambda text: text.translate(str.maketrans("：（），", ":(),")),
    "with blanks and marks": lambda text: (
        "\ufeff" + text.replace("月", " 月 ").replace("日", "日\u200b")
    ),
    "with 星期": lambda text: text.replace("周", "星期"),
    "with dashes": lambda text: text.replace("至", "—"),
    "with short names": lambda text: text.replace("清明节：", "清明：").replace(
        "端午节：", "端午："
    ),
}


@pytest.mark.parametrize("pasted", PASTED.values(), ids=PASTED)
def test_however_it_is_pasted_it_is_the_same_year(pasted: Callable[[str], str]):
    assert read(pasted(notice(2026)), 2026) == read(notice(2026))


WRONG = {
    "an empty text": ("", "", "看不出是哪一年"),
    "a weekday": ("1月4日（周日）上班", "1月4日（周六）上班", "是周日，通知写的是周六"),
    "a day that is not there": ("2月28日（周六）上班", "2月30日（周六）上班", "看不懂“2月30日"),
    "an end before its start": ("至6日（周一）放假", "至3日（周五）放假", "看不懂“4月4日至3日"),
    "a count": ("共9天", "共8天", "写的是共8天，日期数出来是9天"),
    "a working day that is one": ("5月9日（周六）上班", "5月8日（周五）上班", "本来就是工作日"),
    "a day off that is worked": ("10月10日（周六）上班", "10月4日（周日）上班", "写了2次"),
    "a day in two holidays": ("9月25日（周五）至27日", "10月1日（周四）至27日", "写了2次"),
    "another year's day": ("5月1日（周五）", "2025年5月1日（周四）", "看不懂“5月1日至5日"),
    "no day off": ("6月19日（周五）至21日（周日）放假，共3天", "6月19日起", "没有写哪天放假"),
    "a missing holiday": ("五、端午节：", "五、", "没有看到端午节"),
    "a holiday twice": ("五、端午节：", "五、清明节：", "清明节写了2次"),
    "a fixed day at work": ("10月1日（周四）至7日", "10月2日至7日", "10月1日没有放假"),
}  # fmt: skip


@pytest.mark.parametrize(("right", "wrong", "words"), WRONG.values(), ids=WRONG)
def test_what_contradicts_is_said(right: str, wrong: str, words: str):
    text = notice(2026).replace(right, wrong) if right else ""
    arranged = read(text)
    assert words in "".join(arranged.problems)
    assert text != notice(2026)


def test_a_year_typed_beside_the_text_must_be_the_texts():
    assert read(notice(2026), 2027).problems == ("年份填的是2027年，通知写的是2026年。",)
    assert read(only_the_lines(notice(2026))) == Arrangement(
        None, problems=("看不出是哪一年的安排，请在“年份”里填上。",)
    )
    of_another = read(only_the_lines(notice(2026)), 2027)
    assert "2027年1月1日是周五，通知写的是周四。" in "".join(of_another.problems)
