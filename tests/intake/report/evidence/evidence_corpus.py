"""Good and hostile files, made here: what people send, and what somebody may send to hurt."""

import io
import struct
import zlib
from collections.abc import Callable
from typing import Any

from PIL import Image, PngImagePlugin

from tests.intake.report.evidence.containers import PICTURES, SPEECH, compound, media, webm, zipped

MB = 1024 * 1024
AUTHOR = "张三的手机（演示）"
SCRIPT = b"<html><script>alert(document.domain)</script></html>"
# The head of a frame of AAC: 44,100 Hz, two channels.
ADTS = b"\xff\xf1\x50\x80\x02\x1f\xfc"
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
    options = {"lossless": True} if kind == "WEBP" else {}
    frames[0].save(made, kind, save_all=True, append_images=frames[1:], **options)
    return made.getvalue()


def polyglot() -> bytes:
    """A true photo that is a page as well, in its comment and behind its end."""
    return picture(comment=SCRIPT) + SCRIPT


def docx(part: bytes = b"<w:document/>") -> bytes:
    return zipped({"word/document.xml": part})


def zip_bomb() -> bytes:
    """A Word file of some kilobytes that unpacks to 64 MB."""
    return docx(b"\0" * (64 * MB))


def pdf_with_script() -> bytes:
    return (
        b"%PDF-1.7\n1 0 obj<</Type/Catalog/OpenAction<</S/JavaScript"
        b"/JS(app.alert\\(1\\))>>>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF"
    )


def large_photo() -> bytes:
    """A photo of exactly 10 MB."""
    photo = picture()
    return photo + b"\0" * (10 * MB - len(photo))


def strips(count: int) -> bytes:
    """A TIFF of a hundred dots a side whose dots lie in as many strips as it says."""
    told = {256: 100, 257: 100, 258: 8, 259: 1, 262: 1, 273: 122, 277: 1, 278: 1, 279: 100}
    tags = b"".join(
        struct.pack("<HHLL", tag, 4, count if tag == 273 else 1, value)
        for tag, value in told.items()
    )
    head = struct.pack("<2sHLH", b"II", 42, 8, len(told)) + tags + b"\0" * 4
    return head + struct.pack("<L", 122) * count


def packed_bmp(runs: int) -> bytes:
    """A BMP of 16 million dots, packed one dot at a time."""
    packed = b"\x01\x05" * runs
    head = struct.pack("<2sLHHL", b"BM", 1078 + len(packed), 0, 0, 1078)
    head += struct.pack("<LllHHLLllLL", 40, 4000, 4000, 1, 8, 1, len(packed), 0, 0, 256, 0)
    return head + bytes(1024) + packed


def tagged(behind: bytes) -> bytes:
    """A sound behind a tag of 20 bytes."""
    return b"ID3\x04\0\0\0\0\0\x14" + b"\0" * 20 + behind


