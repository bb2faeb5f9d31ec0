"""接收单位: whom items may be transferred to, as the office keeps the table."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspection.models import Target
from intake.choices import Nature, ReceiverKind
from intake.models.codes_field import CodesField, codes_in


class ReceiverQuerySet(models.QuerySet["Receiver"]):
    """Receivers by what may still be chosen."""

    def choosable(self, round_id: int) -> Self:
        """Those in use; of inspected bodies only the round's."""
        of_round = Q(target__isnull=True) | Q(target__team__round=round_id)
        return self.filter(of_round, is_active=True)


class Receiver(models.Model):
    """A body that takes items of some natures. Nothing of any item stands in it."""

    kind = models.CharField(_("种类"), max_length=15, choices=ReceiverKind.choices)
    name = models.CharField(_("名称"), max_length=60)
    address = models.CharField(_("地址"), max_length=120, blank=True)
    takes = CodesField(_("接收哪些性质的信访件"))
    target = models.OneToOneField(
        Target,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="receiver",
        verbose_name=_("是哪个巡察对象"),
        help_text=_("接收单位就是被巡察单位时选。"),
    )
    under = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="below",
        verbose_name=_("归哪个单位管"),
        help_text=_("反映上级单位的检举控告，也不能移交给归它管的单位。"),
    )
    is_active = models.BooleanField(_("可以选"), default=True)

    objects = ReceiverQuerySet.as_manager()

    class Meta:
        verbose_name = _("接收单位")
        verbose_name_plural = _("接收单位")
        ordering = ["kind", "name"]
        constraints = [
            models.UniqueConstraint(
                name="receiver_name_once",
                fields=["name"],
                condition=Q(target__isnull=True),
                violation_error_message=_("已经有这个名称的接收单位。"),
            ),
            models.CheckConstraint(
                name="receiver_not_under_itself",
                condition=Q(under__isnull=True) | ~Q(under=F("pk")),
                violation_error_message=_("一个单位不能归它自己管。"),
            ),
            models.CheckConstraint(
                name="receiver_inspected_is_a_body",
                condition=Q(kind=ReceiverKind.INSPECTED, target__isnull=False)
                | ~Q(kind=ReceiverKind.INSPECTED),
                violation_error_message=_("被巡察单位要选是哪个巡察对象。"),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def round_id(self) -> int | None:
        """The round of the inspected body that it is; None for what belongs to no round."""
        return self.target.team.round_id if self.target else None

    @property
    def natures(self) -> frozenset[str]:
        """The codes of what it takes."""
        return frozenset(codes_in(self.takes))

    @property
    def natures_in_words(self) -> str:
        return "、".join(str(Nature(code).label) for code in codes_in(self.takes))

    def and_those_above(self) -> list["Receiver"]:
        """Itself, then what it belongs under, each once."""
        line: list[Receiver] = []
        one: Receiver | None = self
        while one is not None and one not in line:
            line.append(one)
            one = one.under
        return line

    def get_absolute_url(self) -> str:
        return reverse("admin:intake_receiver_change", args=[self.pk])
