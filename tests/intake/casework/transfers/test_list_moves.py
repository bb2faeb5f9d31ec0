"""A list from its draft to the answer: each deed, what it needs, and what its items do."""

from datetime import date, timedelta
from functools import partial

import pytest

from intake.audit.verification import verify
from intake.casework import case_files
from intake.casework.case_files import Seen
from intake.casework.deadlines import clock_facts
from intake.casework.deadlines import clocks as deadline_clocks
from intake.casework.moving.moving import move
from intake.casework.moving.needed import Missing
from intake.casework.rerouting import CannotReroute, reroute
from intake.casework.transfers import list_moves
from intake.casework.transfers.held_lists import ListChangedMeanwhile
from intake.casework.transfers.list_faults import NotFilled
from intake.casework.transfers.list_moves import CannotDo, MayNotDo
from intake.casework.transfers.list_table import Step
from intake.choices import Action, ListKind, ListState, Nature, ReceiverKind, Status
from intake.choices.deadline_lists import Happening, RuleCode
from intake.models import AuditEvent, Receiver, Submission, TransferList
from intake.models.codes_field import as_codes
from intake.report.case_words import Accused, CaseWords
from tests.intake.casework.transfers.list_world import DAY, LATER, World, make_world
from tests.making import INSIDE, make_clerk
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db
S = ListState


@pytest.fixture
def world() -> World:
    return make_world()


def statuses() -> list[str]:
    return list(Submission.objects.order_by("number").values_list("status", flat=True))


def test_from_the_draft_to_the_answer(world: World):
    row = world.sent(world.item(), world.item())
    assert (row.state, row.approved_by, row.sent_by) == (S.SENT, world.head, world.clerk)
    assert statuses() == [Status.TRANSFERRED] * 2
    world.do(row, Step.SIGN, signed_on=DAY, signer="钱（演示）")
    assert statuses() == [Status.ACKNOWLEDGED] * 2
    world.do(row, Step.REMIND, reminded_on=DAY + timedelta(days=3))
    row = world.do(row, Step.ANSWER, feedback_on=DAY + timedelta(days=5), result="已办（演示）")
    assert (row.state, row.reminders.count()) == (S.ANSWERED, 1)
    assert statuses() == [Status.ANSWERED] * 2
    moved = AuditEvent.objects.filter(action=Action.MOVE_LIST).order_by("sequence")
    assert [event.detail["list_state"] for event in moved] == [
        "proposed", "approved", "sent", "signed", "signed", "answered",
    ]  # fmt: skip
    assert not row.entries.filter(is_settled=False).exists()


def test_an_objection_brings_back_only_what_it_names(world: World):
    first, second = world.item(), world.item()
    row = world.sent(first, second)
    keys = [entry.pk for entry in row.entries.all()]
    objection = {"objection_on": DAY + timedelta(days=1), "reason": "不归本单位管（演示）"}
    row = world.do(row, Step.OBJECT, entries=(keys[0],), **objection)
    assert row.state == S.OBJECTED
    back = {"returned_on": DAY + timedelta(days=2), "reason": "同意（演示）"}
    row = world.do(row, Step.TAKE_BACK, back_to=Status.TO_ASSESS, **back)
    assert (row.state, row.returned_by, statuses()) == (
        S.SENT,
        world.clerk,
        [Status.TO_ASSESS, Status.TRANSFERRED],
    )
    row = world.do(row, Step.OBJECT, entries=(keys[1],), **objection)
    row = world.do(row, Step.INSIST, reason="不同意（演示）")
    assert (row.state, row.returned_on) == (S.SENT, None)
    row = world.do(row, Step.OBJECT, entries=(keys[1],), **objection)
    row = world.do(row, Step.TAKE_BACK, back_to=Status.TO_TRANSFER, **back)
    assert (row.state, statuses()) == (S.RETURNED, [Status.TO_ASSESS, Status.TO_TRANSFER])
    assert world.gather(second).state == S.DRAFT


