"""归档 and 不归档 by lists that two members sign; only then the items' statuses change. Audited.

A list belongs to the office's desk, or to the head's where its items do.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max, QuerySet

from inspection.models import Round
from intake import audit
from intake.access import Deed
from intake.casework.ending.holds import words_of_hold
from intake.casework.moving import moving
from intake.casework.moving.allowing import CannotMove
from intake.casework.moving.move_table import Through
from intake.casework.moving.needed import Missing
from intake.choices import Action, DeskKind, NotKeptReason, Status
from intake.models import Appraisal, AppraisalEntry, Desk, RetentionClass, StaffUser, Submission
from intake.sealing.sealing import seal
from intake.sealing.unsealing import open_sealed
from intake.staff.keyring import Keyring

# One list is signed in one transaction, which others wait for.
MOST_ON_A_LIST = 50


class CannotAppraise(Exception):
    """A sentence that says why; nothing was stored."""


@dataclass(frozen=True, slots=True, repr=False)
class Judged:
    """What a list says of its items: a class of paper to keep them, or a reason not to."""

    retention: RetentionClass | None = None
    reason: str = ""
    words: str = ""


def waiting(round_: Round, by: StaffUser, desk: Desk) -> list[Submission]:
    """Closed items of the list's desk that stand on no list yet, as many as one list takes."""
    items = Submission.objects.visible_to(by).filter(round=round_, status=Status.CLOSED)
    items = items.exclude(appraised__in=_open_entries())
    at_desk = items.filter(desk=desk) if desk.is_heads else items.exclude(desk__kind=DeskKind.HEAD)
    rows = at_desk.select_related("round", "desk__team").defer("sealed")
    return list(rows.order_by("number_series", "number")[:MOST_ON_A_LIST])


def make(
    desk: Desk, keys: Iterable[UUID], judged: Judged, *, by: StaffUser, at: datetime
) -> Appraisal:
    """A list of these items. Raises PermissionDenied and CannotAppraise."""
    _may(desk, by)
    if judged.reason == NotKeptReason.OTHER and not judged.words:
        raise CannotAppraise("理由选了“其他”，请写明。")
    if judged.retention is not None and not judged.retention.fonds:
        raise CannotAppraise("这一类还没有全宗号。请先在“保管期限”里填好。")
    wanted = set(keys)
    with transaction.atomic():
        audit.checkpoint(at=at)
        items = [one for one in waiting(desk.round, by, desk) if one.pk in wanted]
        if not items or len(items) != len(wanted):
            raise CannotAppraise("选的信访件里有的不在待定的里面。请看看下面现在的，重新选。")
        _refuse_held(items)
        _let_go_of_older(items, desk, by=by, at=at)
        row = Appraisal(
            round=desk.round,
            desk=desk,
            is_kept=judged.retention is not None,
            made_by=by,
            made_at=at,
        )
        row.save(force_insert=True)
        entries = [_entry(row, item, judged) for item in items]
        for entry in entries:
            entry.save(force_insert=True)
        audit.record(
            Action.MAKE_APPRAISAL,
            by=by,
            at=at,
            obj=desk.round,
            desk=desk,
            made=[row, *entries],
            appraisal=row.pk,
            count=len(entries),
        )
    return row


def sign(row_id: int, keyring: Keyring, *, by: StaffUser, at: datetime) -> Appraisal:
    """The first signature, or the second of somebody else: then the items are archived or not.

    Raises Appraisal.DoesNotExist, PermissionDenied and CannotAppraise.
    """
    with transaction.atomic():
        row = _waiting(row_id, by, at)
        if row.first_signed_by_id == by.pk:
            raise CannotAppraise("您已经签过。要由另一个人复核签名。")
        entries = list(row.entries.select_related("submission__round").order_by("pk"))
        _refuse_held([entry.submission for entry in entries])
        if row.first_signed_by is None:
            row.first_signed_by, numbered = by, []
        else:
            row.second_signed_by, row.settled_at = by, at
            numbered = _give_numbers(row, entries)
        audit.record(
            Action.SIGN_APPRAISAL,
            by=by,
            at=at,
            obj=row.round,
            desk=row.desk,
            changed=[row, *numbered],
            appraisal=row.pk,
            count=len(entries),
        )
        row.save(update_fields=["first_signed_by", "second_signed_by", "settled_at"])
        for entry in numbered:
            entry.save(update_fields=["piece"])
        if row.settled_at:
            _move(row, entries, keyring, by=by, at=at)
    return row


