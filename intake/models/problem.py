"""问题类别: what reports are about, on two levels that the office edits."""

from typing import Self

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _


class ProblemQuerySet(models.QuerySet["Problem"]):
    """Problems by what may still be chosen."""

    def choosable(self) -> Self:
        """Those that the office has not taken out, in their order."""
        return self.filter(is_active=True).order_by("parent__order", "order")


class Problem(models.Model):
    """A category of the clerks; one without a parent stands on the first level."""

    code = models.SlugField(_("代码"), max_length=20, unique=True)
    name = models.CharField(_("名称"), max_length=30)
    parent = models.ForeignKey(
        "self",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="children",
        verbose_name=_("属于"),
    )
    order = models.PositiveSmallIntegerField(_("顺序"), default=0)
    is_active = models.BooleanField(_("可以选"), default=True)

    objects = ProblemQuerySet.as_manager()

    class Meta:
        verbose_name = _("问题类别")
        verbose_name_plural = _("问题类别")
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(
                name="problem_not_its_own_parent",
                condition=~models.Q(parent=models.F("pk")),
                violation_error_message=_("一个类别不能属于它自己。"),
            )
        ]

    def clean(self) -> None:
        """There is no third level."""
        super().clean()
        if self.parent_id is None:
            return
        has_children = self.pk is not None and self.children.exists()
        if has_children or (self.parent and self.parent.parent_id is not None):
            raise ValidationError({"parent": _("问题类别只有两级，不能再往下分。")})

    def __str__(self) -> str:
        return f"{self.parent.name}·{self.name}" if self.parent else self.name
