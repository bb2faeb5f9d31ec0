"""存下的筛选: what a clerk asks a list for again and again, each under a name of the own."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.models.staff_user import StaffUser


class OwnFilters(models.Model):
    """All of one clerk, sealed to the clerk: a name may say what is meant, and a search whom.

    In one row, so that pages have them without a query of their own.
    """

    user = models.OneToOneField(
        StaffUser, models.CASCADE, related_name="own_filters", verbose_name=_("工作人员")
    )
    sealed = models.BinaryField(_("封给本人的名称和条件"))
    saved_at = models.DateTimeField(_("存下的时间"))

    class Meta:
        verbose_name = _("存下的筛选")
        verbose_name_plural = _("存下的筛选")

    def __str__(self) -> str:
        return f"存下的筛选 {self.pk}"
