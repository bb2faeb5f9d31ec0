"""Above cities the work is called 巡视: then no citizen's page speaks of 巡察."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection import current
from inspection.models import Team
from tests.making import INSIDE, Intake, make_box, make_contact, make_intake
from tests.sending import code_of, filled_in, text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def provincial(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    words = {
        "word": "巡视",
        "title": "一届省委第一轮巡视公告",
        "committee": "省委",
        "issuer": "中共某省委巡视工作领导小组办公室",
        "source_text": "一届省委第一轮巡视公告（演示）",
    }
    intake = make_intake(**words)
    for team in intake.teams:
        Team.objects.filter(pk=team.pk).update(name=f"省委第{team.pk}巡视组")
    make_contact(intake.round)
    make_box(intake.round)
    return intake


ADDRESSES = [
    "/",
    "/report/",
    "/report/paper/",
    "/poster/",
    "/receipt/",
    "/receipt/verify/",
    "/privacy/",
    "/rounds/",
    "/nowhere/",
]
LATER = {"upcoming": -40, "open": 0, "last day": 66, "closed": 67, "over": 120}


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("days", LATER.values(), ids=LATER)
def test_every_page_uses_the_notices_word(settings: Settings, address: str, days: int):
    settings.SIMULATED_NOW = INSIDE + timedelta(days=days)
    assert around(text_of(Client().get(address))) == []


@pytest.mark.parametrize("days", LATER.values(), ids=LATER)
def test_every_answer_to_a_report_does(settings: Settings, days: int):
    settings.SIMULATED_NOW = INSIDE + timedelta(days=days)
    for typed in (filled_in(), filled_in(narrative=""), filled_in(about_inspectors="on")):
        assert around(text_of(Client().post("/report/", typed))) == []


def test_the_receipt_does():
    code = code_of(Client().post("/report/", filled_in()))
    assert around(text_of(Client().post("/receipt/", {"code": code}))) == []
    assert around(text_of(Client().post("/receipt/file/", {"code": code}))) == []


def around(page: str) -> list[str]:
    """Where the other word stands, with what is around it."""
    return re.findall(r".{0,20}巡察.{0,20}", page)
