"""What the database holds of every item: each rule by its name, with the words for people.

And by what it finds items without reading their rows.
"""

from itertools import chain

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from intake.choices import CLOSED_STATUSES, HANDLED_IN, Status, Way


def _handled_as_its_status() -> Q:
    """What is being handled in a way stands in one of the statuses of that way."""
    fits = ~Q(status__in=list(chain.from_iterable(HANDLED_IN.values())))
    for handling, statuses in HANDLED_IN.items():
        fits |= Q(handled_as=handling, status__in=statuses)
    return fits


ITEM_CONSTRAINTS: list[models.BaseConstraint] = [
    models.UniqueConstraint(
        name="submission_number_once_a_round",
        fields=["round", "number", "number_series"],
        violation_error_message=_("这一轮已经有这个编号。"),
    ),
    models.UniqueConstraint(
        name="submission_receipt_once",
        fields=["receipt_digest"],
        violation_error_message=_("查询码不能重复。"),
    ),
    models.UniqueConstraint(
        name="submission_form_once_a_round",
        fields=["round", "idempotency_key"],
        violation_error_message=_("同一份表单只登记一次。"),
    ),
    models.CheckConstraint(
        name="submission_web_inside_window",
        condition=~Q(way=Way.WEB)
        | Q(
            received_at__gte=F("window_opens"),
            received_at__lt=F("window_closes"),
            is_late=False,
        ),
        violation_error_message=_("网上提交的时间必须在受理期内。"),
    ),
    models.CheckConstraint(
        name="submission_box_only_from_box",
        condition=Q(drop_box__isnull=True) | Q(way=Way.BOX),
        violation_error_message=_("只有来自举报箱的信访件才能填举报箱。"),
    ),
    models.CheckConstraint(
        name="submission_box_number_of_an_opening",
        condition=Q(box_number__isnull=True) | Q(opening__isnull=False),
        violation_error_message=_("登记在开箱记录下的信访件才有开箱编号。"),
    ),
    models.UniqueConstraint(
        name="submission_box_number_once_an_opening",
        fields=["opening", "box_number"],
        condition=Q(box_number__isnull=False) & ~Q(status=Status.VOIDED),
        violation_error_message=_("这次开箱的这个编号已经登记过一件。"),
    ),
    models.CheckConstraint(
        name="submission_number_when_registered",
        condition=Q(number__isnull=True, status=Status.UNREGISTERED)
        | Q(number__isnull=False) & ~Q(status=Status.UNREGISTERED),
        violation_error_message=_("登记过的信访件才有编号。"),
    ),
    models.CheckConstraint(
        name="submission_approved_by_another",
        condition=Q(approved_by__isnull=True)
        | Q(proposed_by__isnull=True)
        | ~Q(approved_by=F("proposed_by")),
        violation_error_message=_("自己拟办的，要由别人审批。"),
    ),
    models.CheckConstraint(
        name="submission_proposed_before_approval",
        condition=~Q(status=Status.TO_APPROVE)
        | ~Q(proposed="") & Q(proposed_by__isnull=False, approved_by__isnull=True),
        violation_error_message=_("待审批的信访件要有拟办的处理方式和拟办人。"),
    ),
    models.CheckConstraint(
        name="submission_handled_as_its_status",
        condition=_handled_as_its_status(),
        violation_error_message=_("状态和处理方式对不上。"),
    ),
    models.CheckConstraint(
        name="submission_closed_at_when_closed",
        condition=Q(status__in=CLOSED_STATUSES, closed_at__isnull=False)
        | ~Q(status__in=CLOSED_STATUSES) & Q(closed_at__isnull=True),
        violation_error_message=_("办结了的信访件才有办结时间。"),
    ),
]

ITEM_INDEXES: list[models.Index] = [
    # The key at the end lets a page of the staff's list be found without a row.
    models.Index(fields=["desk", "-received_at", "-id"], name="submission_desk_received"),
    # Counting needs no row either: each row is as large as what is sealed in it.
    models.Index(
        fields=["desk", "status", "scope", "received_at", "id"],
        name="submission_desk_status",
    ),
    # A citizen's report has no day yet, so that its INSERT does not touch this one.
    models.Index(
        fields=["deadline_rule", "deadline_from"],
        condition=Q(deadline_from__isnull=False),
        name="submission_deadline",
    ),
    # What was proposed and nobody has decided is little.
    models.Index(
        fields=["desk", "status"],
        condition=Q(proposed_by__isnull=False, approved_by__isnull=True),
        name="submission_to_approve",
    ),
    # Only letters out of a box have one.
    models.Index(
        fields=["opening"],
        condition=Q(opening__isnull=False),
        name="submission_of_opening",
    ),
    models.Index(
        fields=["received_at"],
        condition=Q(chained_in__isnull=True),
        name="submission_not_in_chain",
    ),
    # Few wait to be told at a time.
    models.Index(
        fields=["telling_from"],
        condition=Q(telling_from__isnull=False),
        name="submission_telling",
    ),
]
