"""接着办: who goes on with what waited for a member who left."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.models.staff_user import member_key


class Succession(models.Model):
    """One row each time that somebody left; items belong to desks, and stand in none of them."""

    gone = member_key(_("离开的人"))
    successor = member_key(_("接着办的人"))
    named_by = member_key(_("指定人"), db_index=False)
    named_at = models.DateTimeField(_("指定时间"))

    class Meta:
        verbose_name = _("接着办")
        verbose_name_plural = _("接着办")
        ordering = ["-named_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="succession_by_another",
                condition=~Q(successor=F("gone")),
                violation_error_message=_("接着办的要是另一个人。"),
            ),
        ]

    def __str__(self) -> str:
        return f"接着办 {self.pk}"