def drop(row_id: int, *, by: StaffUser, at: datetime) -> None:
    """A list that waits is given up, and its items may stand on another."""
    with transaction.atomic():
        row = _waiting(row_id, by, at)
        row.dropped_by = by
        entries = list(row.entries.all())
        for entry in entries:
            entry.is_live = False
        said: dict[str, Any] = {"obj": row.round, "desk": row.desk, "appraisal": row.pk}
        audit.record(Action.DROP_APPRAISAL, by=by, at=at, changed=[row, *entries], **said)
        row.save(update_fields=["dropped_by"])
        for entry in entries:
            entry.save(update_fields=["is_live"])


def words_of(entry: AppraisalEntry, desk: Desk, keyring: Keyring) -> str:
    """Raises NoDeskAccess and CannotOpen."""
    return open_sealed(bytes(entry.sealed), keyring.desk_secret(desk)).decode()


def _waiting(row_id: int, by: StaffUser, at: datetime) -> Appraisal:
    """A list that is not settled, for who may; nobody else signs or drops one meanwhile."""
    audit.checkpoint(at=at)
    row = Appraisal.objects.visible_to(by).select_related("desk", "round").get(pk=row_id)
    _may(row.desk, by)
    if not row.is_open:
        raise CannotAppraise("这份清单已经签完，或者已经作废。")
    return row


def _may(desk: Desk, by: StaffUser) -> None:
    is_seen = Desk.objects.visible_to(by).filter(pk=desk.pk).exists()
    if desk.is_teams or not is_seen or not by.may(Deed.ARCHIVE):
        raise PermissionDenied


def _refuse_held(items: Iterable[Submission]) -> None:
    for item in items:
        if words := words_of_hold(item):
            raise CannotAppraise(f"{item}：{words}")


def _open_entries() -> "QuerySet[AppraisalEntry]":
    return AppraisalEntry.objects.filter(is_live=True, appraisal__settled_at=None)


def _let_go_of_older(items: list[Submission], desk: Desk, *, by: StaffUser, at: datetime) -> None:
    """An item that was taken back out of the archive stood on a list that was settled."""
    older = list(AppraisalEntry.objects.filter(submission__in=items, is_live=True))
    for entry in older:
        entry.is_live = False
        audit.record(
            Action.DROP_APPRAISAL,
            by=by,
            at=at,
            obj=desk.round,
            desk=desk,
            changed=[entry],
            appraisal=entry.appraisal_id,
        )
        entry.save(update_fields=["is_live"])


def _entry(row: Appraisal, item: Submission, judged: Judged) -> AppraisalEntry:
    sealed = seal(judged.words.encode(), audit.recipient_of(row.desk))
    year = item.received_at.astimezone(item.round.zone).year
    return AppraisalEntry(
        appraisal=row,
        submission=item,
        reason=judged.reason,
        retention=judged.retention,
        series=judged.retention.series(year) if judged.retention else "",
        sealed=sealed,
        sealed_digest=audit.fingerprint(sealed),
    )


def _give_numbers(row: Appraisal, entries: list[AppraisalEntry]) -> list[AppraisalEntry]:
    """The next free numbers of each series; the chain's end is held, so nobody else takes them."""
    if not row.is_kept:
        return []
    last: dict[str, int] = {}
    for entry in entries:
        if entry.series not in last:
            known = AppraisalEntry.objects.filter(series=entry.series).aggregate(last=Max("piece"))
            last[entry.series] = known["last"] or 0
        last[entry.series] += 1
        entry.piece = last[entry.series]
    return entries


def _move(
    row: Appraisal,
    entries: list[AppraisalEntry],
    keyring: Keyring,
    *,
    by: StaffUser,
    at: datetime,
) -> None:
    to = Status.ARCHIVED if row.is_kept else Status.NOT_ARCHIVED
    for entry in entries:
        words = words_of(entry, row.desk, keyring)
        why = "" if row.is_kept else f"{entry.get_reason_display()}。{words}"
        try:
            moving.move(
                entry.submission_id,
                to,
                version=None,
                by=by,
                at=at,
                keyring=keyring,
                through=Through.APPRAISAL,
                reason=why,
            )
        except (CannotMove, Missing) as error:
            raise CannotAppraise(f"{entry.submission}：{error}") from error
