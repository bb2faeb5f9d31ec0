"""A clerk corrects what was read, says what words are, and loads that; the round remembers it."""

from typing import Any

import pytest
from django.test import Client

from inspection.loading import load, read_notice
from inspection.models import ContactPoint, DropBox, Round, Target
from inspection.revising.edits import Edits, place_json
from inspection.revising.revisable import Thing, WrongValue
from intake import audit
from intake.admin.previewing.saying_words import MEANINGS, say
from intake.choices import Action
from intake.models import AuditEvent
from tests.intake.admin.previewing.test_preview_page import client, standing
from tests.reading import NOTICE
from tests.sending import text_of

__all__ = ["client", "standing"]
pytestmark = pytest.mark.django_db

ADDRESS = "/admin/preview/"
BODY = place_json(Thing.BODY, ("柳泉乡", "县委第二巡察组"))
DOUBLED = NOTICE.replace("\t柳泉乡", "\t青石镇")


def press(client: Client, page: Any, **pressed: str) -> Any:
    """What the page holds, and a button with what was typed."""
    form = page.context["form"]
    held = {name: form[name].value() or "" for name in form.fields if name != "file"}
    return client.post(ADDRESS, {**held, **pressed}, follow=True)


def look(client: Client, text: str) -> Any:
    return client.post(ADDRESS, {"text": text, "look": ""})


def test_a_name_is_corrected_in_its_place_and_outlives_the_next_load(client: Client):
    page = press(client, look(client, NOTICE), fix=BODY)
    assert 'name="v-name" id="v-name" value="柳泉乡"' in page.content.decode()
    typed = {"at": BODY, "v-name": "柳泉镇", "v-kind": "town", "v-team": "县委第二巡察组"}
    page = press(client, page, **typed, done="")
    words = text_of(page)
    assert page.context["counts"]["由人确定"] == 1
    assert "柳泉镇" in words and "读作“柳泉乡”。" in words
    told = press(client, page, load="")
    assert "已装入" in text_of(told)
    round_ = Round.objects.get(slug__startswith="landong")
    assert Target.objects.filter(team__round=round_, name="柳泉镇").exists()
    event = AuditEvent.objects.get(action=Action.LOAD_NOTICE)
    assert "柳泉镇" in event.detail["由人确定"] and audit.verify().is_sound
    # The command reads the text again, and the page too: what a person decided stays.
    notice, settled = read_notice(NOTICE, {})
    outcome = load(notice, settled=settled, update=True)
    assert outcome.status == "unchanged" and any("柳泉镇" in one for one in outcome.corrections)
    assert "工作人员的更正（保留）" in text_of(look(client, NOTICE))


def test_an_error_is_settled_by_a_correction_and_stays_settled(client: Client):
    page = look(client, DOUBLED)
    assert "先定下面 1 处" in text_of(page)
    second = place_json(Thing.BODY, ("青石镇", "县委第二巡察组"))
    page = press(client, page, at=second, **{"v-name": "柳泉乡"}, done="")
    assert b'name="load_hidden"' in page.content
    press(client, page, load_hidden="")
    assert "不用更新" in text_of(look(client, DOUBLED))
    assert load(read_notice(DOUBLED, {})[0]).status == "unchanged"


def test_wrong_values_are_told_and_everything_typed_is_kept(client: Client):
    box = place_json(Thing.BOX, ("1", "青石镇政府门口西侧"))
    first = press(client, look(client, NOTICE), at=BODY, **{"v-name": "柳泉镇"}, done="")
    page = press(client, first, at=box, **{"v-number": "一", "v-location": "新位置"}, done="")
    assert page.status_code == 422 and "编号要写成数字" in text_of(page)
    assert 'value="新位置"' in page.content.decode() and "柳泉镇" in text_of(page)
    # A press of another button takes what was typed too, and nothing is loaded unseen.
    page = press(client, first, at=box, **{"v-number": "9", "v-location": "新位置"}, load="")
    assert (
        "再看一遍" in text_of(page)
        and not Round.objects.filter(slug__startswith="landong").exists()
    )
    broken = client.post(ADDRESS, {"text": NOTICE, "edits": "[", "look": ""})
    assert broken.status_code == 422 and "从头再来" in text_of(broken)


