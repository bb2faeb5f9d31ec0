"""Which rows the chain covers, and what of each: only what never changes once it is stored."""

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from django.db.models import Model, QuerySet

from intake.models import Attachment, AuditEvent, Submission, Supplement

_CHUNK = 2000


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of row, and under which names a CHECKPOINT event counts it and sums it up."""

    model: type[Model]
    unit: str
    changed: str
    count_as: str
    digest_as: str
    fields: tuple[str, ...]

    @property
    def name(self) -> str:
        """'信访件'."""
        return str(self.model._meta.verbose_name)

    @property
    def words(self) -> str:
        """'件信访件', to stand behind a number."""
        return f"{self.unit}{self.name}"

    def rows(self) -> QuerySet[Any, Any]:
        """All rows of the kind."""
        return self.model._default_manager.all()

    def new_rows(self) -> Iterator[tuple[Any, ...]]:
        """The fields of the rows that no event has recorded yet."""
        new = self.rows().filter(chained_in__isnull=True).order_by("id")
        yield from new.values_list(*self.fields)

    def chained_rows(self) -> Iterator[tuple[Any, ...]]:
        """Event, the event's sequence and the fields of each recorded row, event by event."""
        chained = self.rows().filter(chained_in__isnull=False).order_by("chained_in_id", "id")
        values = chained.values_list("chained_in_id", "chained_in__sequence", *self.fields)
        yield from values.iterator(chunk_size=_CHUNK)


KINDS = (
    Kind(
        Submission,
        "件",
        "有的收件时间或指纹被改过",
        "count",
        "digest",
        ("id", "received_digest", "received_at"),
    ),
    Kind(
        Supplement,
        "份",
        "有的收到时间或指纹被改过，或者被挪到了别的信访件",
        "supplements",
        "supplements_digest",
        ("id", "submission_id", "received_digest", "received_at"),
    ),
    Kind(
        Attachment,
        "份",
        "有的指纹或顺序被改过，或者被挪到了别的信访件",
        "attachments",
        "attachments_digest",
        ("id", "submission_id", "supplement_id", "position", "received_digest"),
    ),
)


class RowsDigest:
    """Collects rows of one kind, in the order of their ids, into what a CHECKPOINT carries."""

    def __init__(self) -> None:
        self.count = 0
        self._hash = hashlib.sha256()

    def add(self, values: Iterable[object]) -> None:
        """Adds the fields of one row."""
        self.count += 1
        self._hash.update(canonical([_plain(value) for value in values]) + b"\n")

    def hexdigest(self) -> str:
        """What stands for all rows."""
        return self._hash.hexdigest()


def count_words(checkpoint: AuditEvent) -> str:
    """'3件信访件、1份补充材料': what a CHECKPOINT event recorded."""
    counts = ((checkpoint.detail.get(kind.count_as), kind.words) for kind in KINDS)
    return "、".join(f"{count}{words}" for count, words in counts if count)


def canonical(value: object) -> bytes:
    """The one way in which a value is written to be digested."""
    return json.dumps(
        value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False
    ).encode()


def iso(at: datetime) -> str:
    """A moment as it is digested."""
    return at.astimezone(UTC).isoformat(timespec="microseconds")


def _plain(value: object) -> object:
    if value is None or isinstance(value, int):
        return value
    return iso(value) if isinstance(value, datetime) else str(value)
