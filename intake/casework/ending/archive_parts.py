"""Which parts an archive of a round has, and of what each is made; one table."""

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Model

from inspection.models import Round
from intake.casework.ending import archived_papers
from intake.casework.ending.archived_item import entries_of
from intake.choices import Status
from intake.models import (
    Attachment,
    BoxOpening,
    CaseFile,
    Desk,
    StaffUser,
    Submission,
    Supplement,
    TransferList,
)
from intake.retention.zip_pieces import Entry
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True)
class Source:
    """What one part is made of; `state` changes whenever a person changed something of it."""

    kind: str
    row_key: str
    state: str


def sources(round_: Round) -> Iterator[Source]:
    """Everything that goes into the archive: what two people appraised as not worth it does not."""
    yield from _items(round_)
    for row in TransferList.objects.filter(round=round_).order_by("made_at", "pk"):
        yield Source("list", str(row.pk), _digest(row.version, row.state, row.sealed_digest))
    for opening in BoxOpening.objects.filter(round=round_).order_by("opened_at", "pk"):
        told = (opening.confirmed_at, opening.explained_at, opening.agreed_at, opening.count)
        yield Source("opening", str(opening.pk), _digest(*told))
    everything = Submission.objects.filter(round=round_).order_by("pk")
    versions = everything.values_list("pk", "version", "status")
    yield Source("round", str(round_.pk), _digest(*versions.iterator(2000)))


def _items(round_: Round) -> Iterator[Source]:
    items = Submission.objects.filter(round=round_).exclude(status=Status.NOT_ARCHIVED)
    items = items.exclude(pk__in=Submission.objects.for_the_superior().values("pk"))
    about = {"submission__round": round_}
    added = _grouped(Supplement.objects.filter(**about).values_list("submission", "pk"))
    files = _grouped(Attachment.objects.filter(**about).values_list("submission", "pk"))
    cases = _grouped(CaseFile.objects.filter(**about).values_list("submission", "desk", "version"))
    facts = items.order_by("number_series", "number", "pk")
    for pk, version, status, received in facts.values_list(
        "pk", "version", "status", "received_digest"
    ):
        told = (added.get(pk), files.get(pk), cases.get(pk))
        yield Source("item", str(pk), _digest(version, status, received, *told))


def _grouped(rows: Any) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for key, *values in rows.iterator(2000):
        found.setdefault(key, []).append(str(values))
    return {key: sorted(values) for key, values in found.items()}


def _digest(*values: object) -> str:
    return hashlib.sha256("\0".join(map(str, values)).encode()).hexdigest()


def row_of(source: Source) -> tuple[Any, Desk]:
    """The row itself, and at which desk its event happens."""
    model = _MODELS[source.kind]
    row: Any = model._default_manager.get(pk=source.row_key)
    desk = Desk.objects.of_offices().get(round=row) if isinstance(row, Round) else row.desk
    return row, desk


def entries(
    source: Source, row: Any, desk: Desk, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """The files of a part, opened one at a time."""
    if source.kind == "round":
        return archived_papers.entries_of_round(row, desk, keyring, by=by, at=at)
    return _ENTRIES[source.kind](row, keyring, by=by, at=at)


def next_position(positions: Any) -> int:
    """The first number that no part has."""
    return int(positions.aggregate(last=Max("position"))["last"] or 0) + 1


_MODELS: dict[str, type[Model]] = {
    "item": Submission,
    "list": TransferList,
    "opening": BoxOpening,
    "round": Round,
}
_ENTRIES: dict[str, Callable[..., Iterator[Entry]]] = {
    "item": entries_of,
    "list": archived_papers.entries_of_list,
    "opening": archived_papers.entries_of_opening,
}
