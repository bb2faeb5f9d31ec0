"""回避: one member is kept out of one item; for them it is as if it had never come."""

from collections.abc import Collection
from typing import Self

from django.db import models
from django.db.models import Count, F, Q
from django.utils.translation import gettext_lazy as _

from intake.choices import DeskKind
from intake.models.desk import Desk
from intake.models.staff_user import StaffUser, member_key
from intake.models.submission import Submission
from intake.models.together.who_ended import ended_by_somebody


class RecusalQuerySet(models.QuerySet["Recusal"]):
    """Recusals by whether they still hold."""

    def live(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_at__isnull=True)

    def that_leave_nobody(self, desk: Desk, users: Collection[int]) -> Self:
        """Of the items seen at the head's `desk`, or at the office, those without all of these."""
        kinds = [DeskKind.HEAD] if desk.is_heads else [DeskKind.OFFICE, DeskKind.TEAM]
        here = Q(submission__round=desk.round_id, submission__desk__kind__in=kinds)
        kept_out = self.live().filter(here, user__in=users).order_by().values("submission")
        everybody = kept_out.annotate(users=Count("user", distinct=True)).filter(
            users=len(set(users))
        )
        return self.live().filter(submission__in=everybody.values("submission"))


class Recusal(models.Model):
    """Ordered by the office; the reason is sealed to the office, and the member never told."""

    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        related_name="recusals",
        verbose_name=_("信访件"),
        db_index=False,
    )
    user = models.ForeignKey(
        StaffUser, models.PROTECT, related_name="recusals", verbose_name=_("回避的人")
    )
    sealed_reason = models.BinaryField(_("封存的理由"))
    ordered_by = member_key(_("决定人"), db_index=False)
    ordered_at = models.DateTimeField(_("决定时间"))
    ended_by = member_key(_("结束人"), null=True, db_index=False)
    ended_at = models.DateTimeField(_("结束时间"), null=True)

    objects = RecusalQuerySet.as_manager()

    class Meta:
        verbose_name = _("回避")
        verbose_name_plural = _("回避")
        ordering = ["ordered_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="recusal_live_once",
                fields=["submission", "user"],
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("这个人已经回避这一件。"),
            ),
            models.CheckConstraint(
                name="recusal_of_somebody_else",
                condition=~Q(user=F("ordered_by")),
                violation_error_message=_("不能由本人决定自己回避。"),
            ),
            models.CheckConstraint(
                name="recusal_ended_by_somebody",
                condition=ended_by_somebody("ordered_at", at="ended_at", by="ended_by"),
                violation_error_message=_("结束回避要有结束人和不早于决定的时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"回避 {self.pk}"
