"""Sealing what does not stand in memory as a whole: pieces in, an age file out."""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from typing import IO

from intake.sealing.sealing import SealedWriting


class StreamSealer(SealedWriting):
    """Seals pieces as they come, for several recipients; each of them opens the whole."""

    def __init__(self, recipients: Sequence[str]) -> None:
        super().__init__(recipients)
        self._left = b""

    def into(self, file: IO[bytes], pieces: Iterable[bytes]) -> None:
        """Writes the sealed file; whatever the pieces or the disk raise comes out as it is."""
        self._pieces = iter(pieces)
        self.encrypt(self, file)

    def read(self, most: int = -1) -> bytes:
        """Gives pyrage the next bytes, at most so many."""
        while not self._left:
            piece = next(self._pieces, None)
            if piece is None:
                return b""
            self._left = piece
        end = len(self._left) if most < 0 else most
        given, self._left = self._left[:end], self._left[end:]
        return given


def digested(pieces: Iterable[bytes], digest: "hashlib._Hash") -> Iterator[bytes]:
    """The pieces as they are; the digest has seen each before it is gone."""
    for piece in pieces:
        digest.update(piece)
        yield piece
