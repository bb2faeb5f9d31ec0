"""The acceptance window to the second, working days, and when somebody answers."""

from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.models.workdays_2025 import EXCEPTIONS
from inspection.schedule import (
    Calendar,
    DutyHours,
    Window,
    WindowState,
    acceptance_window,
    inspection_window,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
NEW_YORK = ZoneInfo("America/New_York")
INSTANT = timedelta(microseconds=1)
OPENS = datetime(2025, 3, 28, tzinfo=SHANGHAI)
CLOSES = datetime(2025, 6, 21, tzinfo=SHANGHAI)

CALENDAR_2025 = Calendar({day: works for day, works, _ in EXCEPTIONS}, frozenset({2025}))
OFFICE_HOURS = DutyHours("workdays", ((time(8, 30), time(18, 0)),))

# Every moment that a zone's clock can show; years near the ends of the calendar would overflow.
moments = st.datetimes(
    min_value=datetime(2024, 1, 1),
    max_value=datetime(2026, 12, 31),
    timezones=st.sampled_from([SHANGHAI, UTC, NEW_YORK, timezone(timedelta(hours=14))]),
)


def make_window(**changes: object) -> Window:
    values = {"first_day": OPENS.date(), "last_day": date(2025, 6, 20), "until": None}
    return acceptance_window(**{**values, "zone": SHANGHAI, **changes})  # type: ignore[arg-type]


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


@pytest.mark.parametrize(
    ("moment", "accepted"),
    [
        ("2025-03-27T23:59:59.999999+08:00", False),
        ("2025-03-28T00:00:00+08:00", True),
        ("2025-03-27T15:59:59.999999+00:00", False),
        ("2025-03-27T16:00:00+00:00", True),
        ("2025-06-20T23:59:59.999999+08:00", True),
        ("2025-06-21T00:00:00+08:00", False),
        ("2025-06-20T15:59:59.999999+00:00", True),
        ("2025-06-20T16:00:00+00:00", False),
        ("2025-06-20T11:59:59.999999-04:00", True),
        ("2025-06-20T12:00:00-04:00", False),
        ("2025-06-21T05:59:59.999999+14:00", True),
        ("2025-06-21T06:00:00+14:00", False),
    ],
)
def test_accepts_up_to_the_closing_moment_and_not_at_it(moment: str, accepted: bool) -> None:
    assert make_window().contains(at(moment)) is accepted


@pytest.mark.parametrize(
    ("moment", "state"),
    [
        ("2025-03-27T23:59:59+08:00", WindowState.UPCOMING),
        ("2025-03-28T00:00:00+08:00", WindowState.OPEN),
        ("2025-06-19T23:59:59.999999+08:00", WindowState.OPEN),
        ("2025-06-20T00:00:00+08:00", WindowState.LAST_DAY),
        ("2025-06-19T16:00:00+00:00", WindowState.LAST_DAY),
        ("2025-06-20T23:59:59.999999+08:00", WindowState.LAST_DAY),
        ("2025-06-21T00:00:00+08:00", WindowState.CLOSED),
    ],
)
def test_tells_the_state_by_the_citys_own_day(moment: str, state: WindowState) -> None:
    assert make_window().state(at(moment)) is state


def test_a_time_of_day_closes_at_that_time() -> None:
    window = make_window(until=time(18, 0))

    assert window.contains(at("2025-06-20T17:59:59.999999+08:00"))
    assert not window.contains(at("2025-06-20T18:00:00+08:00"))
    assert window.state(at("2025-06-20T09:00:00+08:00")) is WindowState.LAST_DAY
    assert window.state(at("2025-06-19T23:59:59+08:00")) is WindowState.OPEN


def test_midnight_as_time_of_day_means_that_the_last_day_takes_nothing() -> None:
    window = make_window(until=time(0, 0))

    assert window.closes == datetime(2025, 6, 20, tzinfo=SHANGHAI)
    assert window.state(at("2025-06-19T12:00:00+08:00")) is WindowState.LAST_DAY


def test_the_first_day_is_the_one_by_the_clocks_of_the_zone() -> None:
    opens = datetime(2025, 3, 31, 16, 0, tzinfo=UTC)
    assert Window(opens, opens + timedelta(days=9), SHANGHAI).first_day == date(2025, 4, 1)


def test_a_window_of_one_day_is_its_own_last_day() -> None:
    window = make_window(first_day=date(2025, 6, 20))

    assert window.state(at("2025-06-20T00:00:00+08:00")) is WindowState.LAST_DAY


@pytest.mark.parametrize(
    ("moment", "days"),
    [
        ("2025-04-15T10:00:00+08:00", 66),
        ("2025-04-15T23:59:59+08:00", 66),
        ("2025-04-15T16:00:00+00:00", 65),
        ("2025-06-19T00:00:00+08:00", 1),
        ("2025-06-20T23:59:59+08:00", 0),
        ("2025-07-01T00:00:00+08:00", 0),
    ],
)
def test_counts_calendar_days_left_in_the_citys_zone(moment: str, days: int) -> None:
    assert make_window().days_left(at(moment)) == days


def test_tells_the_time_left_to_the_second_and_never_less_than_none() -> None:
    window = make_window()

    assert window.time_left(at("2025-06-20T23:59:59+08:00")) == timedelta(seconds=1)
    assert window.time_left(at("2025-06-20T15:00:00+00:00")) == timedelta(hours=1)
    assert window.time_left(CLOSES) == timedelta(0)
    assert window.time_left(at("2025-07-01T00:00:00+08:00")) == timedelta(0)


def test_a_moment_without_a_zone_is_refused() -> None:
    naive = datetime(2025, 4, 15, 10, 0)

    for ask in (make_window().contains, make_window().state, make_window().days_left):
        with pytest.raises(ValueError, match="time zone"):
            ask(naive)


def test_where_clocks_change_the_window_keeps_its_real_length() -> None:
    window = make_window(first_day=date(2025, 3, 9), last_day=date(2025, 3, 9), zone=NEW_YORK)

    assert window.time_left(window.opens) == timedelta(hours=23)
    assert window.contains(at("2025-03-10T03:59:59+00:00"))
    assert not window.contains(at("2025-03-10T04:00:00+00:00"))


@given(moments)
def test_one_instant_has_one_answer_in_every_zone(moment: datetime) -> None:
    window = make_window()
    elsewhere = [moment.astimezone(zone) for zone in (UTC, SHANGHAI, NEW_YORK)]

    assert len({window.contains(m) for m in [moment, *elsewhere]}) == 1
    assert len({window.state(m) for m in [moment, *elsewhere]}) == 1
    assert len({window.days_left(m) for m in [moment, *elsewhere]}) == 1


@given(moments)
def test_contains_agrees_with_state_and_with_the_time_left(moment: datetime) -> None:
    window = make_window()
    is_open = window.state(moment) in (WindowState.OPEN, WindowState.LAST_DAY)

    assert window.contains(moment) is is_open
    assert (window.time_left(moment) == timedelta(0)) is (
        window.state(moment) is WindowState.CLOSED
    )


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 400))
def test_every_window_takes_its_first_and_last_instant(first: date, length: int) -> None:
    window = make_window(first_day=first, last_day=first + timedelta(days=length))

    assert window.contains(window.opens)
    assert window.contains(window.closes - INSTANT)
    assert not window.contains(window.opens - INSTANT)
    assert not window.contains(window.closes)
    assert window.days_left(window.opens) == length


