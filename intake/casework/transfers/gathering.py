"""Gathering items into a list for one receiver, and taking one out again. Audited."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.models import Target
from intake import audit
from intake.casework.transfers.held_lists import hold_list, opened_matter, why_not_there
from intake.casework.transfers.list_table import MAKES
from intake.choices import SETTLED_BY_BODIES, Action, ListKind, ListState, ReceiverKind
from intake.models import (
    Desk,
    Receiver,
    StaffUser,
    Submission,
    TransferEntry,
    TransferList,
)
from intake.models.codes_field import as_codes
from intake.report.transfer_words import EntryWords, ListWords
from intake.sealing.sealing import seal
from intake.staff.keyring import Keyring

MOST = 500


class CannotGather(ValueError):
    """Nothing was gathered; `field` names what is wrong, `lines` say it item by item."""

    def __init__(self, field: str, message: str, lines: Sequence[str] = ()) -> None:
        super().__init__(message)
        self.field = field
        self.lines = tuple(lines)


@dataclass(frozen=True, slots=True)
class Into:
    """Where items go: into a draft that there is, or into a new list for a receiver."""

    kind: ListKind
    receiver: Receiver | None = None
    draft: TransferList | None = None


def gather(
    item_ids: Sequence[UUID], into: Into, *, keyring: Keyring, by: StaffUser, at: datetime
) -> TransferList:
    """All of them or none; gives the list. Raises CannotGather, and PermissionDenied for a role."""
    if not by.may(MAKES[into.kind]):
        raise PermissionDenied
    with transaction.atomic():
        audit.checkpoint(at=at)
        items = _items(item_ids, by)
        desk = _desk_for(items, into.kind)
        row = _draft_or_new(into, desk, items, by=by, at=at)
        if refused := list(_refused(items, row, keyring)):
            raise CannotGather("item", "这些信访件不能放进这份清单，一件也没有放。", refused)
        for item in items:
            # Of a draft that was there, the version goes up once.
            _put(item, row, grown=[row] if into.draft and item is items[0] else [], by=by, at=at)
    return row


def take_out(list_id: UUID, entry: int, *, version: int, by: StaffUser, at: datetime) -> None:
    """Takes an item out of a draft. Raises CannotGather, ListChangedMeanwhile, DoesNotExist."""
    with transaction.atomic():
        row = hold_list(list_id, by, version, at=at)
        mine = row.entries.on_the_list().visible_to(by).select_related("submission__desk")
        found = mine.get(pk=entry)
        if not by.may(MAKES[row.kind]):
            raise PermissionDenied
        if row.state != ListState.DRAFT:
            raise CannotGather("", f"这份清单已经“{row.get_state_display()}”，不能再移出。")
        found.is_out = True
        item = found.submission
        audit.record(
            Action.TAKE_OUT,
            by=by,
            at=at,
            obj=item,
            desk=item.desk,
            changed=[found, row],
            receiver=str(row.receiver),
        )
        found.save(update_fields=["is_out"])
        row.save(update_fields=["version"])


def receiver_of_body(target: Target) -> Receiver:
    """The receiver that an inspected body is; the office need not have entered it before."""
    found, _made = Receiver.objects.get_or_create(
        target=target,
        defaults={
            "kind": ReceiverKind.INSPECTED,
            "name": target.name[:60],
            "takes": as_codes(SETTLED_BY_BODIES),
        },
    )
    return found


def _items(item_ids: Sequence[UUID], by: StaffUser) -> list[Submission]:
    mine = Submission.objects.visible_to(by).filter(pk__in=item_ids)
    found = list(
        mine.select_related("round", "desk__team", "target").order_by("number", "received_at")
    )
    if not found:
        raise CannotGather("item", "请先选信访件。")
    if len(found) > MOST:
        raise CannotGather("item", f"一次最多 {MOST} 件。")
    return found


def _desk_for(items: Iterable[Submission], kind: ListKind) -> Desk:
    """Items of teams leave through the office; a notice to set right is the desk's own."""
    desks = {item.desk_id: item.desk for item in items}
    if kind == ListKind.TRANSFER:
        made_at = [_office_of(desk) if desk.is_teams else desk for desk in desks.values()]
        desks = {desk.pk: desk for desk in made_at}
    if len(desks) != 1:
        raise CannotGather("item", "这些信访件不在同一个受理席，请分开放。")
    return next(iter(desks.values()))


def _office_of(desk: Desk) -> Desk:
    return Desk.objects.of_offices().get(round=desk.round_id)


def _draft_or_new(
    into: Into, desk: Desk, items: Sequence[Submission], *, by: StaffUser, at: datetime
) -> TransferList:
    if into.draft is not None:
        row = hold_list(into.draft.pk, by, None, at=at)
        if row.state != ListState.DRAFT:
            raise CannotGather("draft", "这份清单刚才已经送审或者送出，请另选一份。")
        if (row.desk_id, row.kind) != (desk.pk, into.kind):
            raise CannotGather("draft", "这份清单不是这个受理席的，请另选一份。")
        return row
    receiver = into.receiver
    if receiver is None and into.kind == ListKind.FIX:
        receiver = _body_of(items)
    if receiver is None:
        raise CannotGather("receiver", "请选接收单位。")
    return _start(receiver, into.kind, desk, by=by, at=at)


def _body_of(items: Sequence[Submission]) -> Receiver:
    bodies = {item.target_id: item.target for item in items}
    target = next(iter(bodies.values()))
    if len(bodies) != 1 or target is None:
        raise CannotGather("item", "立行立改通知书一份只发给一个巡察对象：请选同一个单位的。")
    return receiver_of_body(target)


def _start(
    receiver: Receiver, kind: ListKind, desk: Desk, *, by: StaffUser, at: datetime
) -> TransferList:
    words = seal(ListWords().to_bytes(), audit.recipient_of(desk))
    row = TransferList(
        round_id=desk.round_id,
        desk=desk,
        receiver=receiver,
        kind=kind,
        made_by=by,
        made_at=at,
        sealed=words,
        sealed_digest=audit.fingerprint(words),
    )
    row.save(force_insert=True)
    audit.record(
        Action.START_LIST,
        by=by,
        at=at,
        obj=row,
        desk=desk,
        made=[row],
        list_kind=kind.value,
        receiver=str(receiver),
    )
    return row


def _refused(items: Iterable[Submission], row: TransferList, keyring: Keyring) -> Iterable[str]:
    """One line an item that cannot go there, with all its reasons."""
    keys = [item.pk for item in items]
    elsewhere = TransferEntry.objects.still_open().filter(submission__in=keys)
    taken = set(elsewhere.values_list("submission_id", flat=True))
    for item in items:
        reasons = why_not_there(item, opened_matter(item, keyring), row.receiver, row.kind)
        if item.pk in taken:
            reasons.append("已经在另一份没有办完的清单里。")
        if reasons:
            yield f"{item}：{''.join(reasons)}"


def _put(
    item: Submission,
    row: TransferList,
    *,
    grown: list[TransferList],
    by: StaffUser,
    at: datetime,
) -> None:
    words = seal(EntryWords().to_bytes(), audit.recipient_of(row.desk))
    entry = TransferEntry(
        list=row,
        submission=item,
        item_version=item.version,
        sealed=words,
        sealed_digest=audit.fingerprint(words),
    )
    entry.save(force_insert=True)
    audit.record(
        Action.GATHER,
        by=by,
        at=at,
        obj=item,
        desk=item.desk,
        made=[entry],
        changed=grown,
        receiver=str(row.receiver),
    )
    for one in grown:
        one.save(update_fields=["version"])
