"""开箱记录: a drop box that two people opened together, and the letters that were in it."""

import uuid
from typing import TYPE_CHECKING, Any, Self

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspection.models import DropBox, Round
from intake.choices import Status
from intake.models.desk import Desk
from intake.models.staff_user import StaffUser, member_key

if TYPE_CHECKING:
    from intake.models.submission import Submission


def _member(words: Any) -> Any:
    return member_key(words, null=True, editable=False)


class BoxOpeningQuerySet(models.QuerySet["BoxOpening"]):
    """Openings by who may see them and what is amiss with them."""

    def visible_to(self, user: StaffUser) -> Self:
        """Those of the rounds whose office the member belongs to."""
        offices = Desk.objects.visible_to(user).of_offices()
        return self.filter(desk__in=offices)


class BoxOpening(models.Model):
    """One opening. What was damaged, and why a count does not fit, stands sealed to the desk."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round, models.PROTECT, related_name="openings", verbose_name=_("轮次")
    )
    desk = models.ForeignKey(
        Desk, models.PROTECT, related_name="openings", verbose_name=_("受理席")
    )
    drop_box = models.ForeignKey(
        DropBox, models.PROTECT, related_name="openings", verbose_name=_("举报箱")
    )
    opened_at = models.DateTimeField(_("开箱时间"))
    count = models.PositiveSmallIntegerField(_("取出件数"))
    first_number = models.PositiveIntegerField(_("起号"), null=True, blank=True)
    last_number = models.PositiveIntegerField(_("止号"), null=True, blank=True)
    is_damaged = models.BooleanField(_("箱体或封条有破损"), default=False)
    recorded_by = models.ForeignKey(
        StaffUser, models.PROTECT, related_name="+", verbose_name=_("记录人"), editable=False
    )
    recorded_at = models.DateTimeField(_("记录时间"), editable=False)
    confirmed_by = _member(_("确认人"))
    confirmed_at = models.DateTimeField(_("确认时间"), null=True, editable=False)
    explained_by = _member(_("说明人"))
    explained_at = models.DateTimeField(_("说明时间"), null=True, editable=False)
    # The number of registered items that the explanation is about.
    explained_count = models.PositiveIntegerField(_("说明的件数"), null=True, editable=False)
    agreed_by = _member(_("同意说明的人"))
    agreed_at = models.DateTimeField(_("同意说明的时间"), null=True, editable=False)
    sealed = models.BinaryField(_("封存的说明"), editable=False)
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)

    objects = BoxOpeningQuerySet.as_manager()

    class Meta:
        verbose_name = _("开箱记录")
        verbose_name_plural = _("开箱记录")
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.UniqueConstraint(
                name="opening_once_a_moment",
                fields=["drop_box", "opened_at"],
                violation_error_message=_("这个举报箱在这个时间已经有一份开箱记录。"),
            ),
            models.CheckConstraint(
                name="opening_by_two_people",
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("recorded_by")),
                violation_error_message=_("开箱要两个人，记录人不能自己确认。"),
            ),
            models.CheckConstraint(
                name="opening_explained_by_two_people",
                condition=Q(agreed_by__isnull=True)
                | Q(explained_by__isnull=False) & ~Q(agreed_by=F("explained_by")),
                violation_error_message=_("说明要两个人，说明人不能自己同意。"),
            ),
            models.CheckConstraint(
                name="opening_numbers_fit_the_count",
                condition=Q(count=0, first_number__isnull=True, last_number__isnull=True)
                | Q(
                    count__gt=0,
                    first_number__isnull=False,
                    last_number__isnull=False,
                    last_number=F("first_number") + F("count") - 1,
                ),
                violation_error_message=_("起号、止号和取出件数对不上。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.drop_box} {self.opened_at.astimezone(self.round.zone):%Y-%m-%d %H:%M}"

    def get_absolute_url(self) -> str:
        return reverse("admin:intake_boxopening_change", args=[self.pk])

    def letters_that_count(self) -> "models.QuerySet[Submission]":
        """What was registered against it, but for what was voided since."""
        return self.letters.exclude(status=Status.VOIDED)

    def numbers_registered(self) -> "models.QuerySet[Submission, int | None]":
        """The numbers on the letters that were registered against it with theirs."""
        letters = self.letters_that_count().filter(box_number__isnull=False).order_by("box_number")
        return letters.values_list("box_number", flat=True)

    def next_number(self) -> int | None:
        """The first on a letter that is not registered yet; None when there is none."""
        if self.first_number is None or self.last_number is None:
            return None
        done = set(self.numbers_registered())
        numbers = range(self.first_number, self.last_number + 1)
        return next((number for number in numbers if number not in done), None)

    @property
    def is_confirmed(self) -> bool:
        """Whether both people stand for it."""
        return self.confirmed_by is not None
