"""受理席: the desks that reports are sealed to."""

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspection.models import AnnouncedQuerySet, Round, Team
from intake.access import Deed, Desks
from intake.choices import DeskKind, NumberSeries

if TYPE_CHECKING:
    from intake.models.staff_user import StaffUser


class DeskQuerySet(AnnouncedQuerySet["Desk"]):
    """Desks by who may see them."""

    def visible_to(self, user: "StaffUser") -> Self:
        """Own desks; for the office also the teams' of its rounds, never the head's or superior's.

        The head's is seen by those alone who hold it and may approve, the superior's by nobody.
        """
        if not user.is_active:
            return self.none()
        if user.rules.desks is Desks.A_TEAMS:
            return self.filter(accesses__user=user, kind=DeskKind.TEAM)
        if user.rules.desks is not Desks.THE_OFFICES:
            return self.none()
        own = Desk.objects.filter(accesses__user=user)
        rounds = own.filter(kind=DeskKind.OFFICE).values("round")
        seen = Q(round__in=rounds, kind__in=(DeskKind.OFFICE, DeskKind.TEAM))
        if user.may(Deed.APPROVE):
            seen |= Q(pk__in=own.filter(kind=DeskKind.HEAD).values("pk"))
        return self.filter(seen)

    def of_offices(self) -> Self:
        """The offices' own, one a round."""
        return self.filter(kind=DeskKind.OFFICE)

    def of_teams(self) -> Self:
        """The teams', one a team."""
        return self.filter(kind=DeskKind.TEAM)


class Desk(models.Model):
    """A place where reports are read: one a team; the office's, its head's and the superior's."""

    kind = models.CharField(_("种类"), max_length=8, choices=DeskKind.choices, editable=False)
    round = models.ForeignKey(Round, models.PROTECT, related_name="desks", verbose_name=_("轮次"))
    team = models.OneToOneField(
        Team,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="desk",
        verbose_name=_("巡察组"),
        help_text=_("只有巡察组的受理席才有。"),
    )
    recipient = models.CharField(_("封存公钥"), max_length=70)
    recipient_code = models.CharField(_("封存公钥的校验码"), max_length=64, editable=False)
    sealed_identity = models.BinaryField(
        _("封给巡察办的私钥"),
        default=bytes,
        help_text=_("只有巡察组的受理席才有；别的私钥只在成员手里和离线恢复文件里。"),
    )
    recovery_path = models.CharField(
        _("恢复文件写到了哪里"), max_length=300, blank=True, editable=False
    )

    rehearsed_at = models.DateTimeField(
        _("恢复文件第一份最近一次演练"), null=True, blank=True, editable=False
    )
    second_rehearsed_at = models.DateTimeField(
        _("恢复文件第二份最近一次演练"), null=True, blank=True, editable=False
    )

    objects = DeskQuerySet.as_manager()

    class Meta:
        verbose_name = _("受理席")
        verbose_name_plural = _("受理席")
        ordering = ["round", "team__order"]
        constraints = [
            models.UniqueConstraint(
                name="desk_one_of_its_kind_a_round",
                fields=["round", "kind"],
                condition=~Q(kind=DeskKind.TEAM),
                violation_error_message=_("这一轮已经有这一种受理席。"),
            ),
            models.CheckConstraint(
                name="desk_team_only_of_a_team",
                condition=Q(kind=DeskKind.TEAM, team__isnull=False)
                | ~Q(kind=DeskKind.TEAM) & Q(team__isnull=True),
                violation_error_message=_("巡察组的受理席要有巡察组，别的不能有。"),
            ),
        ]

    def __str__(self) -> str:
        return str(self.team) if self.team else str(self.get_kind_display())

    @property
    def is_office(self) -> bool:
        """Whether this is the office's own desk."""
        return self.kind == DeskKind.OFFICE

    @property
    def is_heads(self) -> bool:
        """Whether it is the head's, which nobody else sees."""
        return self.kind == DeskKind.HEAD

    @property
    def number_series(self) -> NumberSeries:
        """From which numbers its items take theirs."""
        return NumberSeries.HEAD if self.is_heads else NumberSeries.MAIN

    @property
    def is_teams(self) -> bool:
        """Whether it is a team's, whose identity is sealed to the office."""
        return self.kind == DeskKind.TEAM
