"""操作留痕: writes events into the hash chain. Never content.

A citizen's report adds no event, so that citizens never wait for one another. The next staff
event, or the `checkpoint` command, first records the fingerprints of the rows that are new.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from intake.audit.rows import KINDS, Kind, RowsDigest, canonical, iso
from intake.choices import Action
from intake.models import AuditEvent, Desk, StaffUser

FIRST = "0" * 64
# The keys under which a REROUTE event carries the fingerprints of the newly sealed bytes: of the
# report, and of its supplements and attachments by their ids.
RESEALED = "sealed_digest"
RESEALED_PARTS = "sealed_parts"
# Any number that no other advisory lock of the database uses.
_LOCK = 0x61756469
_BATCH = 500


def record(
    action: Action,
    *,
    by: StaffUser | None,
    at: datetime,
    obj: Model | None = None,
    desk: Desk | None = None,
    **detail: str | int | dict[str, str],
) -> AuditEvent:
    """Appends an event inside the caller's transaction; new rows are chained before it.

    Save a chained row with `update_fields` only: a copy read before this call does not know that
    it was chained, and saving it whole would take it out of the chain again.
    """
    hold_the_end_of_the_chain()
    _chain_new_rows(at)
    return _append(
        action=action,
        actor=by,
        at=at,
        object_type=(obj._meta.model_name or "") if obj else "",
        object_id=str(obj.pk) if obj else "",
        desk=desk,
        detail=detail,
    )


def checkpoint(*, at: datetime) -> AuditEvent | None:
    """Chains the rows that no event has recorded yet; None when there are none."""
    hold_the_end_of_the_chain()
    return _chain_new_rows(at)


def fingerprint(sealed: bytes) -> str:
    """What `received_digest` and `sealed_digest` hold: SHA-256 of the sealed bytes, in hex."""
    return hashlib.sha256(sealed).hexdigest()


def event_digest(event: AuditEvent) -> str:
    """The digest that an event must carry."""
    return hashlib.sha256(
        canonical(
            {
                "sequence": event.sequence,
                "at": iso(event.at),
                "actor": event.actor_id,
                "action": str(event.action),
                "object_type": event.object_type,
                "object_id": event.object_id,
                "desk": event.desk_id,
                "detail": event.detail,
                "previous": event.previous,
            }
        )
    ).hexdigest()


def hold_the_end_of_the_chain() -> None:
    """Only one transaction at a time may append. SQLite's immediate transactions see to it."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("an audit event belongs into its deed's transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _chain_new_rows(at: datetime) -> AuditEvent | None:
    """Records exactly the rows that were read: more may be committed in the meantime."""
    new: list[tuple[Kind, list[UUID]]] = []
    detail: dict[str, str | int] = {}
    for kind in KINDS:
        digest, ids = RowsDigest(), []
        for values in kind.new_rows():
            digest.add(values)
            ids.append(values[0])
        if ids:
            new.append((kind, ids))
            detail |= {kind.count_as: digest.count, kind.digest_as: digest.hexdigest()}
    if not new:
        return None
    event = _append(action=Action.CHECKPOINT, actor=None, at=at, detail=detail)
    for kind, ids in new:
        for batch in _batches(ids):
            kind.rows().filter(id__in=batch).update(chained_in=event)
    return event


def _append(**values: Any) -> AuditEvent:
    last = AuditEvent.objects.order_by("-sequence").first()
    event = AuditEvent(
        sequence=last.sequence + 1 if last else 1,
        previous=last.digest if last else FIRST,
        **values,
    )
    event.digest = event_digest(event)
    event.save(force_insert=True)
    return event


def _batches(ids: list[UUID]) -> Iterable[list[UUID]]:
    return (ids[start : start + _BATCH] for start in range(0, len(ids), _BATCH))
