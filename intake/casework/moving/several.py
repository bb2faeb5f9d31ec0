"""Several items at once: what will change and what will not, item by item; then all or nothing."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake.casework.moving import moving
from intake.casework.moving.allowing import CannotMove, MayNotMove, allowed_move, moves_of
from intake.casework.moving.move_table import Move, Need, Through
from intake.casework.moving.needed import Given, missing_for
from intake.casework.versions import ChangedMeanwhile
from intake.models import StaffUser, Submission, Voiding
from intake.staff.keyring import Keyring

MOST_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Outlook:
    """What a move would do to one item: the row it takes, or why it stays as it is."""

    item: Submission
    move: Move | None
    why_not: str = ""


def choices_for(items: Sequence[Submission], by: StaffUser) -> list[tuple[str, str, int]]:
    """Where at least one of the items can go by this member: status, words, how many."""
    found: dict[str, str] = {}
    for item in items:
        for move in moves_of(item, by):
            found.setdefault(move.to, move.words)
    pending = _with_a_request(items)
    counts = {
        to: sum(
            bool(_outlook(item, to, by, Through.PAGE, is_pending=item.pk in pending).move)
            for item in items
        )
        for to in found
    }
    return [(to, found[to], count) for to, count in counts.items() if count]


def outlook(
    items: Sequence[Submission], to: str, by: StaffUser, through: Through = Through.PAGE
) -> list[Outlook]:
    """Item by item, in their order."""
    pending = _with_a_request(items)
    return [_outlook(item, to, by, through, is_pending=item.pk in pending) for item in items]


def needs_of(outlooks: Sequence[Outlook]) -> list[Need]:
    """What one form asks for all of them, in the order of the table."""
    needed = {need for one in outlooks if one.move for need in one.move.needs}
    return [need for need in Need if need in needed and need is not Need.JUDGED]


def move_all(
    seen: Sequence[tuple[UUID, int]],
    to: str,
    *,
    by: StaffUser,
    at: datetime,
    keyring: Keyring,
    **needed: Any,
) -> int:
    """Moves each item in the version that was seen, all of them or none; gives how many.

    Raises whatever `moving.move` raises for the first that cannot go, and ChangedMeanwhile for
    one that has gone to another desk.
    """
    with transaction.atomic():
        for key, version in seen:
            try:
                moving.move(key, to, version=version, by=by, at=at, keyring=keyring, **needed)
            except Submission.DoesNotExist as error:
                raise ChangedMeanwhile from error
    return len(seen)


def _with_a_request(items: Sequence[Submission]) -> set[UUID]:
    """Those that somebody asked to void, and nobody has confirmed yet."""
    keys = [item.pk for item in items]
    waiting = Voiding.objects.pending().filter(submission__in=keys)
    return set(waiting.values_list("submission", flat=True))


def _outlook(
    item: Submission, to: str, by: StaffUser, through: Through, *, is_pending: bool
) -> Outlook:
    try:
        move = allowed_move(item, to, by, through)
    except (CannotMove, MayNotMove) as error:
        return Outlook(item, None, str(error))
    if is_pending:
        return Outlook(item, None, _("有人申请作废，还没有确认。"))
    if Need.SECOND_PERSON in move.needs:
        return Outlook(item, None, _("作废要一件一件地办。"))
    unjudged = missing_for((Need.JUDGED,), item, Given()) if Need.JUDGED in move.needs else {}
    return Outlook(item, None, *unjudged.values()) if unjudged else Outlook(item, move)
