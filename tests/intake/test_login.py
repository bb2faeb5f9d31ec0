"""Logging in: all three parts together, five failures, and the first login's second factor."""

import json
import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django_otp.plugins.otp_static.models import StaticDevice, StaticToken
from django_otp.plugins.otp_totp.models import TOTPDevice

from intake.choices import Action, Role
from intake.models import AuditEvent, Counter, StaffKey, StaffUser
from intake.staff import second_factor
from intake.staff.signing_in import NotLetIn, sign_in
from tests.logging_in import LOGIN, code_of, log_in, make_device, post_login
from tests.making import PASSWORD, make_clerk, make_intake, make_staff

pytestmark = pytest.mark.django_db

HOME = "/admin/password_change/"
NOT_LET_IN = "没有登录成功"
LOCKED = "已经锁定30分钟"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """One-time codes, locks and sessions run on real time; here it moves only when told to."""
    with time_machine.travel(datetime(2026, 1, 5, 2, 0, 10, tzinfo=UTC), tick=False) as moved:
        yield moved


def is_in(client: Client) -> bool:
    return client.get(HOME).status_code == 200


def actions() -> list[str]:
    return list(AuditEvent.objects.order_by("sequence").values_list("action", flat=True))


def refused(client: Client, username: str, token: str, password: str = PASSWORD) -> str:
    """The words of the refusal."""
    response = post_login(client, username, token, password)
    assert response.status_code == 200
    assert not is_in(client)
    found = re.search(r'id="refusal">(.*?)</p>', response.content.decode(), re.DOTALL)
    assert found
    return found[1]


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


def fail(client: Client, username: str, clock: time_machine.Traveller, times: int) -> str:
    """Wrong passwords, each a minute after the other."""
    words = ""
    for _ in range(times):
        words = refused(client, username, "000000", "wrong-password-1")
        clock.shift(60)
    return words


def test_the_fifth_failure_locks_even_the_right_password(
    client: Client, clock: time_machine.Traveller
):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    assert NOT_LET_IN in fail(client, user.username, clock, 4)
    assert LOCKED in fail(client, user.username, clock, 1)
    assert LOCKED in refused(client, user.username, code_of(device))
    assert actions() == [Action.LOGIN_FAILED] * 5 + [Action.LOGIN_LOCKED]


def test_the_lock_ends_thirty_minutes_after_the_fifth_failure(
    client: Client, clock: time_machine.Traveller
):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    fail(client, user.username, clock, 5)
    clock.shift(timedelta(minutes=28, seconds=59))
    assert LOCKED in refused(client, user.username, code_of(device))
    clock.shift(timedelta(seconds=1))
    assert post_login(client, user.username, code_of(device)).status_code == 302


def test_trying_during_the_lock_does_not_make_it_longer(
    client: Client, clock: time_machine.Traveller
):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    fail(client, user.username, clock, 25)
    clock.shift(timedelta(minutes=10))
    assert post_login(client, user.username, code_of(device)).status_code == 302


def test_names_that_do_not_exist_lock_in_the_same_words(
    client: Client, clock: time_machine.Traveller
):
    real = make_staff(Role.AUDITOR).username
    said = [[fail(client, name, clock, 1) for _ in range(7)] for name in (real, "nobody")]
    assert said[0] == said[1]
    assert LOCKED in said[0][-1]


def test_a_name_that_no_account_has_is_kept_nowhere(client: Client):
    refused(client, "my-secret-passphrase", "000000")
    kept = repr([*AuditEvent.objects.values(), *Counter.objects.values()])
    assert "my-secret-passphrase" not in kept
    assert actions() == [Action.LOGIN_FAILED]


def test_wrong_codes_count_as_failures(client: Client, clock: time_machine.Traveller):
    user = make_staff(Role.AUDITOR)
    make_device(user)
    for _ in range(4):
        refused(client, user.username, "000000")
        clock.shift(60)
    assert LOCKED in refused(client, user.username, "000000")


