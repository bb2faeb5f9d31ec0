"""Opening many gives what opening one by one gives, and refuses what it refuses."""

import pytest
from pyrage import encrypt, passphrase, x25519

from intake.sealing.opening_many import Opener
from intake.sealing.sealing import new_identity, seal
from intake.sealing.unsealing import CannotOpen, in_one, open_sealed

WORDS = "虚构的来信".encode()


@pytest.mark.parametrize("size", [0, 1, 15, 64 * 1024 - 1, 64 * 1024, 64 * 1024 + 1, 200_000])
def test_opens_what_was_sealed_whatever_its_size(size: int):
    identity = new_identity()
    plain = (WORDS * (size // len(WORDS) + 1))[:size]
    assert Opener(identity.secret).open(seal(plain, identity.recipient)) == plain


def test_opens_as_one_of_several_recipients():
    mine, other = new_identity(), new_identity()
    recipients = [x25519.Recipient.from_str(one.recipient) for one in (other, mine)]
    sealed = encrypt(WORDS, recipients)
    assert Opener(mine.secret).open(sealed) == Opener(other.secret).open(sealed) == WORDS


def test_opens_with_either_of_two_identities_while_a_desk_has_two():
    old, new, other = (new_identity() for _ in range(3))
    opener = Opener(in_one(new.secret, old.secret))
    for identity in (old, new):
        assert opener.open(seal(WORDS, identity.recipient)) == WORDS
    with pytest.raises(CannotOpen):
        opener.open(seal(WORDS, other.recipient))


def test_every_altered_byte_is_refused_and_so_is_what_was_cut_off():
    identity = new_identity()
    sealed, opener = seal(WORDS, identity.recipient), Opener(identity.secret)
    for place in range(len(sealed)):
        altered = sealed[:place] + bytes([sealed[place] ^ 1]) + sealed[place + 1 :]
        with pytest.raises(CannotOpen):
            open_sealed(altered, identity.secret)
        with pytest.raises(CannotOpen):
            opener.open(altered)
    for end in range(len(sealed)):
        with pytest.raises(CannotOpen):
            opener.open(sealed[:end])


def test_another_secret_a_password_or_no_seal_at_all_opens_nothing():
    opener = Opener(new_identity().secret)
    for sealed in (
        seal(WORDS, new_identity().recipient),
        passphrase.encrypt(WORDS, "an invented password"),
        b"",
        b"age-encryption.org/v1\n---",
        WORDS,
    ):
        with pytest.raises(CannotOpen):
            opener.open(sealed)
    with pytest.raises(CannotOpen):
        Opener("AGE-SECRET-KEY-1NONE")


def test_pieces_in_another_order_or_without_the_last_one_are_refused():
    identity = new_identity()
    sealed, opener = seal(bytes(3 * 64 * 1024), identity.recipient), Opener(identity.secret)
    body = sealed.index(b"\n", sealed.index(b"\n---") + 1) + 1 + 16
    piece = 64 * 1024 + 16
    first, second, third = (sealed[body + n * piece : body + (n + 1) * piece] for n in range(3))
    for pieces in ((second, first, third), (first, second), (first, third), (*(first,) * 2, third)):
        with pytest.raises(CannotOpen):
            opener.open(sealed[:body] + b"".join(pieces))
