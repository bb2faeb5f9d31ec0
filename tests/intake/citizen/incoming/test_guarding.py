"""What a person sees whose report comes in the middle of a flood, and what is kept of it."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.abuse import floods
from intake.citizen.incoming import guarding
from intake.models import Attachment, Counter, Submission, Supplement
from intake.report.draft import Attachment as File
from tests.intake.test_canary import dump
from tests.making import INSIDE, Intake, make_draft, make_intake
from tests.sending import (
    JPEG,
    NARRATIVE,
    code_of,
    filled_in,
    look_up_token,
    narrative_of,
    photo,
    text_of,
    token_of,
)

pytestmark = pytest.mark.django_db

FLOODED, QUIET = "203.0.113.7", "198.51.100.8"


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    settings.FLOOD_REPORTS_OF_ONE = 10
    return make_intake()


def post(sender: str = FLOODED, address: str = "/report/", **fields: Any) -> HttpResponse:
    return Client(REMOTE_ADDR=sender).post(address, filled_in(**fields))


def flooding(count: int = 10, **fields: Any) -> list[HttpResponse]:
    """Different reports from one address."""
    return [post(narrative=f"（演示）第{n}封信写的是第{n}件事。", **fields) for n in range(count)]


def add(code: str, sender: str, **fields: Any) -> HttpResponse:
    sent = {"code": code, "form_token": look_up_token(code), "narrative": NARRATIVE, **fields}
    return Client(REMOTE_ADDR=sender).post("/receipt/supplement/", sent)


def test_a_neighbour_is_told_when_and_gets_everything_back(intake: Intake):
    flooding()
    sent = filled_in(place="三里铺村", agree_privacy="on")
    response = Client(REMOTE_ADDR=FLOODED).post("/report/", sent)
    page = text_of(response)
    assert response.status_code == 429
    assert 1 <= int(response.headers["Retry-After"]) <= 600
    assert narrative_of(response) == NARRATIVE
    assert "三里铺村" in page
    assert f'name="form_token" value="{sent["form_token"]}"' in page
    assert "请等 10 分钟" in page
    assert "举报箱" in page
    assert response.headers["Cache-Control"] == "no-store"


def test_elsewhere_nobody_notices(intake: Intake):
    flooding()
    assert post().status_code == 429
    assert post(QUIET).status_code == 200


def test_what_was_stored_before_gets_its_receipt_in_any_flood(intake: Intake):
    sent = filled_in()
    first = Client(REMOTE_ADDR=FLOODED).post("/report/", sent)
    flooding()
    again = Client(REMOTE_ADDR=FLOODED).post("/report/", sent)
    assert (again.status_code, code_of(again)) == (200, code_of(first))


def test_sending_one_form_again_and_again_is_no_flood(intake: Intake):
    sent = filled_in()
    codes = {code_of(Client(REMOTE_ADDR=FLOODED).post("/report/", sent)) for _ in range(30)}
    assert len(codes) == 1
    assert post().status_code == 200
    assert not Counter.objects.exists()


def test_what_is_wrong_with_the_form_is_said_first(intake: Intake):
    flooding()
    assert post(narrative="短").status_code == 422


def test_one_text_from_everywhere_is_told_how_to_go_on(intake: Intake, settings: Settings):
    settings.FLOOD_SAME_TEXT = 10
    assert {post(f"203.0.113.{n}").status_code for n in range(10)} == {200}
    response = post("203.0.113.99")
    assert response.status_code == 429
    assert "一字不差" in text_of(response)
    assert post("203.0.113.99", narrative=f"{NARRATIVE}我家也一样。").status_code == 200


def test_a_hasty_form_in_a_crowd_waits_a_minute(intake: Intake, settings: Settings):
    settings.FLOOD_REPORTS, settings.FLOOD_REPORTS_OF_ONE_CROWDED = 10, 10
    flooding()
    response = post(QUIET)
    assert (response.status_code, response.headers["Retry-After"]) == (429, "60")
    assert "请等一分钟" in text_of(response)


def test_files_wait_and_words_pass(intake: Intake, settings: Settings):
    settings.FLOOD_MB_OF_ONE = 60
    large = [photo(f"{n}.jpg", JPEG + bytes(9 * 1024 * 1024)) for n in range(3)]
    for number in range(3):
        for file in large:
            file.seek(0)
        narrative = f"{NARRATIVE}第{number}件。"
        assert post(narrative=narrative, attachments=large).status_code == 200
    for size in (200, 3 * 1024 * 1024):
        response = post(attachments=photo("一.jpg", JPEG + bytes(size)))
        assert response.status_code == 429
        assert narrative_of(response) == NARRATIVE
        assert "请不选文件" in text_of(response)
        assert "请重新选一次" in text_of(response)
    assert post().status_code == 200
    assert Attachment.objects.count() == 9


def test_supplements_are_guarded_alike(intake: Intake):
    code = code_of(post(QUIET))
    flooding()
    response = add(code, FLOODED)
    assert response.status_code == 429
    assert narrative_of(response) == NARRATIVE
    assert not Supplement.objects.exists()
    assert add(code, QUIET).status_code == 200


def test_a_flood_of_supplements_is_one(intake: Intake):
    code = code_of(post(QUIET))
    added = [add(code, FLOODED, narrative=f"补充的第{n}件事。").status_code for n in range(12)]
    assert added == [200] * 10 + [429] * 2


def test_a_forwarded_address_counts_behind_our_proxy(intake: Intake, settings: Settings):
    settings.TRUSTED_PROXIES = [QUIET]
    for number in range(20):
        client = Client(REMOTE_ADDR=QUIET, HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
        sent = filled_in(narrative=f"（演示）第{number}封信写的事。")
        assert client.post("/report/", sent).status_code == 200


def test_an_ipv6_network_counts_as_one(intake: Intake):
    for number in range(10):
        narrative = f"第{number}封信，写一件事。"
        assert post(f"2001:db8:1:2::{number}", narrative=narrative).status_code == 200
    assert post("2001:db8:1:2:ffff::1").status_code == 429
    assert post("2001:db8:1:3::1").status_code == 200


def test_no_table_holds_the_address_or_the_words(intake: Intake, settings: Settings):
    settings.FLOOD_SAME_TEXT = 10
    for _ in range(10):
        post()
    assert post().status_code == 429
    assert Counter.objects.exists()
    for table, row in dump():
        for secret in (FLOODED, "203.0", NARRATIVE, NARRATIVE[:8]):
            assert secret not in row, table


def test_the_token_that_is_given_back_makes_it_one_report(intake: Intake, settings: Settings):
    flooding()
    refused = post()
    settings.FLOOD_REPORTS_OF_ONE = 100
    sent = filled_in(form_token=token_of(refused))
    assert post(**sent).status_code == 200
    assert "只登记了一件" in text_of(post(**sent))
    assert Submission.objects.count() == 11


def test_the_same_recording_counts_as_the_same_words():
    sound, other = (File.of_bytes("说的.m4a", "m4a", what) for what in (b"one", b"two"))
    scan = File.of_bytes("扫描.jpg", "jpeg", JPEG)

    def said(narrative: str, *files: File) -> str:
        return guarding.said_in(make_draft(narrative=narrative, attachments=files))

    assert said("", sound) == said("", sound, scan) != said("", other)
    assert len(said("", sound)) >= floods.SHORTEST_TEXT
    assert said("", sound, other) == said("", other, sound)
    assert said(NARRATIVE, sound) == NARRATIVE
    # Of letters that many have copied, and of words by chance, nothing is told by it.
    assert said("见附件", scan).strip() == "见附件"
