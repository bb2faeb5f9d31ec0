"""Papers out of what a member may open: who, when, with the reporter or without, and checked."""

import io
import re
import zipfile
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from docx import Document

from intake.access import Deed
from intake.casework import case_files
from intake.casework.boxes import box_openings
from intake.casework.case_files import Seen
from intake.casework.printing import item_values
from intake.casework.printing.giving_papers import (
    CannotPrint,
    paper_of_item,
    paper_of_list,
    paper_of_opening,
    paper_of_round,
)
from intake.casework.printing.item_values import NOT_NOTED, REFUSED, WITHHELD
from intake.casework.printing.paper_table import PAPERS, Of, PaperKind, paper_kind, papers_for
from intake.casework.transfers import gathering
from intake.casework.transfers.list_table import Step
from intake.casework.viewing import kept_copies
from intake.casework.viewing.apart.made_copies import FileFacts
from intake.casework.viewing.what_is_told import Told
from intake.choices import (
    Action,
    CopyState,
    ListKind,
    PaperCode,
    ReporterPurpose,
    Role,
    Status,
    Way,
)
from intake.choices.deadline_lists import RuleCode
from intake.models import AuditEvent, CopyMaking, DeadlineRule, Submission, TransferList
from intake.papers.marked_paper import Paper
from intake.papers.writing_on_paper import BLANK_DAY
from intake.report.case_words import CaseWords, Reporter
from intake.report.draft import Attachment as File
from intake.staff.keyring import NoDeskAccess
from tests.box_work import keep_sealed, open_box
from tests.intake.casework.transfers.list_world import (
    DAY,
    ORIGINAL,
    PHONE,
    REPORTER,
    SECRET,
    World,
    make_world,
)
from tests.intake.papers.invented_papers import words_in
from tests.making import INSIDE, make_box, make_clerk, make_staff
from tests.staff_work import keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def kind(code: str, of: Of = Of.ITEM) -> PaperKind:
    found = paper_kind(code, of)
    assert found
    return found


def printed(
    world: World, item: Submission, code: str = "registration", *, names: bool = False
) -> Paper:
    return paper_of_item(
        kind(code),
        item,
        keyring_for(world.clerk),
        purpose=ReporterPurpose.FILLING_IN if names else None,
        by=world.clerk,
        at=INSIDE,
    )


def words_of(paper: Paper) -> str:
    return words_in(paper.content)


def test_every_code_has_its_entry():
    assert {entry.code for entry in PAPERS} == set(PaperCode)


@pytest.mark.parametrize("code", ["registration", "set"])
def test_a_reporter_stands_on_it_only_for_a_reason(world: World, code: str):
    item = world.item()
    bare, named = (
        words_of(printed(world, item, code)),
        words_of(printed(world, item, code, names=True)),
    )
    for words in (REPORTER, PHONE):
        assert words not in bare
        assert words in named
    assert WITHHELD in bare
    assert WITHHELD not in named
    assert (ORIGINAL in bare) == (code == "set")
    assert item.display_number in bare


def test_no_part_of_a_paper_tells_the_reporter_unasked(world: World):
    """Neither its sheets nor what stands beside them in the file."""
    words = {"address": "青石村2号（演示）", "representatives": "周演示", "signer_names": "吴演示"}
    item = world.item(way=Way.VISIT, noted=words)
    for entry in papers_for(item, Of.ITEM):
        if entry.why_not(item):
            continue
        with zipfile.ZipFile(io.BytesIO(printed(world, item, entry.code).content)) as parts:
            whole = "".join(parts.read(name).decode(errors="ignore") for name in parts.namelist())
        assert item.display_number in whole
        for secret in (REPORTER, PHONE, *words.values()):
            assert secret not in whole, entry.code


