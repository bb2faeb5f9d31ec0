"""A desk's identity sealed to its members again, those alone who may hold it."""

from dataclasses import dataclass
from datetime import datetime

from intake import audit
from intake.models import Desk, DeskAccess, StaffKey
from intake.sealing.sealing import seal


class CannotRotate(ValueError):
    """The identity is not exchanged; the message is for whoever asked."""


@dataclass(frozen=True, slots=True)
class Holders:
    """`kept` are sealed anew, to be saved after the event; `dropped` are to be deleted."""

    kept: list[DeskAccess]
    dropped: list[DeskAccess]


def hold_keys(desk: Desk) -> None:
    """Nobody renews a key meanwhile; before the end of the chain is held, as everywhere."""
    list(StaffKey.objects.select_for_update().filter(user__accesses__desk=desk).order_by("pk"))


def sealed_to_holders(desk: Desk, secret: str, *, at: datetime) -> Holders:
    """Who cannot log in, may not hold the desk, or whose key was exchanged, loses it."""
    holders = Holders([], [])
    accesses = DeskAccess.objects.filter(desk=desk).select_related("user__key", "desk")
    for access in accesses.order_by("pk"):
        is_over = access.until is not None and access.until <= at
        recipient = None if is_over else _recipient_for(access, desk)
        if recipient is None:
            holders.dropped.append(access)
        else:
            access.sealed_identity = seal(secret.encode(), recipient)
            holders.kept.append(access)
    return holders


def save(holders: Holders) -> None:
    """After the event that records them."""
    for access in holders.kept:
        access.save(update_fields=["sealed_identity"])
    DeskAccess.objects.filter(pk__in=[access.pk for access in holders.dropped]).delete()


def seal_to_office(desk: Desk, secret: str) -> None:
    """What opens a team's desk is sealed to the office of its round; the caller saves it."""
    if desk.is_teams:
        office = Desk.objects.of_offices().get(round=desk.round_id)
        desk.sealed_identity = seal(secret.encode(), audit.recipient_of(office))


def _recipient_for(access: DeskAccess, desk: Desk) -> str | None:
    user = access.user
    can_enter = user.is_active and user.is_staff
    if not (can_enter and user.can_hold(desk) and hasattr(user, "key")):
        return None
    try:
        return audit.recipient_of_member(user.key)
    except audit.NotGenuine:
        return None