def test_who_proposed_does_not_approve(world: World):
    row = world.written(world.item())
    world.do(row, Step.PROPOSE, by=world.head)
    number = {"document_number": "岚巡办移〔2025〕1号"}
    with pytest.raises(MayNotDo, match="别人审批"):
        world.do(row, Step.APPROVE, by=world.head, **number)
    with pytest.raises(MayNotDo, match="能审批的人"):
        world.do(row, Step.APPROVE, **number)
    other = make_clerk(world.intake, world.intake.office, may_approve=True)
    world.do(row, Step.REFUSE, by=other, reason="再想想（演示）")
    row.refresh_from_db()
    assert (row.state, row.proposed_by) == (S.DRAFT, None)


def test_a_list_is_looked_at_again_before_it_is_approved(world: World):
    item = world.item()
    empty = world.gather(item)
    with pytest.raises(NotFilled) as found:
        world.do(empty, Step.PROPOSE)
    assert "还没有写摘要" in found.value.sentences["entries"]
    world.write(empty)
    world.do(empty, Step.PROPOSE)
    Submission.objects.filter(pk=item.pk).update(version=7)
    number = {"document_number": "岚巡办移〔2025〕1号"}
    with pytest.raises(NotFilled) as found:
        world.do(empty, Step.APPROVE, by=world.head, **number)
    assert "写摘要以后有改动" in found.value.sentences["entries"]
    world.do(empty, Step.WITHDRAW)
    world.write(empty)
    world.do(empty, Step.PROPOSE)
    assert world.do(empty, Step.APPROVE, by=world.head, **number).state == S.APPROVED
    Submission.objects.filter(pk=item.pk).update(status=Status.TO_ASSESS)
    with pytest.raises(NotFilled) as found:
        world.do(empty, Step.SEND, sent_on=INSIDE.date())
    assert "待研判" in found.value.sentences["entries"]


def test_what_changed_since_the_approval_keeps_it_from_being_sent(world: World):
    item = world.item(nature=Nature.ACCUSATION)
    takes = as_codes([Nature.ACCUSATION])
    Receiver.objects.filter(pk=world.receiver.pk).update(takes=takes)
    row = world.written(item, receiver=Receiver.objects.get(pk=world.receiver.pk))
    world.do(row, Step.PROPOSE, at=INSIDE)
    world.do(row, Step.APPROVE, by=world.head, document_number="岚巡办移〔2025〕1号", at=INSIDE)

    def refused() -> str:
        with pytest.raises(NotFilled) as found:
            world.do(row, Step.SEND, sent_on=DAY)
        return found.value.sentences["entries"]

    body = Receiver.objects.create(
        name="被反映的单位（演示）", kind=ReceiverKind.INSPECTED, target=item.target, takes=takes
    )
    Receiver.objects.filter(pk=world.receiver.pk).update(under=body)
    assert refused() == f"{item}：检举控告不能交给被反映的单位，也不能交给归它管的单位。"
    Receiver.objects.filter(pk=world.receiver.pk).update(under=None)
    keyring, accused = keyring_for(world.clerk), (Accused(body="岚台市信访局（演示）"),)
    words = CaseWords(accused=accused)
    case_files.save(item, keyring, words=words, seen=Seen(0), by=world.clerk, at=LATER)
    assert "写摘要以后有改动" in refused() and "不能交给被反映的单位" in refused()


def test_a_clock_begins_on_the_day_that_the_list_names(world: World):
    """Whenever it is entered, and also after what comes later."""
    row = world.sent(world.item(nature=Nature.SUGGESTION))
    item = Submission.objects.get()
    assert (item.deadline_rule, item.deadline_from) == (RuleCode.OBJECTION, DAY)
    signed_on = DAY + timedelta(days=2)
    Submission.objects.update(nature=Nature.ACCUSATION)
    row = world.do(row, Step.SIGN, signed_on=signed_on, signer="钱（演示）")
    item.refresh_from_db()
    assert (item.deadline_rule, item.deadline_from) == (RuleCode.FEEDBACK, signed_on)
    assert clock_facts.steps_so_far([item])[str(item.pk)][-2:] == [
        deadline_clocks.Step(DAY, Happening.TRANSFERRED),
        deadline_clocks.Step(signed_on, Happening.SIGNED),
    ]
    back = {"back_to": Status.TO_TRANSFER, "reason": "同意（演示）"}
    (entry,) = row.entries.all()
    world.do(row, Step.OBJECT, objection_on=signed_on, entries=(entry.pk,), reason="不归（演示）")
    world.do(row, Step.TAKE_BACK, returned_on=signed_on + timedelta(days=1), **back)
    item.refresh_from_db()
    expected = (RuleCode.PASS_ON, signed_on + timedelta(days=1))
    assert (item.deadline_rule, item.deadline_from) == expected


