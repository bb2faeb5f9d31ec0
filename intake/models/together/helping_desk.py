"""协办: a desk that works on an item beside the lead, and what is sealed between the two."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.models.desk import Desk
from intake.models.material import Attachment, Supplement
from intake.models.staff_user import member_key
from intake.models.submission import Submission
from intake.models.together.who_ended import ended_by_somebody


class HelpingDeskQuerySet(models.QuerySet["HelpingDesk"]):
    """Helpers by whether they still help."""

    def live(self) -> Self:
        """Those that nobody has ended."""
        return self.filter(ended_at__isnull=True)


class HelpingDesk(models.Model):
    """Which desk helps with which item, since when and until when."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="helpers", verbose_name=_("信访件"), db_index=False
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="helping", verbose_name=_("协办的受理席")
    )
    added_by = member_key(_("指定人"), db_index=False)
    added_at = models.DateTimeField(_("指定时间"))
    ended_by = member_key(_("结束人"), null=True, db_index=False)
    ended_at = models.DateTimeField(_("结束时间"), null=True)

    objects = HelpingDeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("协办")
        verbose_name_plural = _("协办")
        ordering = ["added_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="helping_desk_live_once",
                fields=["submission", "desk"],
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("这个受理席已经在协办这一件。"),
            ),
            models.CheckConstraint(
                name="helping_desk_ended_by_somebody",
                condition=ended_by_somebody("added_at", at="ended_at", by="ended_by"),
                violation_error_message=_("结束协办要有结束人和不早于指定的时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"协办 {self.pk}"


class HelpingCopyQuerySet(models.QuerySet["HelpingCopy"]):
    """Copies by what their desk has seen of them."""

    def unopened(self) -> Self:
        """Those that no member of the helping desk has opened."""
        return self.filter(opened_at__isnull=True)


class HelpingCopy(models.Model):
    """The report or, with `supplement`, what was added, sealed once more to the desk that helps."""

    helping = models.ForeignKey(
        HelpingDesk, models.PROTECT, related_name="copies", verbose_name=_("协办"), db_index=False
    )
    supplement = models.ForeignKey(
        Supplement, models.PROTECT, null=True, related_name="+", verbose_name=_("补充材料")
    )
    sealed = models.BinaryField(_("封存的内容"))
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)
    # Of what it was made: what was sealed anew since must be copied again.
    source_digest = models.CharField(_("所抄内容的指纹"), max_length=64, editable=False)
    opened_at = models.DateTimeField(_("协办第一次打开"), null=True, editable=False)

    objects = HelpingCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("协办的副本")
        verbose_name_plural = _("协办的副本")
        constraints = [
            models.UniqueConstraint(
                name="helping_copy_of_report_once",
                fields=["helping"],
                condition=Q(supplement__isnull=True),
                violation_error_message=_("来件的副本只有一份。"),
            ),
            models.UniqueConstraint(
                name="helping_copy_of_supplement_once",
                fields=["helping", "supplement"],
                violation_error_message=_("一份补充的副本只有一份。"),
            ),
        ]

    def __str__(self) -> str:
        return f"协办的副本 {self.pk}"


class HelpingFile(models.Model):
    """A file of the item, sealed once more to the desk that helps."""

    helping = models.ForeignKey(
        HelpingDesk, models.PROTECT, related_name="files", verbose_name=_("协办"), db_index=False
    )
    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", verbose_name=_("证明材料")
    )
    sealed_file = models.CharField(_("封存的文件"), max_length=80, unique=True)
    sealed_sha256 = models.CharField(_("现在的指纹"), max_length=64)

    class Meta:
        verbose_name = _("协办的材料副本")
        verbose_name_plural = _("协办的材料副本")
        constraints = [
            models.UniqueConstraint(
                name="helping_file_once",
                fields=["helping", "attachment"],
                violation_error_message=_("一份材料的副本只有一份。"),
            )
        ]

    def __str__(self) -> str:
        return f"协办的材料副本 {self.pk}"


class HelpingOpinion(models.Model):
    """协办意见: what the desk that helps tells the lead, sealed to the desk of the item."""

    helping = models.ForeignKey(
        HelpingDesk, models.PROTECT, related_name="opinions", verbose_name=_("协办")
    )
    given_by = member_key(_("写意见的人"), db_index=False)
    given_at = models.DateTimeField(_("写意见的时间"))
    sealed = models.BinaryField(_("封存的意见"))
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("协办意见")
        verbose_name_plural = _("协办意见")
        ordering = ["given_at", "pk"]

    def __str__(self) -> str:
        return f"协办意见 {self.pk}"
