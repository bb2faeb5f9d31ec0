"""A scan that lies beside the registering page until its letter is saved."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.models.staff_user import StaffUser


class DraftScan(models.Model):
    """Sealed to the clerk's own key, its name too; swept when nobody saves it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    user = models.ForeignKey(
        StaffUser, models.CASCADE, related_name="+", verbose_name=_("工作人员")
    )
    # Of one sheet of the page: its nonce, hashed under a key.
    sheet = models.CharField(_("哪一张表"), max_length=64)
    sealed_note = models.BinaryField(_("封给本人的名称"))
    sealed_file = models.CharField(_("封给本人的文件"), max_length=80)
    created_at = models.DateTimeField(_("放上的时间"))

    class Meta:
        verbose_name = _("还没有登记的扫描件")
        verbose_name_plural = _("还没有登记的扫描件")
        ordering = ["created_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="draft_scan_file_once",
                fields=["sealed_file"],
                violation_error_message=_("一个封存文件只能属于一份扫描件。"),
            )
        ]

    def __str__(self) -> str:
        return f"扫描件 {self.created_at:%Y-%m-%d %H:%M}"
