"""A zip that comes piece by piece: no more of it stands in memory than one of its files."""

import zipfile
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

# A name, and the content whole or piece by piece.
Entry = tuple[str, bytes | Iterable[bytes]]
_PIECE = 256 * 1024


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


def zipped(entries: Iterable[Entry], *, at: datetime) -> Iterator[bytes]:
    """The zip of these files, which carry this moment; any program of an office opens it."""
    outlet = _Outlet()
    pipe: Any = outlet
    with zipfile.ZipFile(pipe, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as whole:
        for name, content in entries:
            about = zipfile.ZipInfo(name, at.timetuple()[:6])
            about.compress_type = zipfile.ZIP_DEFLATED
            with whole.open(about, "w") as file:
                for piece in _pieces(content):
                    file.write(piece)
                    yield outlet.taken()
            yield outlet.taken()
    yield outlet.taken()


def _pieces(content: bytes | Iterable[bytes]) -> Iterator[bytes]:
    if not isinstance(content, bytes):
        yield from content
        return
    for start in range(0, len(content), _PIECE):
        yield content[start : start + _PIECE]
