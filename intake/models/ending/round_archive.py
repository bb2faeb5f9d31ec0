"""归档包: a round on its way to the archive, part by part, sealed to the archive's own key."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from inspection.models import Round
from intake.models.staff_user import member_key


class RoundArchive(models.Model):
    """One folder of sealed parts. The site itself cannot open what it wrote."""

    round = models.ForeignKey(
        Round, models.PROTECT, related_name="archives", verbose_name=_("轮次")
    )
    name = models.CharField(_("名称"), max_length=100, unique=True)
    folder = models.CharField(_("写到了哪里"), max_length=300)
    recipient = models.CharField(_("档案部门的公钥"), max_length=70)
    started_by = member_key(_("制作人"))
    started_at = models.DateTimeField(_("开始时间"))
    verified_at = models.DateTimeField(_("核对通过的时间"), null=True)
    part_count = models.PositiveIntegerField(_("份数"), default=0)
    manifest_sha256 = models.CharField(_("总目录的指纹"), max_length=64, blank=True)
    # Of the words that stand inside the sealed contents alone: who tells them could open it.
    proof = models.CharField(_("接收确认码的指纹"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("归档包")
        verbose_name_plural = _("归档包")
        ordering = ["-started_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="round_archive_verified_as_a_whole",
                condition=Q(verified_at__isnull=True)
                | ~Q(manifest_sha256="") & ~Q(proof="") & Q(part_count__gt=0),
                violation_error_message=_("核对通过的归档包要有总目录和确认码。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_verified(self) -> bool:
        """Whether all of it was written, read again and found to be right."""
        return self.verified_at is not None


class ArchivePart(models.Model):
    """A sealed file of the archive; `state` is the digest of what it was made of."""

    archive = models.ForeignKey(
        RoundArchive, models.PROTECT, related_name="parts", verbose_name=_("归档包")
    )
    kind = models.CharField(_("种类"), max_length=10)
    row_key = models.CharField(_("哪一行"), max_length=40)
    position = models.PositiveIntegerField(_("序号"))
    state = models.CharField(_("写进时内容的指纹"), max_length=64)
    size = models.PositiveBigIntegerField(_("大小（字节）"))
    sealed_sha256 = models.CharField(_("文件的指纹"), max_length=64)
    is_checked = models.BooleanField(_("最后又核对过"), default=False)

    class Meta:
        verbose_name = _("归档包的一份")
        verbose_name_plural = _("归档包的各份")
        ordering = ["position"]
        constraints = [
            models.UniqueConstraint(
                name="archive_part_once",
                fields=["archive", "kind", "row_key"],
                violation_error_message=_("一行在一个归档包里只有一份。"),
            ),
            models.UniqueConstraint(
                name="archive_part_position_once",
                fields=["archive", "position"],
                violation_error_message=_("这个序号已经有一份。"),
            ),
        ]

    def __str__(self) -> str:
        return self.file_name

    @property
    def file_name(self) -> str:
        """Below the archive's folder; it tells nothing of what is in it."""
        return f"parts/{self.position:05d}.zip.age"
