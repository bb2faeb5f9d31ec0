"""One file in the spool: taken in piece by piece, then read like any other content."""

import hashlib
from dataclasses import dataclass
from io import BufferedReader
from typing import IO

from intake.arriving.spooling.spool import Spool
from intake.report.contents.piecewise import Piecewise
from intake.report.report_limits import PIECE


@dataclass(frozen=True, slots=True, repr=False)
class SpooledContent:
    """A file that has come whole: `place` and `number` are those of its first piece."""

    spool: Spool
    place: int
    number: int
    size: int
    sha256: str

    def opened(self) -> IO[bytes]:
        """Reads the pieces, each by itself. Raises Damaged, an OSError."""
        return BufferedReader(_Reader(self), PIECE)

    def piece(self, at: int) -> bytes:
        """The piece of this number within the file."""
        length = min(PIECE, self.size - at * PIECE)
        return self.spool.piece(self.place + at, self.number + at, length)


class Incoming:
    """A file while it comes."""

    def __init__(self, spool: Spool) -> None:
        self._spool = spool
        self._place, self._number = spool.places, spool.sealed
        self._digest = hashlib.sha256()
        self._left = bytearray()
        self.size = 0

    def write(self, came: bytes) -> None:
        """Raises NoRoom; then it can only be dropped."""
        self._digest.update(came)
        self.size += len(came)
        self._left += came
        while len(self._left) >= PIECE:
            self._spool.keep(bytes(self._left[:PIECE]))
            del self._left[:PIECE]

    def drop(self) -> int:
        """It is not taken: its room is free again. Gives how many bytes were never put away."""
        self._spool.cut_to(self._place)
        return len(self._left)

    def whole(self) -> SpooledContent:
        """What came, to its last byte. Raises NoRoom."""
        if self._left:
            self._spool.keep(bytes(self._left))
            self._left.clear()
        digest = self._digest.hexdigest()
        return SpooledContent(self._spool, self._place, self._number, self.size, digest)


class SpoolSink:
    """What opens a sealed file writes it here, and forgets what kind of error that raises."""

    def __init__(self, spool: Spool) -> None:
        self.incoming = Incoming(spool)
        self._failure: OSError | None = None

    def write(self, piece: bytes) -> int:
        try:
            self.incoming.write(piece)
        except OSError as failure:
            self._failure = failure
            raise
        return len(piece)

    def flush(self) -> None:
        """There is nothing to flush."""

    def tell_of_a_full_disk(self) -> None:
        """Raises what stopped it, if it was that."""
        if self._failure is not None:
            raise self._failure


class _Reader(Piecewise):
    """Its pieces, opened one by one."""

    def __init__(self, content: SpooledContent) -> None:
        super().__init__(content.size, PIECE)
        self._content = content

    def _opened(self, number: int) -> bytes:
        return self._content.piece(number)
