"""Secrets at rest: under a password, and under the key that only a cookie holds."""

import secrets

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.sealing.sealing import new_identity
from intake.sealing.unsealing import (
    PRODUCTION_COST,
    CannotOpen,
    PasswordCost,
    WrongPassword,
    lock_keyring,
    unlock_keyring,
    unwrap_identity,
    wrap_identity,
)

CHEAP = PasswordCost(memory=64, passes=1)
SECRET = new_identity().secret
PASSWORD = "一个不短的 password 12"


def wrap(secret: str = SECRET, password: str = PASSWORD) -> str:
    return wrap_identity(secret, password, cost=CHEAP)


@given(st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=80))
@settings(deadline=None, max_examples=30)
def test_any_password_opens_what_it_wrapped(password: str) -> None:
    assert unwrap_identity(wrap(password=password), password) == SECRET


@pytest.mark.parametrize("wrong", ["", PASSWORD + " ", PASSWORD.upper(), PASSWORD[:-1]])
def test_another_password_does_not_open_it(wrong: str) -> None:
    with pytest.raises(WrongPassword):
        unwrap_identity(wrap(), wrong)


def test_the_wrapped_text_shows_neither_secret_nor_password_and_differs_each_time() -> None:
    wrapped = wrap()

    assert SECRET not in wrapped
    assert PASSWORD not in wrapped
    assert wrap() != wrapped


def test_the_cost_is_kept_in_the_text_so_that_it_can_be_raised_later() -> None:
    dearer = wrap_identity(SECRET, PASSWORD, cost=PasswordCost(memory=128, passes=2, lanes=2))

    assert dearer.startswith("argon2id$m=128,t=2,p=2$")
    assert unwrap_identity(dearer, PASSWORD) == SECRET


def test_production_costs_64_mebibytes_and_three_passes() -> None:
    assert (PRODUCTION_COST.memory, PRODUCTION_COST.passes) == (65_536, 3)
    assert wrap_identity(SECRET, PASSWORD).startswith("argon2id$m=65536,t=3,p=1$")


def test_a_lowered_cost_in_the_text_does_not_open_it() -> None:
    dearer = wrap_identity(SECRET, PASSWORD, cost=PasswordCost(memory=128, passes=2))

    with pytest.raises(WrongPassword):
        unwrap_identity(dearer.replace("t=2", "t=1"), PASSWORD)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "argon2id",
        "pbkdf2$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA==$AAAA",
        "argon2id$m=64,t=1$c2FsdA==$AAAA",
        "argon2id$m=x,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA==$AAAA",
        "argon2id$m=64,t=1,p=1$not base64$AAAA",
        "argon2id$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA==$not base64",
        "argon2id$m=64,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA==$",
        "argon2id$m=64,t=0,p=1$c2FsdHNhbHRzYWx0c2FsdA==$AAAA",
        "argon2id$m=99999999999,t=1,p=1$c2FsdHNhbHRzYWx0c2FsdA==$AAAA",
    ],
)
def test_a_damaged_staff_key_is_told_apart_from_a_wrong_password(text: str) -> None:
    with pytest.raises(CannotOpen):
        unwrap_identity(text, PASSWORD)


def test_the_cookies_key_opens_the_keyring() -> None:
    key = secrets.token_bytes(32)
    locked = lock_keyring(SECRET, key)

    assert SECRET not in locked
    assert unlock_keyring(locked, key) == SECRET


def test_another_cookies_key_does_not_open_the_keyring() -> None:
    locked = lock_keyring(SECRET, secrets.token_bytes(32))

    for key in (secrets.token_bytes(32), b"", b"short"):
        with pytest.raises(CannotOpen):
            unlock_keyring(locked, key)


@given(st.text(max_size=200))
def test_any_other_text_is_no_keyring(text: str) -> None:
    with pytest.raises(CannotOpen):
        unlock_keyring(text, b"k" * 32)


def test_an_altered_keyring_does_not_open() -> None:
    key = secrets.token_bytes(32)
    locked = lock_keyring(SECRET, key)
    altered = locked[:-6] + ("AAAA" if locked[-6:-2] != "AAAA" else "BBBB") + locked[-2:]

    with pytest.raises(CannotOpen):
        unlock_keyring(altered, key)


def test_a_keyring_is_no_staff_key() -> None:
    with pytest.raises(CannotOpen):
        unwrap_identity(lock_keyring(SECRET, b"k" * 32), PASSWORD)
