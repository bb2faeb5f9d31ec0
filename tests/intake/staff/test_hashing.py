"""Passwords are hashed apart: one at a time, in no place and no transaction that others need."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import time_machine
from django.contrib.auth.hashers import make_password
from django.core.management import call_command
from django.db import transaction
from django.test import Client
from pytest_django.fixtures import Settings

from intake.arriving.reception import Reception
from intake.choices import Role
from intake.models import StaffUser
from intake.sealing.unsealing import WrongPassword
from intake.staff import hashing
from intake.staff.hashing import MOST_OF_ONE_NETWORK, MOST_OF_STRANGERS, TryAgain
from tests.logging_in import code_of, log_in, make_device, post_login, standing_clock
from tests.making import PASSWORD, make_staff
from tests.running.quick_hashing import Seen

NEW = "another-invented-word-2"
HERE = "127.0.0.1"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    with standing_clock() as moved:
        yield moved


@pytest.fixture
def watched(settings: Settings) -> Callable[[Callable[[], Any]], list[tuple[int, bool]]]:
    """Does something in the only place of a Reception; what was seen of each hash."""
    settings.PASSWORD_HASHERS = ["tests.running.quick_hashing.SeenInTurn"]

    def do(deed: Callable[[], Any]) -> list[tuple[int, bool]]:
        def site(environ: Any, start_response: Any) -> list[bytes]:
            deed()
            return []

        Seen.served = Reception(site, places=1)
        Seen.seen.clear()
        Seen.served({}, None)
        return list(Seen.seen)

    return do


APART = {(1, False)}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("name", ["known", "nobody-at-all"])
def test_a_guess_is_hashed_apart(watched: Any, name: str):
    make_staff(Role.AUDITOR, username="known")
    seen = watched(lambda: post_login(Client(), name, "000000", "wrong-password-1"))
    assert (len(seen), set(seen)) == (1, APART)


@pytest.mark.django_db(transaction=True)
def test_a_member_s_own_passwords_are_hashed_apart(watched: Any):
    user = make_staff(Role.AUDITOR)
    device, client = make_device(user), Client()
    assert set(watched(lambda: post_login(client, user.username, code_of(device)))) == APART
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    assert set(watched(lambda: client.post("/admin/password_change/", typed))) == APART
    assert StaffUser.objects.get(pk=user.pk).check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_passwords_that_the_administrator_sets_are_hashed_apart(watched: Any):
    client = log_in(Client(), make_staff(Role.ADMINISTRATOR))
    user = make_staff(Role.TEAM)
    staff = "/admin/intake/staffuser/"
    typed = {"username": "chen", "full_name": "陈（演示）", "role": "team", "password": NEW}
    assert set(watched(lambda: client.post(f"{staff}add/", typed))) == APART
    assert StaffUser.objects.get(username="chen").check_password(NEW)
    again = {"new_password1": NEW, "new_password2": NEW}
    assert set(watched(lambda: client.post(f"{staff}{user.pk}/password/", again))) == APART
    assert StaffUser.objects.get(pk=user.pk).check_password(NEW)


@pytest.mark.django_db(transaction=True)
def test_the_command_makes_no_other_wait_for_its_hash(
    watched: Any, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr("sys.stdin.readline", lambda: f"{NEW}\n", raising=False)

    def deed() -> None:
        call_command("create_staff", "wang", "--role", "auditor", "--password-stdin")

    assert set(watched(deed)) == APART


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(
    "work",
    [
        lambda: make_password("any"),
        lambda: hashing.is_right("any", None),
        lambda: hashing.choose("any"),
        lambda: hashing.wrap("AGE-SECRET-KEY-1", "any"),
        lambda: hashing.unwrap("damaged", "any"),
    ],
)
def test_nothing_is_hashed_inside_a_transaction(work: Callable[[], Any]):
    with transaction.atomic(), pytest.raises(RuntimeError, match="before the transaction"):
        work()


def test_the_key_opens_under_its_password_alone():
    chosen = hashing.choose(PASSWORD)
    assert hashing.unwrap(chosen.wrapped_identity, PASSWORD).startswith("AGE-SECRET-KEY-1")
    with pytest.raises(WrongPassword):
        hashing.unwrap(chosen.wrapped_identity, NEW)


def crowd(stack: ExitStack, network: str, count: int) -> None:
    for _ in range(count):
        stack.enter_context(hashing.STRANGERS.one_more(network))


def test_one_network_fills_a_part_of_the_queue_and_strangers_not_all_of_it():
    with ExitStack() as stack:
        crowd(stack, HERE, MOST_OF_ONE_NETWORK)
        with pytest.raises(TryAgain), hashing.stranger_s_turn(HERE):
            pytest.fail("one network has more than its part")
        with hashing.stranger_s_turn("203.0.113.8"):
            pass
        crowd(stack, "203.0.113.8", MOST_OF_STRANGERS - MOST_OF_ONE_NETWORK)
        with pytest.raises(TryAgain), hashing.stranger_s_turn("203.0.113.9"):
            pytest.fail("strangers fill the queue")
        with hashing.turn():
            pass
    assert hashing.STRANGERS.count_of.total() == 0


@pytest.mark.django_db
def test_whoever_finds_the_queue_full_may_try_again_and_has_failed_nothing(client: Client):
    user = make_staff(Role.AUDITOR)
    device = make_device(user)
    with ExitStack() as stack:
        crowd(stack, HERE, MOST_OF_ONE_NETWORK)
        for name in [user.username] * 7 + ["nobody-at-all"]:
            response = post_login(client, name, code_of(device))
            assert (response.status_code, response["Retry-After"]) == (503, "5")
            assert "请过几秒再按一次" in response.content.decode()
    assert post_login(client, user.username, code_of(device)).status_code == 302


@pytest.mark.django_db
def test_a_member_who_finds_the_queue_full_is_told_that_nothing_was_saved(client: Client):
    log_in(client, make_staff(Role.AUDITOR))
    typed = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    with ExitStack() as stack:
        for _ in range(hashing.MOST):
            stack.enter_context(hashing.TURNS.queue)
        response = client.post("/admin/password_change/", typed)
    assert (response.status_code, response["Retry-After"]) == (503, "5")
    assert "请过几秒再按一次" in response.content.decode()
    assert client.post("/admin/password_change/", typed).status_code == 302
