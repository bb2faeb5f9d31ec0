"""Copies of a file to look at: made anew by the site, once for each desk that looks.

Each desk has its own, sealed to it alone, made by the first of its members who asks. A copy can
be made again from its file at any time: nobody carries it along, and what tells whether it is the
one that was made is a code under the site's own key.
"""

from datetime import datetime, timedelta

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.choices import CopySort, CopyState
from intake.models.desk import Desk
from intake.models.material import Attachment

# A process that makes copies is heard of every few seconds; one that is silent so long is gone.
SILENT = timedelta(seconds=60)


class CopyMaking(models.Model):
    """The copies of one file for one desk, from page `first` on: made, or being made.

    Both moments are on the wall's clock, which every process has.
    """

    attachment = models.ForeignKey(
        Attachment, models.PROTECT, related_name="+", verbose_name=_("证明材料"), db_index=False
    )
    desk = models.ForeignKey(Desk, models.PROTECT, related_name="+", verbose_name=_("受理席"))
    first = models.PositiveIntegerField(_("从第几页起"), default=1)
    # Tells one run from the next, which takes the same row.
    mark = models.UUIDField(editable=False)
    # To whom the copies are sealed: what an older identity opens is dropped.
    recipient = models.CharField(_("封给哪个公钥"), max_length=70)
    state = models.CharField(_("进度"), max_length=8, choices=CopyState.choices)
    done = models.PositiveIntegerField(_("做了多少"), default=0)
    total = models.PositiveIntegerField(_("一共多少"), null=True)
    started_at = models.DateTimeField(_("开始"))
    heard_at = models.DateTimeField(_("最近一次有动静"))

    class Meta:
        verbose_name = _("副本的制作")
        verbose_name_plural = _("副本的制作")
        constraints = [
            models.UniqueConstraint(
                name="copy_making_once",
                fields=["attachment", "desk", "first"],
                violation_error_message=_("一份材料的副本，一个受理席只做一次。"),
            ),
            models.CheckConstraint(
                name="copy_making_from_a_page",
                condition=Q(first__gte=1),
                violation_error_message=_("页从第一页数起。"),
            ),
            models.CheckConstraint(
                name="copy_making_within_its_total",
                condition=Q(total__isnull=True) | Q(done__lte=F("total")),
                violation_error_message=_("做好的不会比一共的多。"),
            ),
        ]

    def __str__(self) -> str:
        return f"副本的制作 {self.pk}"

    def goes_on_at(self, at: datetime) -> bool:
        """Whether somebody makes them now; who died in it is heard of no more."""
        return self.state == CopyState.MAKING and at < self.heard_at + SILENT

    @property
    def is_made(self) -> bool:
        return self.state == CopyState.MADE


class ViewingCopy(models.Model):
    """One picture, page, sound or film, or what is said about the file: a sealed file."""

    making = models.ForeignKey(
        CopyMaking, models.CASCADE, related_name="copies", verbose_name=_("制作"), db_index=False
    )
    sort = models.CharField(_("是什么"), max_length=8, choices=CopySort.choices)
    number = models.PositiveIntegerField(_("第几"))
    media_type = models.CharField(_("媒体类型"), max_length=40)
    sealed_file = models.CharField(_("封存的文件"), max_length=80, unique=True)
    sealed_sha256 = models.CharField(_("现在的指纹"), max_length=64)
    # Under the site's key, of what it is of and of the head of the sealed file.
    code = models.CharField(_("校验码"), max_length=64, editable=False)

    class Meta:
        verbose_name = _("材料的副本")
        verbose_name_plural = _("材料的副本")
        ordering = ["making", "pk"]
        constraints = [
            models.UniqueConstraint(
                name="viewing_copy_once",
                fields=["making", "sort", "number"],
                violation_error_message=_("一张副本只存一次。"),
            )
        ]

    def __str__(self) -> str:
        return f"材料的副本 {self.pk}"
