"""Scans on their way into a letter: sealed to the clerk's own key until it is saved.

They stay for the case that the same sheet is sent twice, and are swept (`retention.sweeping`).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction

from intake.arriving.arrivals import Arrival
from intake.arriving.spooling.spool import Spool
from intake.arriving.spooling.spooled_content import SpoolSink
from intake.casework.viewing.viewing_copies import pages_in
from intake.keeping import sealed_files
from intake.keeping.new_files import new_files
from intake.models import DraftScan
from intake.report import receipts
from intake.report.documents import UnreadableReport, facts_in, to_bytes
from intake.report.draft import Attachment
from intake.sealing.unsealing import CannotOpen
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class ScanNote:
    """What is shown of a scan without opening it whole."""

    pk: UUID
    name: str
    kind: str
    size: int
    marks: tuple[str, ...]
    # Of a document that is shown page by page; 0 of all else.
    pages: int = 0


def keep(
    files: Sequence[Attachment], *, nonce: str, keyring: Keyring, real_at: datetime
) -> list[ScanNote]:
    """Seals files beside the sheet, in their order; a row names nothing that is not there."""
    sheet, notes = _sheet(nonce), []
    for place, file in enumerate(files):
        facts = {"name": file.name, "kind": file.kind, "size": file.size}
        note = to_bytes("scan", **facts, marks=list(file.marks), pages=pages_in(file))
        # The pages of one letter are dropped together and stay in their order.
        created_at = real_at + timedelta(microseconds=place)
        row = DraftScan(user=keyring.user, sheet=sheet, created_at=created_at)
        row.sealed_note = keyring.seal_own(note)
        with new_files() as kept:
            row.sealed_file = kept.write_by(keyring.own_sealer(file.content).into)
            row.save(force_insert=True)
            kept.are_named()
        notes.append(_note(row, keyring))
    return notes


def found(nonce: str, keyring: Keyring) -> list[ScanNote]:
    """The clerk's own scans of this sheet, in their order; none that an older key had sealed."""
    notes = []
    for row in DraftScan.objects.filter(user=keyring.user, sheet=_sheet(nonce)):
        try:
            notes.append(_note(row, keyring))
        except (CannotOpen, UnreadableReport):
            continue
    return notes


def content_of(pk: UUID, keyring: Keyring) -> Attachment:
    """One of the clerk's own, opened. Raises DraftScan.DoesNotExist, or CannotOpen."""
    row = DraftScan.objects.get(user=keyring.user, pk=pk)
    return _opened(row, keyring, _own_spool())


def opened_of(nonce: str, keyring: Keyring) -> tuple[Attachment, ...]:
    """All of a sheet, opened, to be sealed with its letter. Raises CannotOpen."""
    rows, spool = DraftScan.objects.filter(user=keyring.user, sheet=_sheet(nonce)), _own_spool()
    return tuple(_opened(row, keyring, spool) for row in rows)


def take_off(pk: UUID, keyring: Keyring) -> None:
    """Removes one of the clerk's own."""
    for row in DraftScan.objects.filter(user=keyring.user, pk=pk):
        with transaction.atomic():
            row.delete()
            sealed_files.remove(row.sealed_file)


def _own_spool() -> Spool:
    """Where opened scans wait, encrypted anew, until they are sealed or shown."""
    return Spool(Arrival(), settings.SPOOL_ROOT)


def _opened(row: DraftScan, keyring: Keyring, spool: Spool) -> Attachment:
    note, sink = _note(row, keyring), SpoolSink(spool)
    try:
        with sealed_files.opened(row.sealed_file) as sealed:
            keyring.open_own_into(sealed, sink)
    except FileNotFoundError as error:
        raise CannotOpen("the sealed scan is gone") from error
    except CannotOpen:
        sink.tell_of_a_full_disk()
        raise
    return Attachment(note.name, note.kind, sink.incoming.whole(), marks=note.marks)


def _note(row: DraftScan, keyring: Keyring) -> ScanNote:
    facts = facts_in("scan", keyring.open_own(bytes(row.sealed_note)))
    marks, pages = tuple(facts["marks"]), facts.get("pages", 0)
    return ScanNote(row.pk, facts["name"], facts["kind"], facts["size"], marks, pages)


def _sheet(nonce: str) -> str:
    return receipts.idempotency_key(nonce, "scans", settings.RECEIPT_KEY)
