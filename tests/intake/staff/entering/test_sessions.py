"""A session ends: after idle minutes, after twelve hours, and when its member is shut out."""

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import Role
from intake.models import Authenticator, StaffUser
from tests.logging_in import code_of, is_in, log_in, make_device, post_login, standing_clock
from tests.making import make_staff

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it: 10:00:10 in Shanghai."""
    with standing_clock() as moved:
        yield moved


def work(client: Client, clock: time_machine.Traveller, length: timedelta) -> bool:
    """Asks for a page every ten minutes; whether the last one came."""
    for _ in range(length // timedelta(minutes=10)):
        clock.shift(timedelta(minutes=10))
        came = is_in(client)
    return came


def test_twelve_hours_end_any_session(client: Client, clock: time_machine.Traveller):
    log_in(client, make_staff(Role.AUDITOR))
    assert work(client, clock, 11 * HOUR + timedelta(minutes=50))
    assert not work(client, clock, timedelta(minutes=10))
    assert not Session.objects.exists()


def test_twelve_hours_end_what_was_begun_half_way_too(
    client: Client, clock: time_machine.Traveller
):
    post_login(client, make_staff(Role.AUDITOR).username, "")
    for _ in range(71):
        clock.shift(timedelta(minutes=10))
        assert client.get("/admin/login/enrol/").status_code == 200
    clock.shift(timedelta(minutes=10))
    assert client.get("/admin/login/enrol/").status_code == 302


def test_logging_in_again_begins_twelve_new_hours(client: Client, clock: time_machine.Traveller):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    assert work(client, clock, 11 * HOUR)
    log_in(client, user)
    assert work(client, clock, 11 * HOUR)


def shut(user: StaffUser, *, by: Client, is_active: bool) -> None:
    typed = {"full_name": user.full_name} | ({"is_active": "on"} if is_active else {})
    address = f"/admin/intake/staffuser/{user.pk}/change/"
    assert by.post(address, typed).status_code == 302


def test_the_sessions_of_a_member_who_was_shut_out_never_live_again():
    administrator = log_in(Client(), make_staff(Role.ADMINISTRATOR))
    user, other = make_staff(Role.AUDITOR), log_in(Client(), make_staff(Role.AUDITOR))
    clients = [log_in(Client(), user) for _ in range(2)]
    shut(user, by=administrator, is_active=False)
    shut(user, by=administrator, is_active=True)
    assert [is_in(client) for client in clients] == [False, False]
    assert is_in(other)


def test_what_was_half_way_when_its_member_was_shut_out_is_over(client: Client):
    administrator = log_in(Client(), make_staff(Role.ADMINISTRATOR))
    user = make_staff(Role.AUDITOR)
    post_login(client, user.username, "")
    assert client.get("/admin/login/enrol/").status_code == 200
    shut(user, by=administrator, is_active=False)
    shut(user, by=administrator, is_active=True)
    assert client.get("/admin/login/enrol/").status_code == 302


@pytest.mark.parametrize("flag", ["is_active", "is_staff"])
def test_nor_does_one_that_was_used_while_its_member_was_shut_out(client: Client, flag: str):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    StaffUser.objects.filter(pk=user.pk).update(**{flag: False})
    assert not is_in(client)
    StaffUser.objects.filter(pk=user.pk).update(**{flag: True})
    assert is_in(client) == (flag == "is_staff")


def test_whoever_shuts_the_own_account_out_gets_an_answer():
    user = make_staff(Role.ADMINISTRATOR)
    client = log_in(Client(), user)
    shut(user, by=client, is_active=False)
    assert not is_in(client)
    StaffUser.objects.filter(pk=user.pk).update(is_active=True)
    assert not is_in(client)


def planted(client: Client) -> str:
    """A session that somebody else made and put into the browser, with something in it."""
    session = client.session
    session["planted"] = "by somebody else"
    session.save()
    client.cookies["sessionid"] = str(session.session_key)
    client.cookies["sessionid"]["path"] = "/admin/"
    return str(session.session_key)


def assert_is_new(client: Client, old: str) -> None:
    assert client.cookies["sessionid"].value != old
    assert "planted" not in client.session
    assert not Session.objects.filter(session_key=old).exists()


def test_a_session_begins_anew_at_login_with_nothing_of_what_was_planted(client: Client):
    user = make_staff(Role.AUDITOR)
    old = planted(client)
    log_in(client, user)
    assert_is_new(client, old)


def test_so_it_does_when_the_same_member_logs_in_again(client: Client):
    user = make_staff(Role.AUDITOR)
    log_in(client, user)
    old = planted(client)
    log_in(client, user)
    assert_is_new(client, old)


def test_so_it_does_before_and_after_a_phone_is_bound(client: Client):
    user = make_staff(Role.AUDITOR)
    old = planted(client)
    post_login(client, user.username, "")
    assert_is_new(client, old)
    old = planted(client)
    device = Authenticator.objects.get(user=user)
    client.post("/admin/login/enrol/", {"otp_token": code_of(device)})
    assert is_in(client)
    assert client.cookies["sessionid"].value != old
    assert not Session.objects.filter(session_key=old).exists()


def said(client: Client) -> tuple[str, str, str]:
    """The sentence, and the seconds that the script counts down."""
    page = client.get("/admin/").content.decode()
    found = re.search(r'id="session-end" data-idle="(\d+)" data-whole="(\d+)">([^<]+)<', page)
    assert found
    return found[3], found[1], found[2]


def test_each_page_says_until_when_the_session_lasts(client: Client, clock: time_machine.Traveller):
    log_in(client, make_staff(Role.AUDITOR))
    assert said(client) == (
        "没有操作的话，登录到 10:15 为止；最晚到 22:00",
        str(15 * 60),
        str(12 * 3600),
    )
    clock.shift(timedelta(minutes=7))
    assert said(client)[0] == "没有操作的话，登录到 10:22 为止；最晚到 22:00"
    work(client, clock, 11 * HOUR + timedelta(minutes=40))
    assert said(client) == ("这次登录到 22:00 为止，到时请重新登录", "780", "780")


def test_a_moment_after_midnight_is_said_so(client: Client, clock: time_machine.Traveller):
    clock.shift(8 * HOUR)
    log_in(client, make_staff(Role.AUDITOR))
    assert said(client)[0] == "没有操作的话，登录到 18:15 为止；最晚到 明天 06:00"


def test_the_demo_says_it_by_its_own_clock(client: Client, settings: Settings):
    from datetime import datetime

    settings.SIMULATED_NOW = datetime.fromisoformat("2025-04-15T15:30:00+08:00")
    log_in(client, make_staff(Role.AUDITOR))
    assert said(client)[0] == "没有操作的话，登录到 15:45 为止；最晚到 明天 03:30"


def test_a_press_on_the_warning_keeps_the_session(client: Client, clock: time_machine.Traveller):
    log_in(client, make_staff(Role.AUDITOR))
    clock.shift(timedelta(minutes=14))
    assert client.get("/admin/login/stay/").json() == {"idle": 900, "whole": 12 * 3600 - 14 * 60}
    clock.shift(timedelta(minutes=14))
    assert is_in(client)


def test_strangers_see_no_such_sentence(client: Client):
    make_device(make_staff(Role.AUDITOR))
    assert "session-end" not in client.get("/admin/login/").content.decode()
    assert client.get("/admin/login/stay/").status_code == 302
