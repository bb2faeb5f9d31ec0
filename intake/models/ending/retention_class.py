"""保管期限表: the office's own table of classes of paper, and for how long each is kept."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from intake.choices import RetentionPeriod


class RetentionClass(models.Model):
    """Everything of a 档号 but the year and the piece: those are the item's."""

    name = models.CharField(_("材料类别"), max_length=60, unique=True)
    period = models.CharField(_("保管期限"), max_length=3, choices=RetentionPeriod.choices)
    fonds = models.CharField(
        _("全宗号"), max_length=12, blank=True, help_text=_("由档案部门给；没有填的类别不能用。")
    )
    genre = models.CharField(_("门类代码"), max_length=12, default="WS")
    body_code = models.CharField(_("机构（问题）代码"), max_length=12, default="XF")
    is_active = models.BooleanField(_("可以选"), default=True)

    class Meta:
        verbose_name = _("保管期限")
        verbose_name_plural = _("保管期限")
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.name}（{self.get_period_display()}）"

    def get_absolute_url(self) -> str:
        return reverse("admin:intake_retentionclass_change", args=[self.pk])

    def series(self, year: int) -> str:
        """'J001-WS·2025-D30-XF': the 档号 without the number of the piece."""
        return f"{self.fonds}-{self.genre}·{year}-{self.period}-{self.body_code}"
