"""回避: the office keeps one member out of an item, without a trace that they can see. Audited.

It is a rule of pages: the member's keys still open the desk. What must be sealed against them is
drawn to another desk, by re-routing. Numbers of a round run through all desks, so that a team sees
gaps anyway; the office sees none, and one would tell its clerk.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed, Desks, holding
from intake.casework.together.linked import live_link_of
from intake.choices import Action
from intake.models import Desk, DeskAccess, HelpingDesk, Recusal, StaffUser, Submission
from intake.sealing.sealing import seal


class CannotRecuse(ValueError):
    """The member cannot be kept out of the item; the message is for the clerk."""


def may_be_recused(item: Submission) -> "QuerySet[StaffUser]":
    """The members of teams who see the item now, of the desks that help with it too."""
    helping = HelpingDesk.objects.live().filter(submission=item).values("desk")
    desks = Desk.objects.filter(Q(pk=item.desk_id) | Q(pk__in=helping)).values("pk")
    accesses = DeskAccess.objects.filter(desk__in=desks).values("user")
    holders = StaffUser.objects.filter(pk__in=accesses, is_active=True)
    teams = holders.filter(role__in=holding(Desks.A_TEAMS))
    kept_out = Recusal.objects.live().filter(submission=item)
    return teams.exclude(pk__in=kept_out.values("user")).order_by("username")


def live_recusals_of(item: Submission) -> "QuerySet[Recusal]":
    """Who is kept out of an item, in the order in which it was decided."""
    found = Recusal.objects.live().filter(submission=item).order_by("ordered_at", "pk")
    return found.select_related("user", "ordered_by")


def order(
    item: Submission, clerk: StaffUser, *, reason: str, by: StaffUser, at: datetime
) -> Recusal:
    """From now on the item, and whatever repeats it, is not there for this member.

    Raises PermissionDenied, Submission.DoesNotExist at a desk of somebody else, CannotRecuse.
    """
    office = _office_for(item, by)
    with transaction.atomic():
        audit.checkpoint(at=at)
        found = Submission.objects.visible_to(by).defer("sealed").get(pk=item.pk)
        if not may_be_recused(found).filter(pk=clerk.pk).exists():
            raise CannotRecuse(_("只能让办这一件的巡察组的人回避，而且还没有回避过。"))
        sealed = seal(reason.encode(), audit.recipient_of(office))
        made = _keep_out(found, clerk, sealed, office=office, by=by, at=at)
        if link := live_link_of(found):
            carry_over(found, link.lead, at=at)
    return made


def end(recusal: Recusal, *, by: StaffUser, at: datetime) -> None:
    """The member sees the item again. Raises as `order` does."""
    office = _office_for(recusal.submission, by)
    with transaction.atomic():
        audit.checkpoint(at=at)
        mine = Recusal.objects.live().filter(submission__in=Submission.objects.visible_to(by))
        row = mine.select_related("user", "submission").filter(pk=recusal.pk).first()
        if row is None:
            raise CannotRecuse(_("这一条回避已经结束。"))
        row.ended_by, row.ended_at = by, at
        audit.record(
            Action.END_RECUSAL,
            by=by,
            at=at,
            obj=row.submission,
            desk=office,
            changed=[row],
            clerk=row.user.told_apart,
        )
        row.save(update_fields=["ended_by", "ended_at"])


def carry_over(repeat: Submission, lead: Submission, *, at: datetime) -> None:
    """Who is kept out of a repeat is kept out of its lead too; inside the deed that links them."""
    there = set(Recusal.objects.live().filter(submission=lead).values_list("user", flat=True))
    for row in live_recusals_of(repeat):
        if row.user_id not in there:
            office = Desk.objects.of_offices().get(round=lead.round_id)
            sealed = bytes(row.sealed_reason)
            _keep_out(lead, row.user, sealed, office=office, by=row.ordered_by, at=at)


def _keep_out(
    item: Submission,
    clerk: StaffUser,
    sealed: bytes,
    *,
    office: Desk,
    by: StaffUser,
    at: datetime,
) -> Recusal:
    row = Recusal.objects.create(
        submission=item, user=clerk, sealed_reason=sealed, ordered_by=by, ordered_at=at
    )
    audit.record(
        Action.ORDER_RECUSAL,
        by=by,
        at=at,
        obj=item,
        desk=office,
        made=[row],
        clerk=clerk.told_apart,
    )
    return row


def _office_for(item: Submission, by: StaffUser) -> Desk:
    if not by.may(Deed.RECUSE):
        raise PermissionDenied
    return Desk.objects.of_offices().get(round=item.round_id)
