"""When a report is taken, late or not any more, and until when it can be added to."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from inspection.schedule import Window, inspection_window
from intake.report.acceptance import (
    WindowClosed,
    WindowNotOpen,
    is_late,
    refusal,
    supplements_window,
)

SHANGHAI = ZoneInfo("Asia/Shanghai")
INSTANT = timedelta(microseconds=1)
OPENS = datetime(2025, 3, 28, tzinfo=SHANGHAI)
CLOSES = datetime(2025, 6, 21, tzinfo=SHANGHAI)
WINDOW = Window(OPENS, CLOSES, SHANGHAI)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        (OPENS - INSTANT, WindowNotOpen),
        (OPENS, None),
        (CLOSES - INSTANT, None),
        (CLOSES, WindowClosed),
    ],
)
def test_a_report_is_taken_from_the_first_moment_to_the_last(
    at: datetime, expected: type[Exception] | None
):
    found = refusal(WINDOW, at)
    assert type(found) is (expected or type(None))
    assert found is None or found.window == WINDOW


@pytest.mark.parametrize(
    ("received_at", "postmark", "late"),
    [
        (CLOSES - INSTANT, None, False),
        (CLOSES, None, True),
        (CLOSES, date(2025, 6, 20), False),
        (OPENS, date(2025, 6, 21), True),
    ],
)
def test_paper_is_late_by_its_postmark_where_that_decides(
    received_at: datetime, postmark: date | None, late: bool
):
    assert is_late(WINDOW, received_at, postmark) is late


@pytest.mark.parametrize(
    ("last_day", "until"),
    [(date(2025, 6, 30), datetime(2025, 7, 1, tzinfo=SHANGHAI)), (None, CLOSES)],
)
def test_a_report_can_be_added_to_as_long_as_the_inspection_runs(
    last_day: date | None, until: datetime
):
    found = supplements_window(inspection_window(WINDOW, last_day))
    assert (found.opens, found.closes) == (OPENS, until)
