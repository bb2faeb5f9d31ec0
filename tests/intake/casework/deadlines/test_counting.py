"""Counting deadlines: by the law's own examples, by hand-counted days, and by brute force."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inspection.models import workdays_2025, workdays_2026
from inspection.schedule import Calendar
from intake.casework.deadlines.counting import Pause, Rule, due, latest_from, workdays_until
from intake.choices.deadline_lists import Happening, Unit

KNOWN = Calendar(
    {day: works for year in (workdays_2025, workdays_2026) for day, works, _ in year.EXCEPTIONS},
    frozenset({2025, 2026}),
)
UNKNOWN = Calendar({}, frozenset())
WORKDAYS, DAYS, MONTHS = Unit.WORKDAYS, Unit.DAYS, Unit.MONTHS


def rule(number: int, unit: Unit, *, to_workday: bool = False) -> Rule:
    return Rule("any", "任意", number, unit, Happening.RECEIVED, to_workday=to_workday)


def on(text: str) -> date:
    return date.fromisoformat(text)


DUE = [
    # The same day; the day of the event does not count.
    (0, DAYS, "2025-04-15", "2025-04-15"),
    (0, WORKDAYS, "2025-04-12", "2025-04-12"),
    (1, DAYS, "2025-04-15", "2025-04-16"),
    (15, DAYS, "2025-04-15", "2025-04-30"),
    (60, DAYS, "2025-12-31", "2026-03-01"),
    # Five working days over a weekend, over 清明, over 劳动节 with its worked Sunday.
    (5, WORKDAYS, "2025-04-15", "2025-04-22"),
    (5, WORKDAYS, "2025-04-01", "2025-04-09"),
    (5, WORKDAYS, "2025-04-25", "2025-05-06"),
    (1, WORKDAYS, "2025-04-26", "2025-04-27"),
    (15, WORKDAYS, "2026-02-13", "2026-03-12"),
    (5, WORKDAYS, "2025-12-30", "2026-01-07"),
    # The same number of the month, or its last day.
    (3, MONTHS, "2025-04-15", "2025-07-15"),
    (1, MONTHS, "2025-01-31", "2025-02-28"),
    (1, MONTHS, "2024-01-31", "2024-02-29"),
    (3, MONTHS, "2025-11-30", "2026-02-28"),
    (12, MONTHS, "2024-02-29", "2025-02-28"),
    (1, MONTHS, "2025-12-15", "2026-01-15"),
]


@pytest.mark.parametrize(("number", "unit", "begun", "last"), DUE)
def test_the_last_day(number: int, unit: Unit, begun: str, last: str):
    assert due(rule(number, unit), on(begun), KNOWN) == on(last)


def test_a_last_day_that_is_off_moves_only_where_the_rule_says_so():
    assert due(rule(1, DAYS), on("2025-05-02"), KNOWN) == on("2025-05-03")
    assert due(rule(1, DAYS, to_workday=True), on("2025-05-02"), KNOWN) == on("2025-05-06")
    assert due(rule(1, DAYS, to_workday=True), on("2025-04-26"), KNOWN) == on("2025-04-27")


def test_what_needs_a_year_that_is_missing_is_unknown():
    assert due(rule(5, WORKDAYS), on("2026-12-28"), KNOWN) is None
    assert due(rule(3, WORKDAYS), on("2026-12-28"), KNOWN) == on("2026-12-31")
    assert due(rule(5, WORKDAYS), on("2025-04-15"), UNKNOWN) is None
    assert due(rule(1, DAYS, to_workday=True), on("2026-12-31"), KNOWN) is None
    # Days and months need no calendar.
    assert due(rule(15, DAYS), on("2030-04-15"), UNKNOWN) == on("2030-04-30")
    assert workdays_until(on("2025-04-15"), on("2025-04-30"), UNKNOWN) is None


SECOND = "2025-04-20"
PAUSED = [
    (15, DAYS, "2025-04-15", [("2025-04-20", "2025-04-23")], "2025-05-03"),
    (15, DAYS, "2025-04-15", [("2025-04-15", "2025-04-15")], "2025-04-30"),
    (15, DAYS, "2025-04-15", [("2025-05-10", "2025-05-20")], "2025-04-30"),
    (15, DAYS, "2025-04-15", [("2025-04-10", "2025-04-18")], "2025-05-02"),
    (2, DAYS, "2025-04-15", [("2025-04-16", "2025-04-17"), ("2025-04-18", "2025-04-20")], SECOND),
    (5, WORKDAYS, "2025-04-15", [("2025-04-18", "2025-04-21")], "2025-04-23"),
    (3, MONTHS, "2025-04-15", [("2025-06-01", "2025-06-11")], "2025-07-25"),
]  # fmt: skip


@pytest.mark.parametrize(("number", "unit", "begun", "pauses", "last"), PAUSED)
def test_the_days_of_a_pause_are_added(
    number: int, unit: Unit, begun: str, pauses: list[tuple[str, str]], last: str
):
    spans = [Pause(on(first), on(until)) for first, until in pauses]
    assert due(rule(number, unit), on(begun), KNOWN, spans) == on(last)


def test_a_clock_that_stands_still_has_no_last_day():
    """Even one that had run out before: its page says 暂停, and so does every list."""
    running = [Pause(on("2025-04-20"))]
    for begun, number in (("2025-04-15", 15), ("2025-04-01", 15), ("2025-04-01", 0)):
        assert due(rule(number, DAYS), on(begun), KNOWN, running) is None
    assert due(
        rule(15, DAYS), on("2025-04-01"), KNOWN, [Pause(on("2025-04-20"), on("2025-04-30"))]
    ) == on("2025-04-16")


@pytest.mark.parametrize(
    ("today", "last", "left"),
    [
        ("2025-04-15", "2025-04-15", 0),
        ("2025-04-15", "2025-04-22", 5),
        ("2025-04-26", "2025-04-27", 1),
        ("2025-04-22", "2025-04-15", -5),
        ("2025-05-05", "2025-04-30", 0),
    ],
)
def test_working_days_left(today: str, last: str, left: int):
    assert workdays_until(on(today), on(last), KNOWN) == left


days_in_between = st.dates(date(2025, 1, 1), date(2027, 3, 1))


@given(
    number=st.integers(0, 70),
    unit=st.sampled_from([WORKDAYS, DAYS]),
    day=days_in_between,
    to_workday=st.booleans(),
)
def test_the_calendar_turned_round_finds_exactly_what_is_due(
    number: int, unit: Unit, day: date, to_workday: bool
):
    one = rule(number, unit, to_workday=to_workday)
    found = latest_from(one, day, KNOWN)
    for offset in range(-12, 150):
        begun = day - timedelta(days=offset)
        last = due(one, begun, KNOWN) if begun.year > 2024 or not one.needs_calendar else None
        is_listed = found is not None and (found[0] or begun) <= begun <= found[1]
        assert is_listed == (last is not None and last <= day), begun


@given(months=st.integers(1, 14), day=days_in_between)
def test_months_turned_round(months: int, day: date):
    one = rule(months, MONTHS)
    found = latest_from(one, day, KNOWN)
    assert found is not None and found[0] is None
    for offset in range(-3, 4):
        begun = found[1] + timedelta(days=offset)
        last = due(one, begun, KNOWN)
        assert last is not None and (last <= day) == (offset <= 0)


def test_nothing_is_due_by_a_day_of_which_nothing_is_known():
    assert latest_from(rule(5, WORKDAYS), on("2030-04-15"), KNOWN) is None
    assert latest_from(rule(5, WORKDAYS), on("2027-01-20"), KNOWN) == (
        on("2025-01-01"),
        on("2026-12-24"),
    )
