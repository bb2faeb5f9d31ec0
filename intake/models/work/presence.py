"""Who has an item's page open at the moment."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.models.desk import Desk
from intake.models.staff_user import StaffUser
from intake.models.submission import Submission


class Presence(models.Model):
    """An item on somebody's screen; the row goes with the session.

    `desk` is the desk as whose member somebody looks: only the other members of it are told.
    Both moments are on the wall's clock, by which sessions end.
    """

    user = models.ForeignKey(StaffUser, models.CASCADE, related_name="+", db_index=False)
    submission = models.ForeignKey(Submission, models.CASCADE, related_name="+")
    desk = models.ForeignKey(Desk, models.CASCADE, related_name="+", db_index=False)
    opened_at = models.DateTimeField(_("打开时间"))
    seen_at = models.DateTimeField(_("最近一次操作"))

    class Meta:
        verbose_name = _("正在打开")
        verbose_name_plural = _("正在打开")
        indexes = [models.Index(fields=["seen_at"], name="presence_seen")]
        constraints = [
            models.UniqueConstraint(
                name="presence_once",
                fields=["user", "submission"],
                violation_error_message=_("一个人打开一件只记一次。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.submission_id}"
