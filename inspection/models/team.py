"""Who inspects whom, and what they look at."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspection.models.edition import AnnouncedQuerySet
from inspection.models.notice_choices import body_kinds
from inspection.models.period import HasPeriod
from inspection.models.round import Round
from inspection.schedule import Window, inspection_window


class Team(HasPeriod):
    """An inspection team; a nameless one gathers bodies whose team the notice does not tell."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="teams", verbose_name=_("轮次"))
    order = models.PositiveSmallIntegerField(_("顺序"))
    name = models.CharField(_("巡察组"), max_length=100, blank=True)
    series = models.CharField(_("类别"), max_length=20, blank=True)
    accepts_until = models.DateField(
        _("本组截止日期"), null=True, blank=True, help_text=_("空着就和全轮一样。")
    )

    objects = AnnouncedQuerySet["Team"].as_manager()

    class Meta:
        verbose_name = _("巡察组")
        verbose_name_plural = _("巡察组")
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(
                name="team_name_once_a_round",
                fields=["round", "name"],
                violation_error_message=_("这一轮已经有同名的巡察组。"),
            )
        ]

    def __str__(self) -> str:
        return self.name or "（公告未写明巡察组）"

    def window(self) -> Window:
        """When reports about this team's bodies are accepted."""
        if self.accepts_until is None:
            return self.round.window()
        return self.round.window_until(self.accepts_until, None)

    def running(self) -> Window:
        """From the first accepted moment to the end of this team's inspection."""
        last_day = self.period_ends_last or self.round.period_ends_last
        return inspection_window(self.window(), last_day)


class Target(models.Model):
    """A body under inspection."""

    team = models.ForeignKey(Team, models.PROTECT, related_name="targets", verbose_name=_("巡察组"))
    order = models.PositiveSmallIntegerField(_("顺序"))
    code = models.SlugField(_("代码"), max_length=24, unique=True)
    name = models.CharField(_("巡察对象"), max_length=100)
    kind = models.CharField(_("类型"), max_length=12, choices=body_kinds)
    county = models.CharField(_("县（市、区）"), max_length=30, blank=True)
    short_names = models.JSONField(_("简称"), default=list, blank=True)
    includes_villages = models.BooleanField(_("含部分村（社区）"), default=False)
    search_key = models.CharField(_("检索用拼音"), max_length=300, blank=True)

    objects = AnnouncedQuerySet["Target"].as_manager()

    class Meta:
        verbose_name = _("巡察对象")
        verbose_name_plural = _("巡察对象")
        ordering = ["team", "order"]
        constraints = [
            models.UniqueConstraint(
                name="target_name_once_a_team",
                fields=["team", "name"],
                violation_error_message=_("这个组已经有同名的巡察对象。"),
            )
        ]

    def __str__(self) -> str:
        return self.name


class FocusTopic(models.Model):
    """One thing that the round looks at in one kind of body."""

    round = models.ForeignKey(Round, models.PROTECT, related_name="focus", verbose_name=_("轮次"))
    order = models.PositiveSmallIntegerField(_("顺序"))
    kind = models.CharField(_("对象类型"), max_length=12, choices=body_kinds)
    heading = models.CharField(_("重点"), max_length=300)
    items = models.JSONField(_("内容"), default=list, blank=True)

    objects = AnnouncedQuerySet["FocusTopic"].as_manager()

    class Meta:
        verbose_name = _("巡察重点")
        verbose_name_plural = _("巡察重点")
        ordering = ["round", "order"]

    def __str__(self) -> str:
        return self.heading
