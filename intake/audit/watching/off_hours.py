"""Nights and days of rest, as spans of moments: so that an index finds what was done in them."""

from collections.abc import Iterable
from datetime import date, datetime, time

from django.db.models import Q

from inspection.schedule import ONE_DAY, Calendar
from intake.audit.watching.days_asked import Days, between

MORNING, EVENING = 7, 21


def nights(days: Days) -> Q:
    """Before seven and from nine in the evening on, of each of the days."""
    found = Q(at__gte=_at(days.since, 0, days), at__lt=_at(days.since, MORNING, days))
    for evening in days.each:
        morning = evening + ONE_DAY
        ends = _at(morning, 0 if evening == days.until else MORNING, days)
        found |= Q(at__gte=_at(evening, EVENING, days), at__lt=ends)
    return found


def rest_days(days: Days, calendar: Calendar) -> Q:
    """The days on which nobody works; of a year that is unknown none."""
    resting = [day for day in days.each if calendar.is_workday(day) is False]
    found = Q(pk__in=())
    for first, last in _runs(resting):
        found |= between(first, last, days.zone)
    return found


def unknown_years(days: Days, calendar: Calendar) -> list[int]:
    """The years of which nobody knows the days of rest."""
    return sorted({day.year for day in days.each} - calendar.years)


def _at(day: date, hour: int, days: Days) -> datetime:
    return datetime.combine(day, time(hour), days.zone)


def _runs(some: Iterable[date]) -> list[tuple[date, date]]:
    """First and last of the days that follow each other."""
    runs: list[tuple[date, date]] = []
    for day in some:
        if runs and runs[-1][1] + ONE_DAY == day:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs
