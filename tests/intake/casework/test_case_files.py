"""The case file: sealed to its desk, replaced at each save, never overwritten unseen."""

from dataclasses import replace
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import transaction

from intake import audit
from intake.casework import case_files, reporters, rerouting, versions
from intake.casework.case_and_item import ProposalStands
from intake.casework.case_files import CaseChangedMeanwhile, OpenedCase, Seen
from intake.choices import Action, Handling, NoteKind, Rank, ReporterPurpose, Role, Status
from intake.models import AuditEvent, CaseFile, StaffUser, Submission
from intake.report.case_words import Accused, CaseWords, Reporter
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import NoDeskAccess
from tests.making import INSIDE, Intake, make_clerk, make_intake, make_staff, record_what_was_made
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

WORDS = CaseWords(
    accused=(Accused(name="王某（演示）", post="主任", rank=Rank.TOWN.value),),
    abstract="（演示）反映机动地发包没有公示。",
)
TOLD = Reporter(name="李某（演示）", phone="13900000000", signers=("张某（演示）",))


def make_item() -> tuple[Intake, Submission, StaffUser]:
    """An item at the first team's desk, and a clerk of it."""
    intake = make_intake()
    item = send(intake, intake.targets[0], reporter_name="赵某（演示）", identity="named")
    clerk = make_clerk(intake, intake.desks[0])
    record_what_was_made()
    return intake, item, clerk


def save(item: Submission, by: StaffUser, seen: int = 0, **values: Any) -> int:
    before = values.pop("before", None)
    keyring = keyring_for(by)
    return case_files.save(item, keyring, seen=Seen(seen, before), by=by, at=INSIDE, **values)


def opened(item: Submission, by: StaffUser) -> OpenedCase:
    return case_files.open(Submission.objects.get(pk=item.pk), keyring_for(by))


def test_what_is_saved_is_opened_again_and_stands_under_a_version():
    _, item, clerk = make_item()
    assert (opened(item, clerk).words, opened(item, clerk).version) == (CaseWords(), 0)
    assert save(item, clerk, words=WORDS, reporter=TOLD) == 1
    found = opened(item, clerk)
    assert (found.words, found.reporter, found.version) == (WORDS, TOLD, 1)
    item.refresh_from_db()
    # In clear stands what statistics count: the rank of the main accused.
    assert (item.version, item.rank) == (2, Rank.TOWN)
    assert audit.verify().is_sound


def test_the_event_names_the_fields_and_no_word_of_them():
    _, item, clerk = make_item()
    save(item, clerk, words=WORDS, reporter=TOLD)
    event = AuditEvent.objects.get(action=Action.SAVE_CASE)
    fields = "accused,abstract,reporter_name,reporter_phone,reporter_signers"
    assert (event.actor, event.desk, event.detail) == (
        clerk,
        item.desk,
        {"fields": fields, "rank": "town"},
    )
    said = "被反映人、内容摘要、反映人姓名、联系电话、联名人"
    assert set(audit.details_of(event)) == {("改了", said), ("职级", "乡科级")}
    other = replace(WORDS, accused=(replace(WORDS.accused[0], rank=Rank.COUNTY.value),))
    save(item, clerk, seen=1, words=other)
    assert AuditEvent.objects.filter(action=Action.SAVE_CASE).latest("pk").detail == {
        "fields": "accused",
        "from_rank": "town",
        "rank": "county",
    }


def test_the_rank_of_a_main_accused_who_is_gone_is_counted_no_more():
    _, item, clerk = make_item()
    save(item, clerk, words=WORDS)
    save(item, clerk, seen=1, words=replace(WORDS, accused=(Accused(name="张某（演示）"),)))
    item.refresh_from_db()
    event = AuditEvent.objects.filter(action=Action.SAVE_CASE).latest("pk")
    assert (item.rank, event.detail) == ("", {"fields": "accused", "from_rank": "town"})
    save(item, clerk, seen=2, words=WORDS)
    # One that was judged otherwise is nobody's of them, and stays.
    Submission.objects.update(rank=Rank.COUNTY)
    save(item, clerk, seen=3, words=replace(WORDS, accused=()))
    item.refresh_from_db()
    assert item.rank == Rank.COUNTY


