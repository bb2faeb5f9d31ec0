"""What a clerk is typing, sealed to the clerk's own key until it is saved."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.models.staff_user import StaffUser


class WrittenDraft(models.Model):
    """The fields of one form, as they stood some seconds ago."""

    user = models.ForeignKey(
        StaffUser, models.CASCADE, related_name="+", verbose_name=_("工作人员"), db_index=False
    )
    place = models.CharField(_("哪一张表"), max_length=60)
    sealed = models.BinaryField(_("封给本人的内容"))
    saved_at = models.DateTimeField(_("暂存时间"))

    class Meta:
        verbose_name = _("没有保存的内容")
        verbose_name_plural = _("没有保存的内容")
        constraints = [
            models.UniqueConstraint(
                name="written_draft_once_a_place",
                fields=["user", "place"],
                violation_error_message=_("一个人在一张表上只有一份没有保存的内容。"),
            )
        ]

    def __str__(self) -> str:
        return f"没有保存的内容 {self.saved_at:%Y-%m-%d %H:%M}"
