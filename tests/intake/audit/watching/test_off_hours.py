"""Nights and days of rest end and begin where the clocks of the round say."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta, timezone

import pytest

from inspection.schedule import Calendar
from intake.audit.watching.days_asked import Days
from intake.audit.watching.far_more import far_more_than_others
from intake.audit.watching.off_hours import nights, rest_days, unknown_years
from intake.choices import Action, Role
from intake.models import AuditEvent, StaffUser
from tests.intake.audit.watching.events_of_people import Done, store
from tests.making import SHANGHAI, make_staff

# Thursday to Sunday; the 6th is a day of rest moved to where work is done.
DAYS = Days(date(2025, 4, 3), date(2025, 4, 6), SHANGHAI)
CALENDAR = Calendar({date(2025, 4, 4): False, date(2025, 4, 6): True}, frozenset({2025}))


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2025, 4, day, hour, minute, tzinfo=SHANGHAI)


def moments(found: Iterable[AuditEvent]) -> list[str]:
    told = sorted(event.at.astimezone(SHANGHAI) for event in found)
    return [f"{moment:%d %H:%M}" for moment in told]


@pytest.mark.django_db
def test_nights_are_before_seven_and_from_nine_on_of_each_day():
    times = [(2, 23), (3, 0), (3, 6), (3, 7), (3, 20), (3, 21), (4, 2), (6, 23), (7, 0)]
    store(Done(Action.OPEN, None, at(*one)) for one in times)
    store([Done(Action.OPEN, None, at(5, 6, 59)), Done(Action.OPEN, None, at(5, 20, 59))])
    # The same moment, written by other clocks.
    store([Done(Action.OPEN, None, at(6, 21).astimezone(timezone(timedelta(hours=-8))))])
    found = AuditEvent.objects.filter(nights(DAYS))
    nightly = ["03 00:00", "03 06:00", "03 21:00", "04 02:00", "05 06:59", "06 21:00", "06 23:00"]
    assert moments(found) == nightly


@pytest.mark.django_db
def test_days_of_rest_are_the_calendar_s():
    store(Done(Action.OPEN, None, at(day, hour)) for day in (3, 4, 5, 6) for hour in (0, 12, 23))
    found = AuditEvent.objects.filter(rest_days(DAYS, CALENDAR))
    assert moments(found) == [f"0{day} {hour}:00" for day in (4, 5) for hour in ("00", "12", "23")]


@pytest.mark.django_db
def test_of_an_unknown_year_no_day_is_one_of_rest_and_it_is_said():
    unknown = Calendar({}, frozenset())
    store([Done(Action.OPEN, None, at(5, 12))])
    assert not AuditEvent.objects.filter(rest_days(DAYS, unknown)).exists()
    assert unknown_years(DAYS, unknown) == [2025]
    assert unknown_years(DAYS, CALENDAR) == []


def test_weeks_begin_on_mondays_and_end_with_the_days():
    days = Days(date(2025, 4, 3), date(2025, 4, 15), SHANGHAI)
    weeks = [(week.since.day, week.until.day) for week in days.weeks()]
    assert weeks == [(3, 6), (7, 13), (14, 15)]
    assert sum(week.count for week in days.weeks()) == days.count


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("counts", "far_more", "alone"),
    [
        ((20, 6, 7), [0], 0),
        # Exactly three times is not more, and nineteen are too few.
        ((21, 6, 8), [], 0),
        ((19, 1, 1), [], 0),
        # One who opens much does not hide another, nor makes the others look idle.
        ((90, 80, 5, 6, 7), [0, 1], 0),
        ((25, 24, 23), [], 0),
        ((40,), [], 1),
        ((3,), [], 0),
    ],
)
def test_far_more_is_three_times_the_median_of_the_others(
    counts: tuple[int, ...], far_more: list[int], alone: int
):
    clerks = [make_staff(Role.TEAM) for _ in counts]
    # Another role is not compared with them.
    store(Done(Action.OPEN, make_staff(Role.OFFICE), at(3, 9)) for _ in range(1))
    deeds: list[tuple[StaffUser, int]] = list(zip(clerks, counts, strict=True))
    store(Done(Action.OPEN, clerk, at(3, 9)) for clerk, count in deeds for _ in range(count))
    compared = far_more_than_others(AuditEvent.objects.all(), 20)
    assert compared.far_more == {clerks[n].pk: counts[n] for n in far_more}
    assert compared.alone == alone
