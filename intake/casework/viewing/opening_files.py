"""Opening one file of an item, in memory, to look at it. Audited."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db import transaction

from intake import audit
from intake.casework.together.item_reader import Reader
from intake.choices import Action
from intake.keeping import sealed_files
from intake.models import Attachment, StaffUser, Submission
from intake.report.documents import UnreadableReport
from intake.report.draft import AttachmentNote
from intake.report.evidence import download_name, numbers_of
from intake.sealing.unsealing import CannotOpen, open_into, open_sealed
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class OpenedFile:
    """A file as it was sent, in memory; `kind` is what its content shows it to be ('jpeg').

    `number` tells it apart where two files of the item have one name, and is else 0.
    """

    name: str
    kind: str
    content: bytes
    number: int = 0


def open_attachment(
    attachment: Attachment,
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
) -> OpenedFile:
    """Opens one file in memory, to look at; and records it.

    Raises CannotOpen when it is damaged or gone.
    """
    item = attachment.submission
    reader = Reader(item, keyring)
    note = note_of(attachment, reader)
    content = open_sealed(sealed_file_of(attachment, reader), reader.secret)
    if not note.is_about(content):
        raise CannotOpen("the file is not the one that the report was sent with")
    number = number_of(attachment, reader)
    told = which_file(attachment)
    with transaction.atomic():
        audit.record(Action.VIEW_EVIDENCE, by=by, at=at, obj=item, desk=reader.desk, **told)
    return OpenedFile(note.name, attachment.kind, content, number)


def which_file(attachment: Attachment) -> dict[str, Any]:
    """As an event names it."""
    return {
        "came_with": "supplement" if attachment.supplement_id else "report",
        "position": attachment.position,
        "attachment": str(attachment.pk),
    }


def opened_in_memory(attachment: Attachment, reader: Reader) -> IO[bytes]:
    """The whole file as it was sent, on no disk. Raises CannotOpen as `open_attachment` does.

    It is read piece by piece: whatever its size, it stands in memory once.
    """
    note = note_of(attachment, reader)
    name, digest = reader.file(attachment)
    plain = os.fdopen(os.memfd_create("evidence"), "w+b")
    try:
        with verified(name, digest) as sealed:
            open_into(sealed, plain, reader.secret)
        plain.seek(0)
        refuse_another(note, hashlib.file_digest(plain, "sha256").hexdigest())
    except BaseException:
        plain.close()
        raise
    plain.seek(0)
    return plain


def verified(name: str, digest: str) -> IO[bytes]:
    """The sealed file, to be read from its beginning, if it is the one that was stored."""
    try:
        found = sealed_files.fingerprint(name)
        sealed = sealed_files.opened(name)
    except FileNotFoundError as error:
        raise CannotOpen("the sealed file is gone") from error
    if found != digest:
        sealed.close()
        raise CannotOpen("the sealed file is not the one that was stored")
    return sealed


def refuse_another(note: AttachmentNote, sha256: str) -> None:
    """Of an old note nobody can say whether it is about the file."""
    if note.sha256 not in ("", sha256):
        raise CannotOpen("the file is not the one that the report was sent with")


def note_of(attachment: Attachment, reader: Reader) -> AttachmentNote:
    """What the sealed report says about the file that came with it."""
    if attachment.supplement:
        notes = reader.supplement(attachment.supplement).attachments
    else:
        notes = reader.report.attachments
    if not 1 <= attachment.position <= len(notes):
        raise CannotOpen("the report knows no such file")
    return notes[attachment.position - 1]


def number_of(attachment: Attachment, reader: Reader) -> int:
    """As in the item's list, where the names of its files do not tell them apart."""
    files = dict(_all_files_of(attachment.submission, reader))
    saved = [download_name(note.name, note.kind) for note in files.values()]
    copies = [download_name(note.name, "jpeg") for note in files.values()]
    numbers = dict(zip(files, numbers_of(saved, copies), strict=True))
    return numbers.get((attachment.supplement_id, attachment.position), 0)


def _all_files_of(
    item: Submission, reader: Reader
) -> Iterator[tuple[tuple[object, int], AttachmentNote]]:
    """((supplement, position), note) of each file; of what cannot be opened, none."""
    for row in (None, *item.supplements.all()):
        try:
            notes = (reader.supplement(row) if row else reader.report).attachments
        except (CannotOpen, UnreadableReport):
            continue
        for position, note in enumerate(notes, start=1):
            yield (row.pk if row else None, position), note


def sealed_file_of(attachment: Attachment, reader: Reader) -> bytes:
    """As it was stored. Raises CannotOpen when it is damaged or gone."""
    name, digest = reader.file(attachment)
    try:
        sealed = sealed_files.read(name)
    except FileNotFoundError as error:
        raise CannotOpen("the sealed file is gone") from error
    if audit.fingerprint(sealed) != digest:
        raise CannotOpen("the sealed file is not the one that was stored")
    return sealed
