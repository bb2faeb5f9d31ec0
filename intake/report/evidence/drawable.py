"""What would keep a decoder busy for minutes, seen before it is asked.

A TIFF may promise its dots in millions of strips, and what a BMP packs is unpacked slowly.
"""

import struct

from intake.report.contents import LookedThrough

_MOST_NUMBERS = 10_000
_MOST_TAGS = 200
_MOST_PACKED = 256 * 1024
# Tags of letters and of bytes may be long: a colour profile is one.
_LETTERS = (1, 2, 7)
_PACKINGS = (1, 2)


def is_costly(content: LookedThrough, kind: str) -> bool:
    """Whether a small file of this kind promises far more work than a picture is."""
    if kind == "tiff":
        return _has_many_parts(content)
    if kind == "bmp":
        packing = int.from_bytes(content[30:34], "little")
        return packing in _PACKINGS and len(content) > _MOST_PACKED
    return False


def _has_many_parts(content: LookedThrough) -> bool:
    """Of a TIFF's first picture; the later kind, for more than 4 GB, is no picture of a phone's."""
    order = "<" if content[:2] == b"II" else ">"
    if content[2:4] not in (b"*\0", b"\0*") or len(content) < 8:
        return True
    (at,) = struct.unpack(f"{order}L", content[4:8])
    if at > len(content) - 2:
        return False
    (count,) = struct.unpack(f"{order}H", content[at : at + 2])
    tag, tags = struct.Struct(f"{order}HHL4x"), content[at + 2 : at + 2 + _MOST_TAGS * 12]
    places = range(0, min(count * 12, len(tags)) - 11, 12)
    found = (tag.unpack_from(tags, place) for place in places)
    is_long = any(length > _MOST_NUMBERS and type_ not in _LETTERS for _, type_, length in found)
    return count > _MOST_TAGS or is_long
