"""Each invariant of receivers and lists is a constraint: each row here violates one."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from intake.choices import ListKind, ListState, ReceiverKind
from intake.models import Receiver, TransferEntry, TransferList, TransferReminder
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.staff_work import send

pytestmark = pytest.mark.django_db

DAY = date(2025, 5, 6)
BEFORE = DAY - timedelta(days=1)
S = ListState


@pytest.fixture
def intake() -> Intake:
    return make_intake()


def make_receiver(**changes: Any) -> Receiver:
    values = {"kind": ReceiverKind.PETITIONS, "name": "岚台市信访局（演示）"}
    return Receiver.objects.create(**{**values, **changes})


def make_list(intake: Intake, receiver: Receiver, **changes: Any) -> TransferList:
    values = {
        "round": intake.round,
        "desk": intake.office,
        "receiver": receiver,
        "kind": ListKind.TRANSFER,
        "made_at": INSIDE,
        "sealed": b"sealed",
    }
    return TransferList.objects.create(**{**values, **changes})


def test_receivers(intake: Intake):
    one = make_receiver()
    wrong: dict[str, list[dict[str, Any]]] = {
        "receiver_inspected_is_a_body": [{"kind": ReceiverKind.INSPECTED, "name": "某镇（演示）"}],
        "receiver_name_once|intake_receiver.name": [{"name": one.name}],
    }
    for constraint, rows in wrong.items():
        for row in rows:
            with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
                make_receiver(**row)
    with pytest.raises(IntegrityError, match="receiver_not_under_itself"):
        Receiver.objects.filter(pk=one.pk).update(under=one)


# What a row has too much or too little, beside what an approved list has (and one that left).
WRONG: list[tuple[str, str, dict[str, Any]]] = [
    ("transfer_approved_before_it_leaves", "new", {"state": S.APPROVED}),
    ("transfer_approved_before_it_leaves", "approved", {"state": S.DRAFT}),
    (
        "transfer_approved_before_it_leaves",
        "approved",
        {"state": S.APPROVED, "document_number": ""},
    ),
    ("transfer_sent_on_a_day", "approved", {"state": S.SENT}),
    ("transfer_sent_on_a_day", "gone", {"state": S.APPROVED}),
    ("transfer_days_in_order", "gone", {"state": S.SIGNED, "signed_on": BEFORE}),
    ("transfer_days_in_order", "gone", {"state": S.OBJECTED, "objection_on": BEFORE}),
    (
        "transfer_days_in_order",
        "gone",
        {"state": S.ANSWERED, "signed_on": DAY, "feedback_on": BEFORE},
    ),
    (
        "transfer_days_in_order",
        "gone",
        {"state": S.SENT, "objection_on": DAY, "returned_on": BEFORE},
    ),
    # A day whose earlier day nobody knows is in no order at all.
    ("transfer_days_in_order", "approved", {"state": S.APPROVED, "signed_on": DAY}),
    ("transfer_days_in_order", "approved", {"state": S.APPROVED, "objection_on": DAY}),
    ("transfer_days_in_order", "gone", {"state": S.SENT, "returned_on": DAY}),
    ("transfer_days_in_order", "gone", {"state": S.ANSWERED, "feedback_on": DAY}),
    ("transfer_ends_by_a_day", "gone", {"state": S.SIGNED}),
    ("transfer_ends_by_a_day", "gone", {"state": S.OBJECTED}),
    ("transfer_ends_by_a_day", "gone", {"state": S.RETURNED, "objection_on": DAY}),
    ("transfer_ends_by_a_day", "gone", {"state": S.ANSWERED, "signed_on": DAY}),
]


def test_lists(intake: Intake):
    receiver = make_receiver()
    proposer, head = (make_clerk(intake, intake.office) for _ in range(2))
    decided = {
        "document_number": "岚巡办移〔2025〕1号",
        "approved_by": head,
        "approved_at": INSIDE,
        "proposed_by": proposer,
    }
    beside = {"new": {}, "approved": decided, "gone": {**decided, "sent_on": DAY}}
    own = {**decided, "state": S.APPROVED, "proposed_by": head}
    for constraint, before, row in [("transfer_approved_by_another", "new", own), *WRONG]:
        with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
            make_list(intake, receiver, **{**beside[before], **row})
    make_list(intake, receiver, **decided, state=S.APPROVED)
    twice = "transfer_document_number_once_a_desk|intake_transferlist.document_number"
    with pytest.raises(IntegrityError, match=twice), transaction.atomic():
        make_list(intake, receiver, **decided, state=S.APPROVED)
    other = make_intake()
    make_list(other, receiver, **decided, state=S.APPROVED)


def test_entries_and_reminders(intake: Intake):
    receiver, item, clerk = make_receiver(), send(intake), make_clerk(intake, intake.office)
    lists = [make_list(intake, receiver) for _ in range(2)]
    row: dict[str, Any] = {"submission": item, "item_version": 1, "sealed": b"sealed"}
    entry = TransferEntry.objects.create(list=lists[0], **row)
    once = "transfer_entry_on_one_open_list|intake_transferentry.submission_id"
    with pytest.raises(IntegrityError, match=once), transaction.atomic():
        TransferEntry.objects.create(list=lists[1], **row)
    with (
        pytest.raises(IntegrityError, match="transfer_entry_written_by_somebody"),
        transaction.atomic(),
    ):
        TransferEntry.objects.filter(pk=entry.pk).update(written_at=INSIDE)
    with (
        pytest.raises(IntegrityError, match="transfer_entry_answered_is_settled"),
        transaction.atomic(),
    ):
        TransferEntry.objects.filter(pk=entry.pk).update(answered_on=DAY)
    for over in ({"is_out": True}, {"is_settled": True}):
        TransferEntry.objects.update(**over)
        TransferEntry.objects.create(list=lists[1], **row)
    reminder = {"list": lists[0], "reminded_on": DAY, "reminded_by": clerk, "recorded_at": INSIDE}
    TransferReminder.objects.create(**reminder)
    twice = "transfer_reminder_once_a_day|intake_transferreminder.reminded_on"
    with pytest.raises(IntegrityError, match=twice), transaction.atomic():
        TransferReminder.objects.create(**reminder)
