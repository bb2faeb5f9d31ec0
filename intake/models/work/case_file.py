"""办理卷: what the clerks of a desk wrote about an item, sealed to that desk."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.models.desk import Desk
from intake.models.staff_user import StaffUser
from intake.models.submission import Submission


class CaseFile(models.Model):
    """Replaced at each save, under a higher version. The reporter's data are sealed apart."""

    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        related_name="case_files",
        verbose_name=_("信访件"),
        # The constraint below indexes it already.
        db_index=False,
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="+", verbose_name=_("受理席"), db_index=False
    )
    version = models.PositiveIntegerField(_("版本"))
    sealed = models.BinaryField(_("封存的内容"))
    sealed_digest = models.CharField(_("内容的指纹"), max_length=64, editable=False)
    sealed_reporter = models.BinaryField(_("封存的反映人信息"))
    reporter_digest = models.CharField(_("反映人信息的指纹"), max_length=64, editable=False)
    saved_by = models.ForeignKey(
        StaffUser,
        models.PROTECT,
        related_name="+",
        verbose_name=_("保存人"),
        db_index=False,
    )
    saved_at = models.DateTimeField(_("保存时间"))

    class Meta:
        verbose_name = _("办理卷")
        verbose_name_plural = _("办理卷")
        constraints = [
            models.UniqueConstraint(
                name="case_file_once_a_desk",
                fields=["submission", "desk"],
                violation_error_message=_("一个受理席对一件只有一份办理卷。"),
            ),
            models.CheckConstraint(
                name="case_file_saved_at_least_once",
                condition=Q(version__gte=1),
                violation_error_message=_("保存过的办理卷从第1版算起。"),
            ),
        ]

    def __str__(self) -> str:
        return f"办理卷 第{self.version}版"
