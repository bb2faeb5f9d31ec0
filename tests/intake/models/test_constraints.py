"""Each invariant of the rows is a constraint: every test here violates one."""

from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from intake.choices import DeskKind, Role, Scope, Signature, Status, Way
from intake.models import (
    CaseFile,
    DeadlineRule,
    Desk,
    DraftScan,
    ItemDigest,
    Problem,
    StaffUser,
    Submission,
)
from intake.models.deadline import LONGEST
from tests.intake.admin.registering.filling_in import an_opening
from tests.making import (
    INSIDE,
    Intake,
    make_box,
    make_clerk,
    make_intake,
    make_round,
    make_staff,
    make_team,
)

pytestmark = pytest.mark.django_db


def make_submission(intake: Intake, desk: Desk, **changes: Any) -> Submission:
    """A web report waiting to be registered."""
    window = intake.round.window()
    values: dict[str, Any] = {
        "round": intake.round,
        "desk": desk,
        "idempotency_key": f"{Submission.objects.count():064d}",
        "way": Way.WEB,
        "received_at": INSIDE,
        "window_opens": window.opens,
        "window_closes": window.closes,
        "signature": Signature.ANONYMOUS,
        "scope": Scope.IN,
        "route_reason": "按所选单位分送",
        "sealed": b"sealed",
    }
    return Submission.objects.create(**{**values, **changes})


def violates(constraint: str, intake: Intake, **changes: Any) -> None:
    """The row is refused by this very constraint, which both databases name for a check."""
    with pytest.raises(IntegrityError, match=constraint):
        make_submission(intake, intake.desks[0], **changes)


def test_a_web_report_lies_inside_the_window():
    intake = make_intake()
    closes = intake.round.window().closes
    make_submission(intake, intake.desks[0], received_at=closes - timedelta(microseconds=1))
    violates("submission_web_inside_window", intake, received_at=closes)


def test_a_web_report_is_not_before_the_window():
    intake = make_intake()
    opens = intake.round.window().opens
    make_submission(intake, intake.desks[0], received_at=opens)
    violates("submission_web_inside_window", intake, received_at=opens - timedelta(microseconds=1))


def test_a_web_report_is_never_late():
    violates("submission_web_inside_window", make_intake(), is_late=True)


def test_a_late_letter_is_kept():
    intake = make_intake()
    late = intake.round.window().closes + timedelta(days=3)
    letter = make_submission(
        intake, intake.desks[0], way=Way.LETTER, received_at=late, is_late=True
    )
    assert letter.pk


def test_a_drop_box_only_with_source_box():
    intake = make_intake()
    box = make_box(intake.round)
    make_submission(intake, intake.desks[0], way=Way.BOX, drop_box=box)
    violates("submission_box_only_from_box", intake, way=Way.LETTER, drop_box=box)


def test_a_letter_s_number_only_with_its_opening():
    intake = make_intake()
    letter = {"way": Way.BOX, "drop_box": make_box(intake.round), "box_number": 1}
    violates("submission_box_number_of_an_opening", intake, **letter)


def test_a_letter_s_number_once_an_opening():
    intake = make_intake()
    opening = an_opening(intake, make_box(intake.round))
    letter = {"way": Way.BOX, "drop_box": opening.drop_box, "box_number": 1}
    make_submission(intake, intake.desks[0], opening=opening, **letter)
    once = r"submission_box_number_once_an_opening|UNIQUE constraint failed: .*\.box_number\b"
    violates(once, intake, opening=opening, **letter)


def test_a_number_only_once_registered():
    violates("submission_number_when_registered", make_intake(), number=1)


def test_a_registered_item_has_a_number():
    violates("submission_number_when_registered", make_intake(), status=Status.TO_ASSESS)


@pytest.mark.parametrize(
    ("constraint", "column", "same"),
    [
        ("submission_form_once_a_round", "idempotency_key", {"idempotency_key": "k" * 64}),
        ("submission_receipt_once", "receipt_digest", {"receipt_digest": "d" * 64}),
        (
            "submission_number_once_a_round",
            "number",
            {"number": 1, "status": Status.TO_ASSESS},
        ),
    ],
    ids=["form", "receipt", "number"],
)
def test_once_only(constraint: str, column: str, same: dict[str, Any]):
    intake = make_intake()
    make_submission(intake, intake.desks[0], **same)
    # SQLite names the columns of a unique constraint, PostgreSQL the constraint.
    violates(rf"{constraint}|UNIQUE constraint failed: .*\.{column}\b", intake, **same)


def test_one_office_desk_a_round():
    intake = make_intake()
    with pytest.raises(IntegrityError):
        Desk.objects.create(kind=DeskKind.OFFICE, round=intake.round, recipient="age1other")


