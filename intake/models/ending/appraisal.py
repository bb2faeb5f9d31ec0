"""鉴定清单: items that two members appraised as worth archiving, or as not worth it."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake.choices import NotKeptReason
from intake.models.desk import Desk
from intake.models.ending.retention_class import RetentionClass
from intake.models.staff_user import StaffUser, member_key
from intake.models.submission import Submission
from intake.models.together.seeing_items import hidden_from


class AppraisalQuerySet(models.QuerySet["Appraisal"]):
    """Lists by who may see them, and by whether they still wait."""

    def visible_to(self, user: StaffUser) -> Self:
        """Those of the desks that the member sees: the head's own are the head's alone.

        A list with an item that they were kept out of is not there: it names and signs them all.
        """
        hidden = Submission.objects.filter(hidden_from(user)).order_by()
        entries = AppraisalEntry.objects.filter(submission__in=hidden.values("pk"))
        own = self.filter(desk__in=Desk.objects.visible_to(user))
        return own.exclude(pk__in=entries.order_by().values("appraisal"))


class Appraisal(models.Model):
    """One list, of what is archived or of what is not; nothing happens before both have signed."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="appraisals", verbose_name=_("轮次")
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="appraisals", verbose_name=_("受理席")
    )
    is_kept = models.BooleanField(_("归档"))
    made_by = member_key(_("制表人"))
    made_at = models.DateTimeField(_("制表时间"))
    first_signed_by = member_key(_("鉴定人签名"), null=True)
    second_signed_by = member_key(_("复核人签名"), null=True)
    settled_at = models.DateTimeField(_("两人签完的时间"), null=True)
    dropped_by = member_key(_("作废人"), null=True)

    objects = AppraisalQuerySet.as_manager()

    class Meta:
        verbose_name = _("鉴定清单")
        verbose_name_plural = _("鉴定清单")
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="appraisal_signed_by_two_people",
                condition=Q(second_signed_by__isnull=True, settled_at__isnull=True)
                | Q(
                    first_signed_by__isnull=False,
                    second_signed_by__isnull=False,
                    settled_at__isnull=False,
                    dropped_by__isnull=True,
                )
                & ~Q(second_signed_by=F("first_signed_by")),
                violation_error_message=_("要两个人签名，同一个人不能签两次。"),
            )
        ]

    def __str__(self) -> str:
        kind = "归档清单" if self.is_kept else "不归档鉴定清单"
        return f"{kind} {self.pk}"

    @property
    def is_open(self) -> bool:
        """Whether it still waits for a signature."""
        return self.settled_at is None and self.dropped_by_id is None

    @property
    def signers(self) -> str:
        """'鉴定：王某；复核：李某'; '' before both have signed."""
        if self.settled_at is None:
            return ""
        return f"鉴定：{self.first_signed_by}；复核：{self.second_signed_by}"


class AppraisalEntry(models.Model):
    """An item of a list. The further words about why stand sealed to the list's desk."""

    appraisal = models.ForeignKey(
        Appraisal, models.PROTECT, related_name="entries", verbose_name=_("鉴定清单")
    )
    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="appraised", verbose_name=_("信访件")
    )
    # An item that was taken back out of the archive may stand on a further list.
    is_live = models.BooleanField(_("有效"), default=True)
    reason = models.CharField(
        _("不归档的理由"), max_length=12, choices=NotKeptReason.choices, blank=True
    )
    retention = models.ForeignKey(
        RetentionClass, models.PROTECT, null=True, related_name="+", verbose_name=_("保管期限")
    )
    series = models.CharField(_("档号（不含件号）"), max_length=80, blank=True)
    piece = models.PositiveIntegerField(_("件号"), null=True)
    sealed = models.BinaryField(_("封存的说明"), editable=False)
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("鉴定清单的信访件")
        verbose_name_plural = _("鉴定清单的信访件")
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(
                name="appraisal_entry_live_once",
                fields=["submission"],
                condition=Q(is_live=True),
                violation_error_message=_("这一件已经在一份鉴定清单里。"),
            ),
            models.UniqueConstraint(
                name="appraisal_piece_once_a_series",
                fields=["series", "piece"],
                condition=Q(piece__isnull=False),
                violation_error_message=_("这个档号已经用过。"),
            ),
            models.CheckConstraint(
                name="appraisal_entry_kept_or_not",
                condition=Q(reason="", retention__isnull=False) & ~Q(series="")
                | ~Q(reason="") & Q(retention__isnull=True, series="", piece__isnull=True),
                violation_error_message=_("归档的要有保管期限，不归档的要有理由。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.submission)

    @property
    def file_number(self) -> str:
        """档号: 'J001-WS·2025-D30-XF-0001'; '' before both have signed."""
        return f"{self.series}-{self.piece:04d}" if self.piece is not None else ""
