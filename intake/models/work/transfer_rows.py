"""What stands on a list: its items, each with the clerk's abstract, and the reminders sent."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.models.staff_user import StaffUser, member_key
from intake.models.submission import Submission
from intake.models.work.transfer_list import TransferList


class TransferEntryQuerySet(models.QuerySet["TransferEntry"]):
    """Entries by whether they still belong to their list."""

    def on_the_list(self) -> Self:
        """Without those that were taken out or came back."""
        return self.filter(is_out=False)

    def still_open(self) -> Self:
        """Those of which `is_open` is true."""
        return self.on_the_list().filter(is_settled=False)

    def visible_to(self, user: StaffUser) -> Self:
        """Those of the items that are there for this member."""
        return self.filter(submission__in=Submission.objects.visible_to(user).values("pk"))


class TransferEntry(models.Model):
    """One item of a list. The abstract is a clerk's, never the original, and stands sealed."""

    list = models.ForeignKey(
        TransferList, models.PROTECT, related_name="entries", verbose_name=_("移交清单")
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="transfer_entries", verbose_name=_("信访件")
    )
    # The item as it was when the abstract was written, or when somebody looked at it again.
    item_version = models.PositiveIntegerField(_("放进时信访件的版本"))
    without_identity = models.BooleanField(_("不附姓名和电话"), default=True)
    is_objected = models.BooleanField(_("接收单位有异议"), default=False)
    is_out = models.BooleanField(_("已移出或退回"), default=False)
    # Nothing more is awaited of it here, so that the item may go on another list.
    is_settled = models.BooleanField(_("清单已办完"), default=False)
    answered_on = models.DateField(_("反馈日期"), null=True, editable=False)
    written_by = member_key(_("摘要人"), null=True, editable=False)
    written_at = models.DateTimeField(_("写摘要的时间"), null=True, editable=False)
    sealed = models.BinaryField(_("封存的摘要"), editable=False)
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)

    objects = TransferEntryQuerySet.as_manager()

    class Meta:
        verbose_name = _("移交清单的信访件")
        verbose_name_plural = _("移交清单的信访件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="transfer_entry_on_one_open_list",
                fields=["submission"],
                condition=Q(is_out=False, is_settled=False),
                violation_error_message=_("这一件已经在另一份没有办完的清单里。"),
            ),
            models.CheckConstraint(
                name="transfer_entry_written_by_somebody",
                condition=Q(written_by__isnull=True, written_at__isnull=True)
                | Q(written_by__isnull=False, written_at__isnull=False),
                violation_error_message=_("写了摘要要有摘要人和时间。"),
            ),
            models.CheckConstraint(
                name="transfer_entry_answered_is_settled",
                condition=Q(answered_on__isnull=True) | Q(is_settled=True, is_out=False),
                violation_error_message=_("有了反馈的件就办完了，没有退回。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.submission)

    @property
    def is_open(self) -> bool:
        """Whether the receiver has still to answer it, or may still object to it."""
        return not self.is_out and not self.is_settled

    @property
    def is_written(self) -> bool:
        """Whether a clerk wrote the abstract."""
        return self.written_at is not None


class TransferReminder(models.Model):
    """督办: the receiver was reminded."""

    list = models.ForeignKey(
        TransferList, models.PROTECT, related_name="reminders", verbose_name=_("移交清单")
    )
    reminded_on = models.DateField(_("督办日期"))
    reminded_by = member_key(_("督办人"), editable=False)
    recorded_at = models.DateTimeField(_("记录时间"), editable=False)

    class Meta:
        verbose_name = _("督办记录")
        verbose_name_plural = _("督办记录")
        ordering = ["reminded_on", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="transfer_reminder_once_a_day",
                fields=["list", "reminded_on"],
                violation_error_message=_("这一天已经记过督办。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reminded_on:%Y-%m-%d}"
