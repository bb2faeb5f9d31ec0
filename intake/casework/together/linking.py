"""重复件: a person confirms that an item repeats another, and can take it back. Audited.

Linked, never folded: both items stay, each with its number, its words and its log. Links are flat:
a lead repeats nothing itself. The reason for undoing one stands sealed in the item's case file.
"""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.casework.moving.move_table import Through
from intake.casework.moving.moving import move
from intake.casework.together import recusing
from intake.casework.together.linked import live_link_of, live_repeats_of
from intake.choices import Action, Status
from intake.models import RepeatLink, StaffUser, Submission
from intake.staff.keyring import Keyring

# What is done with, or does not count, leads nothing.
_LEADS_NOTHING = (Status.UNREGISTERED, Status.VOIDED)


class CannotLink(Exception):
    """The two cannot be linked, or the link not be undone; the message is for the clerk."""


def link(
    item_id: UUID, lead_id: UUID, *, version: int, by: StaffUser, at: datetime, keyring: Keyring
) -> Submission:
    """The item becomes a repeat of the lead; gives the item as it is now.

    Raises what `moving.move` raises, and CannotLink.
    """
    with transaction.atomic():
        # Nobody else links or undoes until the commit, so that what is refused here stays so.
        audit.checkpoint(at=at)
        item = Submission.objects.visible_to(by).defer("sealed").get(pk=item_id)
        lead = Submission.objects.visible_to(by).filter(pk=lead_id).defer("sealed").first()
        if lead is None:
            raise CannotLink(_("要并入的那一件不在您能看的范围里。"))
        _refuse_what_does_not_fit(item, lead)
        moved = move(
            item_id,
            Status.REPEAT,
            version=version,
            by=by,
            at=at,
            keyring=keyring,
            through=Through.REPEATS,
        )
        made = RepeatLink.objects.create(lead=lead, repeat=item, made_by=by, made_at=at)
        audit.record(
            Action.LINK_REPEAT,
            by=by,
            at=at,
            obj=moved,
            desk=moved.desk,
            made=[made],
            lead=str(lead.pk),
        )
        recusing.carry_over(item, lead, at=at)
    return moved


def unlink(
    item_id: UUID, *, reason: str, version: int, by: StaffUser, at: datetime, keyring: Keyring
) -> Submission:
    """New facts, or a mistake: the item is one of its own again, and is judged anew.

    Raises what `moving.move` raises, Missing for no reason included, and CannotLink.
    """
    with transaction.atomic():
        audit.checkpoint(at=at)
        item = Submission.objects.visible_to(by).defer("sealed").get(pk=item_id)
        live = live_link_of(item)
        if live is None:
            raise CannotLink(_("这一件现在没有并入别的信访件。"))
        moved = move(
            item_id,
            Status.TO_ASSESS,
            version=version,
            by=by,
            at=at,
            keyring=keyring,
            through=Through.REPEATS,
            reason=reason,
        )
        live.undone_by, live.undone_at = by, at
        audit.record(
            Action.UNLINK_REPEAT,
            by=by,
            at=at,
            obj=moved,
            desk=moved.desk,
            changed=[live],
            lead=str(live.lead_id),
        )
        live.save(update_fields=["undone_by", "undone_at"])
    return moved


def _refuse_what_does_not_fit(item: Submission, lead: Submission) -> None:
    if lead.pk == item.pk:
        raise CannotLink(_("一件不能并入它自己。"))
    if lead.desk_id != item.desk_id:
        raise CannotLink(_("这两件不在同一个受理席。请先把其中一件改派过去，再确认。"))
    if lead.status in _LEADS_NOTHING:
        raise CannotLink(_("要并入的那一件还没有登记，或者已经作废。"))
    if live_link_of(lead):
        raise CannotLink(_("要并入的那一件自己是重复件。请并入它的首件。"))
    if live_repeats_of(item):
        raise CannotLink(_("已经有别的信访件并入这一件，它不能再并入另一件。"))
