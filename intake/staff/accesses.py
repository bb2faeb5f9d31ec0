"""A member's way to the desks: who may be let in, what is carried over, what is dropped.

Whoever makes, carries or drops an access holds the member's key row first, so that no desk is
granted to a key that somebody renews at the same moment.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from intake import audit
from intake.access import Desks, holding
from intake.choices import Action, DeskKind
from intake.models import Authenticator, Desk, DeskAccess, StaffKey, StaffUser
from intake.sealing import sealing
from intake.sealing.unsealing import CannotOpen, open_sealed


@dataclass(frozen=True, slots=True)
class Renewed:
    """What became of a member's desks when the key was made anew."""

    carried: list[DeskAccess]
    dropped: list[DeskAccess]


@dataclass(frozen=True, slots=True)
class Loss:
    """How many desks a member has, and of which rounds nobody else could open the office's."""

    desks: int
    last_of: tuple[str, ...]


def candidates() -> "QuerySet[StaffUser]":
    """Everybody whose role has desks, with what `missing` asks for."""
    bound = Authenticator.objects.filter(user=OuterRef("pk"), confirmed=True)
    roles = holding(Desks.A_TEAMS, Desks.THE_OFFICES)
    rows = StaffUser.objects.filter(is_active=True, role__in=roles).select_related("key")
    return rows.annotate(is_bound=Exists(bound)).order_by("username")


def holders_of(desk: Desk) -> "QuerySet[StaffUser]":
    """Who opens a desk with an own access, and can log in."""
    able = DeskAccess.objects.able().filter(desk=desk).values("user")
    return StaffUser.objects.filter(pk__in=able).order_by("username")


def shut_out_of(desk: Desk) -> "QuerySet[StaffUser]":
    """Who has an access to it and cannot log in."""
    holding = DeskAccess.objects.filter(desk=desk).values("user")
    return StaffUser.objects.filter(pk__in=holding).exclude(pk__in=holders_of(desk).values("pk"))


def missing(candidate: StaffUser) -> str:
    """What one of the `candidates` must have before a desk is granted; '' when nothing misses."""
    if not hasattr(candidate, "key"):
        return "还没有密钥，请系统管理员先重设密码"
    if not candidate.has_own_password:
        return "还没有选自己的密码，请本人先登录一次"
    if not candidate.is_bound:  # type: ignore[attr-defined]
        return "还没有绑定验证器，请本人先登录一次"
    return ""


def hold_key(user: StaffUser) -> StaffKey | None:
    """The member's key, which nobody renews until the transaction ends."""
    return StaffKey.objects.select_for_update().filter(user=user).first()


def loss_of(user: StaffUser) -> Loss:
    """What `drop_all` would take away, to be said before."""
    own = DeskAccess.objects.filter(user=user)
    others = DeskAccess.objects.exclude(user=user).able()
    offices = own.able().filter(desk__kind__in=(DeskKind.OFFICE, DeskKind.HEAD))
    last = offices.exclude(desk__in=others.values("desk")).select_related("desk__round")
    return Loss(own.count(), tuple(access.desk.round.title for access in last))


def end_over(*, at: datetime, of: StaffUser | None = None) -> int:
    """Takes away what was granted until a moment that has come; gives how many."""
    rows = DeskAccess.objects.over(at).select_related("desk", "user").order_by("pk")
    if of is not None:
        rows = rows.filter(user=of)
    if not rows.exists():
        return 0
    with transaction.atomic():
        audit.checkpoint(at=at)
        over = list(rows.select_for_update(of=("self",)))
        for access in over:
            said: dict[str, Any] = {"obj": access.user, "desk": access.desk, "removed": [access]}
            audit.record(Action.REVOKE, by=None, at=at, why="over", **said)
            access.delete()
    return len(over)


def drop_all(user: StaffUser) -> list[DeskAccess]:
    """Takes every desk away, inside the caller's transaction; gives what there was."""
    hold_key(user)
    return _drop(DeskAccess.objects.filter(user=user))


def carry_over(user: StaffUser, recipient: str, *, old_secret: str | None) -> Renewed:
    """Seals to the new key what the holder of the recovery file granted, with the old one's help.

    What is carried is for the caller to save, after its event. What the office granted to a key
    that somebody else could open is dropped.
    """
    carried = []
    for access in DeskAccess.objects.filter(user=user, granted_by=None):
        secret = _opened(access, old_secret)
        if secret is not None:
            access.sealed_identity = sealing.seal(secret, recipient)
            carried.append(access)
    kept = [access.pk for access in carried]
    return Renewed(carried, _drop(DeskAccess.objects.filter(user=user).exclude(pk__in=kept)))


def _drop(accesses: "QuerySet[DeskAccess]") -> list[DeskAccess]:
    dropped = list(accesses.order_by("pk"))
    accesses.delete()
    return dropped


def _opened(access: DeskAccess, secret: str | None) -> bytes | None:
    if secret is None:
        return None
    try:
        return open_sealed(bytes(access.sealed_identity), secret)
    except CannotOpen:
        return None
