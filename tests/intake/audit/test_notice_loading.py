"""Whatever `load_notice` stores is an event that says what changed."""

from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command

from inspection.models import Round
from intake import audit
from intake.choices import Action
from intake.models import AuditEvent
from tests.reading import NOTICE, PAGE, invented

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(tmp_path: Path) -> Path:
    path = tmp_path / "notice.txt"
    path.write_text(PAGE, encoding="utf-8")
    return path


def run(path: Path, *options: str) -> None:
    call_command("load_notice", str(path), *options, stdout=StringIO(), stderr=StringIO())


def told() -> list[dict[str, Any]]:
    events = AuditEvent.objects.filter(action=Action.LOAD_NOTICE).order_by("sequence")
    return [event.detail for event in events]


def test_loading_is_recorded(page: Path):
    run(page)
    round_ = Round.objects.get()
    event = AuditEvent.objects.get()
    assert (event.actor, event.object_type, event.object_id) == (None, "round", str(round_.pk))
    assert event.detail == {
        "做法": "载入",
        "轮次": "十四届市委第八轮巡察公告",
        "notice_digest": round_.source_sha256,
    }
    assert audit.verify().is_sound


def test_an_update_is_recorded_with_each_change(page: Path):
    run(page)
    page.write_text(PAGE.replace("6月20日", "6月25日"), encoding="utf-8")
    run(page, "--update")
    _, update = told()
    assert update["做法"] == "按公告更新"
    assert "轮次 受理截止日期：2025-06-20 → 2025-06-25" in update["变动"].split("；")
    assert update["notice_digest"] == Round.objects.get().source_sha256


def test_what_a_person_settled_is_recorded_at_loading(tmp_path: Path):
    path = tmp_path / "notice.txt"
    path.write_text(invented("yunfu-no-year"), encoding="utf-8")
    run(path, "--set", "year=2025")
    assert [detail["由人确定"] for detail in told()] == ["year=2025"]


def test_what_a_person_settles_later_is_recorded(page: Path):
    run(page)
    run(page, "--set", "area_code=0635")
    assert [detail["做法"] for detail in told()] == ["载入", "由人确定"]
    assert told()[1]["由人确定"] == "area_code=0635"


@pytest.mark.parametrize("options", [[], ["--check"], ["--update"]])
def test_what_changes_nothing_leaves_no_event(page: Path, options: list[str]):
    run(page)
    run(page, *options)
    assert len(told()) == 1


def test_a_difference_that_is_only_shown_leaves_no_event(page: Path):
    run(page)
    page.write_text(PAGE.replace("6月20日", "6月25日"), encoding="utf-8")
    run(page)
    assert len(told()) == 1


def test_a_refused_notice_leaves_no_event(tmp_path: Path):
    path = tmp_path / "notice.txt"
    path.write_text(NOTICE.replace("2026年6月20日", "2025年6月20日"), encoding="utf-8")
    with pytest.raises(CommandError):
        run(path)
    assert not AuditEvent.objects.exists()
