"""Supplements and matters out of scope: one rule each, told everywhere alike."""

from datetime import date, datetime, time
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.models import Round, Team
from tests.making import INSIDE, SHANGHAI, Intake, make_intake
from tests.sending import code_of, filled_in, look_up_token, text_of

pytestmark = pytest.mark.django_db

TRANSFERRED = "不在本轮范围的，将按规定移交有关部门办理。"
REFUSED = "不在本轮范围的，公告写明不予受理，请向有关部门反映。"
BODIES = "不在本轮范围的，公告写明由被巡察单位处理。"
NO_PERIOD = {
    "period_starts_first": None,
    "period_starts_last": None,
    "period_ends_first": None,
    "period_ends_last": None,
}
AT_1729 = datetime(2025, 6, 20, 17, 29, tzinfo=SHANGHAI)
AT_1730 = datetime(2025, 6, 20, 17, 30, tzinfo=SHANGHAI)


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def change(model: Any, **facts: Any) -> None:
    model.objects.update(**facts)


def pages_about_scope(code: str) -> dict[str, str]:
    """Every page that tells what becomes of a matter out of scope."""
    addresses = ["/report/", "/report/paper/", "/privacy/", "/receipt/"]
    pages = {address: text_of(Client().get(address)) for address in addresses}
    token = look_up_token(code)
    added = {"code": code, "narrative": "（演示）补充", "form_token": token}
    return {
        **pages,
        "receipt": text_of(Client().post("/report/", filled_in())),
        "found": text_of(Client().post("/receipt/", {"code": code})),
        "added": text_of(Client().post("/receipt/supplement/", added)),
    }


@pytest.mark.parametrize(
    ("rule", "sentence"),
    [("transfer", TRANSFERRED), ("refuse", REFUSED), ("body", BODIES), ("", TRANSFERRED)],
)
def test_every_page_says_of_scope_what_the_notice_says(intake: Intake, rule: str, sentence: str):
    change(Round, out_of_scope=rule)
    code = code_of(Client().post("/report/", filled_in()))

    for address, page in pages_about_scope(code).items():
        told = {one for one in (TRANSFERRED, REFUSED, BODIES) if one in page}
        assert told == {sentence}, address
        assert rule != "refuse" or "移交有关部门" not in page, address


def test_the_notice_page_says_the_rule_or_its_own_words(intake: Intake):
    change(Round, out_of_scope="refuse")
    assert REFUSED in text_of(Client().get("/"))
    change(Round, out_of_scope_text="（演示）个人诉求请找信访局。")

    assert "（演示）个人诉求请找信访局。" in text_of(Client().get("/"))
    assert REFUSED not in text_of(Client().get("/"))


def test_without_a_period_supplements_end_with_the_hour_of_the_window(
    intake: Intake, settings: Settings
):
    change(Round, **NO_PERIOD, accepts_until_time=time(17, 30))
    receipt = Client().post("/report/", filled_in())
    code = code_of(receipt)
    assert "到 2025年6月20日17时30分为止" in text_of(receipt)
    settings.SIMULATED_NOW = AT_1729
    assert "到 2025年6月20日17时30分为止" in text_of(Client().post("/receipt/", {"code": code}))
    settings.SIMULATED_NOW = AT_1730

    assert 'name="narrative"' not in text_of(Client().post("/receipt/", {"code": code}))
    assert "补充材料的时间也过了" in text_of(Client().get("/"))
    assert "补充材料的时间也过了" in text_of(Client().get("/report/"))


@pytest.mark.parametrize("address", ["/", "/report/"])
def test_pages_and_receipts_name_one_moment(intake: Intake, settings: Settings, address: str):
    change(Round, accepts_until_time=time(17, 30), period_ends_last=date(2025, 6, 20))
    receipt = Client().post("/report/", filled_in())
    settings.SIMULATED_NOW = AT_1730

    assert "到 2025年6月20日24时为止" in text_of(receipt)
    page = text_of(Client().get(address)).replace(" ", "")
    assert "到2025年6月20日24时为止" in page


def test_a_team_that_inspects_longer_has_its_own_moment(intake: Intake):
    team = Team.objects.get(pk=intake.targets[0].team_id)
    Team.objects.filter(pk=team.pk).update(period_ends_last=date(2025, 7, 15))
    sent = filled_in(target=intake.targets[0].code)

    assert "到 2025年7月15日24时为止" in text_of(Client().post("/report/", sent))


def test_where_teams_close_apart_each_body_is_told_with_its_own_day(intake: Intake):
    longer, other = intake.targets
    Team.objects.filter(pk=longer.team_id).update(accepts_until=date(2025, 7, 10))
    own, rest = "受理到2025年7月10日24时。", "受理到2025年6月20日24时。"

    assert {own, rest} == {one for one in (own, rest) if f"本组{one}" in text_of(Client().get("/"))}
    for body, told in ((longer, own), (other, rest)):
        assert f"这个单位{told}" in text_of(Client().get(f"/report/?target={body.code}"))


def test_where_all_close_at_once_it_is_told_once(intake: Intake):
    for address in ("/", f"/report/?target={intake.targets[0].code}"):
        page = text_of(Client().get(address))
        assert "本组受理到" not in page
        assert "这个单位受理到" not in page
