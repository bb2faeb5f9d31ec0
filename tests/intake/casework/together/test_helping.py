"""协办: who may ask whom, what the helper reads and writes, and when it ends."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from pytest_django import DjangoDbBlocker

from inspection.current import read
from intake import audit
from intake.casework import case_files, opening, rerouting
from intake.casework.case_files import Seen
from intake.casework.correcting.correcting import Correction, correct
from intake.casework.correcting.registered import Registered
from intake.casework.moving import moving
from intake.casework.together import helping, opinions, recusing
from intake.casework.together.helped_items import with_new_copies
from intake.casework.viewing.opening_files import open_attachment
from intake.choices import Action, NoteKind, Status
from intake.keeping import sealed_files
from intake.models import (
    AuditEvent,
    CaseFile,
    Desk,
    HelpingCopy,
    HelpingDesk,
    HelpingFile,
    HelpingOpinion,
    StaffUser,
    Submission,
)
from intake.report.case_words import CaseWords
from intake.report.on_paper.told_facts import told_in
from intake.retention.sweeping import sweep
from intake.sealing.sealing import seal
from intake.sealing.unsealing import CannotOpen, open_sealed
from intake.staff.keyring import NoDeskAccess
from tests.intake.casework.together.helped_world import TOLD, Helped, standing_help
from tests.intake.keeping.kept import kept_names
from tests.making import INSIDE
from tests.staff_work import ADDED, keyring_for, send

pytestmark = pytest.mark.django_db
LATER = INSIDE + timedelta(hours=3)
WORDS = CaseWords(abstract="（演示）协办自己的摘要")


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Helped]:
    with standing_help(django_db_blocker) as made:
        yield made


@pytest.fixture
def helped(standing: Helped) -> Helped:
    return standing


def opened(helped: Helped, by: StaffUser) -> opening.Opened:
    return opening.open(helped.again(), keyring_for(by), by=by, at=LATER)


def save(helped: Helped, by: StaffUser, **changes: Any) -> int:
    values: dict[str, Any] = {"words": WORDS, "seen": Seen(0), **changes}
    return case_files.save(helped.again(), keyring_for(by), by=by, at=LATER, **values)


def give(helped: Helped, by: StaffUser) -> HelpingOpinion:
    return opinions.give(helped.again(), keyring_for(by), words=TOLD, by=by, at=LATER)


def add(helped: Helped, item: Submission, number: int, by: StaffUser) -> HelpingDesk:
    desk = helped.intake.desks[number]
    return helping.add(item, desk, keyring=keyring_for(by), by=by, at=LATER)


def assert_sound() -> None:
    found = audit.verify()
    assert found.problems == (), found.problems


def test_the_helper_reads_all_of_it_out_of_copies_of_its_own(helped: Helped):
    lead, helper = opened(helped, helped.lead), opened(helped, helped.helper)
    assert lead.report == helper.report
    assert [one.report.narrative for one in helper.supplements] == [ADDED]
    for row in helped.item.attachments.all():
        told = [
            open_attachment(row, keyring_for(by), by=by, at=LATER).opened.read()
            for by in (helped.lead, helped.helper)
        ]
        assert told[0] == told[1]
    secret = helped.intake.secrets[helped.intake.desks[1].pk]
    copies = HelpingCopy.objects.all()
    assert len([open_sealed(bytes(copy.sealed), secret) for copy in copies]) == 2
    with pytest.raises(CannotOpen):
        open_sealed(bytes(copies[0].sealed), helped.intake.secrets[helped.intake.desks[0].pk])
    for by in (helped.other, helped.auditor):
        with pytest.raises(NoDeskAccess):
            opened(helped, by)
    assert_sound()


def test_it_counts_at_the_lead_alone(helped: Helped):
    items = Submission.objects
    assert list(items.visible_to(helped.lead)) == [helped.item]
    assert list(items.visible_to(helped.helper)) == [helped.own]
    assert list(items.helped_by(helped.helper)) == [helped.item]
    # Whoever sees the lead's desk does not help.
    for user in (helped.lead, helped.office, helped.other, helped.auditor):
        assert not items.helped_by(user).exists()


def test_each_has_a_case_file_of_its_own(helped: Helped):
    before = helped.again().version
    save(helped, helped.helper)
    assert helped.again().version == before
    save(helped, helped.lead, words=CaseWords(abstract="主办的"))
    for by, words in ((helped.helper, WORDS.abstract), (helped.lead, "主办的")):
        assert case_files.open(helped.again(), keyring_for(by)).words.abstract == words
    desks = set(CaseFile.objects.values_list("desk", flat=True))
    assert desks == {desk.pk for desk in helped.intake.desks[:2]}
    saved = AuditEvent.objects.filter(action=Action.SAVE_CASE).order_by("sequence")
    assert [event.desk for event in saved] == [helped.intake.desks[1], helped.intake.desks[0]]
    with pytest.raises(Submission.DoesNotExist):
        save(helped, helped.other)
    assert_sound()


def test_what_the_helper_found_is_told_to_the_lead(helped: Helped):
    before = helped.again().version
    row = give(helped, helped.helper)
    assert helped.again().version == before + 1
    for by in (helped.lead, helped.office):
        assert [one.words for one in opinions.opinions_of(helped.again(), keyring_for(by))] == [
            TOLD
        ]
    with pytest.raises(CannotOpen):
        open_sealed(bytes(row.sealed), helped.intake.secrets[helped.intake.desks[1].pk])
    (note,) = case_files.open(helped.again(), keyring_for(helped.helper)).words.notes
    assert (note.kind, note.words) == (NoteKind.HELPING, TOLD)
    event = AuditEvent.objects.get(action=Action.GIVE_OPINION)
    assert event.detail == {"helper": str(helped.intake.desks[1])}
    with pytest.raises(helping.CannotHelp):
        give(helped, helped.lead)
    with pytest.raises(NoDeskAccess):
        give(helped, helped.other)
    assert_sound()


def test_what_comes_later_is_passed_on_when_the_lead_opens_it(helped: Helped):
    HelpingCopy.objects.exclude(supplement=None).delete()
    HelpingFile.objects.exclude(attachment__supplement=None).delete()
    assert not with_new_copies(helped.helper).exists()
    assert opened(helped, helped.helper).supplements == ()
    opened(helped, helped.lead)
    assert list(with_new_copies(helped.helper)) == [helped.item]
    (told,) = opened(helped, helped.helper).supplements
    assert told.report.narrative == ADDED and told.is_new
    assert not opened(helped, helped.helper).supplements[0].is_new
    event = AuditEvent.objects.get(action=Action.PASS_ON)
    assert event.detail == {"helper": str(helped.intake.desks[1]), "copies": 2}


def test_what_cannot_be_passed_on_does_not_keep_the_lead_from_reading(helped: Helped):
    gone = helped.item.attachments.exclude(supplement=None).get()
    HelpingFile.objects.filter(attachment=gone).delete()
    sealed_files.remove(gone.sealed_file)
    assert opened(helped, helped.lead).supplements
    with pytest.raises(CannotOpen):
        add(helped, helped.again(), 2, helped.office)
    # Nothing goes to a key that was exchanged.
    HelpingCopy.objects.exclude(supplement=None).delete()
    Desk.objects.filter(pk=helped.intake.desks[1].pk).update(
        recipient=helped.intake.desks[2].recipient
    )
    assert opened(helped, helped.lead).supplements
    assert not HelpingCopy.objects.exclude(supplement=None).exists()


def test_what_was_corrected_is_passed_on_at_once(helped: Helped):
    item, keyring = helped.again(), keyring_for(helped.office)
    told = told_in(open_sealed(bytes(item.sealed), keyring.desk_secret(item.desk)))
    assert correct(
        item.pk,
        Correction(Registered.of(item), told={**told, "place": "（演示）改过的地点"}),
        keyring,
        published=read(helped.intake.round),
        version=item.version,
        by=helped.office,
        at=LATER,
    )
    assert opened(helped, helped.helper).report.place == "（演示）改过的地点"
    assert_sound()


def end_by_the_office(helped: Helped) -> None:
    helping.end(helped.row, by=helped.office, at=LATER)


def end_by_sending_on(helped: Helped) -> None:
    rerouting.reroute(
        helped.again(),
        to=helped.intake.desks[2],
        keyring=keyring_for(helped.office),
        by=helped.office,
        at=LATER,
        reason="（演示）",
    )


def end_by_voiding(helped: Helped) -> None:
    for by in (helped.lead, helped.office):
        moving.move(
            helped.item.pk,
            Status.VOIDED,
            version=None,
            by=by,
            at=LATER,
            keyring=keyring_for(by),
            reason="（演示）",
        )


@pytest.mark.parametrize("finish", [end_by_the_office, end_by_sending_on, end_by_voiding])
def test_its_end_takes_the_copies_and_leaves_what_was_written(
    helped: Helped,
    finish: Callable[[Helped], None],
):
    save(helped, helped.helper)
    give(helped, helped.helper)
    names = list(HelpingFile.objects.values_list("sealed_file", flat=True))
    finish(helped)
    assert not HelpingCopy.objects.exists() and not HelpingFile.objects.exists()
    assert len(names) == 2
    assert not kept_names() & set(names)
    assert not Submission.objects.helped_by(helped.helper).exists()
    with pytest.raises(NoDeskAccess):
        opened(helped, helped.helper)
    told = opinions.opinions_of(helped.again(), keyring_for(helped.office))
    assert [one.words for one in told] == [TOLD]
    assert CaseFile.objects.filter(desk=helped.intake.desks[1]).exists()
    assert_sound()


def test_a_helper_that_becomes_the_lead_goes_on_with_both_case_files(helped: Helped):
    save(helped, helped.lead, words=CaseWords(abstract="主办的", materials="两页"), note="看过")
    save(helped, helped.helper)
    give(helped, helped.helper)
    rerouting.reroute(
        helped.again(),
        to=helped.intake.desks[1],
        keyring=keyring_for(helped.office),
        by=helped.office,
        at=LATER,
        reason="（演示）",
    )
    words = case_files.open(helped.again(), keyring_for(helped.helper)).words
    assert (words.abstract, words.materials) == (WORDS.abstract, "两页")
    assert {note.words for note in words.notes} == {"看过", TOLD, "改派理由：（演示）"}
    assert set(Submission.objects.visible_to(helped.helper)) == {helped.own, helped.item}
    assert_sound()


@pytest.mark.parametrize("who", ["lead", "helper", "other", "auditor"])
def test_only_the_office_asks_for_help_and_ends_it(helped: Helped, who: str):
    by: StaffUser = getattr(helped, who)
    with pytest.raises(PermissionDenied):
        add(helped, helped.item, 2, by)
    with pytest.raises(PermissionDenied):
        helping.end(helped.row, by=by, at=LATER)


def test_who_cannot_be_asked(helped: Helped):
    for number in (0, 1):
        with pytest.raises(helping.CannotHelp, match="还没有办这一件"):
            add(helped, helped.again(), number, helped.office)
    add(helped, helped.again(), 2, helped.office)
    new = send(helped.intake, helped.intake.targets[1])
    with pytest.raises(helping.CannotHelp, match="待登记"):
        add(helped, new, 2, helped.office)


@pytest.mark.parametrize(
    ("status", "more"), [("voided", {}), ("repeat", {}), ("closed", {"closed_at": LATER})]
)
def test_nobody_is_asked_where_the_way_has_ended(helped: Helped, status: str, more: Any):
    Submission.objects.filter(pk=helped.own.pk).update(status=status, **more)
    with pytest.raises(helping.CannotHelp, match="不能请协办"):
        add(helped, helped.own, 2, helped.office)


def test_what_is_about_inspectors_passes_no_team(helped: Helped):
    at_heads = send(helped.intake, about_inspectors=True)
    with pytest.raises(helping.CannotHelp, match="不经过任何巡察组"):
        add(helped, at_heads, 1, helped.head)
    # One that an earlier version left at the office.
    secret = helped.intake.secrets[helped.intake.head.pk]
    again = audit.recipient_of(helped.intake.office)
    at_office = seal(open_sealed(bytes(at_heads.sealed), secret), again)
    Submission.objects.filter(pk=at_heads.pk).update(
        desk=helped.intake.office, sealed=at_office, status=Status.TO_ASSESS, number=99
    )
    with pytest.raises(helping.CannotHelp, match="不经过任何巡察组"):
        add(helped, at_heads, 1, helped.head)


def test_recusal_keeps_a_clerk_of_the_helper_out(helped: Helped):
    recusing.order(helped.item, helped.helper, reason="（演示）", by=helped.office, at=LATER)
    assert not Submission.objects.helped_by(helped.helper).exists()
    with pytest.raises(recusing.CannotRecuse):
        recusing.order(helped.item, helped.helper, reason="（演示）", by=helped.office, at=LATER)
    # Whoever cannot see it yet is kept out before it may come to them.
    recusing.order(helped.item, helped.other, reason="（演示）", by=helped.office, at=LATER)


def test_the_sweep_leaves_the_copies(helped: Helped):
    sweep(LATER + timedelta(days=9000))
    for row in helped.item.attachments.all():
        keyring = keyring_for(helped.helper)
        assert open_attachment(row, keyring, by=helped.helper, at=LATER).opened.read()


@pytest.mark.parametrize(
    ("name", "model", "values"),
    [
        ("helping_desk_live_once", HelpingDesk, {}),
        ("helping_desk_ended_by_somebody", HelpingDesk, {"ended_at": LATER}),
        ("helping_copy_of_report_once", HelpingCopy, {"supplement": None}),
        ("helping_copy_of_supplement_once", HelpingCopy, {}),
        ("helping_file_once", HelpingFile, {}),
    ],
)
def test_what_no_row_can_be(helped: Helped, name: str, model: Any, values: dict[str, Any]):
    row = model.objects.latest("pk")
    row.pk = None
    if model is HelpingFile:
        row.sealed_file = "x"
    for column, value in values.items():
        setattr(row, column, value)
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        row.save(force_insert=True)
    assert name in str(refused.value) or "UNIQUE" in str(refused.value)


def test_nobody_ends_it_without_a_time(helped: Helped):
    with pytest.raises(IntegrityError, match="ended_by_somebody"), transaction.atomic():
        HelpingDesk.objects.update(ended_by=helped.office)
