"""Recomputes the chain, and compares it with the rows that it covers.

It holds no lock while it reads: it looks only at what stood in the chain when it began. What was
cut off at the end it cannot see; for that the head is noted on paper and given back as `noted`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from uuid import UUID

from django.db import transaction

from intake.audit.chain import (
    FIRST,
    RESEALED,
    RowsDigest,
    event_digest,
    fingerprint,
    hold_the_end_of_the_chain,
)
from intake.choices import Action
from intake.models import AuditEvent, Submission, Supplement

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Verification:
    """What a check found; `head` is the digest to keep on paper."""

    events: int
    head: str
    problems: tuple[str, ...]

    @property
    def is_sound(self) -> bool:
        """Whether nothing was altered, added or lost."""
        return not self.problems


@dataclass
class _Chain:
    """What the events say, in the order of the chain."""

    events: int = 0
    sequence: int = 0
    head: str = FIRST
    problems: list[str] = field(default_factory=list)
    checkpoints: dict[int, tuple[int, object]] = field(default_factory=dict)
    resealed: dict[str, str] = field(default_factory=dict)
    noted_seen: bool = False


def verify(*, noted: str = "") -> Verification:
    """Checks everything; `noted` is a head that was kept from an earlier check."""
    last = AuditEvent.objects.order_by("-sequence").first()
    chain = _read_events(last.sequence if last else 0, noted)
    problems = [
        *chain.problems,
        *_checkpoint_problems(chain),
        *_sealed_problems(chain),
        *_supplement_problems(),
    ]
    if noted and not chain.noted_seen:
        problems.append("记下的指纹不在链上：末尾的记录可能被截掉，或者整条链被重做过。")
    return Verification(chain.events, chain.head, tuple(problems))


def _read_events(until: int, noted: str) -> _Chain:
    chain = _Chain()
    events = AuditEvent.objects.filter(sequence__lte=until).order_by("sequence")
    for event in events.iterator(chunk_size=_CHUNK):
        chain.events += 1
        chain.problems += _event_problems(event, chain)
        chain.sequence, chain.head = event.sequence, event.digest
        chain.noted_seen = chain.noted_seen or event.digest == noted
        if event.action == Action.CHECKPOINT:
            chain.checkpoints[event.pk] = (event.sequence, event.detail)
        elif event.action == Action.REROUTE:
            chain.resealed[event.object_id] = event.detail.get(RESEALED, "")
    return chain


def _event_problems(event: AuditEvent, chain: _Chain) -> Iterator[str]:
    """`chain` stands at the event before."""
    if event.previous != chain.head:
        yield f"第{event.sequence}条与前一条接不上：中间少了记录，或者前面的被改过。"
    if event.digest != event_digest(event):
        yield f"第{event.sequence}条的内容被改过。"
    if event.sequence != chain.sequence + 1:
        yield f"第{chain.sequence}条之后缺了记录，下一条是第{event.sequence}条。"


def _checkpoint_problems(chain: _Chain) -> Iterator[str]:
    """Rows that were recorded and are missing, changed, or were slipped in."""
    rows = Submission.objects.filter(chained_in__isnull=False).order_by("chained_in_id", "id")
    found: dict[int, RowsDigest] = {}
    values = rows.values_list(
        "chained_in_id", "chained_in__sequence", "id", "received_digest", "received_at"
    )
    for event_id, sequence, pk, digest, received_at in values.iterator(chunk_size=_CHUNK):
        if event_id in chain.checkpoints:
            found.setdefault(event_id, RowsDigest()).add(pk, digest, received_at)
        elif sequence <= chain.sequence:
            yield f"信访件 {pk} 记在第{sequence}条上，但那一条不是来件入链。"
    for event_id, (sequence, recorded) in chain.checkpoints.items():
        actual = found.get(event_id, RowsDigest()).detail()
        if actual != recorded:
            yield _difference(sequence, recorded, actual["count"])


def _difference(sequence: int, recorded: object, count: str | int) -> str:
    expected = recorded.get("count") if isinstance(recorded, dict) else None
    if expected == count:
        return f"第{sequence}条所记的{count}件信访件中，有的收件时间或指纹被改过。"
    return f"第{sequence}条记了{expected}件信访件，现在是{count}件。"


def _sealed_problems(chain: _Chain) -> Iterator[str]:
    rows = Submission.objects.order_by("pk").values_list(
        "pk", "received_digest", "sealed_digest", "sealed"
    )
    for pk, received, sealed_digest, sealed in rows.iterator(chunk_size=_CHUNK):
        expected = chain.resealed.get(str(pk), received)
        if sealed_digest == expected and fingerprint(bytes(sealed)) == sealed_digest:
            continue
        yield from _look_again(pk)


def _look_again(pk: UUID) -> Iterator[str]:
    """The row may have been re-routed while we read: now nobody can."""
    with transaction.atomic():
        hold_the_end_of_the_chain()
        row = Submission.objects.filter(pk=pk).first()
        event = AuditEvent.objects.filter(action=Action.REROUTE, object_id=str(pk)).first()
    if row is None:
        yield f"信访件 {pk} 在检查时被删除。"
        return
    if fingerprint(bytes(row.sealed)) != row.sealed_digest:
        yield f"信访件 {pk} 封存的内容被改过。"
    if row.sealed_digest != (event.detail.get(RESEALED) if event else row.received_digest):
        yield f"信访件 {pk} 换过封存，但没有对应的改派记录。"


def _supplement_problems() -> Iterator[str]:
    rows = Supplement.objects.order_by("pk").values_list("pk", "sealed_digest", "sealed")
    for pk, sealed_digest, sealed in rows.iterator(chunk_size=_CHUNK):
        if fingerprint(bytes(sealed)) != sealed_digest:
            yield f"补充材料 {pk} 封存的内容被改过。"
