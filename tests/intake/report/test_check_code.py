"""The check code: six characters that stand for a public key."""

from intake.report.check_code import ALPHABET, LENGTH, check_code_of
from intake.sealing import sealing


def test_the_code_of_a_key_never_changes():
    """The right value, written down: codes that were read out once must stay right."""
    assert check_code_of("age1" + "q" * 58) == "XF9WA4"


def test_each_key_has_a_code_of_its_own():
    recipients = [sealing.new_identity().recipient for _ in range(200)]
    codes = {check_code_of(recipient) for recipient in recipients}
    assert len(codes) == len(recipients)
    assert all(len(code) == LENGTH and set(code) <= set(ALPHABET) for code in codes)


def test_no_character_is_taken_for_another():
    for alike in ("0OQ", "1IL", "2Z", "5S", "8B", "UV", "MN"):
        assert len(set(alike) & set(ALPHABET)) <= 1
    assert len(set(ALPHABET)) == len(ALPHABET)
    assert ALPHABET.upper() == ALPHABET


def test_every_character_stands_at_every_place():
    codes = [check_code_of(str(number)) for number in range(3000)]
    for place in range(LENGTH):
        assert {code[place] for code in codes} == set(ALPHABET)