def test_days_in_the_wrong_order_and_missing_words(world: World):
    row = world.sent(world.item())
    before, after = DAY - timedelta(days=1), DAY + timedelta(days=400)
    (entry,) = row.entries.all()
    wrong: list[tuple[Step, dict[str, object], dict[str, str]]] = [
        (Step.SIGN, {}, {"signed_on": "请填日期。", "signer": "请填签收人。"}),
        (
            Step.SIGN,
            {"signed_on": before, "signer": "钱"},
            {"signed_on": "不能早于送出日期（2025-04-16）。"},
        ),
        (Step.SIGN, {"signed_on": after, "signer": "钱"}, {"signed_on": "这一天还没有到。"}),
        (
            Step.OBJECT,
            {"objection_on": date(2025, 4, 23), "entries": (entry.pk + 1,), "reason": " "},
            {"entries": "请选是哪几件。", "reason": "请写理由。"},
        ),
    ]
    for step, given, sentences in wrong:
        with pytest.raises(NotFilled) as found:
            world.do(row, step, **given)
        assert found.value.sentences == sentences, step
    world.do(row, Step.REMIND, reminded_on=DAY)
    with pytest.raises(NotFilled, match="reminded_on"):
        world.do(row, Step.REMIND, reminded_on=DAY)


def test_a_document_number_is_used_once(world: World):
    world.sent(world.item())
    row = world.written(world.item())
    world.do(row, Step.PROPOSE)
    with pytest.raises(NotFilled) as found:
        world.do(row, Step.APPROVE, by=world.head, document_number=" 岚巡办移〔2025〕1号 ")
    assert found.value.sentences == {"document_number": "本席已经用过这个文号。"}


def test_a_desk_learns_nothing_of_the_numbers_of_another(world: World):
    world.sent(world.item())
    desk = world.intake.desks[0]
    clerk, head = make_clerk(world.intake, desk), make_clerk(world.intake, desk, may_approve=True)
    item = world.item(status=Status.FIXING)
    row = world.gather(item, by=clerk, kind=ListKind.FIX, receiver=None)
    world.write(row, by=clerk)
    world.do(row, Step.PROPOSE, by=clerk)
    row = world.do(row, Step.APPROVE, by=head, document_number="岚巡办移〔2025〕1号")
    assert row.state == S.APPROVED


def test_a_list_is_answered_when_each_of_its_items_is(world: World):
    row = world.sent(world.item(), world.item())
    world.do(row, Step.SIGN, signed_on=DAY, signer="钱（演示）")
    first = row.entries.earliest("pk")
    day = DAY + timedelta(days=5)
    answer = {"feedback_on": day, "result": "已办（演示）"}
    row = world.do(row, Step.ANSWER, entries=(first.pk,), **answer)
    assert (row.state, row.feedback_on) == (S.SIGNED, None)
    assert statuses() == [Status.ANSWERED, Status.ACKNOWLEDGED]
    (note,) = list_moves.words_of(row, keyring_for(world.clerk)).notes
    assert (note.about, note.words) == (str(first.submission), "已办（演示）")
    for step in (Step.ANSWER, Step.OBJECT):
        with pytest.raises(NotFilled) as found:
            world.do(row, step, entries=(first.pk,), objection_on=day, reason="不归", **answer)
        assert found.value.sentences == {"entries": "请选是哪几件。"}
    later = {**answer, "feedback_on": day + timedelta(days=2)}
    row = world.do(row, Step.ANSWER, **later)
    assert (row.state, row.feedback_on) == (S.ANSWERED, day + timedelta(days=2))
    assert [entry.answered_on for entry in row.entries.all()] == [day, day + timedelta(days=2)]


def test_when_what_is_open_comes_back_the_rest_is_an_answered_list(world: World):
    row = world.sent(world.item(), world.item())
    world.do(row, Step.SIGN, signed_on=DAY, signer="钱（演示）")
    first, second = row.entries.all()
    day = DAY + timedelta(days=1)
    world.do(row, Step.ANSWER, entries=(first.pk,), feedback_on=day, result="已办（演示）")
    world.do(row, Step.OBJECT, objection_on=day, entries=(second.pk,), reason="不归（演示）")
    back = {"returned_on": day, "back_to": Status.TO_ASSESS, "reason": "同意（演示）"}
    row = world.do(row, Step.TAKE_BACK, **back)
    assert (row.state, row.feedback_on) == (S.ANSWERED, day)