def test_the_official_year_has_its_working_days() -> None:
    assert CALENDAR_2025.workdays_between(date(2025, 3, 21), date(2025, 6, 30)) == 68
    assert CALENDAR_2025.workdays_between(date(2025, 3, 28), date(2025, 6, 20)) == 57
    # 365 days less 104 at week-ends and 18 weekdays off, plus 5 worked at week-ends.
    assert CALENDAR_2025.workdays_between(date(2025, 1, 1), date(2025, 12, 31)) == 248


@pytest.mark.parametrize(
    ("day", "works"),
    [
        ("2025-04-03", True),
        ("2025-04-04", False),
        ("2025-04-26", False),
        ("2025-04-27", True),
        ("2025-05-05", False),
        ("2025-05-06", True),
        ("2025-06-02", False),
        ("2025-06-14", False),
        ("2025-10-08", False),
        ("2025-10-11", True),
    ],
)
def test_knows_holidays_and_worked_week_ends(day: str, works: bool) -> None:
    assert CALENDAR_2025.is_workday(date.fromisoformat(day)) is works


def test_of_a_year_without_arrangement_nothing_is_said() -> None:
    assert CALENDAR_2025.is_workday(date(2026, 1, 5)) is None
    assert CALENDAR_2025.workdays_between(date(2025, 12, 30), date(2026, 1, 5)) is None


@pytest.mark.parametrize(
    ("moment", "days", "workdays"),
    [
        ("2025-06-13T23:59:59+08:00", 7, 5),
        ("2025-06-13T16:00:00+00:00", 6, 5),
        ("2025-06-19T00:00:00+08:00", 1, 1),
        ("2025-06-20T00:00:00+08:00", 0, 0),
        ("2025-07-01T00:00:00+08:00", 0, 0),
    ],
)
def test_today_counts_neither_as_a_day_left_nor_as_a_working_day_left(
    moment: str, days: int, workdays: int
) -> None:
    window = make_window()
    assert window.days_left(at(moment)) == days
    assert CALENDAR_2025.workdays_left(window, at(moment)) == workdays


def test_days_in_reverse_order_count_nothing() -> None:
    assert CALENDAR_2025.workdays_between(date(2025, 4, 2), date(2025, 4, 1)) == 0


