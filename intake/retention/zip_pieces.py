"""A zip that comes piece by piece: no more of it stands in memory than one of its files."""

import hashlib
import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

# A name, and the content whole or piece by piece.
Entry = tuple[str, bytes | Iterable[bytes]]
_PIECE = 256 * 1024
# What is sealed is as small as it gets. Stored as such, its length would have to come before it.
PRESSED_A_LITTLE, AS_IT_IS = 1, 0


class Seen:
    """What an entry holds, piece by piece; its size and digest are known once it is gone."""

    def __init__(self, content: bytes | Iterable[bytes]) -> None:
        self._left = pieces_of(content)
        self._digest = hashlib.sha256()
        self.size = 0

    def __iter__(self) -> Iterator[bytes]:
        for piece in self._left:
            self._digest.update(piece)
            self.size += len(piece)
            yield piece

    @property
    def sha256(self) -> str:
        """In hex, of what was taken so far."""
        return self._digest.hexdigest()


class _Outlet:
    """What a zip is written to; it can be neither read nor gone back in, like a pipe."""

    def __init__(self) -> None:
        self._held = bytearray()

    def write(self, piece: bytes) -> int:
        self._held += piece
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def taken(self) -> bytes:
        """What was written since the last time."""
        piece, self._held = bytes(self._held), bytearray()
        return piece


def zipped(
    entries: Iterable[Entry], *, at: datetime, level: int = PRESSED_A_LITTLE
) -> Iterator[bytes]:
    """The zip of these files, which carry this moment; any program of an office opens it."""
    outlet = _Outlet()
    pipe: Any = outlet
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=level) as whole:
        for name, content in entries:
            about = zipfile.ZipInfo(name, at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            with whole.open(about, "w") as file:
                for piece in pieces_of(content):
                    file.write(piece)
                    yield outlet.taken()
            yield outlet.taken()
    yield outlet.taken()


def pieces_of(content: bytes | Iterable[bytes]) -> Iterator[bytes]:
    """What an entry holds, a few hundred kilobytes at a time."""
    if not isinstance(content, bytes):
        yield from content
        return
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]
