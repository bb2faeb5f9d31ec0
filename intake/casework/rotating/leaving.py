"""A member leaves: what they hold is named for the others, and what only they could open ends.

Items belong to desks, so nothing of them moves; what waits for this one person is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from intake import audit
from intake.access import Deed
from intake.choices import Action, Status
from intake.models import (
    AuditEvent,
    BoxOpening,
    Desk,
    DeskAccess,
    DeskRotation,
    DraftScan,
    Presence,
    SealedMatter,
    StaffUser,
    Submission,
    TransferList,
    Voiding,
    WrittenDraft,
)
from intake.staff import granting
from intake.staff.entering import sessions


@dataclass(frozen=True, slots=True)
class Held:
    """What waits for one person, as far as `by` sees it; `drafts` only that person can open."""

    accesses: list[DeskAccess]
    proposed: list[Submission]
    voidings: list[Voiding]
    lists: list[TransferList]
    openings: list[BoxOpening]
    matters: list[SealedMatter]
    drafts: int
    scans: int
    to_rotate: list[Desk]

    @property
    def rows(self) -> Iterable[object]:
        """What others have to go on with."""
        return [*self.proposed, *self.voidings, *self.lists, *self.openings, *self.matters]


def held_by(user: StaffUser, *, by: StaffUser) -> Held:
    """What the office is told before and after somebody leaves."""
    items = Submission.objects.visible_to(by)
    pending = Voiding.objects.pending().filter(asked_by=user, submission__in=items.values("pk"))
    lists = TransferList.objects.visible_to(by).going_on().filter(made_by=user)
    openings = BoxOpening.objects.visible_to(by).filter(recorded_by=user, confirmed_by=None)
    return Held(
        accesses=list(_accesses(user, by)),
        proposed=list(_told(items.filter(status=Status.TO_APPROVE, proposed_by=user))),
        voidings=list(pending.select_related("submission__round")),
        lists=list(lists.select_related("receiver")),
        openings=list(openings.select_related("drop_box", "round")),
        matters=list(SealedMatter.objects.visible_to(by).filter(keeper=user, sent_on=None)),
        drafts=WrittenDraft.objects.filter(user=user).count(),
        scans=DraftScan.objects.filter(user=user).count(),
        to_rotate=list(_to_rotate(user, by)),
    )


def leave(user: StaffUser, *, by: StaffUser, at: datetime) -> int:
    """Withdraws every desk that `by` sees, and ends sessions and what was not saved.

    Gives how many desks. Raises PermissionDenied, and GrantRefused for the office's last.
    """
    if not by.may(Deed.GRANT) or user == by:
        raise PermissionDenied
    with transaction.atomic():
        accesses = list(_accesses(user, by))
        for access in accesses:
            granting.revoke(access, by=by, at=at, why="left")
        drafts = _end_what_was_not_saved(user)
        dropped = len(accesses)
        audit.record(Action.LEAVE, by=by, at=at, obj=user, dropped=dropped, drafts=drafts)
    sessions.end_all_of(user)
    return len(accesses)


def _end_what_was_not_saved(user: StaffUser) -> int:
    """Nobody else could open it; the sweep takes the sealed files of the scans."""
    Presence.objects.filter(user=user).delete()
    scans, _by_model = DraftScan.objects.filter(user=user).delete()
    drafts, _by_model = WrittenDraft.objects.filter(user=user).delete()
    return scans + drafts


def _accesses(user: StaffUser, by: StaffUser) -> "QuerySet[DeskAccess]":
    desks = Desk.objects.visible_to(by)
    found = DeskAccess.objects.filter(user=user, desk__in=desks).order_by("pk")
    return found.select_related("desk__team", "desk__round", "user")


def _told(items: "QuerySet[Submission]") -> "QuerySet[Submission]":
    return items.select_related("round").defer("sealed").order_by("number", "pk")


def _to_rotate(user: StaffUser, by: StaffUser) -> Iterable[Desk]:
    """The desks that the member was put out of, and that have no newer identity since."""
    out = AuditEvent.objects.filter(
        action=Action.REVOKE, object_type="staffuser", object_id=str(user.pk)
    )
    for desk in Desk.objects.visible_to(by).select_related("team", "round"):
        last = out.filter(desk=desk).order_by("-sequence").first()
        holds = DeskAccess.objects.filter(user=user, desk=desk).exists()
        if last is None or holds:
            continue
        if not DeskRotation.objects.filter(desk=desk, started_at__gte=last.at).exists():
            yield desk
