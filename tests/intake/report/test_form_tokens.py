"""The form's token: only ours are read, and only while they are young enough."""

import re
from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report import form_tokens

KEY = b"k" * 32
NOW = datetime(2025, 4, 15, 10, 0, 0, 123456, tzinfo=timezone(timedelta(hours=8)))
DAY = timedelta(days=1)
INSTANT = timedelta(microseconds=1)


def read(token: str, *, at: datetime = NOW, key: bytes = KEY) -> form_tokens.FormToken:
    return form_tokens.read(token, at=at, key=key, max_age=DAY)


def test_reads_what_it_issued() -> None:
    token = form_tokens.issue(at=NOW, key=KEY, nonce="n" * 22)

    found = read(token)

    assert (found.moment, found.nonce) == (NOW, "n" * 22)
    assert found.moment.tzinfo is UTC


def test_two_forms_get_two_nonces() -> None:
    nonces = {read(form_tokens.issue(at=NOW, key=KEY)).nonce for _ in range(50)}

    assert len(nonces) == 50
    assert all(len(nonce) == 22 for nonce in nonces)


def test_a_token_is_safe_in_an_address_and_in_html() -> None:
    assert re.fullmatch(r"[A-Za-z0-9_.-]{60,120}", form_tokens.issue(at=NOW, key=KEY))


def test_a_token_is_good_up_to_its_age_and_not_longer() -> None:
    token = form_tokens.issue(at=NOW, key=KEY)

    assert read(token, at=NOW + DAY).moment == NOW
    with pytest.raises(form_tokens.TokenExpired):
        read(token, at=NOW + DAY + INSTANT)


def test_an_expired_token_still_tells_its_nonce_so_that_the_form_can_be_renewed() -> None:
    token = form_tokens.issue(at=NOW, key=KEY, nonce="n" * 22)

    with pytest.raises(form_tokens.TokenExpired) as told:
        read(token, at=NOW + 2 * DAY)

    renewed = form_tokens.issue(at=NOW + 2 * DAY, key=KEY, nonce=told.value.token.nonce)
    assert read(renewed, at=NOW + 2 * DAY).nonce == "n" * 22


def test_a_server_whose_clock_is_behind_reads_it_too() -> None:
    token = form_tokens.issue(at=NOW + timedelta(minutes=5), key=KEY)

    assert read(token).moment == NOW + timedelta(minutes=5)


def test_an_old_token_that_was_forged_is_forged_not_expired() -> None:
    token = form_tokens.issue(at=NOW - 9 * DAY, key=b"other" * 7)

    with pytest.raises(form_tokens.TokenForged):
        read(token)


@given(st.data())
def test_any_changed_character_is_a_forgery(data: st.DataObject) -> None:
    token = form_tokens.issue(at=NOW, key=KEY, nonce="n" * 22)
    place = data.draw(st.integers(0, len(token) - 1))
    other = data.draw(st.sampled_from("abcXYZ019-_.").filter(lambda c: c != token[place]))

    with pytest.raises(form_tokens.TokenForged):
        read(token[:place] + other + token[place + 1 :])


@given(st.text(max_size=200))
def test_any_other_text_is_a_forgery(text: str) -> None:
    with pytest.raises(form_tokens.TokenForged):
        read(text)


@pytest.mark.parametrize("text", ["", "..", "a" * 1_000_000, "0.n.m", "\x00", "１.nnn.mmm"])
def test_broken_tokens_are_forgeries(text: str) -> None:
    with pytest.raises(form_tokens.TokenForged):
        read(text)


def test_a_token_with_something_after_it_is_a_forgery() -> None:
    token = form_tokens.issue(at=NOW, key=KEY)

    for more in ("\n", " ", "="):
        with pytest.raises(form_tokens.TokenForged):
            read(token + more)


@pytest.mark.parametrize("nonce", ["", "short", "n.n" * 8, "n" * 65, "空" * 20])
def test_no_token_is_issued_for_a_nonce_that_it_could_not_carry(nonce: str) -> None:
    with pytest.raises(ValueError, match="nonce"):
        form_tokens.issue(at=NOW, key=KEY, nonce=nonce)


@given(
    st.datetimes(
        min_value=datetime(1971, 1, 1),
        max_value=datetime(2200, 1, 1),
        timezones=st.sampled_from([UTC, timezone(timedelta(hours=-9)), NOW.tzinfo]),
    )
)
def test_the_moment_is_kept_to_the_microsecond(moment: datetime) -> None:
    token = form_tokens.issue(at=moment, key=KEY)

    assert read(token, at=moment).moment == moment


def test_the_nonce_is_not_shown() -> None:
    found = read(form_tokens.issue(at=NOW, key=KEY, nonce="n" * 22))

    assert "n" * 22 not in repr(found)
    assert "n" * 22 not in str(form_tokens.TokenExpired(found))


def test_a_nonce_has_128_bits_and_is_new_each_time() -> None:
    found = {form_tokens.new_nonce() for _ in range(100)}

    assert len(found) == 100
    assert all(re.fullmatch(r"[A-Za-z0-9_-]{22}", nonce) for nonce in found)
