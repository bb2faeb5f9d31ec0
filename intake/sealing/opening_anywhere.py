"""Opening a sealed file at any place of it, one piece of 64 KiB in memory at a time.

So a film is wound forward, and a large original is given out, without standing anywhere as a
whole. Each piece is as it was sealed or is not given; whether the file has all of them is known
once its last one was read. The public path cannot import this module.
"""

import hashlib
import io
import os
from collections.abc import Iterator
from typing import IO

from cryptography.exceptions import InvalidTag

from intake.sealing.opening_many import PIECE, TAG, Opener, nonce_of
from intake.sealing.unsealing import CannotOpen

# A head of ours takes a few hundred bytes, whatever follows.
_HEAD = 64 * 1024
_GIVEN_AT_ONCE = 4 * PIECE


class OpenedAnywhere(io.RawIOBase):
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
        self.size = length - (self._last + 1) * TAG
        self._at = 0
        self._held = (-1, b"")
        # The last piece says that it is the last: the size is the one that was sealed.
        self._piece(self._last)

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, place: int, whence: int = os.SEEK_SET) -> int:
        begins = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, begins + place)
        return self._at

    def readinto(self, buffer: "memoryview | bytearray") -> int:  # type: ignore[override]
        """Up to the end of the piece that the place is in."""
        if self._at >= self.size:
            return 0
        number, within = divmod(self._at, PIECE)
        given = self._piece(number)[within : within + len(buffer)]
        buffer[: len(given)] = given
        self._at += len(given)
        return len(given)

    def close(self) -> None:
        """With it the sealed file."""
        if not self.closed:
            self._held = (-1, b"")
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

    def _piece(self, number: int) -> bytes:
        if self._held[0] != number:
            self._sealed.seek(self._body + number * (PIECE + TAG))
            sealed = _read(self._sealed, PIECE + TAG)
            nonce = nonce_of(number, is_last=number == self._last)
            try:
                self._held = (number, self._cipher.decrypt(nonce, sealed, None))
            except InvalidTag:
                raise CannotOpen("the sealed file was altered or cut off") from None
        return self._held[1]


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
