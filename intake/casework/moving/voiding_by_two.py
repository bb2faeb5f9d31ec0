"""作废: nothing is ever deleted by hand; one asks with a reason, another confirms. Audited."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from intake import audit
from intake.access import HELD_WITH, Deed
from intake.casework.moving.allowing import CannotMove, MayNotMove
from intake.casework.together.linked import live_repeats_of
from intake.casework.versions import hold
from intake.choices import Action, DeskKind, Status, VoidingEnd
from intake.models import Recusal, RepeatLink, StaffUser, Submission, Voiding


def pending_of(item: Submission) -> Voiding | None:
    """The request that waits for a second person."""
    return item.voidings.pending().select_related("asked_by").first()


def who_can_confirm(item: Submission, *, asked_by: StaffUser) -> list[StaffUser]:
    """Everybody else who sees the item and may void one; nobody where its desk has one member."""
    seen_by = Q(accesses__desk=item.desk_id)
    if item.desk.is_teams:
        seen_by |= Q(accesses__desk__round=item.round_id, accesses__desk__kind=DeskKind.OFFICE)
    leads = RepeatLink.objects.live().filter(repeat=item).order_by().values("lead")
    kept_out = Recusal.objects.live().filter(Q(submission=item) | Q(submission__in=leads))
    people = StaffUser.objects.filter(seen_by, is_active=True).exclude(pk=asked_by.pk)
    people = people.exclude(pk__in=kept_out.values("user")).order_by("username").distinct()
    needed = (Deed.VOID, HELD_WITH.get(DeskKind(item.desk.kind), Deed.VOID))
    return [one for one in people if all(map(one.may, needed))]


def refuse_with_repeats(item: Submission) -> None:
    """A repeat that counts would repeat nothing any more. Raises CannotMove."""
    repeats = [one for one in live_repeats_of(item) if one.repeat.status != Status.VOIDED]
    if repeats:
        raise CannotMove(
            _("有 %s 件重复件并入了这一件，不能作废。请先把它们改成“另作一件”。") % len(repeats)
        )


def ask(item: Submission, *, by: StaffUser, at: datetime) -> Voiding:
    """A request for an item that the caller holds; its reason is in the case file already."""
    row = Voiding.objects.create(submission=item, asked_by=by, asked_at=at)
    audit.record(
        Action.ASK_VOIDING, by=by, at=at, obj=item, desk=item.desk, made=[row], changed=[item]
    )
    item.save(update_fields=["version"])
    return row


def drop(item_id: UUID, *, version: int, by: StaffUser, at: datetime) -> Submission:
    """The item is not voided after all: whoever asked says so, or whoever was to confirm it."""
    with transaction.atomic():
        item = hold(item_id, by, version, at=at)
        if not by.may(Deed.VOID):
            raise MayNotMove(_("这一步不归您办。"))
        row = pending_of(item)
        if row is None:
            raise CannotMove(_("没有人申请作废这一件。"))
        row.end, row.settled_by, row.settled_at = VoidingEnd.DROPPED, by, at
        audit.record(
            Action.DROP_VOIDING, by=by, at=at, obj=item, desk=item.desk, changed=[item, row]
        )
        row.save(update_fields=["end", "settled_by", "settled_at"])
        item.save(update_fields=["version"])
    return item
