"""重复件: which item is a repeat of which, as a person confirmed it. Both items stay."""

from typing import Any, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.models.staff_user import member_key
from intake.models.submission import Submission
from intake.models.together.who_ended import ended_by_somebody


class RepeatLinkQuerySet(models.QuerySet["RepeatLink"]):
    """Links by whether they still hold."""

    def live(self) -> Self:
        """Those that nobody has undone."""
        return self.filter(undone_at__isnull=True)


def _item(words: Any, name: str) -> Any:
    return models.ForeignKey(Submission, models.PROTECT, related_name=name, verbose_name=words)


class RepeatLink(models.Model):
    """The reason for undoing it stands sealed in the case file of the repeat."""

    lead = _item(_("首件"), "links_as_lead")
    repeat = _item(_("重复件"), "links_as_repeat")
    made_by = member_key(_("确认人"), db_index=False)
    made_at = models.DateTimeField(_("确认时间"))
    undone_by = member_key(_("取消人"), null=True, db_index=False)
    undone_at = models.DateTimeField(_("取消时间"), null=True)

    objects = RepeatLinkQuerySet.as_manager()

    class Meta:
        verbose_name = _("重复件关联")
        verbose_name_plural = _("重复件关联")
        ordering = ["made_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="repeat_link_one_live_lead",
                fields=["repeat"],
                condition=Q(undone_at__isnull=True),
                violation_error_message=_("这一件已经并入另一件。"),
            ),
            models.CheckConstraint(
                name="repeat_link_of_two_items",
                condition=~Q(lead=F("repeat")),
                violation_error_message=_("一件不能是它自己的重复件。"),
            ),
            models.CheckConstraint(
                name="repeat_link_undone_by_somebody",
                condition=ended_by_somebody("made_at", at="undone_at", by="undone_by"),
                violation_error_message=_("取消关联要有取消人和不早于确认的时间。"),
            ),
        ]

    def __str__(self) -> str:
        return f"重复件关联 {self.pk}"
