"""操作留痕: writes events into the chain. Never content.

Each event carries the digest of the one before and a code under `AUDIT_KEY`. A citizen's report
adds no event, so that citizens never wait for one another: the next staff event, or the
`checkpoint` command, first records the rows that are new.
"""

import hashlib
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import Model
from django.db.transaction import TransactionManagementError

from intake.audit.covered import CHAINED_LATER, Covered
from intake.audit.covering import Covers, add_made, covers_of
from intake.audit.event_table import kind_of
from intake.audit.keyed import canonical, code_of, is_code_of, iso
from intake.choices import Action
from intake.models import AuditEvent, Desk, StaffUser
from intake.models.stored_values import UNREADABLE

FIRST = "0" * 64
# Any number that no other advisory lock of the database uses.
_LOCK = 0x61756469
# Rows in one event; more new ones take several.
_MOST_ROWS = 500


def record(
    action: Action,
    *,
    by: StaffUser | None,
    at: datetime,
    obj: Model | None = None,
    desk: Desk | None = None,
    made: Iterable[Model] = (),
    changed: Iterable[Model] = (),
    removed: Iterable[Model] = (),
    **detail: str | int,
) -> AuditEvent:
    """Appends an event inside the caller's transaction; new rows are chained before it.

    `made` are rows that were just stored; `changed` rows are given as they will be and saved
    afterwards; `removed` rows are deleted afterwards. Save a chained row with `update_fields`
    only: a copy read before this call does not know that it was chained.
    Raises WrongEvent for an event that is not as its entry in `event_table` says.
    """
    hold_the_end_of_the_chain()
    _chain_new_rows(at)
    event: AuditEvent = append(
        AuditEvent,
        action=action,
        actor=by,
        at=at,
        object_type=(obj._meta.model_name or "") if obj else "",
        object_id=str(obj.pk) if obj else "",
        desk=desk,
        detail=detail,
        covers=covers_of(action, made=made, changed=changed, removed=removed),
    )
    return event


def checkpoint(*, at: datetime) -> list[AuditEvent]:
    """Chains the rows that no event has recorded yet; an empty list when there are none."""
    hold_the_end_of_the_chain()
    return _chain_new_rows(at)


def fingerprint(sealed: bytes) -> str:
    """What `received_digest` and `sealed_digest` hold: SHA-256 of the sealed bytes, in hex."""
    return hashlib.sha256(sealed).hexdigest()


def event_digest(event: AuditEvent) -> str:
    """The digest that an event must carry."""
    said = {
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
    # Events from before there was such a column have digests without it.
    return hashlib.sha256(
        canonical({**said, "covers": event.covers} if event.covers else said)
    ).hexdigest()


def is_genuine(event: AuditEvent) -> bool:
    """Whether this site wrote the event, and nobody changed it since."""
    return has_its_digest(event) and is_code_of(event.code, "event", event.digest)


def has_its_digest(event: AuditEvent) -> bool:
    """Whether the event says what its digest was made of; something else may not even be read."""
    try:
        return event.digest == event_digest(event)
    except UNREADABLE:
        return False


def hold_the_end_of_the_chain() -> None:
    """Only one transaction at a time may append. SQLite's immediate transactions see to it."""
    if not connection.in_atomic_block:
        raise TransactionManagementError("an audit event belongs into its deed's transaction")
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])


def count_words(events: Iterable[AuditEvent]) -> str:
    """'3件信访件、1份补充材料': what CHECKPOINT events recorded."""
    details = [event.detail for event in events]
    counts = [(sum(one.get(kind.count_as, 0) for one in details), kind) for kind in CHAINED_LATER]
    return "、".join(f"{count}{kind.unit}{kind.words}" for count, kind in counts if count)


def _chain_new_rows(at: datetime) -> list[AuditEvent]:
    """Records exactly the rows that were read: more may be committed in the meantime."""
    events: list[AuditEvent] = []
    while event := _chain_some(at):
        events.append(event)
        if max(event.detail.values()) < _MOST_ROWS:
            break
    return events


def _chain_some(at: datetime) -> AuditEvent | None:
    covers: Covers = {}
    new: list[tuple[Covered, list[Any]]] = []
    for covered in _with_new_rows():
        rows = covered.rows().filter(chained_in=None).order_by()[:_MOST_ROWS]
        keys = []
        for pk, _, values in covered.stored(rows):
            add_made(covers, covered, pk, values)
            keys.append(pk)
        if keys:
            new.append((covered, keys))
    if not new:
        return None
    detail = {covered.count_as: len(keys) for covered, keys in new}
    event: AuditEvent = append(
        AuditEvent, action=Action.CHECKPOINT, at=at, detail=detail, covers=covers
    )
    for covered, keys in new:
        covered.rows().filter(pk__in=keys).update(chained_in=event)
    return event


def _with_new_rows() -> list[Covered]:
    """The kinds that have any: one short statement, since each event asks, and mostly in vain."""
    quote = connection.ops.quote_name
    # Names of tables of ours.
    asked = [
        f"EXISTS (SELECT 1 FROM {quote(kind.model._meta.db_table)} WHERE chained_in_id IS NULL)"  # noqa: S608
        for kind in CHAINED_LATER
    ]
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(asked)}")
        found = cursor.fetchone()
    return [kind for kind, has_any in zip(CHAINED_LATER, found, strict=True) if has_any]


def append(model: type[Any], **values: Any) -> Any:
    """Appends an event to the chain, whose end the caller holds."""
    kind_of(values["action"]).check(
        object_type=values.get("object_type", ""),
        has_desk=values.get("desk") is not None,
        detail=values["detail"],
    )
    last = model.objects.order_by("-sequence").first()
    event = model(
        sequence=last.sequence + 1 if last else 1,
        previous=last.digest if last else FIRST,
        **values,
    )
    event.digest = event_digest(event)
    event.code = code_of("event", event.digest)
    event.save(force_insert=True)
    return event
