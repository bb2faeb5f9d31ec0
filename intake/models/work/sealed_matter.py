"""密封件: a matter that must not be on the platform; the platform knows only that it went up."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake.models.desk import Desk
from intake.models.staff_user import StaffUser
from intake.models.submission import Submission


class SealedMatterQuerySet(models.QuerySet["SealedMatter"]):
    """Sealed matters by who may see them."""

    def visible_to(self, user: StaffUser) -> Self:
        """Those of the rounds whose office the member belongs to."""
        offices = Desk.objects.visible_to(user).of_offices()
        return self.filter(round__in=offices.values("round"))


class SealedMatter(models.Model):
    """Number, date, keeper, the day it was sent on, two signatures; nothing that it says."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="sealed_matters", verbose_name=_("轮次")
    )
    number = models.PositiveIntegerField(_("密封件编号"), editable=False)
    received_on = models.DateField(_("收件日期"))
    keeper = models.ForeignKey(
        StaffUser, models.PROTECT, related_name="+", verbose_name=_("保管人"), editable=False
    )
    recorded_at = models.DateTimeField(_("登记时间"), editable=False)
    sent_on = models.DateField(_("上送日期"), null=True, blank=True)
    first_signed_by = models.ForeignKey(
        StaffUser,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("送出人签名"),
    )
    second_signed_by = models.ForeignKey(
        StaffUser,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("见证人签名"),
    )

    # What came over the web stays sealed to the superior's desk; nobody here opens it.
    submission = models.OneToOneField(
        Submission,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="sealed_matter",
        verbose_name=_("网上来件"),
    )

    objects = SealedMatterQuerySet.as_manager()

    class Meta:
        verbose_name = _("密封件")
        verbose_name_plural = _("密封件")
        ordering = ["-received_on", "-number"]
        constraints = [
            models.UniqueConstraint(
                name="sealed_matter_number_once_a_round",
                fields=["round", "number"],
                violation_error_message=_("这一轮已经有这个密封件编号。"),
            ),
            models.CheckConstraint(
                name="sealed_matter_sent_after_received",
                condition=Q(sent_on__isnull=True) | Q(sent_on__gte=F("received_on")),
                violation_error_message=_("上送日期不能早于收件日期。"),
            ),
            models.CheckConstraint(
                name="sealed_matter_signed_by_two_people",
                condition=Q(second_signed_by__isnull=True)
                | Q(first_signed_by__isnull=False) & ~Q(second_signed_by=F("first_signed_by")),
                violation_error_message=_("要两个人签名，同一个人不能签两次。"),
            ),
        ]

    def __str__(self) -> str:
        return f"密-{self.number:03d}"

    def get_absolute_url(self) -> str:
        return reverse("admin:intake_sealedmatter_change", args=[self.pk])
