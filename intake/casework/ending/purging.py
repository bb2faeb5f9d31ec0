"""清理: a round's identities and sealed content are destroyed, once the archive took over. Audited.

It is asked twice: the round's own name, and the words that only whoever opened the archive knows.
"""

from collections.abc import Iterator
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.models import Round
from intake import audit
from intake.casework.ending.archive_contents import proof_digest
from intake.casework.ending.archive_parts import sources
from intake.casework.ending.standing_in_way import Obstacle, StandsInTheWay, holds_of, obstacles
from intake.casework.ending.starting_archive import may_end
from intake.choices import Action
from intake.models import RoundArchive, RoundPurge, StaffUser
from intake.retention import destroying
from intake.stepping.slices import Progress

NOT_ARCHIVED = "还没有做好、核对过的归档包。请先归档，再清理。"
CHANGED = "做好归档包以后，这一轮又有改动。请重新做一个归档包，再清理。"
WRONG_NAME = "轮次的代号不对，没有清理。"
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


def begin(
    round_: Round, *, slug: str, proof: str, by: StaffUser | None, at: datetime
) -> RoundPurge:
    """The row of the purge; one that was begun is gone on with after the same two questions.

    `by` is None for the command. Raises PermissionDenied and CannotPurge.
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
    yield from destroying.go_on(purge, by=by, at=at)
