"""回避: the office keeps one member out of an item, without a trace that they can see. Audited.

It is a rule of pages: the member's keys still open the desk. What must be sealed against them is
drawn to another desk, by re-routing. Numbers of a round run through all desks, so that a team sees
gaps anyway; to the office a gap may as well be an item that went to the head's desk. It is decided
beforehand too, so that nobody sees an item first. Somebody is always left who sees the item, opens
it and can end what was ordered.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed
from intake.casework.together.linked import live_link_of
from intake.choices import Action, DeskKind
from intake.models import Desk, DeskAccess, HelpingDesk, Recusal, StaffUser, Submission
from intake.sealing.sealing import seal

NOT_OFFERED = _("只能让本轮受理席的人回避，不能是您自己，而且还没有回避过。")
_NOBODY_LEFT = _("别的人都回避了，或者打不开，这一件就没有人能看了。请先给巡察办再授权一个人。")


class CannotRecuse(ValueError):
    """The member cannot be kept out of the item; the message is for the clerk."""


def may_be_recused(item: Submission, by: StaffUser) -> "QuerySet[StaffUser]":
    """Whoever has a desk of the round, who sees the item now before the others; never oneself."""
    helping = HelpingDesk.objects.live().filter(submission=item).values("desk")
    here = Q(desk=item.desk_id) | Q(desk__in=helping)
    accesses = DeskAccess.objects.filter(desk__round=item.round_id)
    holders = StaffUser.objects.filter(pk__in=accesses.values("user"), is_active=True)
    kept_out = Recusal.objects.live().filter(submission=item)
    others = holders.exclude(pk__in=kept_out.values("user")).exclude(pk=by.pk)
    is_here = Exists(accesses.filter(here, user=OuterRef("pk")))
    return others.annotate(is_here=is_here).order_by("-is_here", "username")


def is_seen_by_somebody(item: Submission, desk: Desk, *, without: StaffUser | None = None) -> bool:
    """Whether at the head's `desk`, else at the office, a member for good is not kept out of it."""
    kind = DeskKind.HEAD if desk.is_heads else DeskKind.OFFICE
    holders = DeskAccess.objects.able().lasting().filter(desk__round=item.round_id, desk__kind=kind)
    if without is not None:
        holders = holders.exclude(user=without)
    link = live_link_of(item)
    same = [item.pk, link.lead_id] if link else [item.pk]
    kept_out = Recusal.objects.live().filter(submission__in=same)
    return holders.exclude(user__in=kept_out.values("user")).exists()


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
        if not may_be_recused(found, by).filter(pk=clerk.pk).exists():
            raise CannotRecuse(NOT_OFFERED)
        if not is_seen_by_somebody(found, found.desk, without=clerk):
            raise CannotRecuse(_NOBODY_LEFT)
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
