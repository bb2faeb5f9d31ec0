"""The clock of an item that presses most, as its page tells it."""

from datetime import date, datetime

from intake.casework.deadlines.clock_lines import ClockLine, lines_for
from intake.models import Submission


def line_for(item: Submission, at: datetime) -> ClockLine | None:
    """A known last day before an unknown one, the earliest first."""
    lines = lines_for(item, at)
    return min(lines, key=lambda line: (line.due is None, line.due or date.max), default=None)