def test_of_very_many_steps_the_newest_are_printed(world: World, monkeypatch: pytest.MonkeyPatch):
    item = world.item()
    for _ in range(3):
        world.do(world.written(item), Step.DROP, at=INSIDE)
    whole = words_of(printed(world, item, "set")).partition("办理经过")[2]
    monkeypatch.setattr(item_values, "MOST_STEPS", 2)
    cut = words_of(printed(world, item, "set")).partition("办理经过")[2]
    found = re.search(r"更早的 (\d+) 步没有打印", cut)
    assert found and int(found[1]) >= 3 and "更早的" not in whole
    assert cut[-8:] == whole[-8:] and len(cut) < len(whole)


def test_a_document_has_the_pages_that_its_copies_told(world: World):
    """Where nobody had copies made, they are written in by hand."""
    files = [File.of_bytes(name=f"{n}.pdf", kind="pdf", content=b"%PDF-1.4") for n in "甲乙"]
    item = send(world.intake, world.intake.targets[0], attachments=tuple(files))
    Submission.objects.filter(pk=item.pk).update(number=78, way=Way.VISIT, status=Status.TO_ASSESS)
    item.refresh_from_db()
    making = CopyMaking.objects.create(
        attachment=item.attachments.get(position=2),
        desk=item.desk,
        mark=uuid4(),
        recipient=item.desk.recipient,
        state=CopyState.MADE,
        started_at=INSIDE,
        heard_at=INSIDE,
    )
    kept_copies.store(making, Told(FileFacts(pages=12)).as_part())
    listed = Document(io.BytesIO(printed(world, item, "visit").content)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in listed.rows][1:3]
    assert [row[1:3] for row in rows] == [["甲.pdf", ""], ["乙.pdf", "12"]]


def test_materials_stand_with_their_pages(world: World):
    """A picture is a page; what a clerk noted of papers stands on the visitor's form as well."""
    item = send_with_all(world.intake, world.intake.targets[0])
    Submission.objects.filter(pk=item.pk).update(number=77, way=Way.VISIT, status=Status.TO_ASSESS)
    item.refresh_from_db()
    words = CaseWords(materials="收据2页（演示）")
    keys = keyring_for(world.clerk)
    case_files.save(
        *(item, keys), words=words, reporter=Reporter(), note="", seen=Seen(0), by=world.clerk,
        at=INSIDE,
    )  # fmt: skip
    listed = Document(io.BytesIO(printed(world, item, "visit").content)).tables[1]
    rows = [[cell.text for cell in row.cells] for row in listed.rows][1:4]
    assert [row[2] for row in rows] == ["1", "1", ""] and rows[2][1] == "收据2页（演示）"
    form = words_of(printed(world, item, "registration"))
    assert "收据2页（演示）；扫描件1份；补充材料1份" in form


def test_printing_is_in_the_log_before_the_bytes_leave(world: World):
    item = world.item()
    paper = printed(world, item, names=True)
    said = AuditEvent.objects.filter(object_id=str(item.pk)).order_by("sequence")
    shown, opened, event = list(said)[-3:]
    assert [shown.action, opened.action] == [Action.SHOW_REPORTER, Action.OPEN]
    assert event.action == Action.PRINT_PAPER
    assert event.detail == {
        "paper": "registration",
        "paper_number": paper.number,
        "paper_digest": paper.digest,
        "reporter": "with",
    }


def test_what_looked_only_is_no_step_of_the_way(world: World):
    item = world.item()
    printed(world, item, names=True)
    way = words_of(printed(world, item, "set")).partition("办理经过")[2]
    for word in ("启封", "查看反映人", "打印文书"):
        assert word not in way


@pytest.mark.parametrize(
    ("code", "way", "suits"),
    [
        ("call", Way.PHONE, True),
        ("call", Way.SMS, True),
        ("call", Way.LETTER, False),
        ("visit", Way.VISIT, True),
        ("visit", Way.PHONE, False),
        ("registration", Way.BOX, True),
    ],
)
def test_what_is_offered_follows_the_way(world: World, code: str, way: Way, suits: bool):
    item = world.item(way=way)
    assert (code in [one.code for one in papers_for(item, Of.ITEM)]) == suits
    if not suits:
        with pytest.raises(CannotPrint, match="没有"):
            printed(world, item, code)


