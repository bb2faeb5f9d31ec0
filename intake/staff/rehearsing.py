"""演练恢复文件: the file at hand still opens what it must. Audited; nothing of it is kept."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from inspection.models import Round
from intake import audit
from intake.access import Deed
from intake.choices import Action, DeskKind, RecoveryCopy
from intake.models import Desk, StaffUser
from intake.sealing.sealing import Identity, NotARecoveryFile, read_recovery_file, seal
from intake.sealing.unsealing import CannotOpen, open_sealed, recipient_of_secret

_WORDS = b"rehearsal"


class RehearsalFailed(Exception):
    """The file opens nothing of the round; the message is for whoever holds it."""


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """Which desks it opened, and which a second file must open."""

    opened: list[Desk]
    missing: list[Desk]


# Each of the two holders tries the own copy: a desk says when each opened it.
REHEARSED = {
    RecoveryCopy.FIRST: "rehearsed_at",
    RecoveryCopy.SECOND: "second_rehearsed_at",
}


def not_rehearsed(desk: Desk) -> list[RecoveryCopy]:
    """The copies that have not opened it since it got its identity."""
    return [copy for copy, column in REHEARSED.items() if getattr(desk, column) is None]


def rehearse(
    round_: Round, text: str, *, copy: RecoveryCopy, by: StaffUser | None, at: datetime
) -> Rehearsal:
    """By the office of the round, or by a command. Raises RehearsalFailed."""
    if by is not None and not _is_of_the_office(by, round_):
        raise RehearsalFailed("只有这一轮的巡察办可以演练。")
    try:
        identities = read_recovery_file(text)
    except NotARecoveryFile as error:
        raise RehearsalFailed("这不是恢复文件，或者里面有一行坏了。") from error
    with transaction.atomic():
        audit.checkpoint(at=at)
        own = list(_own_desks(round_).select_for_update(of=("self",)))
        opened = [desk for desk in own if _opens(desk, identities)]
        if not opened:
            raise RehearsalFailed("什么也没有打开：这个恢复文件不是这一轮的，或者是换密钥以前的。")
        for desk in opened:
            setattr(desk, REHEARSED[copy], at)
        said: dict[str, Any] = {"opened_desks": len(opened), "copy": copy.value}
        audit.record(Action.REHEARSE, by=by, at=at, obj=round_, changed=opened, **said)
        for desk in opened:
            desk.save(update_fields=[REHEARSED[copy]])
    return Rehearsal(opened, [desk for desk in own if desk not in opened])


def _own_desks(round_: Round) -> "QuerySet[Desk]":
    """Those whose identity lives in a recovery file."""
    return Desk.objects.filter(round=round_).exclude(kind=DeskKind.TEAM).order_by("pk")


def _is_of_the_office(by: StaffUser, round_: Round) -> bool:
    offices = Desk.objects.visible_to(by).of_offices()
    return by.may(Deed.GRANT) and offices.filter(round=round_).exists()


def _opens(desk: Desk, identities: Iterable[Identity]) -> bool:
    """What is sealed to it now; and the office's also what opens each team's desk."""
    secret = next((one.secret for one in identities if one.recipient == desk.recipient), None)
    if secret is None or not audit.is_genuine_desk(desk):
        return False
    try:
        is_right = open_sealed(seal(_WORDS, desk.recipient), secret) == _WORDS
        return is_right and (not desk.is_office or _opens_the_teams(desk, secret))
    except CannotOpen:
        return False


def _opens_the_teams(office: Desk, secret: str) -> bool:
    """While the office's identity is exchanged, some are still sealed to the older one."""
    for desk in Desk.objects.of_teams().filter(round=office.round_id):
        newest = open_sealed(bytes(desk.sealed_identity), secret).decode().split()[0]
        if recipient_of_secret(newest) != desk.recipient:
            return False
    return True
