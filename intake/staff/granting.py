"""Lets members into desks, and out of them again.

A member is let in by sealing the desk's identity to the member's own key.
"""

from datetime import datetime
from typing import Any, Literal

from django.db import transaction

from intake import audit
from intake.access import Deed
from intake.choices import Action
from intake.models import Desk, DeskAccess, DeskRotation, Recusal, StaffKey, StaffUser
from intake.sealing import sealing
from intake.sealing.unsealing import (
    CannotOpen,
    identities_in,
    open_sealed,
    recipient_of_secret,
)
from intake.staff import accesses
from intake.staff.keyring import Keyring
from intake.staff.opening_desks import EXCHANGED, RecoveryFileRefused


class GrantRefused(Exception):
    """This member cannot have this desk, or cannot lose it."""


def grant(
    user: StaffUser,
    desk: Desk,
    *,
    keyring: Keyring,
    by: StaffUser,
    at: datetime,
    until: datetime | None = None,
) -> DeskAccess:
    """Lets a member in, a substitute `until` a moment. Only the office can, with its own keys."""
    if not by.may(Deed.GRANT) or keyring.user != by:
        raise GrantRefused("只有巡察办可以授权。")
    return _let_in(user, desk, keyring.desk_secret(desk), by=by, at=at, until=until)


def grant_with_recovery(
    user: StaffUser,
    desk: Desk,
    *,
    identity: sealing.Identity,
    at: datetime,
    is_set_up: bool = False,
) -> DeskAccess:
    """Lets a member in through the identity of `opening_desks.identity_for` the desk.

    At set-up, whoever holds that file, and could read everything anyway, has just made the account:
    its member need not have logged in. See `accesses.carry_over` for the member's first login.
    """
    if not desk.is_teams:
        return _let_in(user, desk, identity.secret, by=None, at=at, is_set_up=is_set_up)
    try:
        secret = open_sealed(bytes(desk.sealed_identity), identity.secret).decode()
    except CannotOpen as error:
        raise RecoveryFileRefused("这个恢复文件打不开这个受理席。") from error
    return _let_in(user, desk, secret, by=None, at=at, is_set_up=is_set_up)


def revoke(
    access: DeskAccess, *, by: StaffUser, at: datetime, why: Literal["", "left"] = ""
) -> None:
    """Takes a desk from a member; the office never loses its last one."""
    is_ours = Desk.objects.visible_to(by).filter(pk=access.desk_id).exists()
    if not is_ours or not by.may(Deed.GRANT):
        raise GrantRefused("只有巡察办可以收回授权。")
    said: dict[str, Any] = {"why": why} if why else {}
    with transaction.atomic():
        others = DeskAccess.objects.filter(desk=access.desk_id).exclude(pk=access.pk).able()
        # A substitute's ends by itself, and nobody would be left.
        others = others.lasting()
        held = list(others.order_by("pk").select_for_update(of=("self",)))
        if not access.desk.is_teams:
            _refuse_the_last(access.desk, [one.user_id for one in held])
        audit.record(
            Action.REVOKE,
            by=by,
            at=at,
            obj=access.user,
            desk=access.desk,
            removed=[access],
            **said,
        )
        access.delete()


def _refuse_the_last(desk: Desk, left: list[int]) -> None:
    """Of the desk, or of one item that all the others are kept out of."""
    if not left:
        raise GrantRefused(f"这是{desk}最后一个授权。请先授权给别人，再收回。")
    if Recusal.objects.all().that_leave_nobody(desk, left).exists():
        raise GrantRefused("收回以后，有的信访件就没有人能看了。请先再授权给一个人，再收回。")


def _let_in(
    user: StaffUser,
    desk: Desk,
    secret: str,
    *,
    by: StaffUser | None,
    at: datetime,
    is_set_up: bool = False,
    until: datetime | None = None,
) -> DeskAccess:
    said: dict[str, Any] = {}
    if until is not None:
        said["until"] = f"{until.astimezone(desk.round.zone):%Y-%m-%d %H:%M}"
    with transaction.atomic():
        key = _key_of(user, desk, is_set_up=is_set_up)
        audit.checkpoint(at=at)
        secret = _secret_now(desk, secret)
        access, is_new = DeskAccess.objects.get_or_create(
            user=user,
            desk=desk,
            defaults={
                "sealed_identity": sealing.seal(secret.encode(), _recipient_of(key)),
                "granted_by": by,
                "granted_at": at,
                "until": until,
            },
        )
        if not is_new:
            raise GrantRefused(f"{user}已经有这个受理席的授权。")
        audit.record(
            Action.GRANT,
            by=by,
            at=at,
            obj=user,
            desk=desk,
            made=[access],
            recipient=key.recipient,
            **said,
        )
    return access


def _key_of(user: StaffUser, desk: Desk, *, is_set_up: bool) -> StaffKey:
    """The key to seal the desk to; GrantRefused when this member cannot have it, or not yet."""
    key = accesses.hold_key(user)
    candidate = accesses.candidates().filter(pk=user.pk).first()
    if candidate is None or not candidate.can_hold(desk):
        raise GrantRefused(f"{user}的角色不能有这个受理席。")
    missing = accesses.missing(candidate)
    if key is None or (missing and not is_set_up):
        raise GrantRefused(f"{user}{missing}。")
    return key


def _secret_now(desk: Desk, secret: str) -> str:
    """What opens the desk at this moment, of what the caller read a moment ago.

    While its identity is exchanged that is both, and afterwards the new one alone.
    """
    held = Desk.objects.select_for_update(of=("self",)).get(pk=desk.pk)
    one = {recipient_of_secret(each): each for each in identities_in(secret)}
    is_running = DeskRotation.objects.running().filter(desk=held).exists()
    if held.recipient not in one or (is_running and len(one) == 1):
        raise GrantRefused(f"{desk}正在更换密钥，刚才没有授权。请等换完，再授权一次。")
    return secret if is_running else one[held.recipient]


def _recipient_of(key: StaffKey) -> str:
    try:
        return audit.recipient_of_member(key)
    except audit.NotGenuine as error:
        raise GrantRefused(f"{key.user}的公钥{EXCHANGED}") from error
