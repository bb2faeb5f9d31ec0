"""The round: what its notice announced as a whole, and when it accepts reports."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Self
from zoneinfo import ZoneInfo

from django.db import models
from django.db.models import F, Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspection.models.edition import AnnouncedQuerySet
from inspection.models.notice_choices import OUT_OF_SCOPE
from inspection.models.period import HasPeriod
from inspection.schedule import Window, acceptance_window, inspection_window
from inspection.wording import out_of_scope_words


class RoundQuerySet(AnnouncedQuerySet["Round"]):
    """Rounds by where they stand in time."""

    def public(self) -> Self:
        """What citizens may see; a hidden round is there for its staff alone."""
        return self.filter(is_public=True)

    def newest_first(self) -> Self:
        """The round whose last day is latest comes first."""
        return self.order_by("-accepts_until", "-id")

    def in_time(self) -> "list[Round]":
        """All of them with the last days of their teams; who accepts longest comes first."""
        rounds = self.newest_first().annotate(
            teams_until=Max("teams__accepts_until")  # type: ignore[no-redef]
        )
        return sorted(rounds, key=lambda round_: round_.whole_window().closes, reverse=True)

    def current(self, at: datetime) -> "Round | None":
        """The round to show at this moment: an open one, else the next, else the latest closed."""
        return foremost(self.public().in_time(), at)


def foremost(rounds: "Sequence[Round]", at: datetime) -> "Round | None":
    """Of rounds in time, an open one, else the next, else the latest closed."""
    accepting = [round_ for round_ in rounds if round_.whole_window().contains(at)]
    upcoming = [round_ for round_ in rounds if at < round_.whole_window().opens]
    following = min(upcoming, key=lambda round_: round_.whole_window().opens, default=None)
    return next(iter(accepting), None) or following or next(iter(rounds), None)


class Round(HasPeriod):
    """One inspection round, as its notice announced it."""

    slug = models.SlugField(_("代号"), max_length=60, unique=True)
    title = models.CharField(_("标题"), max_length=200)
    committee = models.CharField(_("党委"), max_length=50, blank=True)
    session = models.PositiveSmallIntegerField(_("届"), null=True, blank=True)
    ordinal = models.PositiveSmallIntegerField(_("轮"), null=True, blank=True)
    batch = models.CharField(_("批次"), max_length=30, blank=True)
    word = models.CharField(_("用词"), max_length=2, choices=[("巡察", "巡察"), ("巡视", "巡视")])
    issuer = models.CharField(_("发布单位"), max_length=100, blank=True)
    notice_date = models.DateField(_("公告日期"), null=True, blank=True)
    accepts_from = models.DateField(
        _("受理起始日"), null=True, blank=True, help_text=_("公告没有写明时，从公告日期起受理。")
    )
    accepts_until = models.DateField(_("受理信访截止时间"))
    accepts_until_time = models.TimeField(
        _("截止时刻"), null=True, blank=True, help_text=_("空着就是当天24时。")
    )
    letters_by_postmark = models.BooleanField(_("来信以邮戳日期为准"), default=True)
    time_zone = models.CharField(_("时区"), max_length=40, default="Asia/Shanghai")
    channels = models.JSONField(_("受理方式"), default=list, blank=True)
    counts_stated = models.JSONField(_("公告所称数目"), default=list, blank=True)
    special_checks = models.JSONField(_("专项检查"), default=list, blank=True)
    out_of_scope = models.CharField(
        _("范围外事项"), max_length=10, choices=OUT_OF_SCOPE, blank=True
    )
    out_of_scope_text = models.TextField(_("范围外事项（原文）"), blank=True)
    feedback = models.BooleanField(_("向反映人反馈"), null=True, blank=True)
    feedback_text = models.TextField(_("反馈规定（原文）"), blank=True)
    supervise_inspectors = models.BooleanField(_("欢迎监督巡察干部"), default=False)
    postmark_stated = models.BooleanField(_("公告写明以邮戳为准"), null=True, blank=True)
    source_text = models.TextField(_("公告原文"))
    source_sha256 = models.CharField(_("原文指纹"), max_length=64)
    source_notice = models.JSONField(
        _("上次读取结果"), default=dict, help_text=_("用来分清是公告变了，还是工作人员改过。")
    )
    findings = models.JSONField(_("读取时的发现"), default=list, blank=True)
    settled = models.JSONField(_("由人确定的事实"), default=dict, blank=True)
    is_public = models.BooleanField(
        _("对外公开"),
        default=True,
        help_text=_("不勾选时只有工作人员能预览，网站上看不到，也不受理。"),
    )
    # Filled by `RoundQuerySet.in_time`: the latest last day that a team has of its own.
    teams_until: date | None = None

    objects = RoundQuerySet.as_manager()

    class Meta:
        verbose_name = _("轮次")
        verbose_name_plural = _("轮次")
        constraints = [
            models.CheckConstraint(
                name="round_accepts_until_not_before_from",
                condition=Q(accepts_from__isnull=True) | Q(accepts_until__gte=F("accepts_from")),
                violation_error_message=_("截止日期不能早于受理起始日。"),
            ),
            models.CheckConstraint(
                name="round_period_ends_after_it_starts",
                condition=Q(period_starts_first__isnull=True)
                | Q(period_ends_last__isnull=True)
                | Q(period_ends_last__gte=F("period_starts_first")),
                violation_error_message=_("巡察结束不能早于开始。"),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("round", args=[self.slug])

    @property
    def zone(self) -> ZoneInfo:
        """The city's own time zone."""
        return ZoneInfo(self.time_zone)

    @property
    def first_day(self) -> date:
        """The first day on which reports are accepted, by the contract's rule."""
        return (
            self.accepts_from or self.notice_date or self.period_starts_first or self.accepts_until
        )

    def window(self) -> Window:
        """When this round accepts reports."""
        return self.window_until(self.accepts_until, self.accepts_until_time)

    def running(self) -> Window:
        """From the first accepted moment to the end of the inspection."""
        return inspection_window(self.window(), self.period_ends_last)

    @property
    def out_of_scope_words(self) -> str:
        """What becomes of a matter that is none of the round's."""
        return out_of_scope_words(self.out_of_scope, self.word)

    def whole_window(self) -> Window:
        """Until the latest last day of the round and its teams; of a round read `in_time`."""
        own = self.window()
        if self.teams_until is None:
            return own
        return max(own, self.window_until(self.teams_until, None), key=lambda w: w.closes)

    def window_until(self, last_day: date, until: time | None) -> Window:
        """The round's window with another last day, as a team may have one."""
        return acceptance_window(
            first_day=min(self.first_day, last_day),
            last_day=last_day,
            until=until,
            zone=self.zone,
        )
