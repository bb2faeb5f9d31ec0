"""A clerk pastes a published text, sees what was read and where, settles, loads and updates."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from inspection.models import DropBox, Round, Target
from inspection.parsing import parse
from intake import audit
from intake.access import TABLE, Deed
from intake.choices import Action, Role
from intake.models import AuditEvent, StaffUser, WrittenDraft
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake, record_what_was_made
from tests.reading import NOTICE, PAGE, invented
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/preview/"


@dataclass
class World:
    intake: Intake
    clerk: StaffUser
    client: Client


def make_world() -> World:
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    record_what_was_made()
    return World(intake, clerk, log_in(Client(), clerk))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def client(standing: Callable[[], World]) -> Client:
    return standing().client


def look(client: Client, text: str, **more: Any) -> Any:
    return client.post(ADDRESS, {"text": text, "look": "", **more})


def press(client: Client, button: str, text: str, **settled: str) -> Any:
    """As the page does it: looks first, and loads what was shown."""
    shown = look(client, text, **settled)
    form = shown.context["form"]
    held = {name: form[name].value() or "" for name in form.fields if name != "file"}
    return client.post(ADDRESS, {**held, button: ""}, follow=True)


def test_only_the_office_loads_notices():
    assert [role for role, rules in TABLE.items() if Deed.LOAD_NOTICE in rules.deeds] == [
        Role.OFFICE
    ]


def test_the_text_stands_beside_what_was_read_and_nothing_is_loaded(client: Client):
    rounds = Round.objects.count()
    page = look(client, PAGE)
    html, words = page.content.decode(), text_of(page)
    assert page.status_code == 200 and Round.objects.count() == rounds
    assert '<a href="#w-' in html and 'id="w-1"' in html and 'class="mark mark--time"' in html
    assert "十四届市委第八轮巡察公告" in words and "这一轮还没有装入" in words
    # Each mark leads to a field that is there, and each field to a mark.
    for piece in page.context["pieces"]:
        if piece.mark:
            assert f'id="f-{piece.field}"' in html
    lines = [line for section in page.context["sections"] for line in section.lines]
    assert all(f'id="w-{line.mark}"' in html for line in lines if line.mark)
    assert (
        "".join(piece.words for piece in page.context["pieces"])
        == (PAGE[len(page.context["before"]) : len(PAGE) - len(page.context["after"])])
    )
    assert "公告前面还有" in words


def test_it_is_loaded_hidden_and_the_audit_says_who(client: Client):
    told = text_of(press(client, "load_hidden", NOTICE))
    assert "已装入：三届县委第五轮巡察公告。现在还没有公开" in told
    round_ = Round.objects.get(slug__startswith="landong")
    assert not round_.is_public and Target.objects.filter(team__round=round_).count() == 2
    event = AuditEvent.objects.get(action=Action.LOAD_NOTICE)
    assert event.detail["做法"] == "载入" and event.actor is not None
    assert audit.verify().is_sound
    # Without desks any office may set it right; the same text has nothing to update.
    again = text_of(look(client, NOTICE))
    assert "和已装入的一样，不用更新" in again


def test_an_error_is_settled_by_a_person_and_remembered(client: Client):
    text = invented("yunfu-no-year")
    page = look(client, text)
    words = text_of(page)
    assert "先定下面 1 处" in words and "请在“要由人定的”里的“年份”说明" in words
    assert b'name="load"' not in page.content
    refused = client.post(ADDRESS, {"text": text, "load": "", "seen": "x"})
    assert refused.status_code == 200 and "再看一遍" in text_of(refused)
    press(client, "load", text, year="2026")
    assert Round.objects.get(settled={"year": "2026"}).is_public
    assert "不用更新" in text_of(look(client, text))
    wrong = look(client, text, year="26")
    assert wrong.status_code == 422 and "年份要写成四位数字" in text_of(wrong)
    assert wrong.context["form"]["text"].value() == text


def test_a_corrected_notice_is_compared_before_it_updates(client: Client):
    press(client, "load", NOTICE)
    round_ = Round.objects.get(slug__startswith="landong")
    DropBox.objects.filter(round=round_, number=1).update(location="（演示）更正过的位置")
    corrected = NOTICE.replace("6月20日", "6月25日")
    page = look(client, corrected)
    words = text_of(page)
    assert "受理截止日期：2026-06-20 → 2026-06-25" in words
    assert "工作人员的更正（保留）" in words and "更正过的位置" in words
    assert Round.objects.get(pk=round_.pk).accepts_until.isoformat() == "2026-06-20"
    assert "已按公告更新" in text_of(press(client, "update", corrected))
    assert Round.objects.get(pk=round_.pk).accepts_until.isoformat() == "2026-06-25"
    assert DropBox.objects.get(round=round_, number=1).location == "（演示）更正过的位置"


def test_a_round_of_another_office_is_left_to_it(client: Client):
    make_intake(slug=parse(NOTICE).round.slug)
    page = press(client, "update", NOTICE)
    assert "只有它自己的巡察办能更新" in text_of(page)
    assert b'name="update"' not in page.content
    assert not AuditEvent.objects.filter(action=Action.LOAD_NOTICE).exists()


def test_what_cannot_be_read_keeps_what_was_typed(client: Client):
    empty = look(client, " ")
    assert empty.status_code == 422 and "请把公告的文字粘贴进来" in text_of(empty)
    for words in ("今天天气很好。", "区委召开巡察工作动员会。"):
        page = look(client, words)
        assert page.status_code == 422 and words in text_of(page)
    assert client.get(f"{ADDRESS}?text=x").status_code == 400


def test_a_file_takes_the_place_of_the_text(client: Client):
    file = SimpleUploadedFile("公告.txt", NOTICE.encode("gb18030"))
    page = look(client, "", file=file)
    assert page.status_code == 200 and page.context["form"]["text"].value() == NOTICE
    broken = look(client, "留着的字", file=SimpleUploadedFile("a.docx", b"PK\x03\x04"))
    assert broken.status_code == 422 and "不是能读的 Word" in text_of(broken)
    assert broken.context["form"]["text"].value() == "留着的字"


def test_what_was_typed_outlives_the_session(client: Client):
    keep_at = "/admin/written/notice/"
    assert client.post(keep_at, {"text": NOTICE, "year": "2026"}).status_code == 200
    (row,) = WrittenDraft.objects.all()
    assert "青石镇".encode() not in bytes(row.sealed)
    assert "要放回去吗" in text_of(client.get(ADDRESS))
    back = client.post(ADDRESS, {"_put_back": "1"})
    assert back.status_code == 200 and back.context["form"]["text"].value() == NOTICE
    press(client, "load_hidden", NOTICE)
    assert not WrittenDraft.objects.exists()
    client.post(keep_at, {"text": NOTICE})
    assert client.post(ADDRESS, {"_throw_away": "1"}).status_code == 302
    assert not WrittenDraft.objects.exists()
