"""An item goes its way: who proposed, approved and closed it, in which words, under which clock."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction

from intake import audit
from intake.admin.items.waiting_filters import to_void_by
from intake.admin.judging.handling_card import who_confirms
from intake.casework import case_files
from intake.casework.deadlines import pausing
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.moving import moving, voiding_by_two
from intake.casework.moving.allowing import CannotMove, MayNotMove
from intake.casework.moving.move_table import Through
from intake.casework.moving.needed import Missing
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Action, Handling, Nature, NoteKind, Scope, Status
from intake.choices.deadline_lists import RuleCode
from intake.models import AuditEvent, DeadlinePause, StaffUser, Submission, Voiding
from tests.intake.casework.moving.world import (
    OPINION,
    REASON,
    RESULT,
    World,
    go,
    inquiring,
    judged,
    make_world,
    now,
    proposed,
    registered,
)
from tests.making import INSIDE, make_clerk, make_head
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def notes_of(item: Submission, world: World) -> list[tuple[str, str]]:
    words = case_files.open(item, keyring_for(world.clerk)).words
    return [(note.kind, note.words) for note in words.notes]


def said_of(item: Submission) -> list[dict[str, Any]]:
    moves = AuditEvent.objects.filter(action=Action.MOVE, object_id=str(item.pk))
    return list(moves.order_by("sequence").values_list("detail", flat=True))


def asker_of(item: Submission) -> StaffUser | None:
    pending = voiding_by_two.pending_of(item)
    return pending.asked_by if pending else None


def test_a_pause_ends_with_the_clock_that_it_holds(world: World):
    item = judged(world)
    pausing.pause(item, RuleCode.PASS_ON, REASON, by=world.clerk, at=INSIDE)
    proposal = {"handling": Handling.INQUIRE.value, "opinion": OPINION}
    item = go(item, Status.TO_APPROVE, world.clerk, **proposal)
    assert DeadlinePause.objects.running().count() == 1
    item = go(item, Status.INQUIRING, world.head, opinion="（演示）同意")
    assert DeadlinePause.objects.running().count() == 0
    ended = AuditEvent.objects.get(action=Action.RESUME_CLOCK)
    assert (ended.actor, ended.detail) == (world.head, {"rule": "pass_on"})
    # Gone back, the item has a clock again, and that one runs.
    item = go(item, Status.TO_ASSESS, world.clerk, reason=REASON)
    (line,) = [line for line in lines_for(item, INSIDE) if line.rule == RuleCode.PASS_ON]
    assert not line.is_paused and line.due
    assert audit.verify().is_sound


def test_from_judging_to_the_archive(world: World):
    item = inquiring(world)
    assert (item.proposed_by, item.approved_by) == (world.clerk, world.head)
    assert (item.handled_as, item.closed_at) == (Handling.INQUIRE, None)
    item = go(item, Status.CLOSED, world.clerk, result=RESULT)
    assert item.closed_at == item.status_since == INSIDE
    with pytest.raises(CannotMove, match="鉴定清单，由两个人在清单上签名"):
        go(item, Status.ARCHIVED, world.office)
    with pytest.raises(MayNotMove, match=r"不归您办.*两个人在清单上签名"):
        go(item, Status.ARCHIVED, world.clerk)
    item = go(item, Status.ARCHIVED, world.office, through=Through.APPRAISAL)
    assert (item.status, item.closed_at) == (Status.ARCHIVED, INSIDE)
    assert notes_of(item, world) == [
        (NoteKind.PROPOSAL, OPINION),
        (NoteKind.APPROVAL, "（演示）同意"),
        (NoteKind.RESULT, RESULT),
    ]
    words = case_files.open(item, keyring_for(world.clerk)).words
    assert (words.proposal, words.result) == (OPINION, RESULT)
    assert said_of(item) == [
        {
            "from_status": "to_assess",
            "to_status": "to_approve",
            "handling": "inquire",
            "given": "opinion",
        },
        {"from_status": "to_approve", "to_status": "inquiring", "given": "opinion"},
        {"from_status": "inquiring", "to_status": "closed", "given": "result"},
        {"from_status": "closed", "to_status": "archived"},
    ]
    assert audit.verify().is_sound


def test_a_transfer_goes_through_its_lists_and_its_clocks_follow(world: World):
    item = proposed(world, Handling.TRANSFER)
    item = go(item, Status.TO_TRANSFER, world.head, opinion="（演示）同意")
    assert item.deadline_rule == RuleCode.PASS_ON.value
    with pytest.raises(CannotMove):
        go(item, Status.TRANSFERRED, world.office)
    by_list = {"through": Through.TRANSFERS}
    item = go(item, Status.TRANSFERRED, world.office, **by_list)
    assert item.deadline_rule == RuleCode.OBJECTION.value
    item = go(item, Status.ACKNOWLEDGED, world.office, **by_list)
    assert (item.deadline_rule, item.deadline_from) == (RuleCode.FEEDBACK.value, INSIDE.date())
    item = go(item, Status.ANSWERED, world.office, result=RESULT)
    item = go(item, Status.CLOSED, world.clerk, result=RESULT)
    assert (item.deadline_rule, item.deadline_from) == ("", None)
    assert go(item, Status.ACKNOWLEDGED, world.clerk, reason=REASON).closed_at is None
    assert audit.verify().is_sound


def test_going_back_begins_anew_and_keeps_the_reason(world: World):
    item = go(inquiring(world), Status.TO_ASSESS, world.clerk, reason=REASON)
    assert (item.proposed, item.proposed_by, item.approved_by, item.handled_as) == (
        "",
        None,
        None,
        "",
    )
    assert notes_of(item, world)[-1] == (NoteKind.REASON, REASON)
    assert said_of(item)[-1]["given"] == "reason"


def test_a_team_returns_it_and_the_office_sends_it_back(world: World):
    item = go(registered(world), Status.RETURNED, world.clerk, reason=REASON)
    with pytest.raises(MayNotMove):
        go(item, Status.TO_ASSESS, world.head, reason=REASON)
    assert go(item, Status.TO_ASSESS, world.office, reason=REASON).status == Status.TO_ASSESS


def test_nobody_approves_a_proposal_of_their_own(world: World):
    given = {"handling": Handling.KEEP.value, "opinion": OPINION}
    item = go(judged(world), Status.TO_APPROVE, world.head, **given)
    with pytest.raises(MayNotMove, match="别人审批"):
        go(item, Status.KEPT, world.head, opinion=OPINION)
    assert go(item, Status.KEPT, world.office_head, opinion=OPINION).status == Status.KEPT
    stored = Submission.objects.filter(pk=item.pk)
    other = pytest.raises(IntegrityError, match="submission_approved_by_another")
    with other, transaction.atomic():
        stored.update(approved_by=world.head)


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("submission_proposed_before_approval", {"status": Status.TO_APPROVE}),
        ("submission_handled_as_its_status", {"status": Status.FIXING}),
        ("submission_handled_as_its_status", {"status": Status.ANSWERED, "handled_as": "keep"}),
        ("submission_closed_at_when_closed", {"status": Status.CLOSED}),
        ("submission_closed_at_when_closed", {"closed_at": INSIDE}),
    ],
)
def test_a_row_says_what_its_status_means(world: World, constraint: str, values: dict[str, Any]):
    item = registered(world)
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Submission.objects.filter(pk=item.pk).update(**values)


def test_what_is_missing_is_said_at_its_field(world: World):
    item = registered(world)
    with pytest.raises(Missing) as lacking:
        go(item, Status.TO_APPROVE, world.clerk, opinion=" ", handling="nonsense")
    assert lacking.value.sentences.keys() == {"judged", "handling", "opinion"}
    assert "信访件性质" in lacking.value.sentences["judged"]
    assert (now(item).version, now(item).status) == (item.version, Status.TO_ASSESS)
    assert not AuditEvent.objects.filter(action__in=(Action.MOVE, Action.SAVE_CASE)).exists()


def test_an_older_version_is_told_and_another_desk_is_not_there(world: World):
    item = judged(world)
    older = {"version": item.version - 1, "by": world.clerk, "at": INSIDE}
    given = {"handling": "keep", "opinion": OPINION, "keyring": keyring_for(world.clerk)}
    with pytest.raises(ChangedMeanwhile):
        moving.move(item.pk, Status.TO_APPROVE, **older, **given)
    with pytest.raises(Submission.DoesNotExist):
        go(item, Status.RETURNED, make_clerk(world.intake, world.intake.desks[1]), reason=REASON)


def test_voiding_takes_two_people(world: World):
    item = go(inquiring(world), Status.VOIDED, world.clerk, reason=REASON)
    assert (item.status, asker_of(item)) == (Status.INQUIRING, world.clerk)
    with pytest.raises(MayNotMove, match="别人确认"):
        go(item, Status.VOIDED, world.clerk)
    with pytest.raises(CannotMove, match="申请作废"):
        go(item, Status.CLOSED, world.clerk, result=RESULT)
    for member, wait in ((world.head, [item]), (world.clerk, [])):
        assert list(Submission.objects.visible_to(member).filter(to_void_by(member))) == wait
    able = voiding_by_two.who_can_confirm(item, asked_by=world.clerk)
    assert set(able) == {world.head, world.office, world.office_head}
    assert go(item, Status.VOIDED, world.head).status == Status.VOIDED
    assert (notes_of(item, world)[-1], item.number) == ((NoteKind.REASON, REASON), 1)
    assert audit.verify().is_sound


def test_a_head_alone_is_told_whom_to_let_in(world: World):
    head, deputy = make_head(world.intake), make_head(world.intake)
    item = send(world.intake, about_inspectors=True)
    assert item.desk == world.intake.head
    assert voiding_by_two.who_can_confirm(item, asked_by=head) == [deputy]
    assert f"现在能确认的：{deputy.told_apart}。" in who_confirms(item, head)
    deputy.accesses.filter(desk=item.desk).delete()
    assert "给另一位可以审批的巡察办成员授权主任席" in who_confirms(item, head)


def test_what_is_kept_for_checking_is_proposed_too(world: World):
    item = judged(world)
    Submission.objects.filter(pk=item.pk).update(scope=Scope.UNCHECKED)
    given = {"handling": Handling.INQUIRE.value, "opinion": OPINION}
    assert go(item, Status.TO_APPROVE, world.clerk, **given).scope == Scope.UNCHECKED


def test_a_request_to_void_can_be_dropped(world: World):
    item = go(registered(world), Status.VOIDED, world.clerk, reason=REASON)
    voiding_by_two.drop(item.pk, version=item.version, by=world.clerk, at=INSIDE)
    assert voiding_by_two.pending_of(item) is None
    assert go(item, Status.VOIDED, world.head, reason=REASON).status == Status.TO_ASSESS
    assert asker_of(item) == world.head
    assert audit.verify().is_sound


@pytest.mark.parametrize(
    ("constraint", "values"),
    [
        ("voiding_by_two_people", {"end": "voided", "by": "clerk", "settled_at": INSIDE}),
        ("voiding_settled_by_somebody", {"end": "voided", "by": None, "settled_at": INSIDE}),
        ("voiding_settled_by_somebody", {"by": "head"}),
    ],
)
def test_a_request_says_who_settled_it(world: World, constraint: str, values: dict[str, Any]):
    item = go(registered(world), Status.VOIDED, world.clerk, reason=REASON)
    values = {**values, "settled_by": getattr(world, values["by"]) if values["by"] else None}
    del values["by"]
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Voiding.objects.filter(submission=item).update(**values)
    # SQLite names the column of a unique constraint, PostgreSQL the constraint.
    once = r"voiding_one_pending_an_item|UNIQUE constraint failed: .*\.submission_id"
    with pytest.raises(IntegrityError, match=once), transaction.atomic():
        Voiding.objects.create(submission=item, asked_by=world.head, asked_at=INSIDE)


def test_an_accusation_is_not_approved_for_a_notice_that_it_cannot_get(world: World):
    item = proposed(world, Handling.FIX)
    with pytest.raises(CannotMove, match="“检举控告”，不能发立行立改通知书"):
        go(item, Status.FIXING, world.head, opinion=OPINION)
    assert now(item).status == Status.TO_APPROVE
    Submission.objects.filter(pk=item.pk).update(nature=Nature.APPEAL)
    assert go(item, Status.FIXING, world.head, opinion=OPINION).handled_as == Handling.FIX
