"""操作留痕: an append-only chain of who did what, when. Never content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.choices import action_choices
from intake.models.desk import Desk
from intake.models.staff_user import StaffUser, member_key


class AuditEvent(models.Model):
    """One event; its digest covers itself and the digest before it. See intake/audit/."""

    sequence = models.PositiveBigIntegerField(_("序号"), unique=True, editable=False)
    at = models.DateTimeField(_("时间"))
    actor = models.ForeignKey(
        StaffUser,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
        help_text=_("空着就是管理命令。"),
    )
    action = models.CharField(_("操作"), max_length=16, choices=action_choices)
    object_type = models.CharField(_("对象"), max_length=40, blank=True)
    object_id = models.CharField(_("对象编号"), max_length=64, blank=True)
    desk = models.ForeignKey(
        Desk, models.PROTECT, null=True, related_name="+", verbose_name=_("受理席")
    )
    detail = models.JSONField(_("说明"), default=dict, blank=True)
    covers = models.JSONField(_("所记的行"), default=dict, blank=True, editable=False)
    previous = models.CharField(_("前一条指纹"), max_length=64)
    digest = models.CharField(_("本条指纹"), max_length=64, unique=True)
    code = models.CharField(_("校验码"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("操作留痕")
        verbose_name_plural = _("操作留痕")
        ordering = ["-sequence"]
        indexes = [
            models.Index(fields=["object_id", "object_type"], name="audit_event_object"),
            # What the auditor asks for lies between two days; see `admin/traces/event_filters`.
            models.Index(fields=["at"], name="audit_event_at"),
            models.Index(fields=["action", "at"], name="audit_event_deed"),
            models.Index(fields=["actor", "at"], name="audit_event_actor"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.get_action_display()}"


class AuditCheck(models.Model):
    """A check of all events from a page, which goes on in slices. See intake/audit/checking/."""

    begun_by = member_key(_("检查人"))
    begun_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("做完时间"), null=True)
    state = models.JSONField(_("进度"), default=dict)
    code = models.CharField(_("校验码"), max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = _("留痕检查")
        verbose_name_plural = _("留痕检查")

    def __str__(self) -> str:
        return f"{self.begun_at:%Y-%m-%d %H:%M}"


class CheckedRow(models.Model):
    """How a row must stand, by the events that a check has read so far; gone with its end."""

    of_check = models.ForeignKey(AuditCheck, models.CASCADE, related_name="rows")
    kind = models.CharField(_("种类"), max_length=40)
    key = models.CharField(_("主键"), max_length=64)
    event = models.BigIntegerField(_("记下它的那一条"))
    columns = models.TextField(_("栏目"))
    prints = models.TextField(_("校验码"))

    class Meta:
        verbose_name = _("检查中的行")
        verbose_name_plural = _("检查中的行")
        constraints = [
            models.UniqueConstraint(
                fields=["of_check", "kind", "key"],
                name="checked_row_once",
                violation_error_message=_("这一行已经记下。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"