@pytest.mark.django_db(transaction=True)
def test_many_guesses_at_once_are_not_more_guesses():
    user = make_staff(Role.AUDITOR)
    at = datetime.now(UTC)

    def guess(_: int) -> type[NotLetIn]:
        with pytest.raises(NotLetIn) as caught:
            sign_in(user.username, "wrong-password-1", "", at=at, real_at=at)
        connection.close()
        return caught.type

    with ThreadPoolExecutor(8) as pool:
        said = list(pool.map(guess, range(16)))
    assert sorted(kind.__name__ for kind in said) == ["Locked"] * 12 + ["NotLetIn"] * 4
    assert sorted(actions()) == [Action.LOGIN_FAILED] * 5 + [Action.LOGIN_LOCKED]


def test_a_success_forgets_earlier_failures(client: Client, clock: time_machine.Traveller):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    for _ in range(2):
        fail(Client(), user.username, clock, 4)
        assert post_login(Client(), user.username, code_of(device)).status_code == 302


def test_one_account_s_lock_leaves_others_alone(client: Client, clock: time_machine.Traveller):
    fail(client, make_staff(Role.AUDITOR).username, clock, 5)
    assert is_in(log_in(client, make_staff(Role.AUDITOR)))


def test_the_device_slows_guesses_down_by_itself(client: Client):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    refused(client, user.username, "000000")
    refused(client, user.username, code_of(device))


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
    assert "密钥打不开" in client.get(HOME).content.decode()
    assert "keyring" not in client.session


def begin_enrolling(client: Client, user: StaffUser) -> TOTPDevice:
    response = post_login(client, user.username, "")
    assert (response.status_code, response["Location"]) == (302, "/admin/login/enrol/")
    device: TOTPDevice = TOTPDevice.objects.get(user=user, confirmed=False)
    return device


ENROL = "/admin/login/enrol/"


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
    codes = list(StaticToken.objects.values_list("token", flat=True))
    assert len(codes) == 10
    assert all(code in page for code in codes)
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
    TOTPDevice.objects.create(user=user, confirmed=False, pk=waiting.pk, key=waiting.key)
    assert client.post(ENROL, {"otp_token": code_of(waiting)})["Location"] == LOGIN
    assert not is_in(client)


def enrolled(client: Client) -> tuple[StaffUser, list[str]]:
    user = make_staff(Role.AUDITOR)
    client.post(ENROL, {"otp_token": code_of(begin_enrolling(client, user))})
    return user, list(StaticToken.objects.values_list("token", flat=True))


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


def make_demo_file(path: Path, user: StaffUser, device: TOTPDevice) -> Path:
    entry = {
        "username": user.username,
        "password": PASSWORD,
        "totp_secret": second_factor.secret_of(device),
        "role": "auditor",
        "team": None,
    }
    path.write_text(json.dumps([entry, {**entry, "username": "li", "team": "授权第一巡察组"}]))
    return path


def shown_code(page: str) -> str:
    found = re.search(r"<code>(\d{6})</code>", page)
    assert found
    return found[1]


def test_the_demo_lists_its_accounts_with_a_code_that_works(
    client: Client, settings: Any, tmp_path: Path
):
    user = make_staff(Role.AUDITOR)
    settings.DEMO_LOGINS = str(make_demo_file(tmp_path / "logins.json", user, make_device(user)))
    page = client.get(LOGIN).content.decode()
    assert "演示账号" in page
    assert PASSWORD in page
    assert "审计员" in page
    assert "授权第一巡察组" in page
    assert post_login(client, user.username, shown_code(page)).status_code == 302
    again = shown_code(Client().get(LOGIN).content.decode())
    assert post_login(Client(), user.username, again).status_code == 302


@pytest.mark.parametrize("change", [{"DEMO_LOGINS": ""}, {"DEVELOPMENT": False}])
def test_no_other_site_lists_accounts(
    client: Client, settings: Any, tmp_path: Path, change: dict[str, Any]
):
    user = make_staff(Role.AUDITOR)
    settings.DEMO_LOGINS = str(make_demo_file(tmp_path / "logins.json", user, make_device(user)))
    for name, value in change.items():
        setattr(settings, name, value)
    page = client.get(LOGIN).content.decode()
    assert "演示账号" not in page
    assert PASSWORD not in page
