"""作废: one asks for it, another confirms; until then the item stays where it is."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.choices import VoidingEnd
from intake.models.staff_user import StaffUser
from intake.models.submission import Submission


class VoidingQuerySet(models.QuerySet["Voiding"]):
    """Requests by whether somebody has settled them."""

    def pending(self) -> Self:
        """Those that wait for a second person."""
        return self.filter(end="")


class Voiding(models.Model):
    """One request; its reason stands sealed in the item's case file."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="voidings", verbose_name=_("信访件")
    )
    asked_by = models.ForeignKey(
        StaffUser, models.PROTECT, related_name="+", verbose_name=_("申请人")
    )
    asked_at = models.DateTimeField(_("申请时间"))
    end = models.CharField(_("结果"), max_length=10, choices=VoidingEnd.choices, blank=True)
    settled_by = models.ForeignKey(
        StaffUser, models.PROTECT, null=True, related_name="+", verbose_name=_("确认人")
    )
    settled_at = models.DateTimeField(_("确认时间"), null=True)

    objects = VoidingQuerySet.as_manager()

    class Meta:
        verbose_name = _("作废申请")
        verbose_name_plural = _("作废申请")
        ordering = ["asked_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="voiding_one_pending_an_item",
                fields=["submission"],
                condition=Q(end=""),
                violation_error_message=_("这一件已经有人申请作废。"),
            ),
            models.CheckConstraint(
                name="voiding_by_two_people",
                condition=~Q(end=VoidingEnd.VOIDED) | ~Q(settled_by=F("asked_by")),
                violation_error_message=_("作废要两个人，申请人不能自己确认。"),
            ),
            models.CheckConstraint(
                name="voiding_settled_by_somebody",
                condition=Q(end="", settled_by__isnull=True, settled_at__isnull=True)
                | ~Q(end="") & Q(settled_by__isnull=False, settled_at__isnull=False),
                violation_error_message=_("确认或者撤下作废，要写明是谁、什么时候。"),
            ),
        ]

    def __str__(self) -> str:
        return f"作废申请 {self.asked_at:%Y-%m-%d}"
