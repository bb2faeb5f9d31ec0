"""Moments and duty hours in words."""

from datetime import date, datetime, time, timedelta

import pytest

from inspection.models import workdays_2025
from inspection.schedule import Calendar, DutyHours, Window, acceptance_window
from inspection.wording import (
    answering_words,
    closing_words,
    day_words,
    exception_words,
    hours_words,
    moment_words,
    short_day_words,
    span_words,
)
from tests.making import SHANGHAI

CALENDAR = Calendar(
    exceptions={day: is_workday for day, is_workday, _ in workdays_2025.EXCEPTIONS},
    years=frozenset({2025}),
)
OFFICE_HOURS = DutyHours(days="workdays", windows=((time(8, 30), time(18)),))


def make_window(until: time | None = None, last_day: date = date(2025, 6, 20)) -> Window:
    return acceptance_window(
        first_day=date(2025, 3, 28), last_day=last_day, until=until, zone=SHANGHAI
    )


def answering(hours: DutyHours, *at: int) -> tuple[bool | None, str]:
    moment = datetime(*at, tzinfo=SHANGHAI)  # type: ignore[misc,arg-type]
    return answering_words(hours, moment, calendar=CALENDAR, window=make_window())


def test_days_and_moments_are_written_as_people_read_them():
    at = datetime.fromisoformat("2025-04-15T02:02:00+00:00")

    assert day_words(date(2025, 6, 20)) == "2025年6月20日"
    assert short_day_words(date(2025, 4, 27)) == "4月27日（周日）"
    assert moment_words(at, SHANGHAI) == "2025年4月15日 10:02"


@pytest.mark.parametrize(
    ("until", "words"),
    [
        (None, "2025年6月20日24时"),
        (time(17), "2025年6月20日17时"),
        (time(17, 30), "2025年6月20日17时30分"),
        (time(9, 5), "2025年6月20日9时5分"),
    ],
)
def test_the_last_moment_is_named_with_its_day(until: time | None, words: str):
    assert closing_words(make_window(until)) == words


@pytest.mark.parametrize(
    ("left", "words"),
    [
        (timedelta(hours=5, minutes=20), "5 小时 20 分钟"),
        (timedelta(hours=5), "5 小时"),
        (timedelta(minutes=3, seconds=59), "3 分钟"),
        (timedelta(seconds=59), "不到 1 分钟"),
    ],
)
def test_the_time_left_on_the_last_day(left: timedelta, words: str):
    assert span_words(left) == words


def test_hours_are_told_as_far_as_the_notice_gives_them():
    both = ((time(8, 30), time(12)), (time(14), time(18)))

    assert hours_words(OFFICE_HOURS) == "工作日 8:30—18:00"
    assert hours_words(DutyHours(days="every_day", windows=both)) == "每天 8:30—12:00、14:00—18:00"
    assert hours_words(DutyHours(days="every_day", windows=((time(0), time(0)),))) == "每天 24小时"
    assert hours_words(DutyHours(days=None)) == ""


@pytest.mark.parametrize(
    ("at", "words"),
    [
        ((2025, 4, 15, 8, 29), "现在没有人接电话，下次接听是今天 8:30"),
        ((2025, 4, 15, 18, 0), "现在没有人接电话，下次接听是明天 8:30"),
        ((2025, 4, 30, 18, 0), "现在没有人接电话，下次接听是5月6日（周二） 8:30"),
        ((2025, 4, 26, 10, 0), "现在没有人接电话，下次接听是明天 8:30"),
        ((2025, 6, 20, 18, 0), "现在没有人接电话，截止以前不再接听"),
    ],
)
def test_says_when_somebody_answers_next(at: tuple[int, ...], words: str):
    assert answering(OFFICE_HOURS, *at) == (False, words)


def test_says_that_somebody_answers_now():
    assert answering(OFFICE_HOURS, 2025, 4, 27, 10, 0) == (True, "现在有人接电话")


def test_a_year_without_a_calendar_is_not_guessed():
    answered, words = answering(OFFICE_HOURS, 2026, 4, 15, 10, 0)

    assert answered is None
    assert words == "今天是不是工作日还没有录入，不能确定现在有没有人接电话"


def test_a_notice_without_hours_is_not_guessed():
    assert answering(DutyHours(days=None), 2025, 4, 15, 10, 0) == (None, "公告没有写明几点接电话")


def test_days_that_differ_from_the_week_are_listed():
    words = exception_words(CALENDAR, date(2025, 4, 15), date(2025, 5, 4))

    assert words == "4月27日（周日）上班；5月1日、5月2日放假不接听"
    assert exception_words(CALENDAR, date(2025, 4, 7), date(2025, 4, 20)) == ""
