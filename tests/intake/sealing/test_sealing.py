"""Sealing: only the desk's secret opens, also with the ordinary `age` program."""

import hashlib
import io
import shutil
import subprocess
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from intake.report.contents import BytesContent
from intake.sealing.sealing import (
    FileSealer,
    Identity,
    NotARecoveryFile,
    RecipientError,
    new_identity,
    read_recovery_file,
    recovery_file_text,
    seal,
)
from intake.sealing.unsealing import CannotOpen, open_sealed
from tests.conftest import missing

DESK = new_identity()
TEXT = "柳林镇有人收钱。".encode()


@pytest.fixture
def age_program() -> str:
    found = shutil.which("age")
    if found is None:
        missing("the age program", "apt-get install age")
    return str(found)


def run_age(program: str, *arguments: str, given: bytes = b"") -> bytes:
    done = subprocess.run([program, *arguments], input=given, capture_output=True, check=True)
    return done.stdout


@given(st.binary(max_size=5000))
@settings(deadline=None)
def test_the_desk_opens_what_was_sealed_to_it(plaintext: bytes) -> None:
    sealed = seal(plaintext, DESK.recipient)

    assert open_sealed(sealed, DESK.secret) == plaintext
    assert len(plaintext) < 8 or plaintext not in sealed


def test_another_desk_cannot_open_it() -> None:
    with pytest.raises(CannotOpen):
        open_sealed(seal(TEXT, DESK.recipient), new_identity().secret)


def test_the_same_text_is_never_sealed_twice_alike() -> None:
    assert seal(TEXT, DESK.recipient) != seal(TEXT, DESK.recipient)


@pytest.mark.parametrize("at", [0, 30, 100, -20, -1])
def test_an_altered_seal_does_not_open(at: int) -> None:
    sealed = bytearray(seal(TEXT, DESK.recipient))
    sealed[at] ^= 1

    with pytest.raises(CannotOpen):
        open_sealed(bytes(sealed), DESK.secret)


@pytest.mark.parametrize("sealed", [b"", b"plain text", b"age-encryption.org/v1\n", b"\x00" * 500])
def test_what_is_no_seal_does_not_open(sealed: bytes) -> None:
    with pytest.raises(CannotOpen):
        open_sealed(sealed, DESK.secret)


def test_a_cut_off_seal_does_not_open() -> None:
    sealed = seal(TEXT * 10_000, DESK.recipient)

    with pytest.raises(CannotOpen):
        open_sealed(sealed[:-1], DESK.secret)


@pytest.mark.parametrize(
    "recipient",
    ["", "age1", "age1" + "q" * 58, DESK.recipient[:-1], DESK.secret, "某某"],
    ids=["none", "prefix", "bad-sum", "cut-off", "secret", "words"],
)
def test_a_wrong_recipient_is_refused(recipient: str) -> None:
    with pytest.raises(RecipientError):
        seal(TEXT, recipient)


def test_a_secret_given_for_a_recipient_is_not_repeated_in_the_error() -> None:
    with pytest.raises(RecipientError) as told:
        seal(TEXT, DESK.secret)

    assert DESK.secret[20:40] not in str(told.value)


def test_an_identity_does_not_show_its_secret() -> None:
    assert DESK.secret not in repr(DESK)
    assert DESK.recipient in repr(DESK)


def test_the_recovery_file_gives_the_identity_back() -> None:
    assert read_recovery_file(recovery_file_text(DESK, "十四届市委第八轮 巡察办")) == [DESK]


def test_several_identities_are_given_back_in_their_order() -> None:
    others = [new_identity(), new_identity()]
    text = "".join(recovery_file_text(one, "巡察办") for one in (DESK, *others))
    assert read_recovery_file(text) == [DESK, *others]


def test_the_recovery_file_is_read_as_windows_leaves_it() -> None:
    text = "\ufeff" + recovery_file_text(DESK, "巡察办").replace("\n", "\r\n") + "\r\n"

    assert read_recovery_file(text) == [DESK]


def test_a_title_of_several_lines_stays_one_comment() -> None:
    text = recovery_file_text(DESK, "巡察办\nAGE-SECRET-KEY-1FORGED")

    assert read_recovery_file(text) == [DESK]
    assert len(text.splitlines()) == 3


@pytest.mark.parametrize(
    "text",
    [
        "",
        "# 只有说明\n",
        "AGE-SECRET-KEY-1NOT",
        DESK.recipient,
        f"{DESK.secret}\nhello\n",
        DESK.secret[:-1],
    ],
    ids=["none", "comment", "no-key", "recipient", "with-words", "cut-off"],
)
def test_other_text_is_no_recovery_file(text: str) -> None:
    with pytest.raises(NotARecoveryFile):
        read_recovery_file(text)


def test_the_age_program_opens_with_the_recovery_file(age_program: str, tmp_path: Path) -> None:
    recovery = tmp_path / "recovery.txt"
    recovery.write_text(recovery_file_text(DESK, "十四届市委第八轮 巡察办"), encoding="utf-8")

    opened = run_age(
        age_program, "--decrypt", "--identity", str(recovery), given=seal(TEXT, DESK.recipient)
    )

    assert opened == TEXT


def test_what_the_age_program_seals_opens_here(age_program: str) -> None:
    sealed = run_age(age_program, "--encrypt", "--recipient", DESK.recipient, given=TEXT)

    assert open_sealed(sealed, DESK.secret) == TEXT


def test_the_age_program_cannot_open_with_another_recovery_file(
    age_program: str, tmp_path: Path
) -> None:
    recovery = tmp_path / "recovery.txt"
    recovery.write_text(recovery_file_text(new_identity(), "别的巡察办"), encoding="utf-8")

    with pytest.raises(subprocess.CalledProcessError):
        run_age(age_program, "-d", "-i", str(recovery), given=seal(TEXT, DESK.recipient))


def test_equal_identities_are_equal() -> None:
    assert Identity(DESK.secret, DESK.recipient) == DESK


def test_a_file_sealed_piece_by_piece_opens_as_a_whole():
    identity, plaintext = new_identity(), bytes(range(256)) * 1000
    sealer, file = FileSealer(BytesContent(plaintext), identity.recipient), io.BytesIO()
    sealer.into(file)
    assert sealer.sha256 == hashlib.sha256(file.getvalue()).hexdigest()
    assert open_sealed(file.getvalue(), identity.secret) == plaintext
