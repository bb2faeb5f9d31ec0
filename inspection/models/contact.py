"""How to reach the inspectors: phones, addresses and drop boxes."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from phonenumber_field.modelfields import PhoneNumberField

from inspection.models.edition import AnnouncedQuerySet
from inspection.models.notice_choices import contact_kinds
from inspection.models.round import Round
from inspection.models.team import Target, Team
from inspection.notice import Hours
from inspection.schedule import DutyHours


class ContactPoint(models.Model):
    """A way to reach the inspectors."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="contacts", verbose_name=_("轮次")
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="contacts",
        verbose_name=_("巡察组"),
        help_text=_("空着就是各组共用。"),
    )
    order = models.PositiveSmallIntegerField(_("顺序"))
    kind = models.CharField(_("方式"), max_length=12, choices=contact_kinds)
    value = models.CharField(_("号码或地址（照公告）"), max_length=200)
    phone = PhoneNumberField(
        _("可拨打的号码"), blank=True, help_text=_("电话和短信才填；网页上点它就能拨打。")
    )
    postcode = models.CharField(_("邮编"), max_length=6, blank=True)
    hours = models.JSONField(_("接听时间"), null=True, blank=True)

    objects = AnnouncedQuerySet["ContactPoint"].as_manager()

    class Meta:
        verbose_name = _("联系方式")
        verbose_name_plural = _("联系方式")
        ordering = ["round", "order"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.value}"

    def duty_hours(self) -> DutyHours | None:
        """The hours as a rule can use them; None when the notice gives none."""
        hours = Hours.from_json(self.hours)
        return hours.on_duty() if hours else None


class DropBox(models.Model):
    """A drop box on the notice."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="boxes", verbose_name=_("轮次"))
    order = models.PositiveSmallIntegerField(_("顺序"))
    number = models.PositiveSmallIntegerField(_("编号"), null=True, blank=True)
    location = models.CharField(_("位置"), max_length=200)
    county = models.CharField(_("县（市、区）"), max_length=30, blank=True)
    target = models.ForeignKey(
        Target,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="boxes",
        verbose_name=_("巡察对象"),
    )
    team = models.ForeignKey(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="boxes",
        verbose_name=_("巡察组"),
    )

    objects = AnnouncedQuerySet["DropBox"].as_manager()

    class Meta:
        verbose_name = _("举报箱")
        verbose_name_plural = _("举报箱")
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(
                name="drop_box_number_once_a_round",
                fields=["round", "number"],
                violation_error_message=_("这一轮已经有这个编号的举报箱。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.number} 号箱" if self.number else f"举报箱（{self.location[:12]}）"
