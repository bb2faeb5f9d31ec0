"""信访件: what came in, sealed; in clear stands only what lists and counts need."""

import uuid
from typing import Any, Self

from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from inspection.models import DropBox, FocusTopic, Round, Target
from intake.choices import (
    Category,
    DeskKind,
    Handling,
    Nature,
    NumberSeries,
    Origin,
    Rank,
    Scope,
    Signature,
    Status,
    Way,
    status_choices,
)
from intake.models.codes_field import CodesField
from intake.models.desk import Desk
from intake.models.item_constraints import ITEM_CONSTRAINTS, ITEM_INDEXES
from intake.models.problem import Problem
from intake.models.staff_user import StaffUser, member_key
from intake.models.together.seeing_items import helped_by, hidden_from, repeats_of_others


def _member(words: Any) -> Any:
    return member_key(words, null=True, blank=True, db_index=False)


class SubmissionQuerySet(models.QuerySet["Submission"]):
    """Items by who may see them and what waits for them."""

    def visible_to(self, user: StaffUser) -> Self:
        """The items of the desks that this member may see; for all others, none.

        What somebody was kept out of is not there for them, wherever items are asked for. What
        their desk only helps with is no part of it: whoever means that asks for `helped_by`.
        """
        return self.filter(~hidden_from(user), desk__in=Desk.objects.visible_to(user))

    def helped_by(self, user: StaffUser) -> Self:
        """The items of other desks that this member's desk helps with; each says `is_helped`."""
        helped = self.filter(~hidden_from(user), helped_by(user))
        return helped.annotate(is_helped=models.Value(True))

    def for_the_superior(self) -> Self:
        """Items that wait sealed for the level above; no member sees them in any other way."""
        return self.filter(desk__kind=DeskKind.SUPERIOR)

    def unregistered(self) -> Self:
        """Items that wait for their number."""
        return self.filter(status=Status.UNREGISTERED)

    def items_and_times(self) -> tuple[int, int]:
        """件 and 件次: items without their repeats, and how often something came in."""
        once = ~Q(pk__in=repeats_of_others())
        counted = self.order_by().aggregate(items=Count("pk", filter=once), times=Count("pk"))
        return counted["items"], counted["times"]

    def repeats(self) -> Self:
        """Those that repeat another: each is a 件次, and no 件 of its own."""
        return self.filter(pk__in=repeats_of_others())