def test_a_late_objection_is_recorded_as_late(world: World):
    """Five working days after the 16th of April: the 23rd."""
    row = world.sent(world.item())
    (entry,) = row.entries.all()
    objection = {"entries": (entry.pk,), "reason": "不归（演示）"}
    for day, told in ((date(2025, 4, 23), None), (date(2025, 4, 24), "late")):
        row = world.do(row, Step.OBJECT, objection_on=day, **objection)
        assert row.state == S.OBJECTED
        event = AuditEvent.objects.filter(action=Action.MOVE_LIST).latest("sequence")
        assert event.detail.get("objection") == told
        world.do(row, Step.INSIST, reason="不同意（演示）")


def test_what_stands_on_a_list_is_not_sent_to_another_desk(world: World):
    item, to = world.item(), world.intake.desks[1]
    row = world.written(item)
    keyring = keyring_for(world.clerk)
    with pytest.raises(CannotReroute, match="没有办完的移交清单"):
        reroute(item, to=to, keyring=keyring, by=world.clerk, at=LATER, reason="不对（演示）")
    world.do(row, Step.DROP)
    reroute(item, to=to, keyring=keyring, by=world.clerk, at=LATER, reason="不对（演示）")
    item.refresh_from_db()
    assert item.desk == to


def test_two_tabs_and_another_round(world: World):
    row = world.written(world.item())
    old = TransferList.objects.get(pk=row.pk).version
    world.do(row, Step.PROPOSE, version=old)
    with pytest.raises(ListChangedMeanwhile):
        world.do(row, Step.WITHDRAW, version=old)
    with pytest.raises(CannotDo):
        world.do(row, Step.PROPOSE)
    stranger = make_world()
    with pytest.raises(TransferList.DoesNotExist):
        stranger.do(row, Step.WITHDRAW)
    team = make_clerk(world.intake, world.intake.desks[0])
    with pytest.raises(TransferList.DoesNotExist):
        world.do(row, Step.WITHDRAW, by=team)


def test_a_team_sends_a_notice_to_set_something_right(world: World):
    desk = world.intake.desks[0]
    clerk, head = make_clerk(world.intake, desk), make_clerk(world.intake, desk, may_approve=True)
    item = world.item(status=Status.FIXING)
    row = world.gather(item, by=clerk, kind=ListKind.FIX, receiver=None)
    assert (row.desk, row.receiver.target) == (desk, item.target)
    world.write(row, by=clerk)
    assert row.entries.get().without_identity
    world.do(row, Step.PROPOSE, by=clerk)
    world.do(row, Step.APPROVE, by=head, document_number="岚巡一组〔2025〕1号")
    day = date(2025, 5, 5)
    world.do(row, Step.SEND, by=clerk, sent_on=day)
    world.do(row, Step.SIGN, by=clerk, signed_on=day, signer="孙（演示）")
    keyring, seen = keyring_for(clerk), Submission.objects.get().version
    close = partial(move, item.pk, Status.CLOSED, version=None, by=clerk, at=LATER, keyring=keyring)
    with pytest.raises(Missing) as found:
        close(result="自己看过（演示）")
    assert found.value.sentences == {"reason": "请写理由。"}
    row = world.do(row, Step.ANSWER, by=clerk, feedback_on=day, result=" 已改（演示） ")
    assert (row.state, statuses()) == (S.ANSWERED, [Status.FIXING])
    # The written result stands in the item's own case file, and closing asks for no reason more.
    item.refresh_from_db()
    words = case_files.open(item, keyring).words
    assert (item.version, words.result) == (seen + 1, "已改（演示）")
    assert [(note.kind, note.words) for note in words.notes] == [("result", "已改（演示）")]
    assert "已改".encode() not in bytes(item.case_files.get().sealed)
    close(result=words.result)
    assert statuses() == [Status.CLOSED]


def test_the_chain_stays_whole(world: World):
    world.sent(world.item())
    kinds = ("移交清单", "督办记录")
    assert [line for line in verify().problems if line.startswith(kinds)] == []
