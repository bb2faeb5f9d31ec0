"""Logging in and out: all three parts together, or not at all."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client

from intake.choices import Action, Role
from intake.models import AuditEvent, StaffKey, StaffUser
from tests.logging_in import (
    LOGIN,
    NOT_LET_IN,
    actions,
    code_of,
    is_in,
    log_in,
    make_device,
    post_login,
    refused,
    standing_clock,
)
from tests.making import PASSWORD, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


def test_all_three_parts_together_let_in(client: Client):
    user = make_staff(Role.AUDITOR)
    response = post_login(client, user.username, code_of(make_device(user)))
    assert (response.status_code, response["Location"]) == (302, "/admin/")
    assert is_in(client)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.detail) == (Action.LOGIN, user, {"factor": "totp"})


@pytest.mark.parametrize(
    ("password", "token"),
    [("wrong-password-1", "right"), (PASSWORD, "000000"), (PASSWORD, ""), ("", "right")],
)
def test_the_refusal_does_not_tell_which_part_was_wrong(client: Client, password: str, token: str):
    user = make_staff(Role.AUDITOR)
    code = code_of(make_device(user))
    words = refused(client, user.username, code if token == "right" else token, password)
    assert words == refused(client, "nobody-at-all", code)
    assert words.startswith(NOT_LET_IN)


@pytest.mark.parametrize(
    "username", ["", " ", "x" * 151, "a\x00b", "' OR 1=1 --", "张三", "\u202eadmin"]
)
def test_odd_names_are_refused_in_the_same_words(client: Client, username: str):
    assert refused(client, username, "123456").startswith(NOT_LET_IN)


@pytest.mark.parametrize(
    "token", ["12 34", "abc", "１２３４５６", "9" * 50, "\u0663" * 6, "-1", "1e5"]
)
def test_odd_codes_are_refused_in_the_same_words(client: Client, token: str):
    user = make_staff(Role.AUDITOR)
    make_device(user)
    assert refused(client, user.username, token).startswith(NOT_LET_IN)


@pytest.mark.parametrize("flag", ["is_active", "is_staff"])
def test_an_account_that_was_shut_is_refused(client: Client, flag: str):
    user = make_staff(Role.AUDITOR)
    StaffUser.objects.filter(pk=user.pk).update(**{flag: False})
    assert refused(client, user.username, code_of(make_device(user))).startswith(NOT_LET_IN)


def test_an_account_that_is_shut_while_logged_in_is_out(client: Client):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    StaffUser.objects.filter(pk=user.pk).update(is_active=False)
    assert not is_in(client)


@pytest.mark.parametrize("full_width", [False, True])
def test_a_code_is_taken_as_people_type_it(client: Client, full_width: bool):
    user = make_staff(Role.AUDITOR)
    code = code_of(make_device(user))
    if full_width:
        code = "".join(chr(ord(digit) - ord("0") + ord("０")) for digit in code)
    assert post_login(client, user.username, f" {code[:3]} {code[3:]}").status_code == 302


def test_a_code_works_once(client: Client):
    user = make_staff(Role.AUDITOR)
    code = code_of(make_device(user))
    post_login(client, user.username, code)
    assert refused(Client(), user.username, code).startswith(NOT_LET_IN)


def test_the_device_of_another_does_not_help(client: Client):
    user, other = make_staff(Role.AUDITOR), make_staff(Role.AUDITOR)
    make_device(user)
    refused(client, user.username, code_of(make_device(other)))


def test_a_password_alone_opens_no_page():
    """As if a session existed that had not proved the second factor."""
    client = Client()
    client.force_login(make_staff(Role.OFFICE))
    assert not is_in(client)
    assert client.get("/admin/").status_code == 302


def test_fifteen_idle_minutes_end_the_session(client: Client, clock: time_machine.Traveller):
    log_in(client, make_staff(Role.AUDITOR))
    clock.shift(timedelta(minutes=14))
    assert is_in(client)
    clock.shift(timedelta(minutes=14))
    assert is_in(client)
    clock.shift(timedelta(minutes=15, seconds=1))
    assert not is_in(client)


def test_logging_out_ends_the_session_and_both_halves_of_the_keyring(client: Client):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    assert client.cookies["keyring"].value
    response = client.post("/admin/logout/")
    assert (response.status_code, response["Location"]) == (302, LOGIN)
    assert not is_in(client)
    assert client.cookies["keyring"].value == ""
    assert not Session.objects.exists()
    assert actions() == [Action.LOGIN, Action.LOGOUT]


def test_a_link_does_not_log_out(client: Client):
    log_in(client, make_staff(Role.AUDITOR))
    assert client.get("/admin/logout/").status_code == 405
    assert is_in(client)


def test_the_session_begins_anew_at_login(client: Client):
    first, second = make_staff(Role.AUDITOR), make_staff(Role.AUDITOR)
    log_in(client, first)
    old = client.cookies["sessionid"].value
    log_in(client, second)
    assert client.cookies["sessionid"].value != old
    assert not Session.objects.filter(session_key=old).exists()


@pytest.mark.parametrize(
    ("asked", "given"),
    [
        ("/admin/intake/submission/?status=x", "/admin/intake/submission/?status=x"),
        ("https://elsewhere.example/admin/", "/admin/"),
        ("//elsewhere.example/admin/", "/admin/"),
        ("/", "/admin/"),
        ("/admin/logout/", "/admin/"),
        ("javascript:alert(1)", "/admin/"),
        ("", "/admin/"),
    ],
)
def test_it_goes_on_to_pages_of_the_staff_only(client: Client, asked: str, given: str):
    user = make_staff(Role.AUDITOR)
    response = post_login(client, user.username, code_of(make_device(user)), next=asked)
    assert response["Location"] == given


def test_who_is_in_goes_on_and_who_lost_the_keys_is_asked_again(client: Client):
    log_in(client, make_staff(Role.AUDITOR))
    assert client.get(LOGIN)["Location"] == "/admin/"
    del client.cookies["keyring"]
    assert client.get(LOGIN).status_code == 200


def test_other_methods_are_refused(client: Client):
    assert [client.put(LOGIN).status_code, client.delete(LOGIN).status_code] == [405, 405]


def test_the_page_is_kept_by_no_cache_and_needs_no_inline_style(client: Client):
    response = client.get(LOGIN)
    page = response.content.decode()
    assert "no-store" in response["Cache-Control"]
    assert "style=" not in page
    assert "<script" not in page
    assert "'unsafe-inline'" not in response["Content-Security-Policy"]


def test_the_form_needs_its_token():
    client = Client(enforce_csrf_checks=True)
    assert post_login(client, "nobody", "123456").status_code == 403


def test_without_a_key_that_opens_the_member_is_told(client: Client):
    user = make_staff(Role.TEAM)
    other = make_staff(Role.TEAM)
    StaffKey.objects.filter(user=user).update(wrapped_identity=other.key.wrapped_identity)
    StaffUser.objects.filter(pk=user.pk).update(password=user.password)
    StaffKey.objects.filter(user=user).update(wrapped_identity="damaged")
    log_in(client, user)
    assert "密钥打不开" in client.get("/admin/").content.decode()
    assert "keyring" not in client.session
