"""What was done with one row, as whoever may see the row may read it; newest first.

A supplement that arrives adds no event, so that citizens never wait: its own row says it here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Model, Q

from intake import audit
from intake.admin.items.list_filters import NO_ACTOR
from intake.models import AuditEvent, Desk, StaffUser, Submission

ARRIVED = "supplement"


@dataclass(frozen=True, slots=True)
class LogLine:
    """Who did what, when; `action` is the event's, or ARRIVED."""

    at: datetime
    who: str
    action: str
    deed: str
    details: tuple[tuple[str, str], ...] = ()
    about: str = ""


def line_of_event(event: AuditEvent, about: str = "") -> LogLine:
    who, deed = str(event.actor or NO_ACTOR), str(event.get_action_display())
    return LogLine(event.at, who, event.action, deed, tuple(audit.details_of(event)), about)


def log_of(obj: Model, user: StaffUser, *, most: int) -> list[LogLine]:
    """The row's own events and arrivals. What was done at a desk is for those who see the desk."""
    visible = Q(desk__isnull=True) | Q(desk__in=Desk.objects.visible_to(user))
    about = AuditEvent.objects.filter(object_type=obj._meta.model_name, object_id=str(obj.pk))
    shown = about.filter(visible).select_related("actor").defer("covers")
    events = shown.order_by("-sequence")[:most]
    lines = [*_arrivals(obj), *(line_of_event(event) for event in events)]
    return sorted(lines, key=lambda line: line.at, reverse=True)[:most]


def _arrivals(obj: Model) -> Iterable[LogLine]:
    if not isinstance(obj, Submission):
        return
    for row in obj.supplements.only("received_at").order_by("-received_at"):
        yield LogLine(row.received_at, "反映人", ARRIVED, "补充材料收到")
