"""Logs members in through the real form, with the code that their phone would show."""

import re
import time
from datetime import UTC, datetime
from typing import Any

import time_machine
from django.http import HttpResponse
from django.test import Client
from django_otp.oath import hotp

from intake.choices import Role
from intake.models import AuditEvent, Authenticator, StaffUser
from tests.making import PASSWORD, make_staff

LOGIN = "/admin/login/"
CHOOSE = "/admin/login/password/"
ENROL = "/admin/login/enrol/"
NOT_LET_IN = "没有登录成功"


def actions() -> list[str]:
    """What the audit has recorded, in order."""
    return list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))


def make_device(user: StaffUser) -> Authenticator:
    """A confirmed device instead of the one that the member may have: no code is used yet."""
    Authenticator.objects.filter(user=user).delete()
    return Authenticator.objects.bind(user, confirmed=True)


def make_ready(role: Role, **changes: Any) -> StaffUser:
    """A member to whom a desk can be granted: an own password, and a phone that is bound."""
    user = make_staff(role, **changes)
    make_device(user)
    return user


def code_of(device: Authenticator, steps: int = 0) -> str:
    """What the phone shows now, or some steps of 30 seconds later."""
    return f"{hotp(device.bin_key, int(time.time()) // 30 + steps):06d}"


def post_login(
    client: Client, username: str, token: str, password: str = PASSWORD, **more: str
) -> HttpResponse:
    """Sends the form."""
    typed = {"username": username, "password": password, "otp_token": token}
    return client.post(LOGIN, {**typed, **more})  # type: ignore[return-value]


def log_in(client: Client, user: StaffUser, password: str = PASSWORD) -> Client:
    """A client that is in, with its keyring."""
    response = post_login(client, user.username, code_of(make_device(user)), password)
    assert response.status_code == 302, response.content.decode()
    return client


def is_in(client: Client) -> bool:
    """Whether a page of the staff opens."""
    return client.get("/admin/password_change/").status_code == 200


def refused(client: Client, username: str, token: str, password: str = PASSWORD) -> str:
    """Tries in vain; the words of the refusal."""
    response = post_login(client, username, token, password)
    assert response.status_code == 200
    assert not is_in(client)
    found = re.search(r'id="refusal">(.*?)</p>', response.content.decode(), re.DOTALL)
    assert found
    return found[1]


def standing_clock() -> time_machine.travel:
    """Codes, locks and sessions run on real time; under this it moves only when told to."""
    return time_machine.travel(datetime(2026, 1, 5, 2, 0, 10, tzinfo=UTC), tick=False)