def test_what_waits_for_approval_is_approved_as_it_was_sent():
    """Else who approves could write the proposal anew, and approve what is their own."""
    intake, item, clerk = make_item()
    head = make_clerk(intake, intake.desks[0], may_approve=True)
    sent = replace(WORDS, proposal="（演示）建议了解")
    save(item, clerk, words=sent)
    sent_at: dict[str, Any] = {
        "proposed": Handling.INQUIRE,
        "proposed_by": clerk,
        "proposed_at": INSIDE,
    }
    sent_at |= {"number": 1, "registered_at": INSIDE}
    Submission.objects.update(status=Status.TO_APPROVE, **sent_at)
    for by in (head, clerk):
        with pytest.raises(ProposalStands, match="先撤回拟办"):
            save(item, by, seen=1, words=replace(sent, proposal="（演示）不办"))
    assert opened(item, clerk).words == sent
    # All else may still be written.
    assert save(item, head, seen=1, words=replace(sent, materials="（演示）照片")) == 2


def test_saving_what_stands_there_already_is_no_event():
    _, item, clerk = make_item()
    save(item, clerk, words=WORDS)
    assert save(item, clerk, seen=1, words=WORDS) == 1
    assert AuditEvent.objects.filter(action=Action.SAVE_CASE).count() == 1
    item.refresh_from_db()
    assert item.version == 2


def test_only_the_desk_opens_it_each_part_by_itself():
    intake, item, clerk = make_item()
    save(item, clerk, words=WORDS, reporter=TOLD)
    row, secret = CaseFile.objects.get(), intake.secrets[intake.desks[0].pk]
    assert CaseWords.from_bytes(open_sealed(bytes(row.sealed), secret)) == WORDS
    assert Reporter.from_bytes(open_sealed(bytes(row.sealed_reporter), secret)) == TOLD
    with pytest.raises(CannotOpen):
        open_sealed(bytes(row.sealed), intake.secrets[intake.desks[1].pk])
    other = make_clerk(intake, intake.desks[1])
    with pytest.raises(NoDeskAccess):
        opened(item, other)
    with pytest.raises(Submission.DoesNotExist):
        save(item, other, words=CaseWords())
    with pytest.raises(PermissionDenied):
        save(item, make_staff(Role.AUDITOR), words=CaseWords())


def test_the_office_writes_into_the_same_one():
    intake, item, clerk = make_item()
    office = make_clerk(intake, intake.office)
    save(item, office, words=WORDS)
    assert opened(item, clerk).words == WORDS


def test_the_later_saver_is_told_field_by_field_and_nothing_is_saved():
    intake, item, first = make_item()
    second = make_clerk(intake, intake.desks[0])
    save(item, first, words=WORDS)
    theirs = CaseWords(accused=WORDS.accused, abstract="他改的", proposal="他写的")
    mine = CaseWords(accused=WORDS.accused, abstract="我改的", result="我写的")
    save(item, first, seen=1, words=theirs)
    with pytest.raises(CaseChangedMeanwhile) as refused:
        save(item, second, seen=1, before=WORDS, words=mine)
    meanwhile = refused.value
    assert [(one.field, one.is_to_decide) for one in meanwhile.found] == [
        ("abstract", True),
        ("proposal", False),
    ]
    assert (meanwhile.theirs, meanwhile.version) == (theirs, 2)
    both = CaseWords(mine.accused, "我改的", proposal="他写的", result="我写的")
    assert meanwhile.mine == both
    assert opened(item, first).words == theirs
    assert save(item, second, seen=meanwhile.version, words=both) == 3


