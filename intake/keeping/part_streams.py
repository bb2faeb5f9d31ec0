"""A sealed file as a stream over its parts: one part stands in memory, never the file."""

import io
from collections.abc import Iterable
from typing import Any

from intake.keeping import part_rows


class PartsWriting:
    """Cuts what is written into parts, and inserts each as soon as it is full."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._size = part_rows.part_size()
        self._number = 0
        self._waiting = bytearray()

    def write(self, piece: bytes) -> int:
        """Takes a piece of any length."""
        self._waiting += piece
        while len(self._waiting) >= self._size:
            self._insert()
        return len(piece)

    def writelines(self, pieces: Iterable[bytes]) -> None:
        """Takes several."""
        for piece in pieces:
            self.write(piece)

    def flush(self) -> None:
        """What waits is no whole part yet."""

    def finish(self) -> None:
        """Inserts the rest; a file without content has one empty part."""
        if self._waiting or not self._number:
            self._insert()

    def _insert(self) -> None:
        piece = bytes(self._waiting[: self._size])
        del self._waiting[: self._size]
        part_rows.put(self._name, self._number, piece)
        self._number += 1


class PartsReading(io.RawIOBase):
    """Reads, and seeks, in a file of parts. Raises FileNotFoundError if there is none."""

    def __init__(self, name: str) -> None:
        super().__init__()
        last, first = part_rows.last_number(name), part_rows.piece_of(name, 0)
        if last is None or first is None:
            raise FileNotFoundError(name)
        self._name, self._last = name, last
        self._number, self._piece = 0, first
        self._size = max(len(first), 1)
        self._position = 0

    def readable(self) -> bool:
        """Always."""
        return True

    def seekable(self) -> bool:
        """Always: all parts but the last have one size."""
        return True

    def readinto(self, buffer: Any) -> int:
        """Fills the buffer from one part; 0 at the end."""
        taken = self._next(len(buffer))
        if not taken and self._position < self._last * self._size:
            # A part is missing or cut short: what stands last is read too, and no digest agrees.
            self._position = self._last * self._size
            taken = self._next(len(buffer))
        buffer[: len(taken)] = taken
        self._position += len(taken)
        return len(taken)

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """As every file does."""
        if whence == io.SEEK_CUR:
            offset += self._position
        elif whence == io.SEEK_END:
            offset += self._last * self._size + len(self._part(self._last))
        self._position = max(offset, 0)
        return self._position

    def tell(self) -> int:
        """Where the next byte is read."""
        return self._position

    def _next(self, most: int) -> memoryview:
        """Of one part; what the last one has beyond its size belongs to it."""
        number = min(self._position // self._size, self._last)
        start = self._position - number * self._size
        return self._part(number)[start : start + most]

    def _part(self, number: int) -> memoryview:
        if number != self._number:
            self._piece = part_rows.piece_of(self._name, number) or b""
            self._number = number
        return memoryview(self._piece)
