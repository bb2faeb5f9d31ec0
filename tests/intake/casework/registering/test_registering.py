"""Numbers without gaps, also for clerks who register at once; and items that come on paper."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection, transaction

from inspection.current import read
from intake import audit
from intake.access import TABLE, Deed
from intake.casework import registering
from intake.casework.registering import NotOnPaper, take_in
from intake.casework.scoping import set_scope
from intake.choices import Action, Origin, Role, Scope, Signature, Status, Way
from intake.models import AuditEvent, StaffUser, Submission
from tests.making import (
    INSIDE,
    SHANGHAI,
    Intake,
    make_box,
    make_clerk,
    make_draft,
    make_intake,
    make_staff,
    record_what_was_made,
)
from tests.staff_work import PHOTO, send

pytestmark = pytest.mark.django_db

CLOSES = datetime(2025, 6, 21, tzinfo=SHANGHAI)
LAST_DAY = date(2025, 6, 20)


def register(items: list[Submission], by: StaffUser) -> list[int]:
    return registering.register(items, by=by, at=INSIDE)


def letter(intake: Intake, received_at: datetime = INSIDE, **facts: object) -> Submission:
    facts = {"way": Way.LETTER, **facts}
    target = intake.targets[0].code
    draft = make_draft(target_code=target, attachments=(PHOTO,))
    return take_in(draft, published=read(intake.round), received_at=received_at, **facts)  # type: ignore[arg-type]


def test_numbers_follow_the_order_in_which_items_came_in():
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    late, early = send(intake), send(intake, at=INSIDE - timedelta(hours=1))
    assert register([late, early], clerk) == [1, 2]
    early.refresh_from_db()
    late.refresh_from_db()
    assert (early.number, late.number) == (1, 2)


@pytest.mark.parametrize("role", [role for role in Role if Deed.REGISTER not in TABLE[role].deeds])
def test_who_does_not_register_cannot_even_past_the_pages(role: Role):
    item = send(make_intake())
    with pytest.raises(PermissionDenied):
        register([item], make_staff(role))
    item.refresh_from_db()
    assert item.number is None


@pytest.mark.parametrize("role", [role for role in Role if Deed.SET_SCOPE not in TABLE[role].deeds])
def test_who_does_not_judge_the_scope_cannot_even_past_the_pages(role: Role):
    item = send(make_intake())
    with pytest.raises(PermissionDenied):
        set_scope(item, Scope.OUT, version=None, by=make_staff(role), at=INSIDE)
    item.refresh_from_db()
    assert item.scope == Scope.UNCHECKED


def test_a_registered_item_says_who_registered_it_and_when():
    intake = make_intake()
    item, clerk = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0])
    record_what_was_made()
    register([item], clerk)
    item.refresh_from_db()
    assert (item.status, item.registered_by, item.registered_at) == (
        Status.TO_ASSESS,
        clerk,
        INSIDE,
    )
    event = AuditEvent.objects.get(action=Action.REGISTER)
    assert (event.actor, event.desk, event.object_id) == (clerk, intake.desks[0], str(item.pk))
    moved = {"from_status": "unregistered", "to_status": "to_assess"}
    assert event.detail == {"number": 1, **moved}
    assert audit.verify().is_sound


def test_registering_again_changes_nothing():
    intake = make_intake()
    item, clerk = send(intake), make_clerk(intake, intake.office)
    assert register([item], clerk) == [1]
    assert register([item], clerk) == []
    item.refresh_from_db()
    assert item.number == 1


def test_numbers_run_through_all_desks_of_a_round_and_start_anew_in_the_next():
    intake, other = make_intake(), make_intake()
    assert register([send(intake, intake.targets[0])], make_clerk(intake, intake.desks[0])) == [1]
    assert register([send(intake, intake.targets[1])], make_clerk(intake, intake.desks[1])) == [2]
    assert register([send(other)], make_clerk(other, other.office)) == [1]


def test_what_lies_on_another_desk_is_not_registered():
    intake = make_intake()
    item = send(intake, intake.targets[0])
    assert register([item], make_clerk(intake, intake.desks[1])) == []
    item.refresh_from_db()
    assert item.status == Status.UNREGISTERED


@pytest.mark.django_db(transaction=True)
def test_clerks_who_register_at_once_leave_no_gap_and_no_double():
    intake = make_intake()
    items = [send(intake, intake.targets[n % 2]) for n in range(24)]
    clerks = [make_clerk(intake, intake.office) for _ in range(4)]
    start = threading.Barrier(4)

    def work(clerk: StaffUser, mine: list[Submission]) -> list[int]:
        start.wait()
        try:
            return [number for item in mine for number in register([item], clerk)]
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        # Every two clerks want the same half.
        done = [pool.submit(work, clerk, items[n % 2 :: 2]) for n, clerk in enumerate(clerks)]
        numbers = [number for one in done for number in one.result()]
    assert sorted(numbers) == list(range(1, 25))
    stored = Submission.objects.order_by("number").values_list("number", flat=True)
    assert list(stored) == list(range(1, 25))


@pytest.mark.django_db(transaction=True)
def test_a_citizen_does_not_wait_for_a_clerk():
    """SQLite has one writer at a time: there the report is stored right after the clerk's."""
    intake = make_intake()
    item, clerk = send(intake), make_clerk(intake, intake.office)

    def citizen() -> Submission:
        try:
            return send(intake)
        finally:
            connection.close()

    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            register([item], clerk)
            sent = pool.submit(citizen)
            if connection.vendor == "postgresql":
                assert sent.result(timeout=5).pk
        assert sent.result(timeout=20).pk


