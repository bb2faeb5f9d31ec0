"""受理席: the desks that reports are sealed to."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspection.models import AnnouncedQuerySet, Round, Team
from intake.access import Desks

if TYPE_CHECKING:
    from intake.models.staff_user import StaffUser


class DeskQuerySet(AnnouncedQuerySet["Desk"]):
    """Desks by who may see them."""

    def visible_to(self, user: "StaffUser") -> Self:
        """Own desks; for the office, every desk of the rounds whose office it belongs to."""
        own = self.filter(accesses__user=user)
        if not user.is_active:
            return self.none()
        if user.rules.desks is Desks.A_TEAMS:
            return own.filter(team__isnull=False)
        if user.rules.desks is Desks.THE_OFFICES:
            rounds = Desk.objects.filter(accesses__user=user, team__isnull=True).values("round")
            return self.filter(round__in=rounds)
        return self.none()


class Desk(models.Model):
    """A place where reports are read: one a team, and one a round for the office."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="desks", verbose_name=_("轮次"))
    team = models.OneToOneField(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="desk",
        verbose_name=_("巡察组"),
        help_text=_("空着就是巡察办。"),
    )
    recipient = models.CharField(_("封存公钥"), max_length=70)
    recipient_code = models.CharField(_("封存公钥的校验码"), max_length=64, editable=False)
    sealed_identity = models.BinaryField(
        _("封给巡察办的私钥"),
        default=bytes,
        help_text=_("巡察办自己的受理席没有；它的私钥只在成员手里和离线恢复文件里。"),
    )
    recovery_path = models.CharField(
        _("恢复文件写到了哪里"), max_length=300, blank=True, editable=False
    )

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("受理席")
        verbose_name_plural = _("受理席")
        ordering = ["round", "team__order"]
        constraints = [
            models.UniqueConstraint(
                name="one_office_desk_a_round",
                fields=["round"],
                condition=Q(team__isnull=True),
                violation_error_message=_("这一轮已经有巡察办的受理席。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.team) if self.team else "巡察办"

    @property
    def is_office(self) -> bool:
        """Whether this is the office's own desk."""
        return self.team_id is None
