"""Which parts an archive of a round has, and of what each is made; one table."""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Model

from inspection.models import Round
from intake.casework.ending import archived_papers
from intake.casework.ending.archived_item import entries_of
from intake.casework.ending.archived_papers import Lot
from intake.choices import PaperCode, Status
from intake.models import (
    Attachment,
    BoxOpening,
    CaseFile,
    Desk,
    SealedMatter,
    StaffUser,
    Submission,
    Supplement,
    TransferList,
)
from intake.retention.zip_pieces import Entry
from intake.staff.keyring import Keyring

# So many rows make one part, which is made in one step however large the round is.
LOTS = {"ledger": 500, "register": 200, "appraisals": 1000}


@dataclass(frozen=True, slots=True)
class Source:
    """What one part is made of; `state` changes whenever a person changed something of it.

    A part of the whole round has the round's key, then which of it: '7/not-archived/2'.
    """

    kind: str
    row_key: str
    state: str


def sources(round_: Round) -> Iterator[Source]:
    """Everything that goes into the archive: what two people appraised as not worth it does not."""
    told = list(_told_of_items(round_))
    for key, status, state in told:
        if status != Status.NOT_ARCHIVED:
            yield Source("item", key, state)
    for row in TransferList.objects.filter(round=round_).order_by("made_at", "pk"):
        yield Source("list", str(row.pk), _digest(row.version, row.state, row.sealed_digest))
    for opening in BoxOpening.objects.filter(round=round_).order_by("opened_at", "pk"):
        seen = (opening.confirmed_at, opening.explained_at, opening.agreed_at, opening.count)
        yield Source("opening", str(opening.pk), _digest(*seen))
    yield from _lots("ledger", f"{round_.pk}", told)
    left_out = [one for one in told if one[1] == Status.NOT_ARCHIVED]
    sealed = SealedMatter.objects.filter(round=round_).order_by("number").values_list()
    for code, rows in ((PaperCode.SEALED, list(sealed)), (PaperCode.NOT_ARCHIVED, left_out)):
        yield from _lots("register", f"{round_.pk}/{code}", rows)
    facts = ("pk", "is_live", "appraisal__settled_at", "appraisal__dropped_by")
    appraised = archived_papers.entries_of_lists(round_).values_list(*facts)
    yield from _lots("appraisals", f"{round_.pk}", list(appraised))


def _lots(kind: str, key: str, rows: Sequence[object]) -> Iterator[Source]:
    """So many rows a part, and one part where there is no row."""
    most = LOTS[kind]
    for place, start in enumerate(range(0, max(len(rows), 1), most), start=1):
        yield Source(kind, f"{key}/{place}", _digest(*rows[start : start + most]))


def _told_of_items(round_: Round) -> Iterator[tuple[str, str, str]]:
    """Key, status and state of each, in the order of the ledger."""
    items = archived_papers.items_of(round_)
    about = {"submission__round": round_}
    added = _grouped(Supplement.objects.filter(**about).values_list("submission", "pk"))
    files = _grouped(Attachment.objects.filter(**about).values_list("submission", "pk"))
    cases = _grouped(CaseFile.objects.filter(**about).values_list("submission", "desk", "version"))
    facts = items.values_list("pk", "version", "status", "received_digest")
    for pk, version, status, received in facts.iterator(2000):
        told = (added.get(pk), files.get(pk), cases.get(pk))
        yield str(pk), status, _digest(version, status, received, *told)


def _grouped(rows: Any) -> dict[Any, list[str]]:
    found: dict[Any, list[str]] = {}
    for key, *values in rows.iterator(2000):
        found.setdefault(key, []).append(str(values))
    return {key: sorted(values) for key, values in found.items()}


def _digest(*values: object) -> str:
    return hashlib.sha256("\0".join(map(str, values)).encode()).hexdigest()


def row_of(source: Source) -> tuple[Any, Desk]:
    """The row itself, and at which desk its event happens."""
    model = _MODELS.get(source.kind, Round)
    row: Any = model._default_manager.get(pk=source.row_key.partition("/")[0])
    desk = Desk.objects.of_offices().get(round=row) if isinstance(row, Round) else row.desk
    return row, desk


def entries(
    source: Source, row: Any, desk: Desk, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Entry]:
    """The files of a part, opened one at a time."""
    if source.kind in _MODELS:
        return _ENTRIES[source.kind](row, keyring, by=by, at=at)
    *code, place = source.row_key.split("/")[1:]
    most = LOTS[source.kind]
    lot = Lot((int(place) - 1) * most, most)
    if source.kind == "register":
        return archived_papers.entries_of_register(code[0], lot, row, desk, by=by, at=at)
    return _OF_ROUND[source.kind](lot, row, keyring, by=by, at=at)


def next_position(positions: Any) -> int:
    """The first number that no part has."""
    return int(positions.aggregate(last=Max("position"))["last"] or 0) + 1


_MODELS: dict[str, type[Model]] = {
    "item": Submission,
    "list": TransferList,
    "opening": BoxOpening,
}
_ENTRIES: dict[str, Callable[..., Iterator[Entry]]] = {
    "item": entries_of,
    "list": archived_papers.entries_of_list,
    "opening": archived_papers.entries_of_opening,
}
_OF_ROUND: dict[str, Callable[..., Iterator[Entry]]] = {
    "ledger": archived_papers.entries_of_ledger,
    "appraisals": archived_papers.entries_of_appraisals,
}
