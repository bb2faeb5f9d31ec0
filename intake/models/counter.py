"""Short-lived counters that slow abuse down. Their keys tell nobody anything."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Counter(models.Model):
    """How often something happened under one keyed digest, until it expires."""

    key = models.CharField(_("键"), max_length=64, primary_key=True)
    count = models.PositiveIntegerField(_("次数"))
    expires_at = models.DateTimeField(_("到期"), db_index=True)

    class Meta:
        verbose_name = _("计数")
        verbose_name_plural = _("计数")

    def __str__(self) -> str:
        return str(self.count)
