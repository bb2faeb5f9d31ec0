"""Many events at chosen moments, stored at once: they count, though no chain holds them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Model

from intake.choices import Action
from intake.models import AuditEvent, Desk, StaffUser


@dataclass(frozen=True)
class Done:
    """One deed; `obj` is the row that it was about."""

    action: Action
    by: StaffUser | None
    at: datetime
    obj: Model | None = None
    desk: Desk | None = None
    tries: int = 0


def store(deeds: Iterable[Done]) -> None:
    """As rows of the audit."""
    last = AuditEvent.objects.order_by("-sequence").values_list("sequence", flat=True).first() or 0
    events = [_event(one, last + n) for n, one in enumerate(deeds, 1)]
    AuditEvent.objects.bulk_create(events, batch_size=500)


def _event(one: Done, sequence: int) -> AuditEvent:
    about: dict[str, Any] = {}
    if one.obj is not None:
        about = {"object_type": one.obj._meta.model_name, "object_id": str(one.obj.pk)}
    return AuditEvent(
        sequence=sequence,
        at=one.at,
        actor=one.by,
        action=one.action,
        desk=one.desk,
        detail={"tries": one.tries} if one.tries else {},
        previous="",
        digest=f"{sequence:064d}",
        **about,
    )