@pytest.mark.parametrize(
    ("moment", "answered"),
    [
        ("2025-04-15T08:29:59+08:00", False),
        ("2025-04-15T08:30:00+08:00", True),
        ("2025-04-15T17:59:59+08:00", True),
        ("2025-04-15T18:00:00+08:00", False),
        ("2025-04-15T02:00:00+00:00", True),
        ("2025-04-04T10:00:00+08:00", False),
        ("2025-04-26T10:00:00+08:00", False),
        ("2025-04-27T10:00:00+08:00", True),
        ("2026-04-15T10:00:00+08:00", None),
    ],
)
def test_tells_whether_somebody_answers(moment: str, answered: bool | None) -> None:
    assert OFFICE_HOURS.is_answered(at(moment), CALENDAR_2025, SHANGHAI) is answered


@pytest.mark.parametrize(
    ("moment", "following"),
    [
        ("2025-04-15T07:00:00+08:00", "2025-04-15T08:30:00+08:00"),
        ("2025-04-15T08:30:00+08:00", "2025-04-16T08:30:00+08:00"),
        ("2025-04-03T19:00:00+08:00", "2025-04-07T08:30:00+08:00"),
        ("2025-04-25T18:00:00+08:00", "2025-04-27T08:30:00+08:00"),
        ("2025-04-30T18:00:00+08:00", "2025-05-06T08:30:00+08:00"),
        ("2025-04-14T23:00:00+00:00", "2025-04-15T08:30:00+08:00"),
    ],
)
def test_tells_when_somebody_answers_next(moment: str, following: str) -> None:
    answer = OFFICE_HOURS.next_answered(at(moment), CALENDAR_2025, SHANGHAI)

    assert answer == at(following)


@pytest.mark.parametrize("hours", [DutyHours(None, OFFICE_HOURS.windows), DutyHours("workdays")])
def test_unknown_hours_are_no_guess(hours: DutyHours) -> None:
    moment = at("2025-04-15T10:00:00+08:00")

    assert hours.is_answered(moment, CALENDAR_2025, SHANGHAI) is None
    assert hours.next_answered(moment, CALENDAR_2025, SHANGHAI) is None


def test_an_unknown_year_ends_the_search_for_the_next_answer() -> None:
    new_years_eve = at("2025-12-31T18:30:00+08:00")

    assert OFFICE_HOURS.next_answered(new_years_eve, CALENDAR_2025, SHANGHAI) is None


def test_every_day_needs_no_calendar() -> None:
    hours = DutyHours("every_day", ((time(9), time(12)), (time(14), time(17))))
    nothing_known = Calendar({}, frozenset())

    noon = at("2030-01-05T12:00:00+08:00")
    assert hours.is_answered(noon, nothing_known, SHANGHAI) is False
    assert hours.next_answered(noon, nothing_known, SHANGHAI) == at("2030-01-05T14:00:00+08:00")
    assert hours.is_answered(noon + timedelta(hours=2), nothing_known, SHANGHAI) is True


def test_a_night_shift_runs_on_into_a_holiday() -> None:
    hours = DutyHours("workdays", ((time(20), time(6)),))

    assert hours.is_answered(at("2025-05-01T05:59:00+08:00"), CALENDAR_2025, SHANGHAI) is True
    assert hours.is_answered(at("2025-05-01T06:00:00+08:00"), CALENDAR_2025, SHANGHAI) is False
    assert hours.is_answered(at("2025-05-01T21:00:00+08:00"), CALENDAR_2025, SHANGHAI) is False


def test_a_window_from_midnight_to_midnight_is_the_whole_day() -> None:
    hours = DutyHours("every_day", ((time(0), time(0)),))

    assert hours.is_answered(at("2025-04-15T12:00:00+08:00"), CALENDAR_2025, SHANGHAI) is True


@given(moments)
def test_the_next_answer_is_a_moment_at_which_somebody_answers(moment: datetime) -> None:
    following = OFFICE_HOURS.next_answered(moment, CALENDAR_2025, SHANGHAI)

    if following is not None:
        assert following > moment
        assert OFFICE_HOURS.is_answered(following, CALENDAR_2025, SHANGHAI) is True
        assert not OFFICE_HOURS.is_answered(following - INSTANT, CALENDAR_2025, SHANGHAI)


@pytest.mark.parametrize(
    ("last_day", "closes"),
    [
        (date(2025, 6, 30), "2025-07-01T00:00:00+08:00"),
        (date(2025, 6, 20), "2025-06-21T00:00:00+08:00"),
        (date(2025, 6, 19), "2025-06-21T00:00:00+08:00"),
        (date(2025, 3, 1), "2025-06-21T00:00:00+08:00"),
        (None, "2025-06-21T00:00:00+08:00"),
    ],
)
def test_a_period_that_ends_before_the_window_shortens_nothing(last_day: date | None, closes: str):
    window = inspection_window(make_window(), last_day)
    assert (window.opens, window.closes) == (OPENS, at(closes))
