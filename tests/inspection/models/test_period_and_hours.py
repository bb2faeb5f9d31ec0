"""A period and duty hours are read from their columns, and written to them, in one place each."""

from dataclasses import asdict
from datetime import time

import pytest

from inspection.models import HasPeriod, Round, Team, period_columns
from inspection.notice import Hours, Period
from inspection.schedule import DutyHours

PERIODS = [
    Period("3月下旬至6月下旬", ("2025-03-21", "2025-03-31"), ("2025-06-21", "2025-06-30")),
    Period("2025年3月21日起", ("2025-03-21", "2025-03-21"), None),
    Period("两个月左右", None, None),
    None,
]
HOURS = [
    Hours("workdays", (("08:30", "12:00"), ("14:00", "18:00"))),
    Hours("every_day"),
    Hours(None, (("00:00", "24:00"),)),
]


@pytest.mark.parametrize("model", [Round, Team])
@pytest.mark.parametrize("period", PERIODS)
def test_a_period_comes_back_from_its_columns(model: type[HasPeriod], period: Period | None):
    columns = period_columns(asdict(period) if period else None)
    assert model(**columns).period == period


@pytest.mark.parametrize("hours", HOURS)
def test_hours_come_back_from_what_is_stored(hours: Hours):
    assert Hours.from_json(hours.to_json()) == hours


@pytest.mark.parametrize("stored", [None, {}])
def test_hours_that_are_not_stated_are_none(stored: dict[str, object] | None):
    assert Hours.from_json(stored) is None


def test_a_rule_knows_midnight_as_the_beginning_of_a_day():
    windows = ((time(0), time(0)),)
    assert Hours("every_day", (("00:00", "24:00"),)).on_duty() == DutyHours("every_day", windows)
