"""Good and hostile files, made here: what people send, and what somebody may send to hurt."""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, PngImagePlugin

MB = 1024 * 1024
AUTHOR = "张三的手机（演示）"
SCRIPT = b"<html><script>alert(document.domain)</script></html>"
# 36 degrees 27 minutes north, 115 degrees 59 minutes east.
_POSITION = {1: "N", 2: (36.0, 27.0, 0.0), 3: "E", 4: (115.0, 59.0, 0.0)}
_ARTIST, _ORIENTATION, _GPS = 0x013B, 0x0112, 0x8825


def picture(kind: str = "JPEG", size: tuple[int, int] = (64, 48), **options: Any) -> bytes:
    """Left half red, right half blue, with all that a phone writes beside the dots."""
    image = Image.new("RGB", size, "red")
    image.paste("blue", (size[0] // 2, 0, *size))
    made = io.BytesIO()
    image.save(made, kind, exif=exif(options.pop("orientation", 1)), **options)
    return made.getvalue()


def exif(orientation: int = 1) -> bytes:
    """A position, an author, and how the camera was held."""
    told = Image.Exif()
    told[_ORIENTATION], told[_ARTIST] = orientation, AUTHOR
    told[_GPS] = _POSITION
    return told.tobytes()


def jpeg_with_everything() -> bytes:
    """EXIF with a position, XMP, a colour profile and a comment."""
    return picture(
        comment=AUTHOR.encode(), xmp=b"<x:xmpmeta>" + AUTHOR.encode(), icc_profile=b"profile" * 40
    )


def png_with_text() -> bytes:
    told = PngImagePlugin.PngInfo()
    told.add_itxt("Author", AUTHOR)
    return picture("PNG", pnginfo=told)


def huge_png(width: int = 60_000, height: int = 60_000) -> bytes:
    """A header that promises 3.6 thousand million dots; some kilobytes of zeros behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    dots = zlib.compress(b"\0" * MB)
    chunks = ((b"IHDR", header), (b"IDAT", dots), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def huge_webp() -> bytes:
    """The largest canvas that the format knows, 268 million dots, around a picture of eight."""
    side = (16_383 - 1).to_bytes(3, "little")
    small = picture("WEBP", (8, 8), lossless=True)[12:]
    frame = b"\0" * 6 + (7).to_bytes(3, "little") * 2 + b"\0" * 4 + small[small.index(b"VP8L") :]
    parts = _riff(b"VP8X", b"\x02\0\0\0" + side * 2) + _riff(b"ANIM", b"\0" * 6)
    body = b"WEBP" + parts + _riff(b"ANMF", frame)
    return b"RIFF" + struct.pack("<I", len(body)) + body


def many_scans() -> bytes:
    """A progressive photo whose last scan stands in it ten thousand times."""
    photo = picture(progressive=True)
    last = photo.rindex(b"\xff\xda")
    return photo[:last] + photo[last:-2] * 10_000 + photo[-2:]


def moving(kind: str) -> bytes:
    """A red frame, then a blue one."""
    frames = [Image.new("RGB", (8, 8), colour) for colour in ("red", "blue")]
    made = io.BytesIO()
    frames[0].save(made, kind, save_all=True, append_images=frames[1:], lossless=True)
    return made.getvalue()


def polyglot() -> bytes:
    """A true photo that is a page as well, in its comment and behind its end."""
    return picture(comment=SCRIPT) + SCRIPT


def docx(part: bytes = b"<w:document/>") -> bytes:
    return _office("word/document.xml", part)


def zip_bomb() -> bytes:
    """A Word file of some kilobytes that unpacks to 64 MB."""
    return docx(b"\0" * (64 * MB))


def pdf_with_script() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript"
        b"/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def largest_allowed() -> bytes:
    """A photo of exactly 10 MB."""
    photo = picture()
    return photo + b"\0" * (10 * MB - len(photo))


def _container(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0" * 4 + b"isommp42" + b"\0" * 40


# Each allowed kind under a name that suits it.
GOOD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpeg": ("合同照片.jpg", jpeg_with_everything),
    "png": ("截图.png", png_with_text),
    "webp": ("图片.webp", lambda: picture("WEBP", xmp=AUTHOR.encode())),
    "heic": ("苹果照片.heic", lambda: _container(b"heic")),
    "pdf": ("扫描件.pdf", pdf_with_script),
    "docx": ("情况说明.docx", docx),
    "xlsx": ("账目.xlsx", lambda: _office("xl/workbook.xml", b"<workbook/>")),
    "txt": ("说明.txt", "（演示）情况说明".encode),
    "mp3": ("录音.mp3", lambda: b"ID3\x03\0\0\0\0\0\0" + b"\0" * 64),
    "m4a": ("录音.m4a", lambda: _container(b"M4A ")),
    "amr": ("录音.amr", lambda: b"#!AMR\n" + b"\0" * 64),
    "mp4": ("录像.mp4", lambda: _container(b"isom")),
}
# What is dangerous or broken enough to be refused by its content, whatever its name.
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("照片.jpg", lambda: b""),
    "page as photo": ("照片.jpg", lambda: SCRIPT),
    "drawing as photo": ("照片.png", lambda: b'<svg onload="alert(1)"/>'),
    "drawing as text": ("说明.txt", lambda: b'<?xml version="1.0"?><svg/>'),
    "page as text": ("说明.txt", lambda: SCRIPT),
    "photo as page": ("照片.html", picture),
    "program as photo": ("照片.jpg", lambda: b"MZ\x90\0" + b"\0" * 64),
    "program as text": ("说明.txt", lambda: b"#!/bin/sh\n"),
    "cut off Word": ("说明.docx", lambda: docx()[:60]),
    "archive": ("说明.docx", lambda: _office("readme", b"")),
}
# What is taken in, since its content is of an allowed kind, but never drawn.
NOT_SHOWN: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpeg cut off": ("jpeg", lambda: picture(size=(640, 480))[:700]),
    "jpeg of nothing": ("jpeg", lambda: b"\xff\xd8\xff\xe0" + b"\0" * 64),
    "jpeg of many scans": ("jpeg", many_scans),
    "png of 60,000": ("png", huge_png),
    "png of 41 million": ("png", lambda: huge_png(41_000, 1_000)),
    "png cut off": ("png", lambda: png_with_text()[:-60]),
    "webp of 16,383": ("webp", huge_webp),
    "another kind": ("webp", picture),
    "no kind of picture": ("svg", lambda: b"<svg/>"),
}


def _office(part: str, content: bytes) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("[Content_Types].xml", b"<Types/>")
        archive.writestr(part, content)
    return made.getvalue()


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body
