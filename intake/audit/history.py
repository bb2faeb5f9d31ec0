"""What the events say, read in their order: whether they hold together, and how each row stands.

All before the last genuine CLOSE_CHAIN event was written without a key, or under one that is
lost: of that part only the digests are compared.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from django.db.models import QuerySet

from intake.audit.chain import FIRST, has_its_digest, is_genuine
from intake.audit.covered import BY_NAME
from intake.audit.keyed import PRINT_LENGTH
from intake.choices import Action
from intake.models import AuditEvent
from intake.models.stored_values import stored_values

# No number is larger; SQLite sorts a word behind all of them.
LAST_NUMBER = 2**63 - 1


@dataclass(slots=True)
class Known:
    """How a row must stand: the event that recorded it, and the prints of its columns."""

    event: int
    columns: tuple[str, ...]
    prints: str

    def get(self, column: str) -> str | None:
        """The print of one column; None when it is younger than the record."""
        if column not in self.columns:
            return None
        start = self.columns.index(column) * PRINT_LENGTH
        return self.prints[start : start + PRINT_LENGTH]

    def set(self, column: str, value: str) -> None:
        """Takes a later value over."""
        if column not in self.columns:
            self.columns, self.prints = (*self.columns, column), self.prints + value
            return
        start = self.columns.index(column) * PRINT_LENGTH
        self.prints = self.prints[:start] + value + self.prints[start + PRINT_LENGTH :]


@dataclass
class History:
    """Grows with each `read`; `noted` is a head that was kept on paper."""

    noted: str = ""
    events: int = 0
    sequence: int = 0
    head: str = FIRST
    # Found out where it is not given.
    closed: int = 0
    noted_seen: bool = False
    problems: list[str] = field(default_factory=list)
    forged: list[int] = field(default_factory=list)
    rows: dict[str, dict[str, Known]] = field(default_factory=lambda: {n: {} for n in BY_NAME})

    def __post_init__(self) -> None:
        self.closed = self.closed or last_closing()

    def read(self, until: int | None = None) -> None:
        """Reads on from where it stands; to the end, or to the event with this number."""
        events = AuditEvent.objects.filter(sequence__gt=self.sequence).order_by("sequence")
        if until is not None:
            events = events.filter(sequence__lte=until)
        for event in as_they_stand(events):
            self.take(event)

    def take(self, event: AuditEvent) -> None:
        """Reads the next event."""
        self.events += 1
        if not isinstance(event.sequence, int):
            self.problems.append("有一条记录的序号不是数字：不是本网站写的，或者被改过。")
            return
        self.problems += self._problems_of(event)
        self.sequence, self.head = event.sequence, event.digest
        self.noted_seen = self.noted_seen or event.digest == self.noted

    @property
    def knows_no_key(self) -> bool:
        """Whether not one event bears the code of this site's key."""
        return bool(self.forged) and len(self.forged) == self.events

    def _problems_of(self, event: AuditEvent) -> Iterator[str]:
        if event.previous != self.head:
            yield f"第{event.sequence}条与前一条接不上：中间少了记录，或者前面的被改过。"
        if event.sequence != self.sequence + 1:
            yield f"第{self.sequence}条之后缺了记录，下一条是第{event.sequence}条。"
        if not has_its_digest(event):
            yield f"第{event.sequence}条的内容被改过。"
        if event.sequence < self.closed:
            return
        if is_genuine(event):
            yield from self._take(event)
        else:
            self.forged.append(event.sequence)

    def _take(self, event: AuditEvent) -> Iterator[str]:
        """What a genuine event says of rows; who made it saw to it that it has this shape."""
        covers: dict[str, Any] = event.covers
        for name, made in covers.get("made", {}).items():
            columns = tuple(covers["columns"][name])
            for pk, prints in made.items():
                if pk in self.rows[name]:
                    yield f"{BY_NAME[name].words} {pk} 在第{event.sequence}条又记了一次。"
                self.rows[name][pk] = Known(event.pk, columns, prints)
        for name, changed in covers.get("changed", {}).items():
            for pk, changes in changed.items():
                yield from self._change(event, name, pk, changes)
        for name, removed in covers.get("removed", {}).items():
            for pk in removed:
                self.rows[name].pop(pk, None)

    def _change(
        self, event: AuditEvent, name: str, pk: str, changes: dict[str, list[str]]
    ) -> Iterator[str]:
        known = self.rows[name].get(pk)
        if known is None:
            # That no event made the row is told when it is compared.
            return
        for column, (before, after) in changes.items():
            if known.get(column) not in (None, before):
                words = BY_NAME[name].columns[column]
                yield f"{BY_NAME[name].words} {pk} 的{words}在第{event.sequence}条以前被改过。"
            known.set(column, after)


def last_closing() -> int:
    """The number of the last genuine closing; 1 where nothing was closed."""
    closings = AuditEvent.objects.filter(action=Action.CLOSE_CHAIN).order_by("-sequence")
    genuine = (event.sequence for event in as_they_stand(closings) if is_genuine(event))
    return next(genuine, 1)


def as_they_stand(events: QuerySet[AuditEvent]) -> Iterator[AuditEvent]:
    """Events also with values that are none of their columns' kind."""
    names = [column.attname for column in AuditEvent._meta.concrete_fields]
    for values in stored_values(events, *names):
        yield AuditEvent.from_db(events.db, names, values)
