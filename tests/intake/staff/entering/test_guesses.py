"""Whoever guesses at logins shuts the own network, and nobody else's."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from pytest_django.fixtures import Settings

from intake.abuse import counters
from intake.choices import Action, Role
from intake.models import AuditEvent, Counter
from intake.staff import passwords
from intake.staff.entering import guesses
from tests.logging_in import (
    NOT_LET_IN,
    actions,
    code_of,
    make_device,
    post_login,
    refused,
    standing_clock,
)
from tests.making import INSIDE, make_staff
from tests.running.quick_hashing import Seen

pytestmark = pytest.mark.django_db

LOCKED = "已经锁定30分钟"
WRONG = "wrong-password-1"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


@pytest.fixture(autouse=True)
def hashes(settings: Settings) -> list[tuple[int, bool]]:
    """One entry for each password that was hashed."""
    settings.PASSWORD_HASHERS = ["tests.running.quick_hashing.SeenInTurn"]
    Seen.seen.clear()
    return Seen.seen


def at(network: str) -> Client:
    """A browser of that network."""
    return Client(REMOTE_ADDR=network)


def fail(client: Client, username: str, times: int = 1) -> str:
    """Wrong passwords; the words of the last refusal."""
    return [refused(client, username, "000000", WRONG) for _ in range(times)][-1]


def test_a_lock_holds_for_the_network_of_the_failures_alone():
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    assert LOCKED in fail(at("203.0.113.7"), user.username, 5)
    assert LOCKED in refused(at("203.0.113.7"), user.username, code_of(device))
    assert post_login(at("203.0.113.8"), user.username, code_of(device)).status_code == 302


def test_one_s_whole_ipv6_network_counts_as_one():
    user = make_staff(Role.AUDITOR)
    said = [fail(at(f"2001:db8:1:2::{number}"), user.username) for number in range(1, 6)]
    assert LOCKED in said[-1]
    assert LOCKED not in fail(at("2001:db8:1:3::1"), user.username)


@pytest.mark.parametrize("name", ["known", "nobody-at-all"])
def test_many_failures_from_several_networks_lock_the_name_alone(name: str):
    user = make_staff(Role.AUDITOR, username="known")
    device = make_device(user)
    for number in range(1, 7):
        fail(at(f"203.0.113.{number}"), name, 5)
    assert LOCKED in refused(at("203.0.113.99"), name, code_of(device))
    other = make_staff(Role.AUDITOR)
    assert (
        post_login(at("203.0.113.99"), other.username, code_of(make_device(other))).status_code
        == 302
    )


def test_the_lock_of_the_name_alone_ends_too(clock: time_machine.Traveller):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    for number in range(1, 7):
        fail(at(f"203.0.113.{number}"), user.username, 5)
    clock.shift(timedelta(minutes=30, seconds=1))
    assert post_login(at("203.0.113.99"), user.username, code_of(device)).status_code == 302


def known_browser(username: str, code: str) -> Client:
    """A browser in which the member logged in before, and is out again."""
    client = at("203.0.113.50")
    assert post_login(client, username, code).status_code == 302
    client.post("/admin/logout/")
    return client


def test_a_browser_in_which_the_member_logged_in_is_not_locked_out_by_others(
    clock: time_machine.Traveller,
):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    client = known_browser(user.username, code_of(device))
    clock.shift(60)
    for number in range(1, 7):
        fail(at(f"203.0.113.{number}"), user.username, 5)
    fail(at("203.0.113.50"), user.username)
    assert post_login(client, user.username, code_of(device)).status_code == 302


def test_nor_by_a_network_that_is_shut(clock: time_machine.Traveller):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    client = known_browser(user.username, code_of(device))
    clock.shift(60)
    for number in range(guesses.OF_NETWORK):
        fail(at("203.0.113.50"), f"invented-{number}")
    assert LOCKED in refused(at("203.0.113.50"), user.username, code_of(device))
    assert post_login(client, user.username, code_of(device)).status_code == 302


def test_such_a_browser_has_five_guesses_of_its_own_and_locks_no_other():
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    client = known_browser(user.username, code_of(device))
    assert LOCKED in fail(client, user.username, 5)
    assert LOCKED in refused(client, user.username, code_of(device, 1))
    assert post_login(at("203.0.113.50"), user.username, code_of(device, 1)).status_code == 302


def test_a_browser_known_for_one_member_is_a_stranger_to_another():
    user, other = make_staff(Role.AUDITOR), make_staff(Role.AUDITOR)
    device = make_device(other)
    client = known_browser(user.username, code_of(make_device(user)))
    fail(at("203.0.113.50"), other.username, 5)
    assert LOCKED in refused(client, other.username, code_of(device))


def test_a_shared_computer_is_known_for_each_of_its_members(clock: time_machine.Traveller):
    users = [make_staff(Role.AUDITOR) for _ in range(3)]
    client = at("203.0.113.50")
    devices = [make_device(user) for user in users]
    for user, device in zip(users, devices, strict=True):
        post_login(client, user.username, code_of(device))
        client.post("/admin/logout/")
    clock.shift(60)
    for user in users:
        fail(at("203.0.113.50"), user.username, 5)
    for user, device in zip(users, devices, strict=True):
        assert post_login(client, user.username, code_of(device)).status_code == 302


def test_a_password_that_somebody_else_sets_ends_what_the_browser_was_known_for():
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    client = known_browser(user.username, code_of(device))
    passwords.reset_password(user, "another-invented-word-2", by=None, at=INSIDE)
    fail(at("203.0.113.50"), user.username, 5)
    assert LOCKED in refused(client, user.username, code_of(device, 1), "another-invented-word-2")


def test_the_cookie_of_a_known_browser_stays_under_admin_and_names_nobody(settings: Settings):
    settings.SESSION_COOKIE_SECURE = True
    user = make_staff(Role.AUDITOR, username="li-laoshi")
    client = known_browser(user.username, code_of(make_device(user)))
    cookie = client.cookies["known-browser"]
    assert (cookie["path"], cookie["samesite"]) == ("/admin/", "Strict")
    assert (cookie["httponly"], cookie["secure"]) == (True, True)
    assert int(cookie["max-age"]) > 300 * 24 * 3600
    assert "li-laoshi" not in cookie.value
    assert f"-{user.pk}" not in cookie.value


@pytest.mark.parametrize("spoilt", ["", "x", "0-1:2:3", "{value}x", "y{value}"])
def test_a_cookie_that_was_made_up_is_a_stranger_s(spoilt: str):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    client = known_browser(user.username, code_of(device))
    fail(at("203.0.113.50"), user.username, 5)
    client.cookies["known-browser"] = spoilt.format(value=client.cookies["known-browser"].value)
    assert LOCKED in refused(client, user.username, code_of(device, 1))


def test_a_network_has_so_many_failures_and_no_hash_more(hashes: list[tuple[int, bool]]):
    for number in range(guesses.OF_NETWORK + 20):
        words = fail(at("203.0.113.7"), f"invented-{number}")
    assert LOCKED in words
    assert len(hashes) == guesses.OF_NETWORK
    fail(at("203.0.113.8"), "invented-1")
    assert len(hashes) == guesses.OF_NETWORK + 1


def test_past_a_limit_unknown_names_cost_no_hash_and_are_refused_in_the_same_words(
    hashes: list[tuple[int, bool]], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(guesses, "OF_UNKNOWN", 20)
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    hashes.clear()
    for number in range(30):
        said = fail(at(f"203.0.113.{number}"), f"invented-{number}")
    assert len(hashes) == 20
    assert said == fail(at("203.0.113.99"), user.username)
    assert said.startswith(NOT_LET_IN)
    assert post_login(at("203.0.113.99"), user.username, code_of(device)).status_code == 302


def test_unknown_names_are_counted_in_one_event_an_hour(clock: time_machine.Traveller):
    for number in range(40):
        fail(at("203.0.113.7"), f"invented-{number}")
    clock.shift(timedelta(minutes=59))
    fail(at("203.0.113.8"), "invented-40")
    assert tries() == [1]
    clock.shift(timedelta(minutes=2))
    fail(at("203.0.113.8"), "invented-41")
    assert tries() == [1, 41]
    assert set(actions()) == {Action.LOGIN_FAILED}


def test_a_checkpoint_tells_what_no_later_guess_told(clock: time_machine.Traveller):
    for number in range(3):
        fail(at("203.0.113.7"), f"invented-{number}")
    call_command("checkpoint", verbosity=0)
    assert tries() == [1]
    clock.shift(timedelta(hours=30))
    for _ in range(2):
        call_command("checkpoint", verbosity=0)
    assert tries() == [1, 2]


def tries() -> list[int]:
    failed = AuditEvent.objects.filter(action=Action.LOGIN_FAILED).order_by("sequence")
    return [event.detail["tries"] for event in failed]


def test_no_network_and_no_name_can_be_read_from_what_is_kept():
    fail(at("203.0.113.77"), "my-secret-passphrase")
    kept = repr([*AuditEvent.objects.values(), *Counter.objects.values()])
    assert "203.0.113.77" not in kept
    assert "my-secret-passphrase" not in kept


def test_a_counter_is_held_counts_back_and_is_taken_once():
    moment = INSIDE
    for _ in range(3):
        counters.hit("some", seconds=60, at=moment)
    counters.take_back("some")
    counters.hold("some", 1, seconds=600, at=moment + timedelta(seconds=30))
    assert counters.peek("some", at=moment + timedelta(seconds=629)) == 2
    counters.hold("some", 5, seconds=600, at=moment)
    assert [counters.take("some"), counters.take("some")] == [5, 0]
