"""办理期限: the rules that the office edits, and the pauses of one item's clock."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.choices.deadline_lists import beginning_choices, rule_choices, unit_choices
from intake.models.staff_user import StaffUser
from intake.models.submission import Submission

LONGEST = 400


class DeadlineRule(models.Model):
    """So many units from an event; the last day of an item is always counted anew."""

    code = models.CharField(
        _("代码"), max_length=20, unique=True, choices=rule_choices, editable=False
    )
    words = models.CharField(_("名称"), max_length=30)
    number = models.PositiveSmallIntegerField(_("多久"), help_text=_("0 就是当天。"))
    unit = models.CharField(_("单位"), max_length=10, choices=unit_choices)
    counts_from = models.CharField(_("从什么时候起算"), max_length=15, choices=beginning_choices)
    may_extend = models.PositiveSmallIntegerField(
        _("最多延长"), default=0, help_text=_("单位同上，要经审批；0 就是不能延长。")
    )
    to_workday = models.BooleanField(
        _("最后一天休息时顺延到下一个工作日"),
        default=False,
        help_text=_("只对按日、按月算的期限有用。"),
    )
    is_active = models.BooleanField(_("使用"), default=True)

    class Meta:
        verbose_name = _("办理期限")
        verbose_name_plural = _("办理期限")
        ordering = ["pk"]
        constraints = [
            models.CheckConstraint(
                name="deadline_rule_not_too_long",
                condition=Q(number__lte=LONGEST, may_extend__lte=LONGEST),
                violation_error_message=_("期限最多写 400。"),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class DeadlineExtension(models.Model):
    """Units that were added to one clock of an item, once, by who may approve."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="extensions", verbose_name=_("信访件")
    )
    rule = models.CharField(_("期限"), max_length=20, choices=rule_choices)
    extra = models.PositiveSmallIntegerField(_("延长多少"))
    granted_by = models.ForeignKey(
        StaffUser, models.PROTECT, related_name="+", verbose_name=_("批准人")
    )
    granted_on = models.DateField(_("批准日期"))
    sealed_reason = models.BinaryField(_("封存的理由"))

    class Meta:
        verbose_name = _("期限延长")
        verbose_name_plural = _("期限延长")
        ordering = ["granted_on", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deadline_extension_is_longer",
                condition=Q(extra__gte=1, extra__lte=LONGEST),
                violation_error_message=_("延长至少是 1。"),
            ),
            models.UniqueConstraint(
                name="deadline_extension_once",
                fields=["submission", "rule"],
                violation_error_message=_("这个期限已经延长过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} +{self.extra}"


class DeadlinePauseQuerySet(models.QuerySet["DeadlinePause"]):
    """Pauses by whether they have ended."""

    def running(self) -> Self:
        """Those whose clock stands still."""
        return self.filter(until__isnull=True)


class DeadlinePause(models.Model):
    """Days of one item that a clock does not count: from the first up to, but without, `until`."""

    submission = models.ForeignKey(
        Submission, models.PROTECT, related_name="pauses", verbose_name=_("信访件")
    )
    rule = models.CharField(_("期限"), max_length=20, choices=rule_choices)
    first = models.DateField(_("从哪天起暂停"))
    until = models.DateField(_("哪天恢复"), null=True, blank=True)
    paused_by = models.ForeignKey(
        StaffUser, models.PROTECT, related_name="+", verbose_name=_("暂停人")
    )
    resumed_by = models.ForeignKey(
        StaffUser, models.PROTECT, null=True, related_name="+", verbose_name=_("恢复人")
    )
    sealed_reason = models.BinaryField(_("封存的理由"))

    objects = DeadlinePauseQuerySet.as_manager()

    class Meta:
        verbose_name = _("期限暂停")
        verbose_name_plural = _("期限暂停")
        ordering = ["first", "pk"]
        constraints = [
            models.CheckConstraint(
                name="deadline_pause_ends_after_its_start",
                condition=Q(until__isnull=True) | Q(until__gte=F("first")),
                violation_error_message=_("恢复的日子不能早于暂停的日子。"),
            ),
            models.CheckConstraint(
                name="deadline_pause_ended_by_somebody",
                condition=Q(until__isnull=True, resumed_by__isnull=True)
                | Q(until__isnull=False, resumed_by__isnull=False),
                violation_error_message=_("恢复要写明是谁恢复的。"),
            ),
            models.UniqueConstraint(
                name="deadline_pause_one_at_a_time",
                fields=["submission", "rule"],
                condition=Q(until__isnull=True),
                violation_error_message=_("这个期限已经暂停了。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_rule_display()} {self.first:%Y-%m-%d}"
