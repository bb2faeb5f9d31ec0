"""归档包: a round's papers, words and originals, sealed to the archive part by part. Audited.

What was done stands in rows, so that a crash anywhere is gone on from: a part whose row stands
gets its name, one without a row is written again. No part is longer in memory than one file.
"""

from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.models import Round
from inspection.wording import moment_words
from intake import audit
from intake.casework.ending import archive_contents, archive_words
from intake.casework.ending.archive_parts import Source, entries, next_position, row_of, sources
from intake.casework.ending.standing_in_way import Obstacle, obstacles
from intake.casework.ending.starting_archive import CannotArchive, may_end
from intake.choices import Action
from intake.models import ArchivePart, Desk, RoundArchive, StaffUser
from intake.retention.archive_folder import (
    ArchiveDamaged,
    give_its_name,
    has_its_name,
    is_there,
    write_clear,
    write_part,
)
from intake.staff.keyring import Keyring, NoDeskAccess
from intake.stepping.slices import Progress


def go_on(
    archive: RoundArchive, keyring: Keyring, *, by: StaffUser, at: datetime
) -> Iterator[Progress]:
    """Writes what is missing, checks all of it once more, and says so after each part.

    Raises CannotArchive, CannotOpen, ArchiveDamaged, NoDeskAccess, OSError.
    """
    if not may_end(archive.round, by) or keyring.user != by:
        raise PermissionDenied
    if archive.is_verified:
        yield from _done(archive)
        return
    _refuse_without_keys(archive.round, keyring)
    if found := list(obstacles(archive.round, by=by, at=at)):
        raise CannotArchive(*found)
    wanted = list(sources(archive.round))
    _refuse_what_left(archive, wanted)
    written = {(part.kind, part.row_key): part for part in archive.parts.all()}
    for done, source in enumerate(wanted, start=1):
        part = written.get((source.kind, source.row_key))
        if part is None or part.state != source.state or not _lies_there(archive, part):
            _write(archive, source, part, keyring, by=by, at=at)
            yield Progress(done, len(wanted), words="逐份写入")
    yield from _check_again(archive)
    _finish(archive, by=by, at=at)
    yield from _done(archive)


def _done(archive: RoundArchive) -> Iterator[Progress]:
    """A crash may have left the contents, which came last, without their name."""
    if not is_there(Path(archive.folder) / archive_words.CONTENTS, archive.manifest_sha256):
        raise ArchiveDamaged(archive_words.CONTENTS)
    yield Progress(archive.part_count, archive.part_count, is_over=True)


def _refuse_without_keys(round_: Round, keyring: Keyring) -> None:
    """Before anything is written: one desk that does not open would stop it in the middle."""
    for desk in Desk.objects.visible_to(keyring.user).filter(round=round_):
        try:
            keyring.desk_secret(desk)
        except NoDeskAccess:
            raise CannotArchive(Obstacle(f"您的密钥打不开受理席：{desk}。")) from None


def _refuse_what_left(archive: RoundArchive, wanted: list[Source]) -> None:
    """An item that is not to be archived after all has no part any more."""
    keys = {(one.kind, one.row_key) for one in wanted}
    for part in archive.parts.all():
        if (part.kind, part.row_key) not in keys:
            raise CannotArchive(
                Obstacle(
                    "归档包里有一份不该再在里面，例如后来改成了不归档。请重新做一个，旧的作废。"
                )
            )


def _lies_there(archive: RoundArchive, part: ArchivePart) -> bool:
    """Named files are not read for it: each slice asks, and all are read once at the end."""
    path = Path(archive.folder) / part.file_name
    return part.is_checked or has_its_name(path) or is_there(path, part.sealed_sha256)


def _write(
    archive: RoundArchive,
    source: Source,
    part: ArchivePart | None,
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
) -> None:
    """The event and the row stand before the file has its name."""
    row, desk = row_of(source)
    is_new = part is None
    if part is None:
        position = next_position(archive.parts)
        part = ArchivePart(
            archive=archive, kind=source.kind, row_key=source.row_key, position=position
        )
    path = Path(archive.folder) / part.file_name
    files = entries(source, row, desk, keyring, by=by, at=at)
    made = write_part(path, files, recipient=archive.recipient, at=at)
    part.state, part.size, part.sealed_sha256 = source.state, made.size, made.sha256
    part.is_checked = False
    with transaction.atomic():
        if is_new:
            part.save(force_insert=True)
        audit.record(
            Action.ARCHIVE_PART,
            by=by,
            at=at,
            obj=row,
            desk=desk,
            made=[part] if is_new else [],
            changed=[] if is_new else [part],
            archive=archive.name,
            part=part.position,
            part_digest=made.sha256,
        )
        if not is_new:
            part.save(update_fields=["state", "size", "sealed_sha256", "is_checked"])
    give_its_name(path)


def _check_again(archive: RoundArchive) -> Iterator[Progress]:
    """Every file as it lies on the disk now, against its row."""
    parts = archive.parts.all()
    total = parts.count()
    for part in parts.filter(is_checked=False):
        path = Path(archive.folder) / part.file_name
        if not is_there(path, part.sealed_sha256):
            # Whoever goes on writes it again.
            path.unlink(missing_ok=True)
            raise ArchiveDamaged(part.file_name)
        ArchivePart.objects.filter(pk=part.pk).update(is_checked=True)
        yield Progress(part.position, total, words="再核对一遍")


def _finish(archive: RoundArchive, *, by: StaffUser, at: datetime) -> None:
    """The contents, sealed with the words that prove who could open them; then all is verified."""
    folder, proof = Path(archive.folder), archive_contents.new_proof()
    path = folder / archive_words.CONTENTS
    made = write_part(
        path, archive_contents.contents(archive, proof, by), recipient=archive.recipient, at=at
    )
    count = archive.parts.count()
    archive.verified_at, archive.part_count = at, count
    archive.manifest_sha256, archive.proof = (
        made.sha256,
        archive_contents.proof_digest(archive, proof),
    )
    text = archive_words.readme(
        title=archive.round.title,
        name=archive.name,
        made=moment_words(at, archive.round.zone),
        parts=count,
    )
    write_clear(folder / archive_words.README, text)
    write_clear(folder / archive_words.SUMS, archive_contents.sums_of(archive, made.sha256))
    with transaction.atomic():
        audit.record(
            Action.VERIFY_ARCHIVE,
            by=by,
            at=at,
            obj=archive.round,
            changed=[archive],
            archive=archive.name,
            count=count,
            part_digest=made.sha256,
        )
        archive.save(update_fields=["verified_at", "part_count", "manifest_sha256", "proof"])
    give_its_name(path)
