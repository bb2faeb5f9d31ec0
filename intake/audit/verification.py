"""Recomputes the chain, and compares it with the rows that it covers.

It holds no lock while it reads: it looks only at what stood in the chain when it began. What was
cut off at the end it cannot see; for that the head is noted on paper and given back as `noted`.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.audit.chain import FIRST, event_digest
from intake.audit.rows import KINDS, Kind, RowsDigest
from intake.audit.seals import details_of, resealed_by, seal_problems
from intake.choices import Action
from intake.models import AuditEvent

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
    checkpoints: dict[int, tuple[int, dict[str, object]]] = field(default_factory=dict)
    resealed: dict[str, str] = field(default_factory=dict)
    noted_seen: bool = False


def verify(*, noted: str = "") -> Verification:
    """Checks everything; `noted` is a head that was kept from an earlier check."""
    last = AuditEvent.objects.order_by("-sequence").first()
    chain = _read_events(last.sequence if last else 0, noted)
    problems = [
        *chain.problems,
        *(problem for kind in KINDS for problem in _checkpoint_problems(kind, chain)),
        *seal_problems(chain.resealed),
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
            chain.checkpoints[event.pk] = (event.sequence, details_of(event))
        elif event.action == Action.REROUTE:
            chain.resealed |= resealed_by(event)
    return chain


def _event_problems(event: AuditEvent, chain: _Chain) -> Iterator[str]:
    """`chain` stands at the event before."""
    if event.previous != chain.head:
        yield f"第{event.sequence}条与前一条接不上：中间少了记录，或者前面的被改过。"
    if event.digest != event_digest(event):
        yield f"第{event.sequence}条的内容被改过。"
    if event.sequence != chain.sequence + 1:
        yield f"第{chain.sequence}条之后缺了记录，下一条是第{event.sequence}条。"


def _checkpoint_problems(kind: Kind, chain: _Chain) -> Iterator[str]:
    """Rows that were recorded and are missing, changed, or were slipped in."""
    found: dict[int, RowsDigest] = {}
    for event_id, sequence, *values in kind.chained_rows():
        if event_id in chain.checkpoints:
            found.setdefault(event_id, RowsDigest()).add(values)
        elif sequence <= chain.sequence:
            yield f"{kind.name} {values[0]} 记在第{sequence}条上，但那一条不是来件入链。"
    for event_id, (sequence, recorded) in chain.checkpoints.items():
        yield from _differences(kind, sequence, recorded, found.get(event_id, RowsDigest()))


def _differences(
    kind: Kind, sequence: int, recorded: dict[str, object], actual: RowsDigest
) -> Iterator[str]:
    """An event says nothing of a kind of which there was nothing new."""
    count = recorded.get(kind.count_as, 0)
    if count != actual.count:
        yield f"第{sequence}条记了{count}{kind.words}，现在是{actual.count}{kind.unit}。"
    elif recorded.get(kind.digest_as, RowsDigest().hexdigest()) != actual.hexdigest():
        yield f"第{sequence}条所记的{count}{kind.words}中，{kind.changed}。"
