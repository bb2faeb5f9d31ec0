"""Pictures drawn anew, with nothing of the original but its dots.

A picture comes from anybody, so its header is read before any dot, one format's decoder is
tried and no other, and what it may cost is bounded. What is written in a picture stays readable:
a long one keeps its width and is given in slices of a screen.
"""

import struct
import warnings
import zlib
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from io import BytesIO
from itertools import takewhile
from typing import IO

from PIL import Image, ImageOps

from intake.casework.viewing.apart.made_copies import BROKEN, TOO_LARGE, CannotShow, Drawn
from intake.casework.viewing.apart.pictures import heic
from intake.report.contents import LookedThrough, windows_of
from intake.report.evidence import HEIC_ROOM, KINDS
from intake.report.evidence.drawable import costs_of_pages

MOST_DOTS = 25_000_000
# Of a letter that was faxed or scanned into one TIFF: ten sheets of A4, 300 dots an inch.
MOST_PAGES = 10
MOST_DOTS_OF_PAGES = 4 * MOST_DOTS
LONG_SIDE = 1600
# In dots, of a picture more than twice as long as wide, for example of a whole chat.
SHORT_SIDE_OF_LONG = 1080
LONGEST_OF_ALL = 50_000
# A slice is seen whole on a clerk's screen; its end is seen again at the beginning of the next,
# so that no line of a text is cut everywhere.
SCREEN = 720
SEEN_AGAIN = 60
# A progressive photo has about ten scans; each one costs a pass over the whole picture.
_MOST_SCANS = 100
_SCAN = b"\xff\xda"
_QUALITY = 85
JPEG = "image/jpeg"
_FORMATS = {kind.code: kind.copy_by for kind in KINDS if kind.copy_by}

# All that a damaged picture makes Pillow raise; an unknown format is an OSError.
BREAKS = (
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error),
    *(IndexError, KeyError, TypeError, AttributeError, OverflowError, MemoryError, RuntimeError),
)
# Pillow warns above this and refuses above twice of it; here both are refusals.
Image.MAX_IMAGE_PIXELS = MOST_DOTS
warnings.simplefilter("error", Image.DecompressionBombWarning)


@contextmanager
def in_words() -> Iterator[None]:
    """What a decoder raises, as CannotShow; its own error can carry what stands in the file."""
    try:
        yield
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CannotShow(TOO_LARGE) from None
    except CannotShow:
        raise
    except BREAKS:
        raise CannotShow(BROKEN) from None


def draw(source: IO[bytes], kind: str) -> Drawn:
    """JPEGs of the picture, upright, without anything written beside the dots.

    Of a long picture its slices, from the top or from the left; of another one, of an animated
    picture's first frame and of each page one of at most 1600 dots a side. Raises CannotShow.
    """
    with in_words():
        return _copies_of(source, kind)


def _copies_of(source: IO[bytes], kind: str) -> Drawn:
    is_upright = _FORMATS[kind] == HEIC_ROOM
    if is_upright:
        if heic.stated_dots(windows_of(source)) > MOST_DOTS:
            raise CannotShow(TOO_LARGE)
        source, kind = BytesIO(heic.as_jpeg(source)), "jpeg"
    content = windows_of(source)
    costs = costs_of_pages(content, kind)
    if costs[0] or (kind == "jpeg" and _has_many_scans(content)):
        raise CannotShow(TOO_LARGE)
    # To reach a page, what leads to it is read: nothing behind a costly one is.
    light = len(list(takewhile(lambda costly: not costly, costs[:MOST_PAGES])))
    return Drawn(_pages_of(source, kind, light, is_upright=is_upright), len(costs))


def _pages_of(
    source: IO[bytes], kind: str, count: int, *, is_upright: bool
) -> dict[int, list[bytes]]:
    """One that cannot be drawn is left out. Raises CannotShow where none can."""
    pages, problems, dots = dict[int, list[bytes]](), list[CannotShow](), 0
    for place in range(count):
        source.seek(0)
        try:
            with in_words(), Image.open(source, formats=[_FORMATS[kind]]) as picture:
                if place:
                    picture.seek(place)
                dots += picture.width * picture.height
                if place and dots > MOST_DOTS_OF_PAGES:
                    break
                pages[place + 1] = _drawn(picture, is_upright=is_upright)
        except CannotShow as problem:
            problems.append(problem)
    if not pages:
        raise problems[0]
    return pages


def _has_many_scans(content: LookedThrough) -> bool:
    place = -1
    for _ in range(_MOST_SCANS + 1):
        place = content.find(_SCAN, place + 1)
        if place < 0:
            return False
    return True


def _drawn(picture: Image.Image, *, is_upright: bool) -> list[bytes]:
    width, height = picture.size
    if not width * height:
        raise CannotShow(BROKEN)
    if width * height > MOST_DOTS:
        raise CannotShow(TOO_LARGE)
    picture.thumbnail(_readable_size(width, height))
    if not is_upright:
        _set_upright(picture)
    return [jpeg_of(picture.crop(box)) for box in _slices(*picture.size)]


def _is_long(width: int, height: int) -> bool:
    return max(width, height) > 2 * min(width, height)


def _readable_size(width: int, height: int) -> tuple[int, int]:
    """How large a picture of this size is drawn."""
    longer, shorter = max(width, height), min(width, height)
    scale = LONG_SIDE / longer
    if _is_long(width, height):
        scale = min(max(scale, SHORT_SIDE_OF_LONG / shorter), LONGEST_OF_ALL / longer)
    scale = min(1, scale)
    return max(1, round(width * scale)), max(1, round(height * scale))


def _slices(width: int, height: int) -> Iterator[tuple[int, int, int, int]]:
    """The places (left, top, right, bottom) of the slices, all of one length."""
    longer, shorter = max(width, height), min(width, height)
    most = max(SCREEN, shorter * 3 // 4) if _is_long(width, height) else longer
    count = max(1, -(-(longer - SEEN_AGAIN) // (most - SEEN_AGAIN)))
    length = -(-(longer + (count - 1) * SEEN_AGAIN) // count)
    for number in range(count):
        start = number * (length - SEEN_AGAIN)
        end = min(start + length, longer)
        yield (0, start, width, end) if height > width else (start, 0, end, height)


def jpeg_of(piece: Image.Image) -> bytes:
    """A new picture of these dots alone."""
    # Only the dots go over to the new picture: no EXIF, colour profile, XMP or comment.
    copy = Image.new("RGB", piece.size, "white")
    if piece.has_transparency_data:
        seen_through = piece.convert("RGBA")
        copy.paste(seen_through, mask=seen_through.getchannel("A"))
    else:
        copy.paste(_eight_bits(piece).convert("RGB"))
    made = BytesIO()
    copy.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def _set_upright(picture: Image.Image) -> None:
    """Turned as the camera was held; what tells it is often damaged, then it stays as it is.

    In its place: a copy of a long picture would take as much memory again.
    """
    with suppress(*BREAKS):
        ImageOps.exif_transpose(picture, in_place=True)


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scans of 16 bits a dot would else turn white, as Pillow cuts off instead of scaling."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value / 256).convert("L")
