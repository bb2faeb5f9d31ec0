"""A report goes to the round of its body, or of its form, whatever else is open."""

import re
from datetime import date, datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.models import Submission
from tests.making import INSIDE, SHANGHAI, Intake, make_intake
from tests.sending import NARRATIVE, code_of, filled_in, narrative_of, text_of

pytestmark = pytest.mark.django_db
LAST_EVENING = datetime(2025, 6, 20, 18, 40, tzinfo=SHANGHAI)


@pytest.fixture
def two(settings: Settings) -> tuple[Intake, Intake]:
    """Two rounds that take reports; the first takes them longer and is the current one."""
    settings.SIMULATED_NOW = INSIDE
    first = make_intake(slug="first", title="公告甲")
    second = make_intake(slug="second", title="公告乙", accepts_until=date(2025, 5, 1))
    return first, second


def get(address: str) -> str:
    response = Client().get(address)
    assert response.status_code == 200
    return text_of(response)


def post(**changes: Any) -> HttpResponse:
    return Client().post("/report/", filled_in(**changes))


def round_of_the_report() -> str:
    return str(Submission.objects.get().round.slug)


def test_a_form_names_its_round_and_the_others(two: tuple[Intake, Intake]):
    page = get("/report/?round=second")

    assert '<input type="hidden" name="round" value="second">' in page
    assert two[1].targets[0].name in page
    assert two[0].targets[0].name not in page
    assert 'href="/report/?round=first">公告甲</a>' in page


def test_a_form_alone_says_nothing_of_others(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    make_intake(slug="only")

    assert "别的轮次" not in get("/report/")


@pytest.mark.parametrize(
    ("now", "words"),
    [
        (datetime(2025, 5, 10, 9, 0, tzinfo=SHANGHAI), "受理到2025年5月1日24时为止"),
        (INSIDE, ""),
    ],
    ids=["after the team's last day", "before it"],
)
def test_a_team_that_is_closed_closes_not_the_round(settings: Settings, now: datetime, words: str):
    settings.SIMULATED_NOW = now
    intake = make_intake()
    intake.teams[0].accepts_until = date(2025, 5, 1)
    intake.teams[0].save()

    response = post(target=intake.targets[0].code)

    if not words:
        assert response.status_code == 200
        return
    page = text_of(response)
    assert response.status_code == 403
    assert words in page and "别的单位还在受理" in page and 'data-window="open"' in page
    assert narrative_of(response) == NARRATIVE
    assert "本轮信访受理已经结束" not in page and not Submission.objects.exists()
    hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    again = Client().post("/report/", {**hidden, "narrative": NARRATIVE})  # type: ignore[arg-type]
    assert again.status_code == 200
    assert Submission.objects.get().desk == intake.office


def test_a_receipt_tells_the_team_s_own_last_day_for_supplements(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    intake.teams[0].period_ends_last = date(2025, 7, 31)
    intake.teams[0].save()

    own, other = (post(target=body.code) for body in intake.targets[:2])

    assert "到 2025年7月31日24时为止" in text_of(own)
    assert "到 2025年6月30日24时为止" in text_of(other)
    found = Client().post("/receipt/", {"code": code_of(own)})
    assert "到 2025年7月31日24时为止" in text_of(found)
    settings.SIMULATED_NOW = datetime(2025, 6, 25, 9, 0, tzinfo=SHANGHAI)
    assert "到哪一天为止，查询以后就看得到" in get("/report/")


def test_a_body_decides_the_round_of_the_form(two: tuple[Intake, Intake]):
    page = get(f"/report/?target={two[1].targets[0].code}")

    assert 'name="round" value="second"' in page
    assert "已经按您打开的链接选好" in page


@pytest.mark.parametrize(
    ("typed", "round_"),
    [
        ({}, "first"),
        ({"round": ""}, "first"),
        ({"round": "second"}, "second"),
        ({"round": "second", "target": "unlisted"}, "second"),
    ],
)
def test_without_a_body_the_form_decides(
    two: tuple[Intake, Intake], typed: dict[str, str], round_: str
):
    assert post(**typed).status_code == 200
    assert round_of_the_report() == round_


@pytest.mark.parametrize("round_", [None, "first", "second", "nowhere"])
def test_a_body_decides_whatever_the_form_says(two: tuple[Intake, Intake], round_: str | None):
    assert post(target=two[1].targets[0].code, round=round_).status_code == 200
    assert round_of_the_report() == "second"
    assert Submission.objects.get().desk == two[1].desks[0]


@pytest.mark.parametrize("round_", ["nowhere", "hidden", "\x00", "a b"])
def test_a_round_that_is_not_there_takes_nothing(two: tuple[Intake, Intake], round_: str):
    make_intake(slug="hidden", is_public=False)

    response = post(round=round_)

    assert response.status_code == 403
    assert narrative_of(response) == NARRATIVE
    assert not Submission.objects.exists()


def test_a_hidden_rounds_body_is_no_body(two: tuple[Intake, Intake]):
    hidden = make_intake(slug="hidden", is_public=False)

    assert post(target=hidden.targets[0].code).status_code == 422
    assert not Submission.objects.exists()


def test_a_closed_round_is_closed_though_another_is_open(
    two: tuple[Intake, Intake], settings: Settings
):
    settings.SIMULATED_NOW = datetime(2025, 5, 2, 0, 0, tzinfo=SHANGHAI)

    for typed in ({"round": "second"}, {"target": two[1].targets[0].code}):
        response = post(**typed)
        assert response.status_code == 403
        assert "截止时间是2025年5月1日24时" in text_of(response)
        assert narrative_of(response) == NARRATIVE
    assert 'data-window="closed"' in get("/report/?round=second")
    assert post(round="first").status_code == 200


def test_a_body_of_the_other_round_is_named_when_the_text_is_given_back(
    two: tuple[Intake, Intake],
):
    get("/report/")

    response = Client().post(
        "/report/", filled_in(target=two[1].targets[0].code, round="second", x=["1"] * 200)
    )

    assert response.status_code == 400
    assert two[1].targets[0].name in text_of(response)
    assert '<input type="hidden" name="round" value="second">' in text_of(response)


def test_a_form_with_errors_keeps_its_round(two: tuple[Intake, Intake]):
    response = post(round="second", narrative="短")

    assert response.status_code == 422
    assert 'name="round" value="second"' in text_of(response)


def test_the_last_day_tells_the_time_left(two: tuple[Intake, Intake], settings: Settings):
    settings.SIMULATED_NOW = LAST_EVENING

    assert "网上受理到今晚24时，还有 5 小时" in get("/report/")


def test_after_the_period_the_closed_page_offers_no_supplement(
    two: tuple[Intake, Intake], settings: Settings
):
    settings.SIMULATED_NOW = datetime(2025, 6, 25, 9, 0, tzinfo=SHANGHAI)
    assert "可以补充材料，到2025年6月30日24时为止" in get("/report/")

    settings.SIMULATED_NOW = datetime(2025, 7, 1, 9, 0, tzinfo=SHANGHAI)

    assert "补充材料的时间也过了" in get("/report/")
