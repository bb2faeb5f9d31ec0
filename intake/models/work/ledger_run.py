"""An export of the ledger that goes on: how far it is, and whether somebody asked it to stop."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.choices import Edition, RunState
from intake.models.staff_user import StaffUser


class LedgerRun(models.Model):
    """One a member; the next takes its place. That something was exported says the event.

    Both moments are on the wall's clock, by which sessions end.
    """

    user = models.OneToOneField(
        StaffUser, models.CASCADE, related_name="+", verbose_name=_("导出人")
    )
    # Tells one export of a member from the next, which takes the same row.
    mark = models.UUIDField(editable=False)
    edition = models.CharField(_("版本"), max_length=8, choices=Edition.choices)
    state = models.CharField(
        _("进度"), max_length=8, choices=RunState.choices, default=RunState.RUNNING
    )
    total = models.PositiveIntegerField(_("一共"))
    done = models.PositiveIntegerField(_("已写"), default=0)
    is_to_stop = models.BooleanField(_("有人要它停下"), default=False)
    started_at = models.DateTimeField(_("开始"))
    seen_at = models.DateTimeField(_("最近一次有动静"))

    class Meta:
        verbose_name = _("台账导出进度")
        verbose_name_plural = _("台账导出进度")
        constraints = [
            models.CheckConstraint(
                name="ledger_run_within_its_total",
                condition=Q(done__lte=F("total")),
                violation_error_message=_("写下的不会比一共的多。"),
            )
        ]

    def __str__(self) -> str:
        return f"台账导出 {self.done}/{self.total}"
