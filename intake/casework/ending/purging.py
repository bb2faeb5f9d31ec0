"""清理: a round's identities and sealed content are destroyed, once the archive took over. Audited.

It is asked twice: the round's own name, and the words that only whoever opened the archive knows.
Before anything goes, every file of the archive is read once more. Where its folder is no more on
the server, the archive says what it has: the digest of SHA256SUMS, which holds that of each file.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.models import Round
from intake import audit
from intake.casework.ending.archive_contents import proof_digest, sums_of
from intake.casework.ending.archive_parts import sources
from intake.casework.ending.archive_words import CONTENTS
from intake.casework.ending.standing_in_way import Obstacle, StandsInTheWay, holds_of, obstacles
from intake.casework.ending.starting_archive import may_end
from intake.choices import Action
from intake.models import ArchivePart, RoundArchive, RoundPurge, StaffUser
from intake.retention import destroying
from intake.retention.archive_folder import fits
from intake.stepping.slices import Progress

NOT_ARCHIVED = "还没有做好、核对过的归档包。请先归档，再清理。"
CHANGED = "做好归档包以后，这一轮又有改动。请重新做一个归档包，再清理。"
WRONG_NAME = "轮次的代号不对，没有清理。"
DAMAGED = "归档包的文件少了或者坏了，什么也没有清理。请重新做一个归档包，交给档案部门，再清理。"
WRONG_SUMS = (
    "归档包的文件夹已经不在服务器上。请档案部门在归档包的文件夹里先运行 sha256sum -c SHA256SUMS，"
    "全部一致以后再运行 sha256sum SHA256SUMS，把结果的前十六位念给您，填在“归档包指纹”里。"
)
SUMS_SHOWN = 16
WRONG_PROOF = "接收确认码不对，没有清理。请档案部门打开总目录，照里面写的念。"


class CannotPurge(StandsInTheWay):
    """Nothing was destroyed."""


def archive_of(round_: Round) -> RoundArchive | None:
    """The newest that was written whole and checked."""
    return RoundArchive.objects.filter(round=round_, verified_at__isnull=False).first()


def in_the_way(round_: Round, *, by: StaffUser | None, at: datetime) -> Iterator[Obstacle]:
    """Why it must not be destroyed now; once it was begun, a hold alone stops the rest."""
    if RoundPurge.objects.filter(round=round_).exists():
        yield from holds_of(round_, by=by)
        return
    yield from obstacles(round_, by=by, at=at)
    archive = archive_of(round_)
    if archive is None:
        yield Obstacle(NOT_ARCHIVED)
    elif not _is_of_now(archive):
        yield Obstacle(CHANGED)


def _is_of_now(archive: RoundArchive) -> bool:
    """Whether nobody has changed anything since it was written."""
    written = set(archive.parts.values_list("kind", "row_key", "state"))
    return written == {(one.kind, one.row_key, one.state) for one in sources(archive.round)}


def is_gone(archive: RoundArchive) -> bool:
    """Whether its folder was taken from the server."""
    return not Path(archive.folder).is_dir()


def begin(
    round_: Round,
    *,
    slug: str,
    proof: str,
    sums: str = "",
    by: StaffUser | None,
    at: datetime,
) -> RoundPurge:
    """The row of the purge; one that was begun is gone on with after the same two questions.

    `by` is None for the command; `sums` are asked for where the archive's folder is gone.
    Raises PermissionDenied and CannotPurge.
    """
    if by is not None and not may_end(round_, by):
        raise PermissionDenied
    with transaction.atomic():
        audit.checkpoint(at=at)
        if found := list(in_the_way(round_, by=by, at=at)):
            raise CannotPurge(*found)
        if slug.strip() != round_.slug:
            raise CannotPurge(Obstacle(WRONG_NAME))
        begun = RoundPurge.objects.filter(round=round_).select_related("archive").first()
        archive = begun.archive if begun else archive_of(round_)
        if archive is None or proof_digest(archive, proof) != archive.proof:
            raise CannotPurge(Obstacle(WRONG_PROOF))
        if begun:
            return begun
        if is_gone(archive) and not _are_its_sums(archive, sums):
            raise CannotPurge(Obstacle(WRONG_SUMS))
        archive.parts.update(is_checked=is_gone(archive))
        purge = RoundPurge(round=round_, archive=archive, started_by=by, started_at=at)
        purge.save(force_insert=True)
        audit.record(
            Action.START_PURGE, by=by, at=at, obj=round_, made=[purge], archive=archive.name
        )
    return purge


def go_on(purge: RoundPurge, *, by: StaffUser | None, at: datetime) -> Iterator[Progress]:
    """Destroys from wherever it stands. Raises PermissionDenied, and CannotPurge for a new hold."""
    if by is not None and not may_end(purge.round, by):
        raise PermissionDenied
    if found := list(holds_of(purge.round, by=by)):
        raise CannotPurge(*found)
    if not purge.destroyed.exists():
        yield from _read_once_more(purge, by=by, at=at)
    yield from destroying.go_on(purge, by=by, at=at)


def _are_its_sums(archive: RoundArchive, typed: str) -> bool:
    """By the rows alone: what its file SHA256SUMS says stands in them."""
    digest = hashlib.sha256(sums_of(archive, archive.manifest_sha256).encode()).hexdigest()
    said = "".join(typed.split()).lower()
    return len(said) >= SUMS_SHOWN and digest.startswith(said)


def _read_once_more(purge: RoundPurge, *, by: StaffUser | None, at: datetime) -> Iterator[Progress]:
    """Each file that nobody has vouched for, against its row. Raises CannotPurge."""
    archive = purge.archive
    folder, total = Path(archive.folder), archive.part_count
    if is_gone(archive) and not archive.parts.filter(is_checked=False).exists():
        return
    for part in archive.parts.filter(is_checked=False):
        if not fits(folder / part.file_name, part.sealed_sha256):
            _give_up(purge, by=by, at=at)
        with transaction.atomic():
            ArchivePart.objects.filter(pk=part.pk).update(is_checked=True)
        yield Progress(0, total, words="再核对一遍归档包")
    if not fits(folder / CONTENTS, archive.manifest_sha256):
        _give_up(purge, by=by, at=at)


def _give_up(purge: RoundPurge, *, by: StaffUser | None, at: datetime) -> None:
    """It was never begun then, so that another archive can be made first."""
    with transaction.atomic():
        audit.checkpoint(at=at)
        if not purge.destroyed.exists():
            name = purge.archive.name
            audit.record(
                Action.DROP_PURGE, by=by, at=at, obj=purge.round, removed=[purge], archive=name
            )
            purge.delete()
    raise CannotPurge(Obstacle(DAMAGED))
