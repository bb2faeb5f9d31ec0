"""What is sealed, opened at any of its places: the same bytes, or none."""

import io

import pytest

from intake.sealing.opening_anywhere import OpenedAnywhere, digest_of_head
from intake.sealing.sealing import new_identity, seal
from intake.sealing.unsealing import CannotOpen

PIECE = 64 * 1024
WHO = new_identity()


def plain_of(size: int) -> bytes:
    return bytes(place * 7 % 251 for place in range(size))


class InParts(io.BytesIO):
    """As rows give a file: never more than what is left of a part."""

    def read(self, size: int | None = -1, /) -> bytes:
        return super().read(min(50_000, size) if size and size > 0 else size)


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 5])
def test_it_gives_every_range_as_it_was_sealed(size: int):
    plain = plain_of(size)
    with OpenedAnywhere(InParts(seal(plain, WHO.recipient)), WHO.secret) as opened:
        assert opened.size == size
        for first, end in (
            (0, size),
            (size // 2, size),
            (max(size - 3, 0), size + 9),
            (PIECE - 2, PIECE + 2),
        ):
            assert b"".join(opened.from_to(first, end)) == plain[first:end]
        assert opened.seek(-1, io.SEEK_END) == max(size - 1, 0)
        opened.seek(0)
        assert opened.read() == plain


def test_nothing_of_an_altered_piece_comes_out_and_the_pieces_before_it_do():
    plain = plain_of(3 * PIECE)
    sealed = bytearray(seal(plain, WHO.recipient))
    sealed[-PIECE - 60] ^= 1
    opened = OpenedAnywhere(io.BytesIO(bytes(sealed)), WHO.secret)
    assert next(opened.from_to(0, 9)) == plain[:9]
    with pytest.raises(CannotOpen):
        list(opened.from_to(0, opened.size))


@pytest.mark.parametrize("cut", [1, 16, PIECE + 16, 2 * PIECE + 32])
def test_what_was_cut_off_does_not_open_at_all(cut: int):
    sealed = seal(plain_of(3 * PIECE), WHO.recipient)
    with pytest.raises(CannotOpen):
        OpenedAnywhere(io.BytesIO(sealed[:-cut]), WHO.secret)


def test_another_secret_or_no_seal_opens_nothing():
    for sealed in (
        seal(b"x", new_identity().recipient),
        b"",
        b"age-encryption.org/v1\n",
        b"x" * 99,
    ):
        with pytest.raises(CannotOpen):
            OpenedAnywhere(io.BytesIO(sealed), WHO.secret)


def test_no_two_sealed_files_have_one_head():
    heads = {digest_of_head(io.BytesIO(seal(b"the same", WHO.recipient))) for _ in range(9)}
    assert len(heads) == 9
