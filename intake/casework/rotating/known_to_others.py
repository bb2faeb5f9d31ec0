"""Desks whose identity somebody else may still know, until they get a new one.

Whoever had the office's identity, or its recovery file, opens by it every team's of the round. A
team's is therefore exchanged after the office's own: one from before is sealed to what is known.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q
from django.db.models.expressions import Combinable

from intake.choices import Action, DeskKind
from intake.models import AuditEvent, Desk, DeskAccess, DeskRotation, RoundPurge, StaffUser

# A member's number as the events have it, and a desk's.
Way = tuple[str, int]
# These take away every desk that was granted until then.
_TAKE_ALL = (Action.CHANGE_PASSWORD, Action.ENROL)


@dataclass(frozen=True, slots=True)
class Known:
    """What is read once: since when each desk has its identity, and who lost which desk when."""

    offices: dict[int, Desk]
    begun: dict[int, datetime]
    held: set[Way] = field(default_factory=set)
    lost: dict[Way, datetime] = field(default_factory=dict)

    def opens(self, user: str, desk: Desk) -> bool:
        """Whether who lost the desk, or the office's, would open what comes in by a copied key."""
        office = self.offices.get(desk.round_id) if desk.is_teams else None
        if (user, desk.pk) in self.held or (office and (user, office.pk) in self.held):
            return False
        if (at := self.lost.get((user, desk.pk))) and self._is_older(desk, at):
            return True
        at = self.lost.get((user, office.pk)) if office else None
        if office is None or at is None:
            return False
        return self._is_older(office, at) or self._is_older(desk, self.begun[office.pk])

    def _is_older(self, desk: Desk, at: datetime) -> bool:
        return desk.pk not in self.begun or self.begun[desk.pk] < at


def known_to(user: StaffUser, desks: Iterable[Desk]) -> list[Desk]:
    """In the order in which they are exchanged: what is not a team's first."""
    rows = list(desks)
    known = _read(rows)
    _read_losses(known, [str(user.pk)])
    wanted = [desk for desk in rows if known.opens(str(user.pk), desk)]
    return sorted(wanted, key=lambda desk: desk.is_teams)


def who_know(desks: Iterable[Desk]) -> list[StaffUser]:
    """Members who lost such a desk, in whatever way, and would still open one by a copied key."""
    rows = list(desks)
    known = _read(rows)
    granted = AuditEvent.objects.filter(action=Action.GRANT, desk__in=[desk.pk for desk in rows])
    users = list(granted.order_by().values_list("object_id", flat=True).distinct())
    _read_losses(known, users)
    keys = [int(user) for user in users if any(known.opens(user, desk) for desk in rows)]
    return list(StaffUser.objects.filter(pk__in=keys).order_by("username"))


def is_still_to_rotate() -> Combinable:
    """Of a desk: somebody left it, or its office got a new identity, and it got none since.

    Nothing of a round that was destroyed is left to open.
    """
    own = DeskRotation.objects.filter(desk=OuterRef(OuterRef("pk")))
    since_event = Exists(own.filter(started_at__gte=OuterRef("at")))
    left = AuditEvent.objects.filter(action=Action.REVOKE, desk=OuterRef("pk"), detail__why="left")
    since_office = Exists(own.filter(started_at__gte=OuterRef("started_at")))
    of_office = DeskRotation.objects.filter(
        desk__kind=DeskKind.OFFICE, desk__round=OuterRef("round")
    )
    is_behind = Exists(of_office.filter(~since_office)) & Q(kind=DeskKind.TEAM)
    is_over = Exists(RoundPurge.objects.filter(round=OuterRef("round")))
    return ExpressionWrapper(
        (Exists(left.filter(~since_event)) | is_behind) & ~is_over, output_field=BooleanField()
    )


def _read(desks: list[Desk]) -> Known:
    begun: dict[int, datetime] = {}
    rotations = DeskRotation.objects.filter(desk__in=[desk.pk for desk in desks])
    for desk, at in rotations.order_by("started_at").values_list("desk", "started_at"):
        begun[desk] = at
    return Known({desk.round_id: desk for desk in desks if desk.is_office}, begun)


def _read_losses(known: Known, users: list[str]) -> None:
    held = DeskAccess.objects.filter(user__in=[int(user) for user in users])
    known.held.update((str(user), desk) for user, desk in held.values_list("user", "desk"))
    granted: set[Way] = set()
    events = AuditEvent.objects.filter(
        object_type="staffuser",
        object_id__in=users,
        action__in=(Action.GRANT, Action.REVOKE, *_TAKE_ALL),
    )
    columns = ("action", "object_id", "desk", "at", "detail")
    for action, user, desk, at, detail in events.order_by("sequence").values_list(*columns):
        if action == Action.GRANT:
            granted.add((user, desk))
        elif action == Action.REVOKE:
            granted.discard((user, desk))
            known.lost[user, desk] = at
        elif detail.get("dropped"):
            known.lost.update({way: at for way in granted if way[0] == user})
            granted = {way for way in granted if way[0] != user}
