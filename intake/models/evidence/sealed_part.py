"""Sealed files, in parts."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils.translation import gettext_lazy as _


class SealedPart(models.Model):
    """A part of a sealed file: all of a file's parts but the last have one size.

    Other rows name a file in their column `sealed_file`. No list loads a part.
    """

    file = models.CharField(_("封存的文件"), max_length=80)
    number = models.PositiveIntegerField(_("第几段，从 0 起"))
    # By the database's own clock: the sweep must not take for old what a simulated time made so.
    kept_at = models.DateTimeField(_("存下的时间"), db_default=Now(), editable=False)
    piece = models.BinaryField(_("封存的内容"))

    class Meta:
        verbose_name = _("封存文件的一段")
        verbose_name_plural = _("封存文件的各段")
        indexes = [
            models.Index(
                fields=["kept_at"], condition=Q(number=0), name="sealed_part_first_by_age"
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="sealed_part_once",
                fields=["file", "number"],
                violation_error_message=_("封存文件的每一段只存一次。"),
            ),
        ]

    def __str__(self) -> str:
        return f"第 {self.number} 段"
