"""What would keep a decoder busy for minutes, seen before it is asked.

A TIFF may promise its dots in millions of strips, and what a BMP packs is unpacked slowly.
"""

import struct
from collections.abc import Iterator
from itertools import islice

from intake.report.contents import LookedThrough

# More pages of a TIFF are not counted.
MOST_COUNTED = 1_000
_MOST_NUMBERS = 10_000
_MOST_TAGS = 200
_MOST_PACKED = 256 * 1024
# Tags of letters and of bytes may be long: a colour profile is one.
_LETTERS = (1, 2, 7)
_PACKINGS = (1, 2)


def costs_of_pages(content: LookedThrough, kind: str) -> list[bool]:
    """Of each page whether it promises far more work than a picture is; all but a TIFF have one."""
    if kind == "tiff":
        return list(islice(_costs_of_tiff(content), MOST_COUNTED))
    if kind == "bmp":
        packing = int.from_bytes(content[30:34], "little")
        return [packing in _PACKINGS and len(content) > _MOST_PACKED]
    return [False]


def _costs_of_tiff(content: LookedThrough) -> Iterator[bool]:
    """A chain of pages that bites its tail ends there, and one that leads nowhere with a page.

    The later kind of TIFF, for more than 4 GB, is no picture of a phone's.
    """
    order = "<" if content[:2] == b"II" else ">"
    if content[2:4] not in (b"*\0", b"\0*") or len(content) < 8:
        yield True
        return
    (at,) = struct.unpack(f"{order}L", content[4:8])
    seen = set[int]()
    while at not in seen:
        seen.add(at)
        if at > len(content) - 2:
            yield False
            return
        yield _has_many_parts(content, order, at)
        (count,) = struct.unpack(f"{order}H", content[at : at + 2])
        behind = content[at + 2 + count * 12 : at + 6 + count * 12]
        at = struct.unpack(f"{order}L", behind)[0] if len(behind) == 4 else 0
        if not at:
            return


def _has_many_parts(content: LookedThrough, order: str, at: int) -> bool:
    (count,) = struct.unpack(f"{order}H", content[at : at + 2])
    tag, tags = struct.Struct(f"{order}HHL4x"), content[at + 2 : at + 2 + _MOST_TAGS * 12]
    places = range(0, min(count * 12, len(tags)) - 11, 12)
    found = (tag.unpack_from(tags, place) for place in places)
    is_long = any(length > _MOST_NUMBERS and type_ not in _LETTERS for _, type_, length in found)
    return count > _MOST_TAGS or is_long
