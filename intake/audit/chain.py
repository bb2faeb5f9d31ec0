"""操作留痕: writes events into the hash chain. Never content.

A citizen's report adds no event, so that citizens never wait for one another. The next staff
event, or the `checkpoint` command, first records the fingerprints of the rows that are new.
"""

import hashlib
import json
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from intake.choices import Action
from intake.models import AuditEvent, Desk, StaffUser, Submission

FIRST = "0" * 64
# The key under which a REROUTE event carries the fingerprint of the newly sealed bytes.
RESEALED = "sealed_digest"
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
    **detail: str | int,
) -> AuditEvent:
    """Appends an event inside the caller's transaction; new rows are chained before it.

    Save a submission with `update_fields` only: a copy read before this call does not know that
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
        _canonical(
            {
                "sequence": event.sequence,
                "at": _iso(event.at),
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


class RowsDigest:
    """Collects rows, in the order of their ids, into what a CHECKPOINT event carries."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, pk: UUID, received_digest: str, received_at: datetime) -> None:
        """Adds one row."""
        self.count += 1
        self._hash.update(_canonical([str(pk), received_digest, _iso(received_at)]) + b"\n")

    def detail(self) -> dict[str, str | int]:
        """The event's detail."""
        return {"count": self.count, "digest": self._hash.hexdigest()}


def hold_the_end_of_the_chain() -> None:
    """Only one transaction at a time may append. SQLite's immediate transactions see to it."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("an audit event belongs into its deed's transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def _chain_new_rows(at: datetime) -> AuditEvent | None:
    """Records exactly the rows that were read: more may be committed in the meantime."""
    new = Submission.objects.not_in_chain().order_by("id")
    digest, ids = RowsDigest(), []
    for pk, received_digest, received_at in new.values_list("id", "received_digest", "received_at"):
        digest.add(pk, received_digest, received_at)
        ids.append(pk)
    if not ids:
        return None
    event = _append(action=Action.CHECKPOINT, actor=None, at=at, detail=digest.detail())
    for batch in _batches(ids):
        Submission.objects.filter(id__in=batch).update(chained_in=event)
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


def _iso(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _canonical(value: object) -> bytes:
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()
