"""A year of working days goes into rows: once, again, and corrected; never half known."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest

from inspection.holidays.arrangement import ArrangedDay
from inspection.holidays.holiday_reading import read
from inspection.loading.year_loading import NotLoadable, YearDifference, difference, load_year
from inspection.models import Edition, WorkCalendarDay

pytestmark = pytest.mark.django_db

NOTICES = Path(__file__).parents[2] / "data" / "holidays"


def arrangement_of(year: int):
    return read((NOTICES / f"{year}.txt").read_text("utf-8"))


def rows() -> list[tuple[date, bool, str]]:
    return list(WorkCalendarDay.objects.values_list("date", "is_workday", "name"))


def test_the_years_of_the_migrations_are_those_of_their_notices():
    for year in (2025, 2026):
        assert difference(arrangement_of(year)) == YearDifference()
    calendar = WorkCalendarDay.calendar()
    assert calendar.years == {2025, 2026}
    assert calendar.is_workday(date(2027, 3, 1)) is None


def test_a_new_year_is_known_once_it_is_loaded_and_again_unchanged():
    arranged, before = arrangement_of(2024), Edition.current()
    found = load_year(arranged)
    assert (found.added, found.changed, found.removed) == (arranged.days, (), ())
    assert not load_year(arranged)
    assert WorkCalendarDay.calendar().years == {2024, 2025, 2026}
    assert Edition.current() != before


def test_a_corrected_notice_shows_what_it_changes_and_leaves_other_years_alone():
    arranged = arrangement_of(2026)
    others = [row for row in rows() if row[0].year != 2026]
    moved = ArrangedDay(date(2026, 5, 10), True, "劳动节调休上班")
    days = [day for day in arranged.days if day.date != date(2026, 5, 9)]
    corrected = replace(arranged, days=(*days[:-1], replace(days[-1], name="国庆"), moved))
    found = load_year(corrected)
    assert found.added == (moved,)
    assert [day.date for day in found.removed] == [date(2026, 5, 9)]
    assert [(old.name, new.name) for old, new in found.changed] == [("国庆节调休上班", "国庆")]
    assert not difference(corrected)
    assert [row for row in rows() if row[0].year != 2026] == others


def test_the_december_of_the_next_new_year_makes_no_year_known_and_stays():
    load_year(arrangement_of(2023))
    calendar = WorkCalendarDay.calendar()
    assert calendar.years == {2023, 2025, 2026}
    assert calendar.is_workday(date(2022, 12, 30)) is None
    new_year = ArrangedDay(date(2022, 1, 1), False, "元旦")
    load_year(replace(arrangement_of(2023), year=2022, days=(new_year,)))
    assert WorkCalendarDay.calendar().is_workday(date(2022, 12, 31)) is False
    assert WorkCalendarDay.objects.filter(date__year=2023).count() == 33


def test_what_contradicts_itself_is_not_loaded():
    wrong = replace(arrangement_of(2024), problems=("劳动节：写的是共5天，日期数出来是4天。",))
    for one in (wrong, replace(wrong, year=None, problems=())):
        with pytest.raises(NotLoadable):
            load_year(one)
    assert not WorkCalendarDay.objects.filter(date__lt=date(2024, 12, 31) + timedelta()).exists()
