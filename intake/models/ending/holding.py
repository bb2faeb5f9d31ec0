"""暂缓: somebody said that a round, or an item of it, must not be destroyed yet."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake.models.staff_user import member_key
from intake.models.submission import Submission
from intake.models.together.who_ended import ended_by_somebody


class HoldQuerySet(models.QuerySet["Hold"]):
    """Holds by whether they still stand."""

    def live(self) -> Self:
        """Those that nobody has lifted."""
        return self.filter(lifted_at__isnull=True)


class Hold(models.Model):
    """Of a whole round where it names no item. The reason is sealed to the office."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="holds", verbose_name=_("轮次"))
    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        null=True,
        related_name="holds",
        verbose_name=_("信访件"),
    )
    sealed_reason = models.BinaryField(_("封存的理由"))
    set_by = member_key(_("提出人"))
    set_at = models.DateTimeField(_("提出时间"))
    lifted_by = member_key(_("解除人"), null=True)
    lifted_at = models.DateTimeField(_("解除时间"), null=True)

    objects = HoldQuerySet.as_manager()

    class Meta:
        verbose_name = _("暂缓")
        verbose_name_plural = _("暂缓")
        ordering = ["set_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="hold_live_once_an_item",
                fields=["submission"],
                condition=Q(lifted_at__isnull=True, submission__isnull=False),
                violation_error_message=_("这一件已经暂缓。"),
            ),
            models.UniqueConstraint(
                name="hold_live_once_a_round",
                fields=["round"],
                condition=Q(lifted_at__isnull=True, submission__isnull=True),
                violation_error_message=_("这一轮已经暂缓。"),
            ),
            models.CheckConstraint(
                name="hold_lifted_by_somebody",
                condition=ended_by_somebody("set_at", at="lifted_at", by="lifted_by"),
                violation_error_message=_("解除暂缓要有解除人和不早于提出的时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"暂缓 {self.pk}"
