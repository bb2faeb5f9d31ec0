"""Sealing what does not stand in memory as a whole: pieces in, an age file out."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

import pyrage

from intake.sealing.sealing import parsed_recipient


class StreamSealer:
    """Seals pieces as they come, for several recipients; each of them opens the whole."""

    def __init__(self, recipients: Sequence[str]) -> None:
        self._recipients = [parsed_recipient(one) for one in recipients]
        self._digest = hashlib.sha256()
        self._failure: BaseException | None = None
        self._left = b""
        self.size = 0

    def into(self, file: IO[bytes], pieces: Iterable[bytes]) -> None:
        """Writes the sealed file; whatever the pieces or the disk raise comes out as it is."""
        self._file, self._pieces = file, iter(pieces)
        try:
            pyrage.encrypt_io(self, self, self._recipients)
        except pyrage.EncryptError:
            if self._failure is not None:
                raise self._failure from None
            raise

    @property
    def sha256(self) -> str:
        """The fingerprint of all that was written."""
        return self._digest.hexdigest()

    def read(self, most: int = -1) -> bytes:
        """Gives pyrage the next bytes, at most so many."""
        try:
            while not self._left:
                self._left = next(self._pieces)
        except StopIteration:
            return b""
        except BaseException as failure:
            self._failure = failure
            raise
        end = len(self._left) if most < 0 else most
        given, self._left = self._left[:end], self._left[end:]
        return given

    def write(self, piece: bytes) -> int:
        """Takes a piece from pyrage, which would forget what kind of error this raises."""
        try:
            self._file.write(piece)
        except OSError as failure:
            self._failure = failure
            raise
        self._digest.update(piece)
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """pyrage asks for it at the end; the file's owner flushes."""


def digested(pieces: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    """The pieces as they are; the digest has seen each before it is gone."""
    for piece in pieces:
        digest.update(piece)
        yield piece
