"""What comes with an item or after it: files and supplements, sealed as the item is."""

import uuid
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from intake.models.submission import Submission


class SupplementQuerySet(models.QuerySet["Supplement"]):
    """Supplements by what their desk has seen of them."""

    def unopened(self) -> Self:
        """Those that no member of the item's desk has opened."""
        return self.filter(opened_at__isnull=True)


class Supplement(models.Model):
    """补充材料: what a reporter added later, sealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="supplements")
    received_at = models.DateTimeField(_("收到时间"))
    idempotency_key = models.CharField(max_length=64, editable=False)
    opened_at = models.DateTimeField(_("受理席第一次打开"), null=True, editable=False)
    sealed = models.BinaryField(_("封存的内容"))
    received_digest = models.CharField(_("收到时的指纹"), max_length=64, editable=False)
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)
    chained_in = models.ForeignKey(
        "intake.AuditEvent",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="supplements",
        db_index=False,
    )

    objects = SupplementQuerySet.as_manager()

    class Meta:
        verbose_name = _("补充材料")
        verbose_name_plural = _("补充材料")
        ordering = ["received_at", "id"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(chained_in__isnull=True),
                name="supplement_not_in_chain",
            ),
            models.Index(
                fields=["submission"],
                condition=Q(opened_at__isnull=True),
                name="supplement_not_opened",
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                name="supplement_form_once",
                fields=["submission", "idempotency_key"],
                violation_error_message=_("同一份补充只登记一次。"),
            )
        ]

    def __str__(self) -> str:
        return f"补充 {self.received_at:%Y-%m-%d %H:%M}"

    @property
    def is_new(self) -> bool:
        """Whether no member of the item's desk has opened it."""
        return self.opened_at is None


class Attachment(models.Model):
    """证明材料: a sealed file. Its name is sealed with the report that it came with."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    submission = models.ForeignKey(Submission, models.PROTECT, related_name="attachments")
    supplement = models.ForeignKey(
        Supplement, models.PROTECT, null=True, blank=True, related_name="attachments"
    )
    position = models.PositiveSmallIntegerField(_("顺序"))
    sealed_file = models.CharField(_("封存的文件"), max_length=80)
    size = models.PositiveIntegerField(_("大小（字节）"))
    kind = models.CharField(_("格式"), max_length=8)
    received_digest = models.CharField(_("收到时的指纹"), max_length=64, editable=False)
    sealed_sha256 = models.CharField(_("现在的指纹"), max_length=64)
    chained_in = models.ForeignKey(
        "intake.AuditEvent",
        models.PROTECT,
        null=True,
        editable=False,
        related_name="attachments",
        db_index=False,
    )

    class Meta:
        verbose_name = _("证明材料")
        verbose_name_plural = _("证明材料")
        ordering = ["submission", "supplement", "position"]
        indexes = [
            models.Index(
                fields=["id"],
                condition=Q(chained_in__isnull=True),
                name="attachment_not_in_chain",
            )
        ]
        constraints = [
            models.UniqueConstraint(
                name="attachment_file_once",
                fields=["sealed_file"],
                violation_error_message=_("一个封存文件只能属于一份材料。"),
            )
        ]

    def __str__(self) -> str:
        return f"材料 {self.position}"
