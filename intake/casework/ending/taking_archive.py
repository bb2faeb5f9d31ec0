"""Taking a verified archive away: every sealed file of its folder in one zip. Audited."""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake import audit
from intake.casework.ending import archive_words
from intake.casework.ending.starting_archive import may_end
from intake.choices import Action
from intake.models import RoundArchive, StaffUser
from intake.retention.zip_pieces import Entry, zipped


def take(archive: RoundArchive, *, by: StaffUser, at: datetime) -> Iterator[bytes]:
    """The event stands before the first byte. Raises PermissionDenied."""
    if not may_end(archive.round, by):
        raise PermissionDenied
    with transaction.atomic():
        audit.record(
            Action.TAKE_ARCHIVE,
            by=by,
            at=at,
            obj=archive.round,
            archive=archive.name,
            count=archive.part_count,
        )
    return zipped(_files(archive), at=at)


def _files(archive: RoundArchive) -> Iterator[Entry]:
    """One at a time; a part is as large as the files of one item."""
    folder = Path(archive.folder)
    for name in (archive_words.README, archive_words.SUMS, archive_words.CONTENTS):
        yield f"{archive.name}/{name}", (folder / name).read_bytes()
    for part in archive.parts.all():
        yield f"{archive.name}/{part.file_name}", (folder / part.file_name).read_bytes()
