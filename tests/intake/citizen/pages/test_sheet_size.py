"""The sheet in the other size of type: given back as it was, and nothing of it is stored."""

from datetime import datetime
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.models import Submission, Supplement
from tests.making import INSIDE, Intake, make_intake
from tests.sending import (
    NARRATIVE,
    code_of,
    filled_in,
    invalid_fields,
    look_up_token,
    narrative_of,
    nonce_of,
    photo,
    text_of,
    token_of,
)

pytestmark = pytest.mark.django_db

CLOSED = datetime.fromisoformat("2025-06-21T00:00:00+08:00")


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def resize(how: str = "as-typed", **changes: Any) -> HttpResponse:
    return Client().post("/report/?sent=1&size=large", filled_in(resize=how, **changes))


def test_gives_the_same_sheet_back_large_and_stores_nothing(intake: Intake):
    sent = filled_in(resize="as-typed", target=intake.targets[0].code)
    response = Client().post("/report/?sent=1&size=large", sent)

    assert response.status_code == 200
    assert '<html lang="zh-Hans" class="large">' in text_of(response)
    assert narrative_of(response) == NARRATIVE
    assert f'value="{intake.targets[0].code}" selected' in text_of(response)
    assert nonce_of(token_of(response)) == nonce_of(sent["form_token"])
    assert not Submission.objects.exists()


def test_finds_no_fault_before_the_sheet_was_sent(intake: Intake):
    response = resize(narrative="短", agree_privacy=None)

    assert response.status_code == 200
    assert invalid_fields(response) == set()
    assert narrative_of(response) == "短"


def test_tells_the_faults_that_the_sheet_told_before(intake: Intake):
    response = resize("marked", narrative="短", agree_privacy=None)

    assert response.status_code == 422
    assert invalid_fields(response) == {"narrative", "agree_privacy"}


def test_stores_nothing_of_a_sheet_without_faults_either(intake: Intake):
    assert resize("marked").status_code == 200
    assert not Submission.objects.exists()


def test_says_that_the_files_must_be_chosen_again(intake: Intake):
    assert "文件没有留下，请重新选一次" in text_of(resize(attachments=[photo()]))


def test_gives_the_words_back_to_copy_once_nothing_is_accepted(intake: Intake, settings: Settings):
    settings.SIMULATED_NOW = CLOSED
    response = resize()

    assert response.status_code == 403
    assert narrative_of(response) == NARRATIVE


def test_a_supplement_comes_back_large_and_is_not_added(intake: Intake):
    code = code_of(Client().post("/report/", filled_in()))
    sent = {"code": code, "narrative": "（演示）还有", "form_token": look_up_token(code)}
    response = Client().post(
        "/receipt/supplement/?sent=1&size=large", {**sent, "resize": "as-typed"}
    )

    assert response.status_code == 200
    assert narrative_of(response) == "（演示）还有"
    assert not Supplement.objects.exists()


def test_a_code_comes_back_large_and_is_not_looked_up(intake: Intake):
    code = code_of(Client().post("/report/", filled_in()))
    for typed, how, status in (
        (code, "as-typed", 200),
        (code[:9], "as-typed", 200),
        (code[:9], "marked", 422),
    ):
        response = Client().post(
            "/receipt/?sent=1&size=large", {"code": typed, "resize": how}, follow=True
        )

        assert response.status_code == status
        assert '<html lang="zh-Hans" class="large">' in text_of(response)
        assert f'name="code" type="text" value="{typed}"' in text_of(response)
