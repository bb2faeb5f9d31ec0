"""What is kept beside an item so that its repeats are found: digests under the desk's own key."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from intake.choices import repeat_trait_choices
from intake.models.desk import Desk
from intake.models.submission import Submission


class ItemDigest(models.Model):
    """One name, body or number of an item, which nobody can read out of it.

    Without the key, which only the desk's members hold, not even a guess can be tried.
    """

    submission = models.ForeignKey(
        Submission,
        models.PROTECT,
        related_name="digests",
        verbose_name=_("信访件"),
        # The constraint below indexes it already.
        db_index=False,
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="+", verbose_name=_("受理席"), db_index=False
    )
    trait = models.CharField(_("是什么"), max_length=10, choices=repeat_trait_choices)
    digest = models.CharField(_("用受理席的密钥算出的指纹"), max_length=64)

    class Meta:
        verbose_name = _("查重指纹")
        verbose_name_plural = _("查重指纹")
        indexes = [models.Index(fields=["desk", "digest"], name="item_digest_of_desk")]
        constraints = [
            models.UniqueConstraint(
                name="item_digest_once",
                fields=["submission", "desk", "trait", "digest"],
                violation_error_message=_("同一件的同一个查重指纹只存一次。"),
            )
        ]

    def __str__(self) -> str:
        return f"查重指纹 {self.get_trait_display()}"
