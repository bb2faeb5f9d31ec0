"""作废: nothing is ever deleted by hand; one asks with a reason, another confirms. Audited."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from intake import audit
from intake.access import Deed
from intake.casework.moving.allowing import CannotMove, MayNotMove
from intake.casework.versions import hold
from intake.choices import Action, VoidingEnd
from intake.models import StaffUser, Submission, Voiding


def pending_of(item: Submission) -> Voiding | None:
    """The request that waits for a second person."""
    return item.voidings.pending().select_related("asked_by").first()


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