def test_what_has_no_number_is_not_printed(world: World):
    item = world.item(number=None, status=Status.UNREGISTERED)
    with pytest.raises(CannotPrint, match="请先登记"):
        printed(world, item)
    assert not AuditEvent.objects.filter(action=Action.PRINT_PAPER).exists()


def test_who_does_not_open_items_prints_none(world: World):
    item, auditor = world.item(), make_staff(Role.AUDITOR)
    with pytest.raises(PermissionDenied):
        paper_of_item(
            kind("registration"),
            item,
            keyring_for(world.clerk),
            purpose=None,
            by=auditor,
            at=INSIDE,
        )


def test_who_has_no_key_of_the_desk_prints_none(world: World):
    other = make_clerk(world.intake, world.intake.desks[1])
    with pytest.raises(NoDeskAccess):
        paper_of_item(
            kind("registration"),
            world.item(),
            keyring_for(other),
            purpose=None,
            by=other,
            at=INSIDE,
        )


def of_list(world: World, row: TransferList, code: str, *, names: bool = False) -> str:
    paper = paper_of_list(
        kind(code, Of.LIST),
        row,
        keyring_for(world.clerk),
        purpose=ReporterPurpose.FILLING_IN if names else None,
        by=world.clerk,
        at=INSIDE,
    )
    return words_of(paper)


def test_the_papers_of_a_transfer(world: World):
    row = world.sent(world.item(withhold=True), world.item())
    letter = of_list(world, row, "letter")
    assert "岚巡办移〔2025〕1号" in letter
    assert "岚台市信访局（演示）：" in letter
    assert "信访事项 2 件" in letter
    assert "2025年4月16日" in letter
    assert "其中 1 件不附反映人姓名和电话" in letter
    assert SECRET not in letter
    bare, named = of_list(world, row, "list"), of_list(world, row, "list", names=True)
    assert SECRET in bare and SECRET in named
    assert ORIGINAL not in named
    assert REPORTER not in bare
    # The other of the two wanted no name to go along.
    assert named.count(REPORTER) == 1
    receipt = of_list(world, row, "acknowledgement", names=True)
    assert "共 2 件" in receipt and SECRET not in receipt and REPORTER not in receipt


def test_what_leaves_says_by_when_to_answer(world: World):
    """The letter and the list go out before they are signed for: the rule stands on both."""
    row = world.approved(world.item())
    letter, listed = of_list(world, row, "letter"), of_list(world, row, "list")
    assert "签收之日起 3 个月内" in letter and "签收之日起 3 个月内" in listed
    receipt = of_list(world, row, "acknowledgement")
    assert BLANK_DAY in letter and f"你单位{BLANK_DAY}移交" in receipt
    row = world.do(row, Step.SEND, sent_on=DAY)
    assert "请在签收之日起 3 个月内把办理结果" in of_list(world, row, "letter")
    row = world.do(row, Step.SIGN, signed_on=DAY, signer="孙（演示）")
    assert "请在2025年7月16日前把办理结果" in of_list(world, row, "letter")
    assert "2025年7月16日前" in of_list(world, row, "list")
    DeadlineRule.objects.filter(code=RuleCode.FEEDBACK).update(is_active=False)
    assert "请把办理结果书面反馈我办" in of_list(world, row, "letter")


def test_a_name_on_a_list_has_its_reason_in_the_log_for_each_item(world: World):
    named, quiet = world.item(noted={"address": "青石村2号（演示）"}), world.item(withhold=True)
    row = world.sent(named, quiet)
    shown = AuditEvent.objects.filter(action=Action.SHOW_REPORTER)
    for code in ("letter", "acknowledgement"):
        of_list(world, row, code, names=True)
    of_list(world, row, "list")
    assert not shown.exists()
    assert "青石村2号（演示）" in of_list(world, row, "list", names=True)
    (event,) = shown
    assert event.object_id == str(named.pk)
    assert event.detail == {"asked_for": ReporterPurpose.FILLING_IN}


