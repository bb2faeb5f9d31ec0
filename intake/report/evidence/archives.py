"""The directory of a zip, read within bounds; of what is packed, one small piece at a time.

A zip comes from anybody and its own words about its size are not believed. The end record is
read first: what promises too many entries is not walked. An entry is only unpacked when it is
stored or deflated, without a password, and small, and no more of it than it promised.
"""

import struct
import zlib
from collections.abc import Iterator
from typing import Any, NamedTuple

from intake.report.contents import LookedThrough

BEGINS = b"PK\x03\x04"
MOST_ENTRIES = 5000
MOST_UNPACKED = 1024 * 1024
# Nothing that is deflated becomes much larger by it.
_MOST_PACKED = MOST_UNPACKED + 64 * 1024
# What is looked for is shorter, and five thousand long names would be many megabytes.
_LONGEST_NAME = 256
_STORED, _DEFLATED = 0, 8
_ENCRYPTED = 0x0001

_END = struct.Struct("<4s4x2H2LH")
_END_MARK = b"PK\x05\x06"
_LONGEST_COMMENT = 0xFFFF
_LOCATOR = struct.Struct("<4s4xQL")
_LARGE_END = struct.Struct("<4s28xQQQ")
_ENTRY = struct.Struct("<4s4xHH4x4xLL3H8xL")
_LOCAL = struct.Struct("<4s22xHH")
_EXTRA = struct.Struct("<HH")
_LARGE_SIZES = 0x0001
# Who packs writes a handful behind a line; of empty ones ten megabytes would hold millions.
_MOST_FIELDS = 16
# What stands in place of a number that only the larger record holds.
_ELSEWHERE = (0xFFFF, 0xFFFFFFFF)


class NotRead(ValueError):
    """No zip, or one whose words about itself do not fit, or more than is read."""


class Entry(NamedTuple):
    """A line of the directory."""

    name: bytes
    flags: int
    method: int
    packed: int
    size: int
    at: int

    @property
    def is_encrypted(self) -> bool:
        return bool(self.flags & _ENCRYPTED)


class _End(NamedTuple):
    """The end record: how many entries there are, and where their directory lies."""

    entries: int
    size: int
    at: int
    own_place: int


def entries_of(content: LookedThrough) -> Iterator[Entry]:
    """The lines of the directory. Raises NotRead before the first or at any of them."""
    end = _end_of(content)
    if end.entries > MOST_ENTRIES:
        raise NotRead("too many entries")
    if end.at + end.size > end.own_place:
        raise NotRead("the directory lies behind its end")
    return _walked(content, end)


def unpacked(content: LookedThrough, entry: Entry) -> bytes:
    """What is packed in one small entry. Raises NotRead."""
    if entry.is_encrypted or entry.method not in (_STORED, _DEFLATED):
        raise NotRead("packed in a way that is not read")
    if entry.size > MOST_UNPACKED or entry.packed > _MOST_PACKED:
        raise NotRead("too large")
    mark, name, extra = _fields(_LOCAL, content, entry.at)
    start = entry.at + _LOCAL.size + name + extra
    if mark != BEGINS or start + entry.packed > len(content):
        raise NotRead("the entry is not where the directory says")
    packed = content[start : start + entry.packed]
    made = packed if entry.method == _STORED else _inflated(packed)
    if len(made) != entry.size:
        raise NotRead("the entry is not as large as the directory says")
    return made


def _end_of(content: LookedThrough) -> _End:
    behind = max(0, len(content) - _END.size - _LONGEST_COMMENT)
    found = content[behind:].rfind(_END_MARK)
    if found < 0:
        raise NotRead("no end record")
    place = behind + found
    _, here, count, size, at, comment = _fields(_END, content, place)
    if place + _END.size + comment > len(content):
        raise NotRead("the end record is cut off")
    if _ELSEWHERE[0] in (here, count) or _ELSEWHERE[1] in (size, at):
        return _large_end_of(content, place)
    return _End(max(here, count), size, at, place)


def _large_end_of(content: LookedThrough, place: int) -> _End:
    """The end record of zip64, which its locator, before the ordinary one, points at."""
    mark, large, _ = _fields(_LOCATOR, content, place - _LOCATOR.size)
    if mark != b"PK\x06\x07":
        raise NotRead("no locator")
    mark, count, size, at = _fields(_LARGE_END, content, large)
    if mark != b"PK\x06\x06":
        raise NotRead("no large end record")
    return _End(count, size, at, large)


def _walked(content: LookedThrough, end: _End) -> Iterator[Entry]:
    place = end.at
    for _ in range(end.entries):
        mark, flags, method, packed, size, *lengths, at = _fields(_ENTRY, content, place)
        if mark != b"PK\x01\x02":
            raise NotRead("no entry")
        start = place + _ENTRY.size
        place = start + sum(lengths)
        if place > end.at + end.size:
            raise NotRead("an entry is longer than the directory")
        name, extra = start + lengths[0], start + lengths[0] + lengths[1]
        sizes = _large_sizes(content[name:extra], size, packed, at)
        told = content[start : min(name, start + _LONGEST_NAME)]
        yield Entry(told, flags, method, sizes[1], sizes[0], sizes[2])
    if place != end.at + end.size:
        raise NotRead("the directory holds more than it counts")


def _large_sizes(extra: bytes, *given: int) -> list[int]:
    """Size, packed size and place; what has no room in the line stands in a field behind it."""
    sizes = list(given)
    missing = [number for number, size in enumerate(sizes) if size == _ELSEWHERE[1]]
    place = 0
    for _ in range(_MOST_FIELDS if missing else 0):
        if place + _EXTRA.size > len(extra):
            break
        field, length = _EXTRA.unpack_from(extra, place)
        place += _EXTRA.size
        if field == _LARGE_SIZES and place + 8 * len(missing) <= len(extra):
            found = struct.unpack_from(f"<{len(missing)}Q", extra, place)
            for number, size in zip(missing, found, strict=True):
                sizes[number] = size
            break
        place += length
    return sizes


def _inflated(packed: bytes) -> bytes:
    """At most one byte more than may be unpacked."""
    try:
        return zlib.decompressobj(-zlib.MAX_WBITS).decompress(packed, MOST_UNPACKED + 1)
    except zlib.error as error:
        raise NotRead("damaged") from error


def _fields(record: struct.Struct, content: LookedThrough, place: int) -> tuple[Any, ...]:
    if not 0 <= place <= len(content) - record.size:
        raise NotRead("cut off")
    return record.unpack(content[place : place + record.size])
