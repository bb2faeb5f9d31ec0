"""Looking through a content of any size with little of it in memory."""

from collections import OrderedDict
from collections.abc import Iterator
from contextlib import contextmanager
from os import SEEK_END
from typing import IO, Protocol

from intake.report.contents.content import Content
from intake.report.report_limits import PIECE

# A look follows tables from place to place, and comes back to some of them again and again.
_KEPT = 16


class LookedThrough(Protocol):
    """What a look needs of what it looks at; bytes have all of it."""

    def __len__(self) -> int: ...

    def __getitem__(self, part: slice, /) -> bytes: ...

    def find(self, what: bytes, start: int = ..., /) -> int: ...


class Windows:
    """A content seen through windows of one piece each; a slice holds what it spans, no more."""

    def __init__(self, file: IO[bytes], size: int) -> None:
        self._file = file
        self._size = size
        self._kept: OrderedDict[int, bytes] = OrderedDict()

    def __len__(self) -> int:
        return self._size

    def __getitem__(self, part: slice, /) -> bytes:
        start, stop, _ = part.indices(self._size)
        pieces = []
        for number in range(start // PIECE, -(-stop // PIECE) if stop > start else 0):
            begins = number * PIECE
            pieces.append(self._window(number)[max(0, start - begins) : stop - begins])
        return pieces[0] if len(pieces) == 1 else b"".join(pieces)

    def find(self, what: bytes, start: int = 0, /) -> int:
        """Where it stands first, from `start` on, or -1: one pass, a window at a time."""
        overlap = len(what) - 1
        while start + len(what) <= self._size:
            end = (start // PIECE + 1) * PIECE
            place = self[start : end + overlap].find(what)
            if place >= 0:
                return start + place
            start = end
        return -1

    def _window(self, number: int) -> bytes:
        if number in self._kept:
            self._kept.move_to_end(number)
            return self._kept[number]
        self._file.seek(number * PIECE)
        found = self._kept[number] = self._file.read(PIECE)
        if len(self._kept) > _KEPT:
            self._kept.popitem(last=False)
        return found


def windows_of(file: IO[bytes]) -> LookedThrough:
    """A file that can seek, to be sliced and searched; whoever opened it closes it."""
    return Windows(file, file.seek(0, SEEK_END))


@contextmanager
def looked_through(content: Content) -> Iterator[LookedThrough]:
    """A content to be sliced and searched."""
    with content.opened() as file:
        yield Windows(file, content.size)


def pieces_of(content: LookedThrough, start: int = 0) -> Iterator[bytes]:
    """All of it, from `start` on, a piece at a time."""
    for place in range(start, len(content), PIECE):
        yield content[place : place + PIECE]
