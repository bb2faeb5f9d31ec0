"""A right code is taken whatever was typed before, and a clock that is off is told."""

from collections.abc import Iterator

import pytest
import time_machine
from django.test import Client

from intake.choices import Role
from intake.models import Authenticator
from intake.staff.entering import second_factor
from tests.logging_in import (
    NOT_LET_IN,
    code_of,
    is_in,
    make_device,
    post_login,
    refused,
    standing_clock,
)
from tests.making import INSIDE, make_staff

pytestmark = pytest.mark.django_db

ENROL = "/admin/login/enrol/"
OF_THE_CLOCK = "自动设置时间"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


@pytest.mark.parametrize("wrong", [1, 4])
def test_a_right_code_right_after_wrong_ones_is_right(client: Client, wrong: int):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    for _ in range(wrong):
        refused(client, user.username, "000000")
    assert post_login(client, user.username, code_of(device)).status_code == 302


def test_a_right_recovery_code_right_after_a_wrong_one_is_right(client: Client):
    user = make_staff(Role.AUDITOR)
    device = second_factor.begin(user)
    codes = second_factor.confirm(device, code_of(device), at=INSIDE)
    refused(client, user.username, "abcd2345")
    assert post_login(client, user.username, codes[0]).status_code == 302


def test_the_first_code_right_after_a_wrong_one_is_right(client: Client):
    user = make_staff(Role.AUDITOR)
    post_login(client, user.username, "")
    device = Authenticator.objects.get(user=user)
    client.post(ENROL, {"otp_token": "000000"})
    client.post(ENROL, {"otp_token": code_of(device)})
    assert is_in(client)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (-2, "慢了大约1分钟"),
        (2, "快了大约1分钟"),
        (-10, "慢了大约5分钟"),
        (6, "快了大约3分钟"),
        (119, "快了大约60分钟"),
    ],
)
def test_a_phone_whose_clock_is_off_gets_a_sentence_about_it(
    client: Client, steps: int, words: str
):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    said = refused(client, user.username, code_of(device, steps))
    assert said.startswith(NOT_LET_IN)
    assert words in said
    assert OF_THE_CLOCK in said
    assert post_login(client, user.username, code_of(device)).status_code == 302


def test_so_does_the_phone_that_is_being_bound(client: Client):
    user = make_staff(Role.AUDITOR)
    post_login(client, user.username, "")
    device = Authenticator.objects.get(user=user)
    page = client.post(ENROL, {"otp_token": code_of(device, -2)}).content.decode()
    assert "慢了大约1分钟" in page
    assert not is_in(client)


@pytest.mark.parametrize(
    ("password", "steps"), [("wrong-password-1", -2), (None, 500)], ids=["password", "far off"]
)
def test_nothing_is_said_of_the_clock_to_anybody_else(
    client: Client, password: str | None, steps: int
):
    user = make_staff(Role.AUDITOR)
    code = code_of(make_device(user), steps)
    said = refused(client, user.username, code, *([password] if password else []))
    assert OF_THE_CLOCK not in said
    assert said == refused(client, "nobody-at-all", code)


def test_a_code_that_was_used_is_not_taken_for_a_slow_clock(
    client: Client, clock: time_machine.Traveller
):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    code = code_of(device)
    post_login(Client(), user.username, code)
    clock.shift(120)
    assert OF_THE_CLOCK not in refused(client, user.username, code)


def test_codes_of_another_time_are_failures_like_others(client: Client):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    for _ in range(4):
        refused(client, user.username, code_of(device, -3))
    assert "已经锁定30分钟" in refused(client, user.username, code_of(device, -3))