class Submission(models.Model):
    """One item. Nothing a reporter wrote stands in it unsealed."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    round = models.ForeignKey(
        Round,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("轮次"),
        # The constraints below index it already; each index slows a citizen's INSERT.
        db_index=False,
    )
    number = models.PositiveIntegerField(_("编号"), null=True, blank=True, editable=False)
    number_series = models.CharField(
        _("编号系列"), max_length=4, choices=NumberSeries.choices, default=NumberSeries.MAIN
    )
    receipt_digest = models.CharField(max_length=64, null=True, editable=False)
    idempotency_key = models.CharField(max_length=64, editable=False)
    desk = models.ForeignKey(
        Desk,
        models.PROTECT,
        related_name="submissions",
        verbose_name=_("受理席"),
        db_index=False,
    )
    target = models.ForeignKey(
        Target,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="submissions",
        verbose_name=_("巡察对象"),
    )
    route_reason = models.CharField(_("分送理由"), max_length=200)
    way = models.CharField(_("信访方式"), max_length=12, choices=Way.choices)
    origin = models.CharField(
        _("信访来源"), max_length=12, choices=Origin.choices, default=Origin.OWN
    )
    drop_box = models.ForeignKey(
        DropBox,
        models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("举报箱"),
        db_index=False,
    )
    opening = models.ForeignKey(
        "intake.BoxOpening",
        models.PROTECT,
        null=True,
        blank=True,
        related_name="letters",
        verbose_name=_("开箱记录"),
        db_index=False,
    )
    # Written on the letter on the spot, when its box was opened.
    box_number = models.PositiveIntegerField(_("开箱编号"), null=True, blank=True)
    received_at = models.DateTimeField(_("收件时间"))
    window_opens = models.DateTimeField(editable=False)
    window_closes = models.DateTimeField(editable=False)
    postmarked_on = models.DateField(_("邮戳日期"), null=True, blank=True)
    is_late = models.BooleanField(_("截止后来件"), default=False)
    registered_by = _member(_("登记人"))
    registered_at = models.DateTimeField(_("登记时间"), null=True, blank=True)
    category = models.CharField(_("类别"), max_length=15, choices=Category.choices, blank=True)
    signature = models.CharField(_("署名"), max_length=16, choices=Signature.choices)
    scope = models.CharField(_("受理范围"), max_length=10, choices=Scope.choices)
    status = models.CharField(
        _("状态"), max_length=15, choices=status_choices, default=Status.UNREGISTERED
    )
    status_since = models.DateTimeField(_("进入这个状态的时间"), null=True, editable=False)
    # Goes up with each change of a clerk, so that who saves an older page is told.
    version = models.PositiveIntegerField(_("版本"), default=1, editable=False)
    # What clerks judge and statistics count; their words stand sealed in the case file.
    nature = models.CharField(_("信访件性质"), max_length=15, choices=Nature.choices, blank=True)
    main_problem = models.ForeignKey(
        Problem,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("主要问题"),
        db_index=False,
    )
    other_problems = CodesField(_("其他问题"))
    focus = models.ForeignKey(
        FocusTopic,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("四个聚焦"),
        db_index=False,
    )
    topics = CodesField(_("专题"))
    rank = models.CharField(_("职级"), max_length=15, choices=Rank.choices, blank=True)
    is_important = models.BooleanField(_("重要件"), default=False)
    signers = models.PositiveSmallIntegerField(_("联名人数"), default=0)
    people = models.PositiveSmallIntegerField(_("来访人次"), default=0)
    proposed = models.CharField(
        _("拟办的处理方式"), max_length=10, choices=Handling.choices, blank=True
    )
    proposed_by = _member(_("拟办人"))
    proposed_at = models.DateTimeField(_("拟办时间"), null=True, blank=True)
    approved_by = _member(_("审批人"))
    approved_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    handled_as = models.CharField(
        _("处理方式"), max_length=10, choices=Handling.choices, blank=True
    )
    closed_at = models.DateTimeField(_("办结时间"), null=True, blank=True)
    # The clock that runs, and the day from which it counts; the last day is never stored.
    deadline_rule = models.CharField(_("办理期限的规则"), max_length=20, blank=True)
    deadline_from = models.DateField(_("办理期限起算日"), null=True, blank=True)
    # From which day on a named reporter waits to be told; None for nobody, or once they were.
    telling_from = models.DateField(_("告知期限起算日"), null=True, blank=True, editable=False)
    attachment_count = models.PositiveSmallIntegerField(_("证明材料"), default=0)
    sealed = models.BinaryField(_("封存的内容"))
    received_digest = models.CharField(_("收到时的指纹"), max_length=64, editable=False)
    sealed_digest = models.CharField(_("现在的指纹"), max_length=64, editable=False)
    chained_in = models.ForeignKey(
        "intake.AuditEvent", models.PROTECT, null=True, editable=False, related_name="rows"
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("信访件")
        verbose_name_plural = _("信访件")
        ordering = ["-received_at", "-id"]
        indexes = ITEM_INDEXES
        constraints = ITEM_CONSTRAINTS

    def __str__(self) -> str:
        return self.display_number or "待登记"

    @property
    def display_number(self) -> str:
        """'8-0157' within the eighth round, '主-8-0001' at the head's desk; '' while it waits."""
        if self.number is None:
            return ""
        before = NumberSeries(self.number_series).before
        return f"{before}{self.round.ordinal or self.round_id}-{self.number:04d}"

    def get_absolute_url(self) -> str:
        return reverse("admin:intake_submission_change", args=[self.pk])