def test_who_saves_an_older_page_where_no_field_was_changed_is_not_stopped():
    _, item, first = make_item()
    save(item, first, words=WORDS)
    with transaction.atomic():
        held = versions.hold(item.pk, first, 2, at=INSIDE)
        keyring = keyring_for(first)
        kind, said = NoteKind.REMARK, "（演示）已电话核实"
        case_files.add_note(held, keyring, kind=kind, words=said, by=first, at=INSIDE)
    later = CaseWords(accused=WORDS.accused, abstract="后来改的")
    assert save(item, first, seen=1, before=WORDS, words=later) == 3
    found = opened(item, first).words
    assert found.abstract == "后来改的"
    assert [(note.words, note.by, note.at) for note in found.notes] == [
        (said, first.told_apart, INSIDE)
    ]


def test_a_deed_writes_its_words_under_its_own_version():
    _, item, clerk = make_item()
    with transaction.atomic():
        held = versions.hold(item.pk, clerk, 1, at=INSIDE)
        keyring = keyring_for(clerk)
        case_files.amend(held, keyring, by=clerk, at=INSIDE, proposal="（演示）建议了解")
    assert opened(item, clerk).words.proposal == "（演示）建议了解"
    with pytest.raises(versions.ChangedMeanwhile), transaction.atomic():
        versions.hold(item.pk, clerk, 7, at=INSIDE)


def test_it_goes_with_the_item_to_another_desk_and_the_former_cannot_open_it():
    intake, item, clerk = make_item()
    office = make_clerk(intake, intake.office)
    record_what_was_made()
    save(item, clerk, words=WORDS, reporter=TOLD)
    keyring = keyring_for(office)
    to = intake.desks[1]
    rerouting.reroute(item, to=to, keyring=keyring, by=office, at=INSIDE, reason="（演示）")
    found = opened(item, make_clerk(intake, to))
    (why,) = found.words.notes
    assert (why.by, why.words) == (office.told_apart, "改派理由：（演示）")
    assert (replace(found.words, notes=()), found.reporter) == (WORDS, TOLD)
    row = CaseFile.objects.get()
    for sealed in (row.sealed, row.sealed_reporter):
        with pytest.raises(CannotOpen):
            open_sealed(bytes(sealed), intake.secrets[intake.desks[0].pk])
    record_what_was_made()
    assert audit.verify().is_sound


@pytest.mark.parametrize("column", ["sealed", "sealed_reporter"])
def test_what_somebody_else_put_into_the_seal_is_found(column: str):
    _, item, clerk = make_item()
    save(item, clerk, words=WORDS)
    CaseFile.objects.update(**{column: b"other"})
    assert "办理卷" in " ".join(audit.verify().problems)


def test_a_reporter_is_shown_for_a_reason_which_the_event_says():
    _, item, clerk = make_item()
    save(item, clerk, reporter=TOLD)
    purpose = ReporterPurpose.ASKING
    shown = reporters.show(item, keyring_for(clerk), purpose=purpose, by=clerk, at=INSIDE)
    assert (shown.name, shown.registered, shown.version) == ("赵某（演示）", TOLD, 1)
    event = AuditEvent.objects.get(action=Action.SHOW_REPORTER)
    assert event.detail == {"asked_for": "asking"}
    assert list(audit.details_of(event)) == [("为了", str(purpose.label))]
    assert "赵某" not in repr(shown) + str(shown)


def test_another_desk_sees_no_reporter_and_leaves_no_event():
    intake, item, _ = make_item()
    other, auditor = make_clerk(intake, intake.desks[1]), make_staff(Role.AUDITOR)
    for who, refusal in ((other, NoDeskAccess), (auditor, PermissionDenied)):
        with pytest.raises(refusal):
            reporters.show(item, keyring_for(who), purpose=ReporterPurpose.OTHER, by=who, at=INSIDE)
    assert not AuditEvent.objects.filter(action=Action.SHOW_REPORTER).exists()
