"""A search inside of sealed items that runs at the moment; nothing of what it looks for."""

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake.models.staff_user import StaffUser


class RunningSearchQuerySet(models.QuerySet["RunningSearch"]):
    """Searches by whether they still run."""

    def of(self, user: StaffUser) -> Self:
        """Those of one member."""
        return self.filter(user=user)


class RunningSearch(models.Model):
    """How much it has looked at so far: the row is there from before the first item is opened.

    Its end makes an event of it. One that was cut off, by a crash or a loss of power, leaves the
    row behind, so that the event is made later. `began_at` is the business time; `seen_at` the
    wall's, at which it last told that it runs. `at_desks` says by the key of a desk how many items
    of it were opened.
    """

    user = models.ForeignKey(
        StaffUser, models.CASCADE, related_name="+", verbose_name=_("查找的人")
    )
    round = models.ForeignKey(
        Round, models.CASCADE, related_name="+", verbose_name=_("轮次"), db_index=False
    )
    began_at = models.DateTimeField(_("开始时间"))
    seen_at = models.DateTimeField(_("最近一次进展"))
    at_desks = models.JSONField(_("各受理席已启封的件数"), default=dict)
    is_stopped = models.BooleanField(_("要停下"), default=False)

    objects = RunningSearchQuerySet.as_manager()

    class Meta:
        verbose_name = _("正在进行的查找")
        verbose_name_plural = _("正在进行的查找")

    def __str__(self) -> str:
        return f"正在进行的查找 {self.pk}"
