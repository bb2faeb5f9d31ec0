"""移交清单 and 立行立改通知书: items on their way to one receiver, and what became of it."""

import uuid
from typing import Any, Self

from django.apps import apps
from django.db import models
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake.choices import ListKind, ListState
from intake.models.desk import Desk
from intake.models.staff_user import StaffUser, member_key
from intake.models.work.receiver import Receiver

S = ListState
# A list in one of these was approved; in one of the later ones it has left.
GONE = (S.SENT, S.SIGNED, S.OBJECTED, S.RETURNED, S.ANSWERED)
DECIDED = (S.APPROVED, *GONE)
# Nothing more happens to a list in one of these.
OVER = (S.RETURNED, S.ANSWERED, S.DROPPED)


def _member(words: Any) -> Any:
    return member_key(words, null=True, editable=False)


def _day(words: Any) -> Any:
    return models.DateField(words, null=True, blank=True)


def _not_before(later: str, earlier: str) -> Q:
    """A day that is known is not before the other, which must be known then."""
    in_order = Q(**{f"{earlier}__isnull": False, f"{later}__gte": F(earlier)})
    return Q(**{f"{later}__isnull": True}) | in_order


def _entries_of_each() -> Any:
    """The entries of the list that is being asked for; their model stands above this one."""
    entries = apps.get_model("intake", "TransferEntry")._default_manager
    return entries.filter(list=OuterRef("pk")).order_by()


def _seen_of_each(user: StaffUser) -> Any:
    """The same, of the items that are there for this member."""
    items = apps.get_model("intake", "Submission")._default_manager.visible_to(user)
    return _entries_of_each().filter(submission__in=items.values("pk"))


class TransferListQuerySet(models.QuerySet["TransferList"]):
    """Lists by who may see them and what waits."""

    def visible_to(self, user: StaffUser) -> Self:
        """Those of the desks that this member may see; for all others, none.

        What holds nothing but items that are not there for them is not there either.
        """
        every, seen = _entries_of_each(), _seen_of_each(user)
        is_over = ~Exists(every.filter(is_out=False)) & (Exists(seen) | ~Exists(every))
        return self.filter(
            Exists(seen.filter(is_out=False)) | is_over, desk__in=Desk.objects.visible_to(user)
        )

    def counted_for(self, user: StaffUser) -> Self:
        """With `on_it`: how many items stand on it that are there for this member."""
        on_it = _seen_of_each(user).filter(is_out=False).values("list").annotate(n=Count("pk"))
        return self.annotate(on_it=Coalesce(Subquery(on_it.values("n")), 0))

    def going_on(self) -> Self:
        """Those to which something may still happen."""
        return self.exclude(state__in=OVER)


class TransferList(models.Model):
    """One list; all free words of it stand sealed to the desk that makes it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="transfer_lists", verbose_name=_("轮次")
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="transfer_lists", verbose_name=_("受理席")
    )
    receiver = models.ForeignKey(
        Receiver, models.PROTECT, related_name="transfer_lists", verbose_name=_("接收单位")
    )
    kind = models.CharField(_("种类"), max_length=10, choices=ListKind.choices)
    state = models.CharField(
        _("状态"), max_length=10, choices=ListState.choices, default=ListState.DRAFT
    )
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    document_number = models.CharField(_("文号"), max_length=40, blank=True)
    made_by = _member(_("起草人"))
    made_at = models.DateTimeField(_("起草时间"), editable=False)
    proposed_by = _member(_("送审人"))
    proposed_at = models.DateTimeField(_("送审时间"), null=True, editable=False)
    approved_by = _member(_("审批人"))
    approved_at = models.DateTimeField(_("审批时间"), null=True, editable=False)
    sent_on = _day(_("送出日期"))
    sent_by = _member(_("移交人"))
    signed_on = _day(_("签收日期"))
    objection_on = _day(_("提出异议的日期"))
    returned_on = _day(_("退回日期"))
    # The member who agreed to the return on behalf of the sender.
    returned_by = _member(_("同意退回的人"))
    feedback_on = _day(_("反馈日期"))
    sealed = models.BinaryField(_("封存的文字"), editable=False)
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)

    objects = TransferListQuerySet.as_manager()

    class Meta:
        verbose_name = _("移交清单")
        verbose_name_plural = _("移交清单")
        ordering = ["-made_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                # A desk that shared its numbers with others would learn of their lists.
                name="transfer_document_number_once_a_desk",
                fields=["desk", "document_number"],
                condition=~Q(document_number=""),
                violation_error_message=_("本席已经用过这个文号。"),
            ),
            models.CheckConstraint(
                name="transfer_approved_by_another",
                condition=Q(approved_by__isnull=True)
                | Q(proposed_by__isnull=True)
                | ~Q(approved_by=F("proposed_by")),
                violation_error_message=_("自己送审的，要由别人审批。"),
            ),
            models.CheckConstraint(
                name="transfer_approved_before_it_leaves",
                condition=Q(state__in=DECIDED, approved_by__isnull=False, approved_at__isnull=False)
                & ~Q(document_number="")
                | ~Q(state__in=DECIDED) & Q(approved_by__isnull=True, document_number=""),
                violation_error_message=_("批准了才有审批人和文号，有了才能送出。"),
            ),
            models.CheckConstraint(
                name="transfer_sent_on_a_day",
                condition=Q(state__in=GONE, sent_on__isnull=False)
                | ~Q(state__in=GONE) & Q(sent_on__isnull=True),
                violation_error_message=_("送出了的清单才有送出日期。"),
            ),
            models.CheckConstraint(
                name="transfer_days_in_order",
                condition=_not_before("signed_on", "sent_on")
                & _not_before("objection_on", "sent_on")
                & _not_before("returned_on", "objection_on")
                & _not_before("feedback_on", "signed_on"),
                violation_error_message=_("日期的先后不对。"),
            ),
            models.CheckConstraint(
                name="transfer_ends_by_a_day",
                condition=~Q(state__in=(S.SIGNED, S.OBJECTED, S.RETURNED, S.ANSWERED))
                | Q(state=S.SIGNED, signed_on__isnull=False)
                | Q(state=S.OBJECTED, objection_on__isnull=False)
                | Q(state=S.RETURNED, returned_on__isnull=False, returned_by__isnull=False)
                | Q(state=S.ANSWERED, feedback_on__isnull=False),
                violation_error_message=_("签收、异议、退回和反馈都要有日期。"),
            ),
        ]

    def __str__(self) -> str:
        return self.document_number or f"{self.get_kind_display()}（{self.get_state_display()}）"

    @property
    def is_fix(self) -> bool:
        """Whether it is a notice to set something right, and no list of items that leave."""
        return self.kind == ListKind.FIX

    def get_absolute_url(self) -> str:
        return reverse("admin:intake_transferlist_change", args=[self.pk])
