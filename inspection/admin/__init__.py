"""Pages on which staff correct what a notice announced.

Nothing is registered here: the staff's own site does that, with the audit mixed in.
"""

from typing import Any

from django.db.models import Model

from inspection.admin.calendar_admin import WorkCalendarDayAdmin
from inspection.admin.contact_admin import ContactPointAdmin, DropBoxAdmin
from inspection.admin.focus_admin import FocusTopicAdmin
from inspection.admin.notice_admin import NoticeAdmin
from inspection.admin.round_admin import RoundAdmin
from inspection.admin.team_admin import TargetAdmin, TeamAdmin
from inspection.models import (
    ContactPoint,
    DropBox,
    FocusTopic,
    Round,
    Target,
    Team,
    WorkCalendarDay,
)

# The order of the staff's side list.
MODEL_ADMINS: dict[type[Model], type[NoticeAdmin[Any]]] = {
    Round: RoundAdmin,
    Team: TeamAdmin,
    Target: TargetAdmin,
    ContactPoint: ContactPointAdmin,
    DropBox: DropBoxAdmin,
    FocusTopic: FocusTopicAdmin,
    WorkCalendarDay: WorkCalendarDayAdmin,
}

__all__ = ["MODEL_ADMINS"]
