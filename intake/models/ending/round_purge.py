"""清理: what was destroyed at the end of a round, by whom, after which archive took over."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake.models.ending.round_archive import RoundArchive
from intake.models.staff_user import member_key


class RoundPurge(models.Model):
    """Begun once a round, gone on with until it is finished, and never taken back."""

    round = models.OneToOneField(
        Round, models.PROTECT, related_name="purge", verbose_name=_("轮次")
    )
    archive = models.OneToOneField(
        RoundArchive, models.PROTECT, related_name="purge", verbose_name=_("归档包")
    )
    started_by = member_key(_("清理人"), null=True)
    started_at = models.DateTimeField(_("开始时间"))
    finished_at = models.DateTimeField(_("完成时间"), null=True)

    class Meta:
        verbose_name = _("到期清理")
        verbose_name_plural = _("到期清理")
        ordering = ["-started_at"]

    def __str__(self) -> str:
        return f"到期清理 {self.started_at:%Y-%m-%d}"


class DestroyedSeal(models.Model):
    """销毁清单的一行: one sealed thing that is no more; the row that held it stays, emptied."""

    purge = models.ForeignKey(
        RoundPurge, models.PROTECT, related_name="destroyed", verbose_name=_("到期清理")
    )
    kind = models.CharField(_("种类"), max_length=40)
    column = models.CharField(_("栏目"), max_length=40)
    row_key = models.CharField(_("哪一行"), max_length=40)
    number = models.CharField(_("编号"), max_length=40, blank=True)
    digest = models.CharField(_("内容的指纹"), max_length=64)
    destroyed_at = models.DateTimeField(_("销毁时间"))

    class Meta:
        verbose_name = _("销毁清单的一行")
        verbose_name_plural = _("销毁清单")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="destroyed_seal_once",
                fields=["kind", "row_key", "column"],
                violation_error_message=_("同一处只销毁一次。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.row_key}"