@pytest.mark.parametrize(
    ("kind", "has_team"), [(DeskKind.TEAM, False), *((k, True) for k in DeskKind if k != "team")]
)
def test_a_team_is_set_exactly_where_the_desk_is_a_teams(kind: DeskKind, has_team: bool):
    round_ = make_round()
    team = make_team(round_) if has_team else None
    with pytest.raises(IntegrityError, match="desk_team_only_of_a_team"):
        Desk.objects.create(kind=kind, round=round_, team=team, recipient="age1other")


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_members_of_office_and_teams_may_approve(role: Role):
    with pytest.raises(IntegrityError, match="staff_approves_by_role"):
        make_staff(role, may_approve=True)


def test_nobody_is_superuser():
    user = make_staff(Role.ADMINISTRATOR)
    user.is_superuser = True
    with pytest.raises(IntegrityError):
        user.save()


def seen_by(user: StaffUser) -> set[Submission]:
    return set(Submission.objects.visible_to(user))


def test_each_sees_the_own_desk_and_the_office_sees_all_of_its_round():
    intake, other_round = make_intake(), make_intake()
    first, second = (make_submission(intake, desk) for desk in intake.desks)
    to_office = make_submission(intake, intake.office)
    make_submission(other_round, other_round.desks[0])

    assert seen_by(make_clerk(intake, intake.desks[0])) == {first}
    assert seen_by(make_clerk(intake, intake.desks[1])) == {second}
    assert seen_by(make_clerk(intake, intake.office)) == {first, second, to_office}


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_other_roles_see_nothing_even_with_a_key_to_a_desk(role: Role):
    intake = make_intake()
    make_submission(intake, intake.office)
    user = make_staff(role, desk=intake.office, secret=intake.secrets[intake.office.pk])
    assert seen_by(user) == set()


def test_a_member_who_was_shut_out_sees_nothing():
    intake = make_intake()
    make_submission(intake, intake.desks[0])
    clerk = make_clerk(intake, intake.desks[0], is_active=False)
    assert seen_by(clerk) == set()


def test_a_team_clerk_never_gets_the_office_desk():
    intake = make_intake()
    make_submission(intake, intake.office)
    clerk = make_staff(Role.TEAM, desk=intake.office, secret=intake.secrets[intake.office.pk])
    assert seen_by(clerk) == set()


def test_last_day_is_not_before_the_first():
    with pytest.raises(IntegrityError):
        make_round(accepts_from="2025-06-21")


def make_case_file(intake: Intake, item: Submission, **changes: Any) -> CaseFile:
    values: dict[str, Any] = {
        "submission": item,
        "desk": item.desk,
        "version": 1,
        "sealed": b"sealed",
        "sealed_reporter": b"sealed",
        "saved_by": make_clerk(intake, item.desk),
        "saved_at": INSIDE,
    }
    return CaseFile.objects.create(**{**values, **changes})


def test_a_desk_has_one_case_file_of_an_item():
    intake = make_intake()
    item = make_submission(intake, intake.desks[0])
    make_case_file(intake, item)
    make_case_file(intake, item, desk=intake.desks[1])
    with pytest.raises(IntegrityError):
        make_case_file(intake, item)


def test_a_case_file_was_saved_at_least_once():
    intake = make_intake()
    item = make_submission(intake, intake.desks[0])
    with pytest.raises(IntegrityError, match="case_file_saved_at_least_once"):
        make_case_file(intake, item, version=0)


@pytest.mark.parametrize("column", ["number", "may_extend"])
def test_no_deadline_is_longer_than_the_longest(column: str):
    rule = DeadlineRule.objects.filter(pk=DeadlineRule.objects.earliest("pk").pk)
    rule.update(**{column: LONGEST})
    with pytest.raises(IntegrityError, match="deadline_rule_not_too_long"):
        rule.update(**{column: LONGEST + 1})


def test_no_problem_belongs_to_itself():
    problem = Problem.objects.create(code="own", name="自己的（演示）")
    with pytest.raises(IntegrityError, match="problem_not_its_own_parent"):
        Problem.objects.filter(pk=problem.pk).update(parent=problem)


def test_a_digest_of_an_item_is_kept_once():
    intake = make_intake()
    item = make_submission(intake, intake.desks[0])
    values = {"submission": item, "trait": "telephone", "digest": "d" * 64}
    for desk in intake.desks:
        ItemDigest.objects.create(desk=desk, **values)
    # SQLite names the columns of a unique constraint, PostgreSQL the constraint.
    once = r"item_digest_once|UNIQUE constraint failed: intake_itemdigest\.submission_id"
    with pytest.raises(IntegrityError, match=once):
        ItemDigest.objects.create(desk=intake.desks[0], **values)


def test_a_sealed_file_is_one_scan():
    values = {
        "user": make_staff(Role.OFFICE),
        "sheet": "s" * 64,
        "sealed_note": b"sealed",
        "created_at": INSIDE,
    }
    DraftScan.objects.create(**values, sealed_file="one.age")
    DraftScan.objects.create(**values, sealed_file="other.age")
    once = r"draft_scan_file_once|UNIQUE constraint failed: intake_draftscan\.sealed_file"
    with pytest.raises(IntegrityError, match=once):
        DraftScan.objects.create(**values, sealed_file="one.age")
