"""The first login binds a phone; recovery codes stand in for it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken

from intake.choices import Action, Role
from intake.models import AuditEvent, Authenticator, StaffUser
from intake.staff.entering import second_factor
from tests.logging_in import (
    ENROL,
    LOGIN,
    NOT_LET_IN,
    actions,
    code_of,
    is_in,
    make_device,
    post_login,
    refused,
    standing_clock,
)
from tests.making import make_clerk, make_intake, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


def begin_enrolling(client: Client, user: StaffUser) -> Authenticator:
    response = post_login(client, user.username, "")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/enrol/")
    return Authenticator.objects.get(user=user, confirmed=False)


def shown_codes(page: str) -> list[str]:
    """The recovery codes that a page shows."""
    return re.findall(r"<li><code>([a-z2-7]{8})</code>", page)


def test_the_first_login_shows_the_secret_as_picture_and_text(client: Client):
    device = begin_enrolling(client, make_staff(Role.AUDITOR))
    response = client.get(ENROL)
    page = response.content.decode()
    assert "<svg" in page
    assert second_factor.secret_of(device) in page.replace(" ", "")
    assert "style=" not in page
    assert "no-store" in response["Cache-Control"]
    assert not is_in(client)


def test_the_first_right_code_logs_in_and_shows_recovery_codes_once(client: Client):
    intake = make_intake()
    user = make_clerk(intake, intake.desks[0])
    device = begin_enrolling(client, user)
    page = client.post(ENROL, {"otp_token": code_of(device)}).content.decode()
    assert len(set(shown_codes(page))) == 10
    assert is_in(client)
    assert actions() == [Action.ENROL, Action.LOGIN]
    assert client.get(ENROL)["Location"] == LOGIN
    assert client.get(LOGIN)["Location"] == "/admin/"


def test_a_wrong_first_code_is_told_and_can_be_repaired(
    client: Client, clock: time_machine.Traveller
):
    device = begin_enrolling(client, make_staff(Role.AUDITOR))
    page = client.post(ENROL, {"otp_token": "000000"}).content.decode()
    assert "验证码不对" in page
    assert 'aria-invalid="true"' in page
    assert not is_in(client)
    clock.shift(30)
    client.post(ENROL, {"otp_token": code_of(device)})
    assert is_in(client)


def test_enrolling_needs_the_password_first(client: Client):
    make_staff(Role.AUDITOR)
    assert client.get(ENROL)["Location"] == LOGIN
    assert client.post(ENROL, {"otp_token": "123456"})["Location"] == LOGIN


def test_enrolling_waits_no_longer_than_a_session(client: Client, clock: time_machine.Traveller):
    begin_enrolling(client, make_staff(Role.AUDITOR))
    clock.shift(timedelta(minutes=16))
    assert client.get(ENROL)["Location"] == LOGIN


def test_a_secret_that_somebody_saw_before_is_not_used_again(client: Client):
    user = make_staff(Role.AUDITOR)
    seen = begin_enrolling(Client(), user)
    device = begin_enrolling(client, user)
    assert device.key != seen.key
    client.post(ENROL, {"otp_token": code_of(device)})
    assert is_in(client)


def test_only_one_of_two_enrolments_counts(client: Client):
    user = make_staff(Role.AUDITOR)
    waiting = begin_enrolling(client, user)
    make_device(user)
    Authenticator.objects.create(user=user, confirmed=False, pk=waiting.pk, key=waiting.key)
    assert client.post(ENROL, {"otp_token": code_of(waiting)})["Location"] == LOGIN
    assert not is_in(client)


def enrolled(client: Client) -> tuple[StaffUser, list[str]]:
    user = make_staff(Role.AUDITOR)
    page = client.post(ENROL, {"otp_token": code_of(begin_enrolling(client, user))})
    return user, shown_codes(page.content.decode())


def test_a_recovery_code_works_once_and_in_capitals_with_hyphens(client: Client):
    user, codes = enrolled(Client())
    typed = f"{codes[0][:4]}-{codes[0][4:]}".upper()
    assert post_login(client, user.username, typed).status_code == 302
    assert is_in(client)
    assert AuditEvent.objects.latest("sequence").detail == {"factor": "recovery_code"}
    assert refused(Client(), user.username, typed).startswith(NOT_LET_IN)
    assert StaticToken.objects.count() == 9


def test_recovery_codes_of_another_do_not_help(client: Client):
    _, codes = enrolled(Client())
    other = make_staff(Role.AUDITOR)
    make_device(other)
    refused(client, other.username, codes[0])


def test_a_lost_phone_is_unbound_and_bound_anew(client: Client):
    user, _ = enrolled(Client())
    administrator = make_staff(Role.ADMINISTRATOR)
    second_factor.reset(user, by=administrator, at=datetime.now(UTC))
    assert not StaticDevice.objects.exists()
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.actor, event.object_id) == (
        Action.ENROL,
        administrator,
        str(user.pk),
    )
    assert begin_enrolling(client, user)
