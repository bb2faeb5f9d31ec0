"""The address to which files come ahead of their form."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection import clock
from intake.citizen.forms import fresh_token
from intake.models import WaitingPart
from intake.report.report_limits import PART

pytestmark = pytest.mark.django_db

ADDRESS = "/report/parts/"
FILE = "0123456789abcdef"
SIZE = PART + 5


def ask(client: Client, token: str, method: str = "get", body: bytes = b"", **headers: object):
    sent = {"X-Form-Token": token, "X-File": FILE, "X-Size": SIZE, **headers}
    return client.generic(
        method.upper(),
        ADDRESS,
        body,
        content_type="application/octet-stream",
        headers={name.replace("_", "-"): str(value) for name, value in sent.items()},
    )


@pytest.fixture
def token() -> str:
    return fresh_token(at=clock.real_now())


def test_parts_come_and_the_sender_is_told_where_to_go_on(client: Client, token: str):
    assert ask(client, token).json() == {"come": 0}
    first = ask(client, token, "post", b"a" * PART, X_Part=0)
    assert (first.status_code, first.json()) == (200, {"come": 1})
    assert first.headers["Cache-Control"] == "no-store"
    assert ask(client, token, "post", b"b" * 5, X_Part=1).json() == {"come": 2}
    # Another form, even with the same name of the file, has nothing.
    assert ask(client, fresh_token(at=clock.real_now())).json() == {"come": 0}
    assert ask(client, token, "delete").json() == {"come": 0}
    assert not WaitingPart.objects.exists()


@pytest.mark.parametrize(
    ("headers", "body", "status"),
    [
        ({"X-Form-Token": "forged.token.here"}, b"b" * 5, 403),
        ({"Sec-Fetch-Site": "cross-site"}, b"b" * 5, 403),
        ({"X-File": "../x"}, b"b" * 5, 422),
        ({"X-Size": "999999999999"}, b"b" * 5, 422),
        ({"X-Part": "two"}, b"b" * 5, 422),
        ({"X-Part": "٣"}, b"b" * 5, 422),
        ({"X-Part": "7"}, b"b" * 5, 422),
        ({"X-Part": "1"}, b"", 422),
        ({"X-Part": "1"}, b"b" * 6, 422),
        ({"X-Part": "0"}, b"b" * (PART + 1), 422),
    ],
)
def test_what_is_no_part_of_a_form_of_ours_is_told_so(
    client: Client, token: str, headers: dict[str, str], body: bytes, status: int
):
    answer = ask(client, token, "post", body, **{"X-Part": 1, **headers})
    assert answer.status_code == status
    assert answer.json()["words"]
    assert not WaitingPart.objects.exists()


def test_a_form_that_lay_open_too_long_takes_no_parts(client: Client, settings: Settings):
    old = clock.real_now() - timedelta(hours=settings.FORM_TOKEN_HOURS, minutes=1)
    assert ask(client, fresh_token(at=old), "post", b"b" * 5, X_Part=1).status_code == 403


def test_too_many_parts_and_too_many_bytes_are_asked_to_wait(
    client: Client, token: str, settings: Settings
):
    settings.MOST_WAITING_PARTS = 0
    full = ask(client, token, "post", b"b" * 5, X_Part=1)
    assert (full.status_code, full.headers["Retry-After"]) == (429, "60")
    settings.MOST_WAITING_PARTS, settings.FLOOD_MB = 10, 0
    flooded = ask(client, token, "post", b"b" * 5, X_Part=1)
    assert flooded.status_code == 429
    assert not WaitingPart.objects.exists()
