"""Copies as they are kept: each sealed to the desk that looks, with a code that it is ours.

What is sealed to a desk anybody can seal who reads the database. So the code binds a copy to its
file, its place and the head of its sealed file: none is ever shown that was not made here.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO

from django.db import transaction

from intake import audit
from intake.audit.keyed import code_of, is_code_of
from intake.choices import CopySort, CopyState
from intake.keeping import sealed_files
from intake.keeping.new_files import new_files
from intake.models import CopyMaking, Desk, RoundPurge, ViewingCopy
from intake.report.contents.content import BytesContent
from intake.sealing.opening_anywhere import OpenedAnywhere, digest_of_head
from intake.sealing.sealing import FileSealer
from intake.sealing.unsealing import CannotOpen


class Superseded(Exception):
    """Another run has the making, the desk has another identity, or it was dropped."""


@dataclass(frozen=True, slots=True, repr=False)
class Part:
    """One of the copies of a file, in clear: in memory alone, and briefly."""

    sort: CopySort
    number: int
    media_type: str
    content: bytes


def store(making: CopyMaking, part: Part) -> None:
    """Seals a copy and names it. Raises Superseded where nobody waits for it any more."""
    sealer = FileSealer(BytesContent(part.content), making.recipient)
    with new_files() as files:
        row = ViewingCopy(
            making=making,
            sort=part.sort,
            number=part.number,
            media_type=part.media_type,
            sealed_file=files.write_by(sealer.into),
            sealed_sha256=sealer.sha256,
        )
        with sealed_files.opened(row.sealed_file) as sealed:
            row.code = code_of("viewing copy", *_coded(row, digest_of_head(sealed)))
        with transaction.atomic():
            _hold(making)
            row.save(force_insert=True)
            files.are_named()


def end(making: CopyMaking, state: CopyState, *, at: datetime) -> None:
    """Nothing more comes. Raises Superseded."""
    with transaction.atomic():
        _hold(making)
        making.state, making.heard_at = state, at
        making.save(update_fields=["state", "heard_at", "done", "total"])


def _hold(making: CopyMaking) -> None:
    """Locks the row, while it is this run's and its desk has this identity and still its items."""
    rows = CopyMaking.objects.select_for_update().filter(pk=making.pk, mark=making.mark)
    desk = Desk.objects.get(pk=making.desk_id) if rows.exists() else None
    if desk is None or audit.recipient_of(desk) != making.recipient:
        raise Superseded
    if RoundPurge.objects.filter(round=desk.round_id).exists():
        # What came now would stand in no list of what was destroyed.
        raise Superseded


def opened(copy: ViewingCopy, secret: str, sealed: IO[bytes] | None = None) -> OpenedAnywhere:
    """The copy, to be read anywhere and closed; out of `sealed` where its file was read already.

    Raises CannotOpen for one not made here.
    """
    try:
        sealed = sealed or sealed_files.opened(copy.sealed_file)
    except FileNotFoundError as error:
        raise CannotOpen("the copy is gone") from error
    try:
        if not _was_made_here(copy, sealed):
            raise CannotOpen("the copy was not made here")
        return OpenedAnywhere(sealed, secret)
    except ValueError as error:
        sealed.close()
        raise CannotOpen("the copy does not open") from error


def are_whole(copies: Iterable[ViewingCopy]) -> bool:
    """Whether each is as it was made: one that is damaged anywhere is made anew."""
    return all(map(_is_whole, copies))


def _is_whole(copy: ViewingCopy) -> bool:
    try:
        with sealed_files.opened(copy.sealed_file) as sealed:
            is_ours = _was_made_here(copy, sealed)
    except (FileNotFoundError, ValueError):
        return False
    return is_ours and sealed_files.fingerprint(copy.sealed_file) == copy.sealed_sha256


def _was_made_here(copy: ViewingCopy, sealed: IO[bytes]) -> bool:
    """Raises ValueError for what is no sealed file."""
    return is_code_of(copy.code, "viewing copy", *_coded(copy, digest_of_head(sealed)))


def _coded(copy: ViewingCopy, head: str) -> tuple[object, ...]:
    making = copy.making
    place = (making.attachment_id, making.desk_id, making.first)
    return (*place, copy.sort, copy.number, copy.media_type, head)
