"""Photographs as phones take them."""

import io

from PIL import Image

GPS = 0x8825


def photograph() -> bytes:
    """A JPEG of 3000 x 1500 that tells where it was taken."""
    exif = Image.Exif()
    exif[GPS] = {1: "N", 2: (36.0, 27.0, 25.5), 3: "E", 4: (115.0, 59.0, 8.0)}
    content = io.BytesIO()
    Image.new("RGB", (3000, 1500), "teal").save(content, "JPEG", exif=exif)
    return content.getvalue()
