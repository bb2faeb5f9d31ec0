"""Looking a receipt up, and adding to the report behind it."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake.models import Attachment, Counter, RoundArchive, RoundPurge, Submission, Supplement
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.sending import (
    code_of,
    filled_in,
    invalid_fields,
    narrative_of,
    photo,
    text_of,
    token_of,
)

pytestmark = pytest.mark.django_db

CLOSED = datetime.fromisoformat("2025-06-21T00:00:00+08:00")
PERIOD_OVER = datetime.fromisoformat("2025-07-01T00:00:00+08:00")
ADDED = "（演示）补充：合同是前年签的。"


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


@pytest.fixture
def code(intake: Intake) -> str:
    sent = filled_in(target=intake.targets[0].code)
    return code_of(Client().post("/report/", sent))


def look_up(code: str, **headers: Any) -> HttpResponse:
    return Client().post("/receipt/", {"code": code}, **headers)


def unknown(number: int = 0) -> str:
    body = 10**17 + number
    return f"{body}{98 - body * 100 % 97:02d}"


def add(code: str, **changes: Any) -> HttpResponse:
    fields = {"code": code, "narrative": ADDED, "form_token": token_of(look_up(code)), **changes}
    sent = {name: value for name, value in fields.items() if value is not None}
    return Client().post("/receipt/supplement/", sent)


def test_what_the_rounds_end_destroyed_was_handled_and_removed(
    intake: Intake, code: str, settings: Settings
):
    token = token_of(look_up(code))
    settings.SIMULATED_NOW = PERIOD_OVER + timedelta(days=400)
    user = make_clerk(intake, intake.office)
    archive = RoundArchive.objects.create(
        round=intake.round, name="a", folder="a", recipient="a", started_by=user, started_at=CLOSED
    )
    removed = datetime.fromisoformat("2026-03-02T09:00:00+08:00")
    RoundPurge.objects.create(round=intake.round, archive=archive, started_at=removed)

    response = look_up(code)

    assert response.status_code == 200
    assert "已按规定处理，相关内容已于2026年3月2日清理" in text_of(response)
    assert "2025年4月15日" in text_of(response)
    assert b"/receipt/supplement/" not in response.content
    late = {"code": code, "narrative": ADDED, "form_token": token}
    assert Client().post("/receipt/supplement/", late).status_code == 403
    assert not Supplement.objects.exists()


def test_asks_for_the_code(intake: Intake):
    response = Client().get("/receipt/")
    assert response.status_code == 200
    assert 'name="code"' in text_of(response)


@pytest.mark.parametrize("between", ["", " ", "-", "　"])
def test_a_known_code_tells_when_and_offers_to_add(code: str, between: str):
    response = look_up(code.replace(" ", between))
    assert response.status_code == 200
    assert "2025年4月15日 10:00" in text_of(response)
    assert 'action="/receipt/supplement/"' in text_of(response)
    assert response.headers["Cache-Control"] == "no-store"


def test_it_tells_nothing_of_where_the_report_went(intake: Intake, code: str):
    page = text_of(look_up(code))
    for secret in (intake.teams[0].name, intake.targets[0].name, "待登记"):
        assert secret not in page


def test_an_unknown_code_is_404(intake: Intake):
    response = look_up(unknown())
    assert response.status_code == 404
    assert "没有找到" in text_of(response)


def test_a_mistyped_code_is_told_apart(code: str):
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    response = look_up(wrong)
    assert response.status_code == 422
    assert invalid_fields(response) == {"code"}
    assert "抄错" in text_of(response)
    assert wrong in text_of(response)


@pytest.mark.parametrize("typed", ["", "123", "查询码", "1" * 21, "\x00", "1" * 5000])
def test_what_is_no_code_is_422(intake: Intake, typed: str):
    assert look_up(typed).status_code == 422


def test_the_code_stays_out_of_every_address(code: str):
    page = text_of(look_up(code))
    digits = code.replace(" ", "")
    assert f"={digits}" not in page.replace(f'value="{digits}"', "")
    assert "收到时间" not in text_of(Client().get(f"/receipt/?code={digits}"))


def test_a_supplement_is_stored_and_told(intake: Intake, code: str):
    response = add(code, attachments=[photo()])
    assert response.status_code == 200
    assert "补充材料已经收到" in text_of(response)
    assert Supplement.objects.get().submission == Submission.objects.get()
    assert Attachment.objects.get().supplement == Supplement.objects.get()


def test_the_same_supplement_again_is_one(code: str):
    token = token_of(look_up(code))
    first, second = (add(code, form_token=token) for _ in range(2))
    assert (first.status_code, second.status_code) == (200, 200)
    assert "只登记了一次" in text_of(second)
    assert Supplement.objects.count() == 1


def test_errors_of_a_supplement_keep_what_was_typed(code: str):
    long = "字" * 10_001
    response = add(code, narrative=long)
    assert response.status_code == 422
    assert invalid_fields(response) == {"narrative"}
    assert narrative_of(response) == long


def test_a_file_that_is_refused_is_named(code: str):
    response = add(code, attachments=[photo("坏.exe", b"MZ")])
    assert response.status_code == 422
    assert invalid_fields(response) == {"attachments"}
    assert "坏.exe" in text_of(response)
    assert narrative_of(response) == ADDED


@pytest.mark.parametrize("token", [None, "forged"])
def test_a_supplement_without_a_token_of_ours_is_422(code: str, token: str | None):
    response = add(code, form_token=token)
    assert response.status_code == 422
    assert narrative_of(response) == ADDED
    assert not Supplement.objects.exists()


@pytest.mark.parametrize(("typed", "status"), [(unknown(), 404), ("123", 422), (None, 422)])
def test_a_supplement_to_no_report_is_given_back(code: str, typed: str | None, status: int):
    token = token_of(look_up(code))
    sent = {"narrative": ADDED, "form_token": token, **({"code": typed} if typed else {})}
    response = Client().post("/receipt/supplement/", sent)
    assert response.status_code == status
    assert narrative_of(response) == ADDED


def test_supplements_are_taken_after_the_window_and_refused_after_the_period(
    settings: Settings, code: str
):
    settings.SIMULATED_NOW = CLOSED
    token = token_of(look_up(code))
    assert add(code, form_token=token).status_code == 200
    settings.SIMULATED_NOW = PERIOD_OVER
    assert "form_token" not in text_of(look_up(code))
    token = filled_in()["form_token"]
    response = Client().post(
        "/receipt/supplement/", {"code": code, "narrative": ADDED, "form_token": token}
    )
    assert response.status_code == 403
    assert narrative_of(response) == ADDED


def test_getting_the_supplement_s_address_leads_to_the_code(intake: Intake):
    response = Client().get("/receipt/supplement/")
    assert (response.status_code, response.headers["Location"]) == (302, "/receipt/")


def test_trying_codes_out_is_stopped_and_told(code: str):
    for number in range(30):
        assert look_up(unknown(number)).status_code == 404
    response = look_up(unknown(31))
    assert response.status_code == 429
    assert "过十分钟" in text_of(response)


def test_others_are_not_held_up_by_whoever_tries_codes_out(code: str):
    for number in range(31):
        look_up(unknown(number), REMOTE_ADDR="203.0.113.7")
    assert look_up(code, REMOTE_ADDR="203.0.113.7").status_code == 429
    assert look_up(code, REMOTE_ADDR="203.0.113.8").status_code == 200


def test_right_and_mistyped_codes_hold_nobody_up(code: str):
    for _ in range(35):
        assert look_up(code).status_code == 200
        assert look_up("123").status_code == 422
    assert look_up(unknown()).status_code == 404


def test_a_known_and_an_unknown_code_cost_the_database_the_same(code: str):
    look_up(code), look_up(unknown(1))
    asked = []
    for typed in (code, unknown(2)):
        with CaptureQueriesContext(connection) as queries:
            look_up(typed)
        asked.append([query["sql"].split("WHERE")[0][:40] for query in queries])
    assert asked[0] == asked[1]
    assert len(asked[0]) == 3


def test_behind_a_proxy_that_we_trust_the_last_hop_counts(settings: Settings, code: str):
    settings.TRUSTED_PROXIES = ["10.0.0.1"]
    for number in range(31):
        forged = f"198.51.100.{number}, 203.0.113.7"
        look_up(unknown(number), REMOTE_ADDR="10.0.0.1", HTTP_X_FORWARDED_FOR=forged)
    other = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "203.0.113.8"}
    assert look_up(code, **other).status_code == 200
    same = {"REMOTE_ADDR": "10.0.0.1", "HTTP_X_FORWARDED_FOR": "1.2.3.4, 203.0.113.7"}
    assert look_up(code, **same).status_code == 429


def test_a_header_of_the_visitor_s_own_is_not_believed(code: str):
    for number in range(31):
        look_up(unknown(number), HTTP_X_FORWARDED_FOR=f"198.51.100.{number}")
    assert look_up(code).status_code == 429


def test_no_address_is_kept(intake: Intake):
    look_up(unknown(), REMOTE_ADDR="203.0.113.7")
    assert "203.0.113" not in str(list(Counter.objects.values()))


@pytest.mark.parametrize("pasted", ["查询码：{}（2025年4月15日 10:00）", "【{}】", "\u2068{}"])
def test_a_code_is_found_in_what_was_pasted_at_every_address(code: str, pasted: str):
    assert look_up(pasted.format(code)).status_code == 200
    assert Client().post("/receipt/file/", {"code": pasted.format(code)}).status_code == 200
    token = token_of(look_up(code))
    sent = {"code": pasted.format(code), "narrative": ADDED, "form_token": token}
    assert Client().post("/receipt/supplement/", sent).status_code == 200
    assert Supplement.objects.count() == 1
