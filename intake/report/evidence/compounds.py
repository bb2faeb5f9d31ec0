"""The container of DOC, XLS and PPT, and of anything else under a password: a small file system.

Its tables lead from one to the next, and what leads in circles or out of the file ends there.
No more than some hundred of its names are read, and of a stream only its beginning.
"""

import struct
from collections.abc import Callable, Iterator
from functools import cached_property
from typing import NamedTuple

from intake.report.contents import LookedThrough

BEGINS = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MOST_NAMES = 2000
_HEAD = 512
_IN_HEAD = 109
_NAME = 128
_NONE = 0xFFFFFFFF
_LAST_SECTOR = 0xFFFFFFFA
_STORAGE, _STREAM, _ROOT = 1, 2, 5
# Shorter streams lie in the stream of the root, in sectors of 64 bytes.
_SHORT, _SMALL_SECTOR = 4096, 64
_LINE = struct.Struct("<64sHBx3L36xLL4x")


class Named(NamedTuple):
    """A stream or storage, as its line in the directory tells."""

    name: str
    type: int
    left: int
    right: int
    child: int
    start: int
    size: int


class Compound:
    """One container, looked into without reading more than its tables."""

    def __init__(self, content: LookedThrough) -> None:
        self._content = content
        head = content[:_HEAD].ljust(_HEAD, b"\0")
        # Sectors have 512 bytes, or 4096 in the later version.
        self._sector = 4096 if head[30] == 12 else 512
        self._directory_at, self._small_at = (
            int.from_bytes(head[at : at + 4], "little") for at in (48, 60)
        )
        self._table_next = int.from_bytes(head[68:72], "little")
        self._first_tables = struct.unpack_from(f"<{_IN_HEAD}L", head, 76)

    @cached_property
    def names(self) -> dict[str, Named]:
        """What lies at the top; where no root leads to it, whatever the directory holds."""
        lines = self._lines
        if not lines:
            return {}
        at_top = {one.name: one for one in self._beside(lines[0].child)}
        return at_top or {one.name: one for one in lines if one.type == _STREAM}

    def inside(self, storage: Named) -> list[str]:
        """The names in a storage."""
        return [one.name for one in self._beside(storage.child)]

    def beginning(self, stream: Named, most: int) -> bytes:
        """The first bytes of a stream, at most `most` of them."""
        wanted = min(most, stream.size)
        if stream.size >= _SHORT:
            return self._read(stream.start, wanted)
        root = self._read(self._lines[0].start, MOST_NAMES * _SMALL_SECTOR)
        small = self._read(self._small_at, MOST_NAMES * 4)
        count = -(-wanted // _SMALL_SECTOR)
        sectors = _chain(stream.start, lambda at: _number(small, at * 4), count)
        pieces = (root[at * _SMALL_SECTOR : (at + 1) * _SMALL_SECTOR] for at in sectors)
        return b"".join(pieces)[:wanted]

    @cached_property
    def _lines(self) -> list[Named]:
        directory = self._read(self._directory_at, MOST_NAMES * _NAME)
        places = range(0, len(directory) - _NAME + 1, _NAME)
        return [_named(directory, place) for place in places]

    def _beside(self, number: int) -> Iterator[Named]:
        """The tree of names around one of them."""
        lines, seen, waiting = self._lines, set(), [number]
        while waiting:
            at = waiting.pop()
            if at in seen or at >= len(lines):
                continue
            seen.add(at)
            one = lines[at]
            if one.type in (_STORAGE, _STREAM):
                yield one
            waiting += [one.left, one.right]

    def _read(self, start: int, most: int) -> bytes:
        count = -(-most // self._sector)
        return b"".join(self._at(sector) for sector in _chain(start, self._after, count))[:most]

    def _at(self, sector: int) -> bytes:
        place = (sector + 1) * self._sector
        return self._content[place : place + self._sector]

    def _after(self, sector: int) -> int:
        """The sector that follows in its chain."""
        table, place = divmod(sector, self._sector // 4)
        tables = self._tables
        return _number(self._at(tables[table]), place * 4) if table < len(tables) else _NONE

    @cached_property
    def _tables(self) -> list[int]:
        """The sectors of the table of sectors: the first stand in the head, more in a chain.

        No more of them than tell of sectors within the file.
        """
        most = len(self._content) // self._sector // (self._sector // 4) + 1
        tables = [at for at in self._first_tables if at < _LAST_SECTOR]
        held = self._sector // 4 - 1
        count = most // held + 1
        further = _chain(self._table_next, lambda at: _number(self._at(at), held * 4), count)
        for sector in further:
            listed = self._at(sector)[: held * 4]
            tables += struct.unpack(f"<{len(listed) // 4}L", listed[: len(listed) // 4 * 4])
        return tables[:most]


def _chain(start: int, after: Callable[[int], int], most: int) -> Iterator[int]:
    at = start
    for _ in range(most):
        if at >= _LAST_SECTOR:
            return
        yield at
        at = after(at)


def _number(table: bytes, place: int) -> int:
    """A number of a table; what lies outside ends a chain."""
    found = table[place : place + 4]
    return int.from_bytes(found, "little") if len(found) == 4 else _NONE


def _named(directory: bytes, place: int) -> Named:
    name, length, kind, left, right, child, start, size = _LINE.unpack_from(directory, place)
    told = name[: max(0, min(length, 64) - 2)].decode("utf-16-le", "replace")
    return Named(told, kind, left, right, child, start, size)
