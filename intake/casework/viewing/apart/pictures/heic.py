"""HEIC pictures become JPEG in a room apart; their decoders were taken over by pictures in 2026."""

from typing import IO

from intake.casework.viewing.apart.rooms import MEGABYTE, Bounds, Unreadable, run_apart
from intake.report.contents import LookedThrough

# A picture of 25 million dots takes some two seconds; its JPEG is half of what is let out.
BOUNDS = Bounds(seconds=30, memory=1024 * MEGABYTE, files=256 * MEGABYTE, made=32 * MEGABYTE)
# Of a row of pictures the first is numbered. Quality 90 loses nothing that is seen.
_CONVERT = "cat > in.heic && heif-convert -q 90 in.heic out.jpg >&2 && cat out*.jpg"
# The box of a fixed length in which a file states how wide and how high one of its pictures is.
_SIDES = b"\0\0\0\x14ispe\0\0\0\0"
# One of a large picture has some hundred tiles, and each thumbnail one.
_MOST_STATED = 10_000


def stated_dots(content: LookedThrough) -> int:
    """How many dots the largest picture in the file has as it says itself. Raises Unreadable.

    A file that says less than it holds meets the bounds of the room.
    """
    stated, place = list[int](), content.find(_SIDES)
    while place >= 0 and len(stated) < _MOST_STATED:
        begins = place + len(_SIDES)
        sides = content[begins : begins + 8]
        stated.append(int.from_bytes(sides[:4]) * int.from_bytes(sides[4:]))
        place = content.find(_SIDES, begins)
    if not stated:
        raise Unreadable("no picture states its sides")
    return max(stated)


def as_jpeg(source: IO[bytes]) -> bytes:
    """The picture as a JPEG that is to be mistrusted like any other. Raises Unreadable.

    It stands upright already: what its EXIF says of the camera must be ignored.
    """
    return run_apart(["sh", "-c", _CONVERT], source, bounds=BOUNDS)
