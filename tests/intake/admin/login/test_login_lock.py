"""Five failures lock a name for their network, whether an account has it or not."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client

from intake.choices import Action, Role
from intake.models import AuditEvent, Counter
from intake.staff.entering.guesses import NotLetIn
from intake.staff.entering.signing_in import sign_in
from tests.logging_in import (
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
from tests.making import make_staff

pytestmark = pytest.mark.django_db

LOCKED = "已经锁定30分钟"


@pytest.fixture(autouse=True)
def clock() -> Iterator[time_machine.Traveller]:
    """Real time stands still until a test moves it."""
    with standing_clock() as moved:
        yield moved


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
    # An attempt is let through by its own count alone, whatever has come of others by then.
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