def test_lists_grow_and_shrink(client: Client):
    page = press(client, look(client, NOTICE), add="contacts:")
    assert "加一条" in text_of(page)
    new = place_json(Thing.CONTACT, ("+",))
    phone = {"v-kind": "phone", "v-value": "0999-6219999", "v-hours": "工作日 09:00—17:00"}
    page = press(client, page, at=new, **phone, done="")
    page = press(client, page, drop=place_json(Thing.BOX, ("2", "柳泉乡政府门口东侧")))
    assert "去掉了：举报箱 2 柳泉乡政府门口东侧" in text_of(page)
    page = press(client, page, add="targets:县委第一巡察组")
    body = {"v-name": "沙河镇", "v-kind": "town", "v-team": "县委第一巡察组"}
    page = press(client, page, at=place_json(Thing.BODY, ("+",)), **body, done="")
    press(client, page, load="")
    round_ = Round.objects.get(slug__startswith="landong")
    assert ContactPoint.objects.get(round=round_, value="0999-6219999").hours is not None
    assert list(DropBox.objects.filter(round=round_).values_list("number", flat=True)) == [1]
    assert Target.objects.filter(team__round=round_, name="沙河镇").exists()


def test_words_are_said_to_be_something(client: Client):
    page = look(client, NOTICE)
    said = {"words": "沙河镇、区 水利局", "meaning": "bodies", "of_team": "县委第二巡察组"}
    page = press(client, page, **said, say="")
    assert "沙河镇" in text_of(page) and "由人确定" in text_of(page)
    page = press(client, page, words="2026年6月18日", meaning="accepts_until", say="")
    assert page.context["form"]["accepts_until"].value() == "2026-06-18"
    assert "沙河镇" in text_of(page)
    wrong = press(client, page, words="没有号码", meaning="phone", say="")
    assert wrong.status_code == 422 and "没有号码。" in text_of(wrong)
    assert wrong.context["again"]["words"] == "没有号码"


@pytest.mark.parametrize(
    ("words", "meaning", "found"),
    [
        ("县教育局党组，柳桥镇\n第一中学", "bodies", ["县教育局党组", "柳桥镇", "第一中学"]),
        ("电话：（0999）6210001、６２１０００２", "phone", ["0999-6210001", "6210002"]),
        ("13900000001", "sms", ["13900000001"]),
        ("a@b.cn", "email", ["a@b.cn"]),
        ("岚江市A010信箱", "postal", ["岚江市A010信箱"]),
        ("接待室", "reception", ["接待室"]),
        ("1. 东门口；2. 西门口", "box", ["东门口", "西门口"]),
        ("县委 第九巡察组", "team", ["县委第九巡察组"]),
    ],
)
def test_what_selected_words_become(words: str, meaning: str, found: list[str]):
    edits, days = say(words, meaning, "", Edits(), None)
    names = [
        one.get("name") or one.get("value") or one["location"] for one in edits.changed.values()
    ]
    assert names == found and days == {}
    assert meaning in dict(MEANINGS)


@pytest.mark.parametrize(
    ("words", "year", "day"),
    [("至6月20日止", "2026", "2026-06-20"), ("2026.6.2", None, "2026-06-02")],
)
def test_a_day_is_settled(words: str, year: str | None, day: str):
    assert say(words, "accepts_until", "", Edits(), year)[1] == {"accepts_until": day}
    for wrong in ("6月20日", "2026年6月31日", "明天", ""):
        with pytest.raises(WrongValue):
            say(wrong, "notice_date", "", Edits(), None)
