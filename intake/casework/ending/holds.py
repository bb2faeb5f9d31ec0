"""暂缓: the office stops the end of a round, or of one item of it; a head lets it go on.

What is held is neither archived nor left out of the archive, and nothing of its round is destroyed.

The reason is sealed to the office. Audited.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet

from inspection.models import Round
from intake import audit
from intake.access import Deed
from intake.choices import Action
from intake.models import Desk, Hold, RoundPurge, StaffUser, Submission
from intake.sealing.sealing import seal


class CannotHold(Exception):
    """A sentence that says why."""


def holds_seen_by(user: StaffUser, round_: Round) -> "QuerySet[Hold]":
    """Of a whole round, and of the items that the member sees; newest first."""
    seen = Submission.objects.visible_to(user).filter(round=round_)
    rows = Hold.objects.filter(round=round_).filter(
        Q(submission=None) | Q(submission__in=seen.values("pk"))
    )
    return rows.select_related("submission__round", "set_by", "lifted_by").order_by("-set_at")


def words_of_hold(item: Submission) -> str:
    """What stops the item from being archived or left out; '' where nothing does."""
    live = Hold.objects.live().filter(Q(submission=None, round=item.round_id) | Q(submission=item))
    if not live.exists():
        return ""
    return "已经暂缓，不能归档，也不能定为不归档。要先由负责人在“轮次结束”里解除。"


def set_hold(round_: Round, number: str, *, reason: str, by: StaffUser, at: datetime) -> Hold:
    """Of the item with this number, or of the whole round where none is named.

    Raises PermissionDenied for who is not of the round's office, and CannotHold.
    """
    office = _office(round_, by, Deed.ARCHIVE)
    with transaction.atomic():
        audit.checkpoint(at=at)
        if RoundPurge.objects.filter(round=round_, finished_at__isnull=False).exists():
            raise CannotHold("这一轮已经清理完，没有可以暂缓的了。")
        item = _numbered(round_, number.strip(), by)
        if Hold.objects.live().filter(round=round_, submission=item).exists():
            raise CannotHold("这一件已经暂缓。" if item else "这一轮已经暂缓。")
        sealed = seal(reason.encode(), audit.recipient_of(office))
        hold = Hold(round=round_, submission=item, sealed_reason=sealed, set_by=by, set_at=at)
        hold.save(force_insert=True)
        audit.record(Action.HOLD, by=by, at=at, obj=item or round_, desk=office, made=[hold])
    return hold


def lift(hold: Hold, *, by: StaffUser, at: datetime) -> None:
    """By a head alone. Raises PermissionDenied, and CannotHold for one that was lifted."""
    office = _office(hold.round, by, Deed.END_ROUND)
    with transaction.atomic():
        audit.checkpoint(at=at)
        row = holds_seen_by(by, hold.round).filter(pk=hold.pk, lifted_at=None).first()
        if row is None:
            raise CannotHold("这一条暂缓已经解除。")
        row.lifted_by, row.lifted_at = by, at
        about = row.submission or row.round
        audit.record(Action.LIFT_HOLD, by=by, at=at, obj=about, desk=office, changed=[row])
        row.save(update_fields=["lifted_by", "lifted_at"])


def _office(round_: Round, by: StaffUser, deed: Deed) -> Desk:
    office = Desk.objects.visible_to(by).of_offices().filter(round=round_).first()
    if office is None or not by.may(deed):
        raise PermissionDenied
    return office


def _numbered(round_: Round, number: str, by: StaffUser) -> Submission | None:
    if not number:
        return None
    last = number.rpartition("-")[2]
    seen = Submission.objects.visible_to(by).filter(round=round_).select_related("round")
    items = seen.defer("sealed").filter(number=int(last)) if last.isdecimal() else seen.none()
    item = next((one for one in items if one.display_number == number), None)
    if item is None:
        raise CannotHold("没有这个编号的信访件。请照信访件列表上的编号填，例如 8-0157。")
    return item