@pytest.mark.parametrize(
    ("noted", "phone", "bare", "named"),
    [
        ({"number_refused": True}, "", REFUSED, REFUSED),
        ({}, PHONE, WITHHELD, PHONE),
        ({}, "", NOT_NOTED, NOT_NOTED),
    ],
)
def test_a_number_refused_withheld_or_never_noted(
    world: World, noted: dict[str, bool], phone: str, bare: str, named: str
):
    item = world.item(way=Way.PHONE, noted=noted, told={"reporter_phone": phone})
    for names, expected in ((False, bare), (True, named)):
        held = Document(io.BytesIO(printed(world, item, "call", names=names).content))
        assert held.tables[0].rows[2].cells[3].text == expected


def test_representatives_that_are_left_out_are_said_to_be(world: World):
    item = world.item(way=Way.VISIT, noted={"representatives": "周演示、吴演示"}, people=6)
    for names, expected in ((False, WITHHELD), (True, "周演示、吴演示")):
        held = Document(io.BytesIO(printed(world, item, "visit", names=names).content))
        assert held.tables[0].rows[4].cells[1].text == expected


def test_a_list_is_printed_once_it_is_approved(world: World):
    row = world.written(world.item())
    with pytest.raises(CannotPrint, match="请先送审"):
        of_list(world, row, "letter")


def test_a_notice_to_set_right_names_nobody(world: World):
    item = world.item(status=Status.FIXING)
    with pytest.raises(CannotPrint, match="立行立改通知书"):
        printed(world, item, "fix-notice")
    body = gathering.receiver_of_body(item.target)
    row = world.written(item, kind=ListKind.FIX, receiver=body)
    world.do(row, Step.PROPOSE, at=INSIDE)
    world.do(row, Step.APPROVE, by=world.head, document_number="岚巡〔2025〕2号", at=INSIDE)
    item.refresh_from_db()
    notice = words_of(printed(world, item, "fix-notice", names=True))
    assert "请于2025年6月30日前整改到位" in notice and BLANK_DAY in notice
    assert SECRET in notice and "岚巡〔2025〕2号" in notice
    assert REPORTER not in notice and ORIGINAL not in notice
    row.refresh_from_db()
    assert SECRET in of_list(world, row, "fix-notice")


def test_an_opening_once_two_people_stand_for_it(world: World):
    opening = open_box(make_box(world.intake.round), world.clerk, damage="锁扣松动（演示）")
    keys = keyring_for(world.clerk)
    code = kind("opening", Of.OPENING)
    with pytest.raises(CannotPrint, match="请先确认"):
        paper_of_opening(code, opening, keys, by=world.clerk, at=INSIDE)
    seen = box_openings.mark_of(opening)
    opening = box_openings.confirm(opening.pk, seen=seen, by=world.head, at=INSIDE)
    words = words_of(paper_of_opening(code, opening, keys, by=world.clerk, at=INSIDE))
    assert "锁扣松动（演示）" in words and str(world.head) in words


def test_registers_of_the_office(world: World):
    matter = keep_sealed(world.intake.round, world.clerk)
    gone = world.item(status=Status.NOT_ARCHIVED, closed_at=INSIDE)
    round_, office = world.intake.round, world.intake.office
    for code, word in (("sealed", str(matter)), ("not-archived", gone.display_number)):
        entry = kind(code, Of.ROUND)
        paper = paper_of_round(entry, round_, office, by=world.clerk, at=INSIDE)
        assert word in words_of(paper)
    auditor = make_staff(Role.AUDITOR)
    for code, deed in (("sealed", Deed.KEEP_SEALED_MATTERS), ("not-archived", Deed.ARCHIVE)):
        assert not auditor.may(deed)
        with pytest.raises(PermissionDenied):
            paper_of_round(kind(code, Of.ROUND), round_, office, by=auditor, at=INSIDE)
