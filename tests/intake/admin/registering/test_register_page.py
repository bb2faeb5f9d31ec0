"""Registering letters, calls and visits on the page, as office and team."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Sent
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.registering.register_form import RegisterForm
from intake.casework.registering.way_table import ASKED, WAYS
from intake.choices import Origin, Signature, Status, Way
from intake.keeping import sealed_files
from intake.models import DraftScan, StaffUser, Submission
from intake.report.draft import Report
from intake.retention import sweeping
from intake.sealing.unsealing import open_sealed
from tests.intake.admin.registering.filling_in import (
    ADD,
    a_box,
    an_opening,
    letter,
    number_in,
    sheet_on,
)
from tests.intake.report.evidence.evidence_corpus import picture
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_box, make_clerk, make_intake
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """A round, and its office's and first team's clerk at work."""

    intake: Intake
    office: Client
    team: Client
    clerk: StaffUser


def make_world() -> World:
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    team = log_in(Client(), make_clerk(intake, intake.desks[0]))
    return World(intake, log_in(Client(), clerk), team, clerk)


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def report_of(world: World, item: Submission) -> Report:
    return Report.from_bytes(open_sealed(bytes(item.sealed), world.intake.secrets[item.desk_id]))


def test_a_letter_is_registered_at_once(world: World):
    target = world.intake.targets[0]
    answer = world.office.post(
        ADD,
        letter(
            target=target.code,
            received_on="2025-04-14",
            postmarked_on="2025-04-11",
            reporter_name="李某某",
            reporter_phone="138 0000 0000",
            reporter_address="前王村三组",
            signers="3",
            _save="",
        ),
    )
    item = Submission.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, item.get_absolute_url())
    assert (item.number, item.status, item.registered_by) == (1, Status.TO_ASSESS, world.clerk)
    assert (item.way, item.origin, item.signers) == (Way.LETTER, Origin.OWN, 3)
    assert (item.desk, item.target) == (world.intake.desks[0], target)
    assert item.postmarked_on == date(2025, 4, 11)
    assert item.registered_at
    assert INSIDE <= item.registered_at < INSIDE + timedelta(hours=1)
    assert item.received_at.astimezone(INSIDE.tzinfo).date() == date(2025, 4, 14)
    assert item.signature == Signature.NAMED_UNCHECKED
    report = report_of(world, item)
    assert (report.reporter_phone, report.paper.address) == ("138 0000 0000", "前王村三组")
    assert number_in(world.office.get(answer["Location"])) == item.display_number


def test_the_next_one_of_a_batch_keeps_what_they_share_and_no_words(world: World):
    box = a_box(world.intake)
    opening = an_opening(world.intake, box)
    sent = letter(way="box", opening=opening.pk, subject="金丝雀", origin_detail="", _addanother="")
    answer = world.office.post(ADD, sent)
    assert answer.status_code == 302
    assert "%" not in answer["Location"]
    page = world.office.get(answer["Location"])
    text = page.content.decode()
    assert number_in(page) == "1-0001"
    assert "金丝雀" not in text
    assert "第 2 件，共 20 件" in text
    form = page.context["form"]
    assert form.initial["drop_box"] == box
    assert form.initial["received_on"] == date(2025, 4, 15)
    item = Submission.objects.get()
    assert (item.drop_box, item.opening) == (box, opening)


def test_the_same_sheet_twice_is_one_item(world: World):
    sent = letter(_sheet="a" * 22, _save="")
    first, second = world.office.post(ADD, sent), world.office.post(ADD, sent)
    assert first["Location"] == second["Location"]
    changed = world.office.post(ADD, {**sent, "narrative": "（演示）另一件事。"})
    assert changed.status_code == 422
    assert "已经登记为 1-0001" in text_of(changed)
    assert "（演示）另一件事。" in text_of(changed)
    assert Submission.objects.count() == 1
    again = {**sent, "narrative": "（演示）另一件事。", "_sheet": sheet_on(changed)}
    assert world.office.post(ADD, again).status_code == 302
    assert list(Submission.objects.order_by("number").values_list("number", flat=True)) == [1, 2]


BAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "no day": ({"received_on": ""}, "received_on", "请填写收件日期"),
    "no such day": ({"received_on": "2025-02-30"}, "received_on", "没有这一天"),
    "no day at all": ({"received_on": "昨天"}, "received_on", "日期请写成"),
    "tomorrow": ({"received_on": "2025-04-16"}, "received_on", "还没有到"),
    "before the round": ({"received_on": "2025-03-27"}, "received_on", "进驻前移送"),
    "postmark to come": ({"postmarked_on": "2025-04-16"}, "postmarked_on", "还没有到"),
    "postmark after arrival": (
        {"received_on": "2025-04-10", "postmarked_on": "2025-04-11"},
        "postmarked_on",
        "晚于收件日期",
    ),
    "nothing written": ({"narrative": " "}, "narrative", "请填写反映内容"),
    "far too long": ({"narrative": "长" * 10_001}, "narrative", "最多写 10000 个字"),
    "no such body": ({"target": "火星镇"}, "target", "名单上没有这个单位"),
    "several bodies": ({"target": "岚东县"}, "target", "写全"),
    "no such origin": ({"origin": "mars"}, "origin", "选择"),
    "detail of nobody": ({"origin_detail": "信访局"}, "origin_detail", "没有这一项"),
    "fewer than none": ({"signers": "-1"}, "signers", "不能是负的"),
    "more names than signers": (
        {"signers": "2", "signer_names": "甲、乙、丙"},
        "signers",
        "比联名人数多",
    ),
    "a letter with people": ({"people": "3"}, "people", "没有这一项"),
    "a call with a postmark": (
        {"way": "phone", "postmarked_on": "2025-04-11"},
        "postmarked_on",
        "“来电”没有这一项",
    ),
    "a call that ended first": (
        {"way": "phone", "started": "10:00", "ended": "9:30"},
        "ended",
        "早于通话开始",
    ),
    "a call to come": ({"way": "phone", "started": "10:01"}, "started", "还没有到"),
    "a number against the caller's will": (
        {"way": "phone", "reporter_phone": "13800000000", "number_refused": "on"},
        "reporter_phone",
        "不同意记号码",
    ),
    "six representatives": (
        {"way": "visit", "people": "9", "representatives": "甲、乙、丙、丁、戊、己"},
        "representatives",
        "最多 5 名",
    ),
    "more representatives than people": (
        {"way": "visit", "people": "1", "representatives": "甲、乙"},
        "people",
        "比来访人数多",
    ),
    "a box that is none": ({"way": "box"}, "drop_box", "请填写举报箱"),
}


@pytest.mark.parametrize(("typed", "field", "sentence"), BAD.values(), ids=BAD)
def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(
    world: World, typed: dict[str, Any], field: str, sentence: str
):
    a_box(world.intake)
    answer = world.office.post(ADD, letter(**{"subject": "金丝雀", **typed}, _save=""))
    assert answer.status_code == 422
    form: RegisterForm = answer.context["form"]
    assert list(form.errors) == [field]
    assert sentence in form.errors[field][0]
    shown = answer.content.decode()
    assert f'id="id_{field}_error"' in shown
    assert 'value="金丝雀"' in shown
    assert not Submission.objects.exists()


def test_one_person_is_not_two_receivers_and_a_box_is_not_another(world: World):
    me = world.clerk.pk
    twice = letter(way="visit", people="2", receiver=me, second_receiver=me, _save="")
    answer = world.office.post(ADD, twice)
    assert "同一个人不能选两次" in answer.context["form"].errors["second_receiver"][0]
    opening = an_opening(world.intake, a_box(world.intake))
    other = letter(way="box", drop_box=make_box(world.intake.round).pk, opening=opening.pk)
    answer = world.office.post(ADD, {**other, "_save": ""})
    assert "另一个举报箱" in answer.context["form"].errors["opening"][0]


@pytest.mark.parametrize("way", WAYS)
def test_each_way_shows_its_own_fields_and_is_registered(world: World, way: Way):
    opening = an_opening(world.intake, a_box(world.intake))
    page = world.office.get(f"{ADD}?way={way}")
    shown = set(re.findall(r'name="([a-z]\w*)"', page.content.decode()))
    assert shown & {asked.name for asked in ASKED} == {a.name for a in ASKED if way in a.ways}
    own = {Way.BOX: {"opening": opening.pk}, Way.VISIT: {"people": 6, "representatives": "甲、乙"}}
    call = {"started": "09:05", "ended": "09:20", "recorded": "yes"}
    typed = letter(way=way, **own.get(way, call if way == Way.PHONE else {}), _save="")
    assert world.office.post(ADD, typed).status_code == 302
    item = Submission.objects.get()
    assert (item.way, item.number) == (way, 1)
    if way == Way.PHONE:
        assert report_of(world, item).paper.ended == "09:20"
        assert item.received_at == INSIDE.replace(hour=9, minute=5)


def test_the_form_has_the_fields_of_the_table_in_its_order():
    assert list(RegisterForm.base_fields) == [asked.name for asked in ASKED]


def test_late_paper_is_registered_as_late_and_said_before_saving(world: World, settings: Settings):
    settings.SIMULATED_NOW = datetime(2025, 6, 25, 9, 0, tzinfo=INSIDE.tzinfo)
    late = letter(received_on="2025-06-24", postmarked_on="2025-06-21")
    looked = world.office.post(ADD, {**late, "_look": ""})
    assert looked.status_code == 200
    assert "作为截止后来件登记" in text_of(looked)
    in_time = world.office.post(ADD, {**late, "postmarked_on": "2025-06-20", "_look": ""})
    assert "截止后来件" not in text_of(in_time)
    assert not Submission.objects.exists()
    world.office.post(ADD, {**late, "_save": ""})
    assert Submission.objects.get().is_late


def test_the_page_proposes_a_desk_with_its_reason_while_it_is_typed(world: World):
    name = world.intake.targets[1].name
    typed = letter(place=f"{name}前王村", received_on="")
    answer = world.office.post(f"{ADD}routing/", typed)
    assert answer.status_code == 200
    words = text_of(answer)
    assert str(world.intake.desks[1]) in words
    assert "分送（地点）" in words
    assert not Submission.objects.exists()


def test_the_clerk_decides_and_says_why(world: World):
    wanted = letter(target=world.intake.targets[0].code, desk=world.intake.desks[1].pk, _save="")
    refused = world.office.post(ADD, wanted)
    assert "请写下理由" in refused.context["form"].errors["desk_reason"][0]
    world.office.post(ADD, {**wanted, "desk_reason": "（演示）金丝雀"})
    item = Submission.objects.get()
    # The body is not that team's.
    assert (item.desk, item.target) == (world.intake.desks[1], None)
    assert str(world.intake.desks[0]) in item.route_reason
    assert "金丝雀" not in item.route_reason
    assert report_of(world, item).paper.desk_reason == "（演示）金丝雀"


def test_a_team_registers_to_its_own_desk_and_else_to_the_office(world: World):
    own = letter(target=world.intake.targets[0].code, _save="")
    assert world.team.post(ADD, own).status_code == 302
    assert Submission.objects.get().desk == world.intake.desks[0]
    theirs = letter(target=world.intake.targets[1].code, _save="")
    looked = world.team.post(ADD, {**theirs, "_look": ""})
    assert "先送巡察办核对" in text_of(looked)
    assert "看不到这一件" in text_of(looked)
    answer = world.team.post(ADD, theirs)
    assert answer["Location"].startswith(ADD)
    item = Submission.objects.get(number=2)
    assert (item.desk, item.target) == (world.intake.office, world.intake.targets[1])
    assert number_in(world.team.get(answer["Location"])) == "1-0002"
    assert world.team.get(item.get_absolute_url()).status_code == 404


def test_a_team_keeps_what_names_no_body_but_nothing_of_another_team(world: World):
    mine = str(world.intake.desks[0].pk)
    kept = letter(narrative="（演示）没有写单位。", desk=mine, desk_reason="当面交来", _save="")
    assert world.team.post(ADD, kept).status_code == 302
    assert Submission.objects.get().desk == world.intake.desks[0]
    theirs = letter(target=world.intake.targets[1].code, desk=mine, desk_reason="x", _save="")
    answer = world.team.post(ADD, theirs)
    assert "先送巡察办核对" in answer.context["form"].errors["desk"][0]
    beyond = letter(desk=world.intake.desks[1].pk, desk_reason="x", _save="")
    assert list(world.team.post(ADD, beyond).context["form"].errors) == ["desk"]


def test_scans_are_sealed_with_it_and_a_file_that_lies_is_refused(world: World):
    files = [Sent("信.pdf", b"MZ not a document"), Sent("信.jpg", picture())]
    answer = world.office.post(ADD, letter(attachments=files, _save=""))
    assert list(answer.context["form"].errors) == ["attachments"]
    assert not Submission.objects.exists()
    # The good one was kept beside the sheet, and goes with what is sent next.
    sheet = sheet_on(answer)
    for _press in range(2):
        sent = letter(_sheet=sheet, attachments=[Sent("信封.jpg", picture())], _save="")
        assert world.office.post(ADD, sent).status_code == 302
    item = Submission.objects.get()
    assert item.attachments.count() == item.attachment_count == 2
    assert [note.name for note in report_of(world, item).attachments] == ["信.jpg", "信封.jpg"]
    shown = world.office.get(
        f"{item.get_absolute_url()[:-7]}attachment/{item.attachments.get(position=1).pk}/view/"
    )
    assert shown["Content-Type"] == "image/jpeg"


def test_scans_lie_beside_the_fields_before_saving_for_their_clerk_alone(world: World):
    def put(client: Client, *names: str) -> HttpResponse:
        files = [Sent(name, picture()) for name in names]
        typed = {"_sheet": "b" * 22, "attachments": files}
        return client.post(f"{ADD}scans/", typed)  # type: ignore[return-value]

    put_there = put(world.office, "金丝雀.jpg", "背面.jpg").content.decode()
    first, second = re.findall(r'href="([^"]+)"', put_there)
    assert "金丝雀.jpg" in put_there
    assert world.office.get(first)["Content-Type"] == "image/jpeg"
    assert world.team.get(first).status_code == 404
    world.team.post(f"{second}off/")
    assert "金丝雀" not in put(world.team).content.decode()
    too_many = put(world.office, *(f"{n}.jpg" for n in range(8)))
    assert too_many.status_code == 422
    assert "最多上传 9 个文件" in text_of(too_many)
    world.office.post(f"{second}off/")
    row = DraftScan.objects.get()
    sealed = bytes(row.sealed_note) + sealed_files.read(row.sealed_file)
    assert "金丝雀".encode() not in sealed
    assert picture() not in sealed
    world.office.post(ADD, letter(_sheet="b" * 22, _save=""))
    assert Submission.objects.get().attachment_count == 1
    sweeping.sweep(row.created_at + timedelta(days=3))
    assert not DraftScan.objects.exists()


@pytest.mark.parametrize(
    "asked",
    ["way=web", "way=mars", "subject=x", "drop_box=999999", "opening=x", "origin=x", "way=a&way=b"],
)
def test_what_no_batch_keeps_is_a_plain_400(world: World, asked: str):
    assert world.office.get(f"{ADD}?{asked}").status_code == 400


def test_another_way_keeps_what_was_typed(world: World):
    answer = world.office.post(ADD, letter(subject="金丝雀", _way="phone"))
    assert answer.status_code == 200
    assert answer.context["form"].way == Way.PHONE
    assert 'value="金丝雀"' in answer.content.decode()
    assert "errornote" not in answer.content.decode()


def test_a_lost_session_gives_back_what_was_typed(world: World):
    typed = letter(subject="金丝雀", _save="")
    world.office.cookies.pop("keyring", None)
    world.office.session.flush()
    answer = Client().post(ADD, typed)
    assert (answer.status_code, "金丝雀" in answer.content.decode()) == (403, True)


def test_what_came_before_the_round_and_passed_on_says_from_where(world: World):
    typed = letter(
        origin="before_round",
        received_on="3-1",
        origin_detail="市信访局移送清单",
        original_number="信访〔2025〕7号",
        _save="",
    )
    assert world.office.post(ADD, typed).status_code == 302
    item = Submission.objects.get()
    paper = report_of(world, item).paper
    assert (item.origin, paper.original_number) == (Origin.BEFORE_ROUND, "信访〔2025〕7号")
    assert item.received_at.astimezone(INSIDE.tzinfo) == datetime(2025, 3, 1, tzinfo=INSIDE.tzinfo)
