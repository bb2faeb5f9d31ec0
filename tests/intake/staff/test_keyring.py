"""Which desks a member's keys open, and that each half of the keyring is useless alone."""

from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest, HttpResponse
from django.test import Client

from intake.choices import Role
from intake.models import Desk, DeskAccess, StaffUser
from intake.sealing import sealing
from intake.sealing.unsealing import unwrap_identity
from intake.staff.keyring import (
    Keyring,
    KeyringMissing,
    NoDeskAccess,
    keyring_of,
    put_in,
    take_away,
)
from tests.logging_in import log_in
from tests.making import PASSWORD, Intake, make_clerk, make_intake, make_staff

pytestmark = pytest.mark.django_db


def keyring(user: StaffUser) -> Keyring:
    return Keyring(user, unwrap_identity(user.key.wrapped_identity, PASSWORD))


def opens(intake: Intake, user: StaffUser) -> list[Desk]:
    """The desks of the intake that the member's keys really open."""
    opened, keys = [], keyring(user)
    for desk in [intake.office, *intake.desks]:
        try:
            assert keys.desk_secret(desk) == intake.secrets[desk.pk]
        except NoDeskAccess:
            continue
        opened.append(desk)
    return opened


def test_a_team_clerk_opens_the_own_desk_only():
    intake = make_intake()
    assert opens(intake, make_clerk(intake, intake.desks[0])) == [intake.desks[0]]


def test_the_office_opens_every_desk_of_its_round_and_no_other():
    intake, other = make_intake(), make_intake()
    clerk = make_clerk(intake, intake.office)
    assert opens(intake, clerk) == [intake.office, *intake.desks]
    assert opens(other, clerk) == []


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR, Role.TEAM])
def test_the_office_desk_opens_for_no_other_role(role: Role):
    intake = make_intake()
    secret = intake.secrets[intake.office.pk]
    assert opens(intake, make_staff(role, desk=intake.office, secret=secret)) == []


def test_a_member_who_was_shut_out_opens_nothing():
    intake = make_intake()
    assert opens(intake, make_clerk(intake, intake.desks[0], is_active=False)) == []


def test_a_row_of_access_without_the_secret_opens_nothing():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    stranger = sealing.new_identity()
    sealed = sealing.seal(b"stolen", stranger.recipient)
    DeskAccess.objects.update(sealed_identity=sealed)
    assert opens(intake, clerk) == []


def test_repr_hides_the_secret():
    user = make_staff(Role.TEAM)
    secret = unwrap_identity(user.key.wrapped_identity, PASSWORD)
    assert secret not in repr(Keyring(user, secret))
    assert "AGE-SECRET" not in repr(vars(Keyring(user, secret)).keys())


def make_request(user: Any, cookies: dict[str, str] | None = None) -> HttpRequest:
    request = HttpRequest()
    request.session, request.user = SessionStore(), user
    request.COOKIES = cookies or {}
    return request


def carried(response: HttpResponse) -> dict[str, str]:
    return {name: morsel.value for name, morsel in response.cookies.items()}


def test_the_two_halves_together_open():
    intake = make_intake()
    user = make_clerk(intake, intake.desks[0])
    request, response = make_request(user), HttpResponse()
    put_in(request, response, unwrap_identity(user.key.wrapped_identity, PASSWORD))
    request.COOKIES = carried(response)
    opened = keyring_of(request).desk_secret(intake.desks[0])
    assert opened == intake.secrets[intake.desks[0].pk]


@pytest.mark.parametrize(
    "cookie", ["", "A", "é", "A" * 43 + "=", "not base64!", "A" * 5000], ids=range(6)
)
def test_a_wrong_cookie_opens_nothing(cookie: str):
    user = make_staff(Role.TEAM)
    request = make_request(user)
    put_in(request, HttpResponse(), "AGE-SECRET-KEY-1INVENTED")
    request.COOKIES = {"keyring": cookie}
    with pytest.raises(KeyringMissing, match="请重新登录"):
        keyring_of(request)


def test_without_the_session_half_nothing_opens():
    user = make_staff(Role.TEAM)
    request, response = make_request(user), HttpResponse()
    put_in(request, response, "AGE-SECRET-KEY-1INVENTED")
    with pytest.raises(KeyringMissing):
        keyring_of(make_request(user, carried(response)))


def test_nobody_logged_in_has_no_keyring():
    request, response = make_request(AnonymousUser()), HttpResponse()
    put_in(request, response, "AGE-SECRET-KEY-1INVENTED")
    request.COOKIES = carried(response)
    with pytest.raises(KeyringMissing):
        keyring_of(request)


def test_taking_away_removes_both_halves():
    request, response = make_request(make_staff(Role.TEAM)), HttpResponse()
    put_in(request, response, "AGE-SECRET-KEY-1INVENTED")
    take_away(request, response)
    assert "keyring" not in request.session
    assert (response.cookies["keyring"].value, response.cookies["keyring"]["max-age"]) == ("", 0)


def test_the_session_row_does_not_hold_the_identity():
    intake = make_intake()
    user = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), user)
    secret = unwrap_identity(user.key.wrapped_identity, PASSWORD)
    kept = repr(dict(client.session))
    assert "keyring" in client.session
    assert secret not in kept
    assert client.cookies["keyring"].value not in kept


@pytest.mark.parametrize("is_secure", [True, False])
def test_the_cookie_stays_with_the_staff_pages(settings: Any, is_secure: bool):
    settings.SESSION_COOKIE_SECURE = is_secure
    response = HttpResponse()
    put_in(make_request(make_staff(Role.TEAM)), response, "AGE-SECRET-KEY-1INVENTED")
    cookie = response.cookies["keyring"]
    assert (cookie["path"], cookie["httponly"], cookie["samesite"]) == ("/admin/", True, "Strict")
    assert bool(cookie["secure"]) is is_secure
    assert (cookie["max-age"], cookie["expires"]) == ("", "")
