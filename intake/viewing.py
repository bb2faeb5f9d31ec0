"""Copies of pictures to look at: drawn anew in memory, with nothing of the original but its dots.

A picture comes from anybody, so its header is read before any dot, one format's decoder is
tried and no other, and what it may cost is bounded. The original is never shown.
"""

import struct
import threading
import warnings
import zlib
from io import BytesIO

from PIL import Image, ImageOps

from intake import heic

LONG_SIDE = 1600
MOST_PIXELS = 40_000_000
# A progressive photo has about ten scans; each one costs a pass over the whole picture.
_MOST_SCANS = 100
_SCAN = b"\xff\xda"
_QUALITY = 85
_FORMATS = {"jpeg": "JPEG", "png": "PNG", "webp": "WEBP"}
_HEIC = "heic"

# All that a damaged picture makes Pillow raise; an unknown format is an OSError.
_BROKEN = (
    *(OSError, SyntaxError, ValueError, EOFError, struct.error, zlib.error),
    *(IndexError, KeyError, TypeError, AttributeError, OverflowError, MemoryError),
)
# One picture of the largest kind takes some 200 MB: a process draws them one after another.
_one_at_a_time = threading.Lock()

# Pillow warns above this and refuses above twice of it; here both are refusals.
Image.MAX_IMAGE_PIXELS = MOST_PIXELS
warnings.simplefilter("error", Image.DecompressionBombWarning)


class CannotShow(ValueError):
    """There is no copy to look at; the message tells the clerk why."""


TOO_LARGE = "这张图片的尺寸太大，不在这里显示。确有需要可以取原件。"
BROKEN = "这张图片已经损坏或者不完整，显示不了。确有需要可以取原件。"
NO_PICTURE = "这种格式没有副本可看，只能取原件。"


def has_copy(kind: str) -> bool:
    """Whether files of this kind can be looked at as a copy."""
    return kind in _FORMATS or (kind == _HEIC and heic.is_possible())


def viewing_copy(content: bytes, kind: str) -> bytes:
    """A JPEG of at most 1600 dots a side, upright, without anything written beside the dots.

    Of an animated picture the first frame. Raises CannotShow.
    """
    if not has_copy(kind):
        raise CannotShow(NO_PICTURE)
    try:
        with _one_at_a_time:
            if kind == _HEIC:
                return _copy_of(heic.as_jpeg(content), "jpeg", is_upright=True)
            return _copy_of(content, kind)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise CannotShow(TOO_LARGE) from None
    except CannotShow:
        raise
    except _BROKEN:
        # The error of a decoder can carry what stands in the file.
        raise CannotShow(BROKEN) from None


def _copy_of(content: bytes, kind: str, *, is_upright: bool = False) -> bytes:
    if kind == "jpeg" and content.count(_SCAN) > _MOST_SCANS:
        raise CannotShow(TOO_LARGE)
    with Image.open(BytesIO(content), formats=[_FORMATS[kind]]) as picture:
        return _drawn(picture, is_upright=is_upright)


def _drawn(picture: Image.Image, *, is_upright: bool) -> bytes:
    width, height = picture.size
    if width * height > MOST_PIXELS:
        raise CannotShow(TOO_LARGE)
    picture.thumbnail((LONG_SIDE, LONG_SIDE))
    upright = picture if is_upright else _upright(picture)
    # Only the dots go over to the new picture: no EXIF, colour profile, XMP or comment.
    copy = Image.new("RGB", upright.size, "white")
    if upright.has_transparency_data:
        seen_through = upright.convert("RGBA")
        copy.paste(seen_through, mask=seen_through.getchannel("A"))
    else:
        copy.paste(_eight_bits(upright).convert("RGB"))
    made = BytesIO()
    copy.save(made, "JPEG", quality=_QUALITY)
    return made.getvalue()


def _upright(picture: Image.Image) -> Image.Image:
    """Turned as the camera was held; what tells it is often damaged, then it stays as it is."""
    try:
        return ImageOps.exif_transpose(picture)
    except _BROKEN:
        return picture


def _eight_bits(picture: Image.Image) -> Image.Image:
    """Scans of 16 bits a dot would else turn white, as Pillow cuts off instead of scaling."""
    if not picture.mode.startswith("I"):
        return picture
    return picture.convert("I").point(lambda value: value / 256).convert("L")