# Each allowed kind under a name that suits it.
GOOD: dict[str, tuple[str, Callable[[], bytes]]] = {
    "jpeg": ("合同照片.jpg", jpeg_with_everything),
    "png": ("截图.png", png_with_text),
    "webp": ("图片.webp", lambda: picture("WEBP", xmp=AUTHOR.encode())),
    "heic": ("苹果照片.heic", lambda: media(b"heic")),
    "gif": ("动图.gif", lambda: moving("GIF")),
    "bmp": ("画图.bmp", lambda: picture("BMP")),
    "tiff": ("扫描.tif", lambda: picture("TIFF") + AUTHOR.encode()),
    "avif": ("新照片.avif", lambda: picture("AVIF", xmp=AUTHOR.encode())),
    "pdf": ("扫描件.pdf", pdf_with_script),
    "ofd": ("发票.ofd", lambda: zipped({"OFD.xml": b"<ofd:OFD/>", "Doc_0/D.xml": b""}, types=None)),
    "doc": ("旧文档.doc", lambda: compound({"WordDocument": bytes(4096), "1Table": b"x"})),
    "docx": ("情况说明.docx", docx),
    "xls": ("旧账.xls", lambda: compound({"Workbook": bytes(4096)})),
    "xlsx": ("账目.xlsx", lambda: zipped({"xl/workbook.xml": b"<workbook/>"})),
    "ppt": ("汇报.ppt", lambda: compound({"PowerPoint Document": bytes(4096)})),
    "pptx": ("汇报.pptx", lambda: zipped({"ppt/presentation.xml": b"<p/>"})),
    "wps": ("金山文字.wps", lambda: compound({"WordDocument": bytes(4096)})),
    "et": ("金山表格.et", lambda: compound({"Workbook": bytes(4096)})),
    "dps": ("金山演示.dps", lambda: compound({"PowerPoint Document": bytes(4096)})),
    "txt": ("说明.txt", "（演示）情况说明".encode),
    "csv": ("名单.csv", "姓名,金额\r\n（演示）,5000\r\n".encode),
    "mp3": ("录音.mp3", lambda: b"ID3\x03\0\0\0\0\0\0" + b"\0" * 64),
    "m4a": ("录音.m4a", lambda: media(b"M4A ")),
    "aac": ("录音.aac", lambda: ADTS + b"\0" * 64),
    "amr": ("录音.amr", lambda: b"#!AMR\n" + b"\0" * 64),
    "wav": ("录音.wav", lambda: b"RIFF\x40\0\0\0WAVEfmt " + b"\0" * 64),
    "ogg": ("录音.ogg", lambda: b"OggS\0\x02" + b"\0" * 64),
    "weba": ("录音1.webm", lambda: webm(SPEECH)),
    "webm": ("录像.webm", lambda: webm(SPEECH, PICTURES)),
    "mp4": ("录像.mp4", lambda: media(b"isom")),
    "mov": ("苹果录像.mov", lambda: media(b"qt  ")),
    "3gp": ("老手机录像.3gp", lambda: media(b"3gp4")),
}
# What is dangerous or broken enough to be refused by its content, whatever its name.
REFUSED: dict[str, tuple[str, Callable[[], bytes]]] = {
    "empty": ("照片.jpg", lambda: b""),
    "page as photo": ("照片.jpg", lambda: SCRIPT),
    "drawing as photo": ("照片.png", lambda: b'<svg onload="alert(1)"/>'),
    "drawing": ("图.svg", lambda: b"<svg/>"),
    "archive of pictures": ("照片.zip", lambda: zipped({"一.jpg": b""}, types=None)),
    "another archive": ("材料.rar", lambda: b"Rar!\x1a\x07\0" + b"\0" * 64),
    "installer as Word": ("说明.doc", lambda: compound({"\x05SummaryInformation": bytes(4096)})),
    "drawing as text": ("说明.txt", lambda: b'<?xml version="1.0"?><svg/>'),
    "page as text": ("说明.txt", lambda: SCRIPT),
    "photo as page": ("照片.html", picture),
    "program as photo": ("照片.jpg", lambda: b"MZ\x90\0" + b"\0" * 64),
    "program as text": ("说明.txt", lambda: b"#!/bin/sh\n"),
    "cut off Word": ("说明.docx", lambda: docx()[:60]),
    "archive": ("说明.docx", lambda: zipped({"readme": b""})),
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
    "tiff of a million strips": ("tiff", lambda: strips(1_000_000)),
    "tiff of more than 4 GB": ("tiff", lambda: b"II+\0" + b"\0" * 64),
    "tiff cut off": ("tiff", lambda: picture("TIFF")[:40]),
    "bmp packed dot by dot": ("bmp", lambda: packed_bmp(200_000)),
    "gif of 65,535": ("gif", lambda: b"GIF89a\xff\xff\xff\xff\0\0\0,\0\0\0\0\xff\xff\xff\xff\0"),
    "no kind of picture": ("svg", lambda: b"<svg/>"),
}


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _riff(name: bytes, body: bytes) -> bytes:
    return name + struct.pack("<I", len(body)) + body
