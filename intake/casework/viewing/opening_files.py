"""Opening one file of an item, to look at it. Audited."""

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any

from django.db import transaction

from intake import audit
from intake.casework.together.item_reader import Reader
from intake.casework.viewing import unhurried
from intake.choices import Action
from intake.models import Attachment, StaffUser, Submission
from intake.report.documents import UnreadableReport
from intake.report.draft import AttachmentNote
from intake.report.evidence import download_name, numbers_of
from intake.sealing.opening_anywhere import OpenedAnywhere
from intake.sealing.opening_streams import digest_of_opened
from intake.sealing.unsealing import CannotOpen, open_into
from intake.staff.keyring import Keyring


@dataclass(frozen=True, slots=True, repr=False)
class OpenedFile:
    """A file as it was sent; `kind` is what its content shows it to be ('jpeg').

    `opened` is to be read, piece by piece, and closed: no piece stands anywhere in clear but the
    last one. `number` tells it apart where two files of the item have one name, and is else 0.
    """

    name: str
    kind: str
    opened: OpenedAnywhere
    number: int = 0


def open_attachment(
    attachment: Attachment,
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
) -> OpenedFile:
    """Opens one file, to look at; and records it.

    Raises CannotOpen when it is damaged or gone.
    """
    item = attachment.submission
    reader = Reader(item, keyring)
    found = opened_whole(attachment, reader)
    told = which_file(attachment)
    with transaction.atomic():
        audit.record(Action.VIEW_EVIDENCE, by=by, at=at, obj=item, desk=reader.desk, **told)
    return found


def opened_whole(attachment: Attachment, reader: Reader) -> OpenedFile:
    """A file of which all that follows was read once, and forgotten, however large it is.

    A sealed file that was cut off gives its first pieces before it fails. Raises CannotOpen for
    one that is damaged, another one or gone.
    """
    note = note_of(attachment, reader)
    number = number_of(attachment, reader)
    sealed = verified(*reader.file(attachment))
    try:
        refuse_another(note, digest_of_opened(sealed, reader.secret))
        opened = OpenedAnywhere(sealed, reader.secret)
    except CannotOpen:
        sealed.close()
        raise
    return OpenedFile(note.name, attachment.kind, opened, number)


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
        sealed = unhurried.opened(name)
    except FileNotFoundError as error:
        raise CannotOpen("the sealed file is gone") from error
    if unhurried.fingerprint(sealed) != digest:
        sealed.close()
        raise CannotOpen("the sealed file is not the one that was stored")
    return sealed


def refuse_another(note: AttachmentNote, sha256: str) -> None:
    """Raises CannotOpen."""
    if not note.is_about(sha256):
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
