"""Files that came ahead of their form, in parts: encrypted, nobody's yet, gone after two days."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class WaitingPart(models.Model):
    """A part under a key that is made of the form's nonce, which stands nowhere in the database."""

    # Of the form's nonce, hashed under a key; of the file, what the browser calls it.
    sheet = models.CharField(_("哪一张表"), max_length=64)
    file = models.CharField(_("哪一个文件"), max_length=32)
    number = models.PositiveSmallIntegerField(_("第几段"))
    piece = models.BinaryField(_("加密的一段"))
    arrived_at = models.DateTimeField(_("到的时间"), db_index=True)

    class Meta:
        verbose_name = _("先传来的文件段")
        verbose_name_plural = _("先传来的文件段")
        constraints = [
            models.UniqueConstraint(
                name="waiting_part_once",
                fields=["sheet", "file", "number"],
                violation_error_message=_("同一段只存一次。"),
            )
        ]

    def __str__(self) -> str:
        return f"文件段 {self.number}"


class TakenFile(models.Model):
    """What is left of a file whose form was stored: its description, so that a repeat is known."""

    sheet = models.CharField(_("哪一张表"), max_length=64)
    file = models.CharField(_("哪一个文件"), max_length=32)
    note = models.BinaryField(_("加密的说明"))
    taken_at = models.DateTimeField(_("收下的时间"), db_index=True)

    class Meta:
        verbose_name = _("已经收下的文件")
        verbose_name_plural = _("已经收下的文件")
        constraints = [
            models.UniqueConstraint(
                name="taken_file_once",
                fields=["sheet", "file"],
                violation_error_message=_("同一个文件只收一次。"),
            )
        ]

    def __str__(self) -> str:
        return f"已经收下 {self.taken_at:%Y-%m-%d %H:%M}"
