"""更换密钥: a desk gets a new identity, and how far its sealed things are sealed to that."""

from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.models.desk import Desk
from intake.models.staff_user import member_key


class DeskRotationQuerySet(models.QuerySet["DeskRotation"]):
    """Rotations by whether they still go on."""

    def running(self) -> Self:
        """Those during which both identities are known."""
        return self.filter(ended_at__isnull=True)


class DeskRotation(models.Model):
    """Rows are walked kind by kind in the order of their keys, so that any may be the last.

    A pass that finds something sealed to the old identity is followed by another. `kind` and `last`
    say where the walk is; which kinds there are says `filing.sealed_table`.
    """

    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="rotations", verbose_name=_("受理席")
    )
    started_by = member_key(_("更换人"), null=True)
    started_at = models.DateTimeField(_("开始时间"))
    ended_at = models.DateTimeField(_("完成时间"), null=True)
    passes = models.PositiveSmallIntegerField(_("第几遍"), default=1)
    kind = models.CharField(_("走到哪一类"), max_length=40, blank=True)
    last = models.CharField(_("这一类走到哪一行"), max_length=40, blank=True)
    total = models.PositiveIntegerField(_("一共"), default=0)
    seen = models.PositiveIntegerField(_("这一遍看过"), default=0)
    found = models.PositiveIntegerField(_("这一遍换封"), default=0)
    damaged = models.PositiveIntegerField(_("这一遍打不开"), default=0)
    resealed = models.PositiveIntegerField(_("换封"), default=0)

    objects = DeskRotationQuerySet.as_manager()

    class Meta:
        verbose_name = _("更换密钥")
        verbose_name_plural = _("更换密钥")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                name="desk_rotation_one_at_a_time",
                fields=["desk"],
                condition=Q(ended_at__isnull=True),
                violation_error_message=_("这个受理席正在更换密钥。"),
            ),
        ]

    def __str__(self) -> str:
        return f"更换密钥 {self.started_at:%Y-%m-%d}"
