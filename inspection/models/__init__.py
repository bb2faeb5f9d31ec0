"""The notice as rows: what was published, and what staff corrected since."""

from inspection.models.contact import ContactPoint, DropBox
from inspection.models.edition import AnnouncedQuerySet, Edition, follow
from inspection.models.period import HasPeriod, period_columns
from inspection.models.round import Round
from inspection.models.team import FocusTopic, Target, Team
from inspection.models.work_calendar import WorkCalendarDay

__all__ = [
    "AnnouncedQuerySet",
    "ContactPoint",
    "DropBox",
    "Edition",
    "FocusTopic",
    "HasPeriod",
    "Round",
    "Target",
    "Team",
    "WorkCalendarDay",
    "follow",
    "period_columns",
]
