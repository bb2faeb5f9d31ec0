"""Photographs as phones take them."""

import io
from functools import cache

from PIL import Image, ImageStat

GPS = 0x8825


@cache
def photograph() -> bytes:
    """A JPEG of 3000 x 1500 that tells where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (36.0, 27.0, 25.5), 3: "E", 4: (115.0, 59.0, 8.0)}
    content = io.BytesIO()
    Image.new("RGB", (3000, 1500), "teal").save(content, "JPEG", exif=exif)
    return content.getvalue()


def with_strokes(size: tuple[int, int]) -> bytes:
    """A PNG with black strokes as wide as those of small print on a telephone's screen."""
    across, down = size
    stroke = Image.new("L", (8, 8), 255)
    stroke.paste(0, (0, 0, 4, 8))
    line = Image.new("L", (across, 8))
    for left in range(0, across, 8):
        line.paste(stroke, (left, 0))
    picture = Image.new("L", size, 255)
    for top in range(0, down, 40):
        for part in range(0, 24, 8):
            picture.paste(line, (0, top + part))
    content = io.BytesIO()
    picture.convert("RGB").save(content, "PNG")
    return content.getvalue()


def contrast(picture: Image.Image) -> float:
    """How far dark and bright are apart within the strokes of one line: some 127 at first."""
    grey, height = picture.convert("L"), picture.height
    darkest = min(
        range(0, height // 2, max(1, height // 1000)),
        key=lambda top: ImageStat.Stat(grey.crop((0, top, 200, top + 1))).mean[0],
    )
    return ImageStat.Stat(grey.crop((0, darkest, 200, darkest + 1))).stddev[0]
