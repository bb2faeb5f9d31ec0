"""Opening a sealed file at any place of it, one piece of 64 KiB in memory at a time.

So a film is wound forward, and a large original is given out, without standing anywhere as a
whole. Each piece is as it was sealed or is not given; whether the file has all of them is known
once its last one was read. The public path cannot import this module.
"""

import hashlib
import os
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag

from intake.report.contents.piecewise import Piecewise
from intake.sealing.opening_many import PIECE, TAG, Opener, nonce_of
from intake.sealing.unsealing import CannotOpen

# A head of ours takes a few hundred bytes, whatever follows.
_HEAD = 64 * 1024
_GIVEN_AT_ONCE = 4 * PIECE


class OpenedAnywhere(Piecewise):
    """The plaintext of a sealed file that can be sought in. Raises CannotOpen."""

    def __init__(self, sealed: IO[bytes], secret: str) -> None:
        self._sealed = sealed
        sealed.seek(0)
        try:
            self._cipher, self._body = Opener(secret).cipher_of(_read(sealed, _HEAD))
        except (InvalidTag, ValueError):
            raise CannotOpen("the secret does not open this") from None
        length = sealed.seek(0, os.SEEK_END) - self._body
        self._last = max(length - 1, 0) // (PIECE + TAG)
        super().__init__(length - (self._last + 1) * TAG, PIECE)
        # The last piece says that it is the last: the size is the one that was sealed.
        self.piece(self._last)

    def close(self) -> None:
        """With it the sealed file."""
        if not self.closed:
            self._sealed.close()
        super().close()

    def from_to(self, first: int, end: int) -> Iterator[bytes]:
        """The bytes from `first` up to before `end`, a few pieces at a time."""
        self.seek(first)
        while self._at < min(end, self.size):
            held = bytearray()
            most = min(_GIVEN_AT_ONCE, end - self._at)
            while len(held) < most and (more := self.read(most - len(held))):
                held += more
            yield bytes(held)

    def _opened(self, number: int) -> bytes:
        self._sealed.seek(self._body + number * (PIECE + TAG))
        sealed = _read(self._sealed, PIECE + TAG)
        try:
            nonce = nonce_of(number, is_last=number == self._last)
            return self._cipher.decrypt(nonce, sealed, None)
        except InvalidTag:
            raise CannotOpen("the sealed file was altered or cut off") from None


def digest_of_head(sealed: IO[bytes]) -> str:
    """SHA-256, in hex, of what no other sealed file has: whom it is for, its key, its number.

    Without the secret nobody can put other content behind the same head. ValueError without one.
    """
    sealed.seek(0)
    read = _read(sealed, _HEAD)
    ends = read.index(b"\n", read.index(b"\n--- ") + 1)
    return hashlib.sha256(read[: ends + 1 + 16]).hexdigest()


def _read(file: IO[bytes], most: int) -> bytes:
    """So much, unless the file ends: one that lies in parts gives what is left of a part."""
    read = file.read(most)
    while len(read) < most and (more := file.read(most - len(read))):
        read += more
    return read
