"""A member leaves: what they hold is named for the others, and what only they could open ends.

Items belong to desks, so nothing of them moves; what waits for this one person is named.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from intake import audit
from intake.access import Deed
from intake.casework.boxes.box_discrepancies import counted, in_discrepancy
from intake.casework.rotating.known_to_others import known_to
from intake.choices import Action, Status
from intake.models import (
    BoxOpening,
    Desk,
    DeskAccess,
    DraftScan,
    Presence,
    SealedMatter,
    StaffUser,
    Submission,
    Succession,
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
    differing: list[BoxOpening]
    matters: list[SealedMatter]
    drafts: int
    scans: int
    to_rotate: list[Desk]
    # At desks that `by` does not see, such as the head's or another round's.
    elsewhere: bool

    @property
    def rows(self) -> Iterable[object]:
        """What others have to go on with."""
        at_boxes = (*self.openings, *self.differing)
        return [*self.proposed, *self.voidings, *self.lists, *at_boxes, *self.matters]


def held_by(user: StaffUser, *, by: StaffUser) -> Held:
    """What the office is told before and after somebody leaves."""
    desks, items = Desk.objects.visible_to(by), Submission.objects.visible_to(by)
    pending = Voiding.objects.pending().filter(asked_by=user, submission__in=items.values("pk"))
    lists = TransferList.objects.visible_to(by).going_on().filter(made_by=user)
    openings = BoxOpening.objects.visible_to(by).filter(recorded_by=user, confirmed_by=None)
    opened = Q(recorded_by=user) | Q(confirmed_by=user)
    differing = counted(by).filter(opened, in_discrepancy())
    return Held(
        accesses=list(_accesses(user, by)),
        proposed=list(_told(items.filter(status=Status.TO_APPROVE, proposed_by=user))),
        voidings=list(pending.select_related("submission__round")),
        lists=list(lists.select_related("receiver")),
        openings=list(openings.select_related("drop_box", "round")),
        differing=list(differing.select_related("drop_box", "round")),
        matters=list(SealedMatter.objects.visible_to(by).filter(keeper=user, sent_on=None)),
        drafts=WrittenDraft.objects.filter(user=user).count(),
        scans=DraftScan.objects.filter(user=user).count(),
        to_rotate=known_to(user, desks.select_related("team", "round")),
        elsewhere=DeskAccess.objects.filter(user=user).exclude(desk__in=desks).exists(),
    )


def leave(
    user: StaffUser, *, by: StaffUser, at: datetime, successor: StaffUser | None = None
) -> int:
    """Withdraws every desk that `by` sees, and ends sessions and what was not saved.

    Who goes on with what waits for the member is a row. Gives how many desks.
    Raises PermissionDenied, and GrantRefused for the office's last.
    """
    if not by.may(Deed.GRANT) or user == by:
        raise PermissionDenied
    with transaction.atomic():
        accesses = list(_accesses(user, by))
        for access in accesses:
            granting.revoke(access, by=by, at=at, why="left")
        drafts = _end_what_was_not_saved(user)
        dropped = len(accesses)
        said: dict[str, Any] = {"dropped": dropped, "drafts": drafts}
        said |= {"successor": successor.told_apart} if successor else {}
        made = [_succession(user, successor, by=by, at=at)] if successor else []
        audit.record(Action.LEAVE, by=by, at=at, obj=user, made=made, **said)
    sessions.end_all_of(user)
    return len(accesses)


def followed_by(user: StaffUser) -> "QuerySet[Succession]":
    """Who was named to go on when the member left, the last first."""
    return Succession.objects.filter(gone=user).select_related("successor", "named_by")


def _succession(
    user: StaffUser, successor: StaffUser, *, by: StaffUser, at: datetime
) -> Succession:
    row = Succession(gone=user, successor=successor, named_by=by, named_at=at)
    row.save(force_insert=True)
    return row


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