@pytest.mark.parametrize(
    ("way", "origin", "received", "postmark", "is_late"),
    [
        (Way.LETTER, Origin.OWN, CLOSES + timedelta(days=3), LAST_DAY, False),
        (Way.LETTER, Origin.OWN, CLOSES + timedelta(days=3), LAST_DAY + timedelta(days=1), True),
        (Way.LETTER, Origin.OWN, CLOSES + timedelta(days=3), None, True),
        (Way.LETTER, Origin.OWN, CLOSES - timedelta(seconds=1), None, False),
        (Way.VISIT, Origin.OWN, CLOSES - timedelta(seconds=1), None, False),
        (Way.VISIT, Origin.OWN, CLOSES, None, True),
        (Way.LETTER, Origin.SUPERIOR, CLOSES + timedelta(days=3), LAST_DAY, True),
    ],
)
def test_a_late_item_is_marked_and_kept(
    way: Way, origin: Origin, received: datetime, postmark: date | None, is_late: bool
):
    item = letter(make_intake(), received, way=way, origin=origin, postmarked_on=postmark)
    assert Submission.objects.get().is_late is is_late
    assert item.status == Status.UNREGISTERED


def test_by_arrival_where_the_round_does_not_count_postmarks():
    intake = make_intake(letters_by_postmark=False)
    assert letter(intake, CLOSES, postmarked_on=LAST_DAY).is_late


def test_the_teams_own_last_day_decides():
    intake = make_intake()
    intake.teams[0].accepts_until = date(2025, 5, 31)
    intake.teams[0].save()
    assert letter(intake, datetime(2025, 6, 1, tzinfo=SHANGHAI)).is_late


def test_a_drop_box_only_with_what_came_out_of_one():
    intake = make_intake()
    box = make_box(intake.round)
    assert letter(intake, way=Way.BOX, drop_box=box).drop_box == box
    with pytest.raises(registering.NotFromABox):
        letter(intake, drop_box=box)


def test_paper_is_routed_sealed_and_counted_like_the_web():
    intake = make_intake()
    item = letter(intake)
    assert (item.desk, item.target) == (intake.desks[0], intake.targets[0])
    assert (item.signature, item.attachment_count) == (Signature.ANONYMOUS, 1)
    assert item.attachments.count() == 1
    assert item.receipt_digest is None


def test_what_a_clerk_takes_in_is_registered_at_once():
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    item = letter(intake, by=clerk)
    assert (item.number, item.registered_by) == (1, clerk)


def test_a_web_report_is_not_taken_in():
    with pytest.raises(NotOnPaper):
        letter(make_intake(), way=Way.WEB)
