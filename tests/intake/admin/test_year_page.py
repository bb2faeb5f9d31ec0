"""A clerk pastes the State Council's notice, looks at what was read, and loads the year."""

from pathlib import Path
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from inspection.models import WorkCalendarDay
from intake import audit
from intake.choices import Action
from intake.models import AuditEvent
from tests.logging_in import log_in
from tests.making import make_clerk, make_intake, record_what_was_made
from tests.sending import text_of

pytestmark = pytest.mark.django_db

ADDRESS = "/admin/inspection/workcalendarday/year/"
NOTICE = (Path(__file__).parents[2] / "data" / "holidays" / "2024.txt").read_text("utf-8")


@pytest.fixture
def client() -> Client:
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    record_what_was_made()
    return log_in(Client(), clerk)


def press(client: Client, text: str, **more: Any) -> Any:
    return client.post(ADDRESS, {"text": text, "year": "", "look": "", **more})


def load(client: Client, text: str, **more: Any) -> HttpResponse:
    """As the page does it: looks first, and loads what was shown."""
    seen = press(client, text, **more).context["form"]["seen"].value()
    return client.post(
        ADDRESS, {"text": text, "year": "", "seen": seen, "load": "", **more}, follow=True
    )


def test_the_preview_loads_nothing_and_says_everything(client: Client):
    page = press(client, NOTICE)
    words = text_of(page)
    assert page.status_code == 200
    assert "2月10日（周六）至2月17日（周六），8天" in words
    assert "2月4日（周日）上班、2月18日（周日）上班" in words
    assert "全年 251 个工作日" in words
    assert "1月 22 天，2月 18 天，" in words
    assert "2月9日没有写放假或者上班，没有采用。" in words
    assert "这一年还没有载入过，新增 36 天。" in words
    assert "元旦：1月1日放假，与周末连休。" in words
    assert not WorkCalendarDay.objects.filter(date__year=2024).exists()


def test_it_is_loaded_after_it_was_looked_at_and_the_audit_says_so(client: Client):
    assert "已载入2024年的工作日安排" in text_of(load(client, NOTICE))
    assert WorkCalendarDay.objects.filter(date__year=2024).count() == 36
    event = AuditEvent.objects.get(action=Action.CORRECT)
    assert event.detail["日期"].startswith("2024年：新增 36 天：1月1日（周一）元旦休息；")
    assert audit.verify().is_sound
    assert "没有变化" in text_of(load(client, NOTICE))
    assert AuditEvent.objects.filter(action=Action.CORRECT).count() == 1
    corrected = NOTICE.replace("与周末连休。\n六", "共1天。\n六").replace(
        "5月11日（星期六）", "5月12日（星期日）"
    )
    preview = text_of(press(client, corrected))
    assert "新增 1 天：5月12日（周日）劳动节调休上班" in preview
    assert "去掉 1 天：5月11日（周六）劳动节调休上班" in preview


def test_a_text_that_was_changed_after_the_look_is_shown_again(client: Client):
    seen = press(client, NOTICE).context["form"]["seen"].value()
    changed = NOTICE.replace("5月11日（星期六）", "5月12日（星期日）")
    page = client.post(ADDRESS, {"text": changed, "year": "", "seen": seen, "load": ""})
    assert "还没有载入。请把下面的结果再看一遍。" in text_of(page)
    assert not WorkCalendarDay.objects.filter(date__year=2024).exists()
    again = page.context["form"]["seen"].value()
    client.post(ADDRESS, {"text": changed, "year": "", "seen": again, "load": ""})
    assert WorkCalendarDay.objects.filter(date="2024-05-12").exists()


def test_what_contradicts_stands_at_the_field_with_what_was_typed(client: Client):
    wrong = NOTICE.replace("4月7日（星期日）", "4月7日（星期六）")
    for sent in (press(client, wrong), press(client, wrong, load="", seen="x")):
        assert sent.status_code == 422
        words = text_of(sent)
        assert "清明节：2024年4月7日是周日，通知写的是周六。" in words
        assert "还没有载入，填的都在下面。" in words
        assert "4月7日（星期六）上班" in words
        assert 'name="load"' not in sent.content.decode()
    assert not WorkCalendarDay.objects.filter(date__year=2024).exists()


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"text": ""}, "请把通知的文字粘贴进来。"),
        ({"text": "今年不放假", "year": "2027"}, "没有看到一个节日。"),
        ({"text": "一、元旦：1月1日放假"}, "看不出是哪一年的安排"),
        ({"text": NOTICE, "year": "明年"}, "年份写四个数字"),
        ({"text": NOTICE, "year": "2025"}, "年份填的是2025年，通知写的是2024年。"),
        ({"text": "\x00"}, "不"),
    ],
)
def test_each_mistake_has_its_sentence(client: Client, typed: dict[str, str], words: str):
    page = client.post(ADDRESS, {"year": "", **typed})
    assert page.status_code == 422
    assert words in text_of(page)


def test_the_list_and_the_start_page_lead_there(client: Client):
    assert ADDRESS in client.get("/admin/inspection/workcalendarday/").content.decode()
    assert client.get(f"{ADDRESS}?year=2027").status_code == 400
