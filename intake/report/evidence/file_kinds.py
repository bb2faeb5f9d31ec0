"""The one table of the kinds of files that are taken, and of those that are not.

The page's chooser, its script and its hint, the look at a file's content, the sentences about
refused files, the copies that clerks look at, the names of downloads and the tests are made
from it: whoever adds a kind adds one entry.
"""

import re
from dataclasses import dataclass
from enum import StrEnum


class Sort(StrEnum):
    """What people call a group of kinds."""

    PICTURE = "照片"
    SOUND = "录音"
    FILM = "录像"
    PDF = "PDF"
    OFD = "OFD"
    WORD = "Word"
    SHEET = "Excel"
    SLIDES = "PPT"
    WPS = "WPS"
    TEXT = "文本"


class Mark(StrEnum):
    """What a clerk must know of a file before opening it."""

    LOCKED = "locked"
    MACROS = "macros"


MARK_WORDS = {
    Mark.LOCKED: "要密码才能打开",
    Mark.MACROS: "里面有宏，打开时不要启用",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """A kind of file that is taken.

    It is known by one of: how it `begins` (a pattern of bytes), its `brands` (of an ISO media
    file), its `streams` (of an OLE container) or its `part` (of a zip). `copy_by` is what draws
    the copy that a clerk looks at: a format of Pillow's, or HEIC's own room; without it the
    original can only be taken out.
    """

    code: str
    sort: Sort
    # The first is given to a name that has none of them.
    endings: tuple[str, ...]
    # Further endings under which such a file plays or opens as well.
    also: tuple[str, ...] = ()
    # By which choosers on telephones know it.
    types: tuple[str, ...] = ()
    begins: re.Pattern[bytes] | None = None
    brands: tuple[bytes, ...] = ()
    streams: tuple[str, ...] = ()
    part: bytes = b""
    copy_by: str = ""

    @property
    def called(self) -> str:
        """What people call it: the ending, in the spelling that they know."""
        return _SPELT.get(self.code, self.endings[0].upper())


@dataclass(frozen=True, slots=True)
class Foreign:
    """What is not taken, and how it begins."""

    called: str
    begins: re.Pattern[bytes]


def _bytes(pattern: bytes) -> re.Pattern[bytes]:
    return re.compile(pattern, re.DOTALL)


_SPELT = {"webp": "WebP", "tiff": "TIFF"}
_FILMS = ("mp4", "m4v", "mov", "3gp")
HEIC_ROOM = "HEIC"

_PICTURES = (
    Kind(
        code="jpeg",
        sort=Sort.PICTURE,
        endings=("jpg", "jpeg", "jpe", "jfif"),
        types=("image/jpeg",),
        begins=_bytes(rb"\xff\xd8\xff"),
        copy_by="JPEG",
    ),
    Kind(
        code="png",
        sort=Sort.PICTURE,
        endings=("png",),
        types=("image/png",),
        begins=_bytes(rb"\x89PNG\r\n\x1a\n"),
        copy_by="PNG",
    ),
    Kind(
        code="heic",
        sort=Sort.PICTURE,
        endings=("heic", "heif", "hif"),
        types=("image/heic", "image/heif"),
        brands=(b"hei", b"hev", b"mif", b"msf"),
        copy_by=HEIC_ROOM,
    ),
    Kind(
        code="webp",
        sort=Sort.PICTURE,
        endings=("webp",),
        types=("image/webp",),
        begins=_bytes(rb"RIFF....WEBP"),
        copy_by="WEBP",
    ),
    Kind(
        code="gif",
        sort=Sort.PICTURE,
        endings=("gif",),
        types=("image/gif",),
        # Without a table of colours, a block begins right behind the head.
        begins=_bytes(rb"GIF8[79]a.{4}(?:[\x80-\xff]|[\x00-\x7f]..[,!;])"),
        copy_by="GIF",
    ),
    Kind(
        code="bmp",
        sort=Sort.PICTURE,
        endings=("bmp", "dib"),
        types=("image/bmp", "image/x-ms-bmp"),
        # The second head tells its own length.
        begins=_bytes(rb"BM.{12}[\x0c\x28\x34\x38\x40\x6c\x7c]\0\0\0"),
        copy_by="BMP",
    ),
    Kind(
        code="tiff",
        sort=Sort.PICTURE,
        endings=("tif", "tiff"),
        types=("image/tiff",),
        begins=_bytes(rb"II[*+]\0|MM\0[*+]"),
        copy_by="TIFF",
    ),
    Kind(
        code="avif",
        sort=Sort.PICTURE,
        endings=("avif", "avifs"),
        types=("image/avif",),
        brands=(b"avi",),
        copy_by="AVIF",
    ),
)
_SOUNDS = (
    Kind(
        code="mp3",
        sort=Sort.SOUND,
        endings=("mp3",),
        types=("audio/mpeg", "audio/mp3"),
        # A tag, or the head of a frame of layer III whose fields are all in use.
        begins=_bytes(
            rb"ID3[^\xff][^\xff].[\x00-\x7f]{4}"
            rb"|\xff[\xe2\xe3\xf2\xf3\xfa\xfb](?![\x00-\x0f\xf0-\xff])"
            rb"[^\x0c-\x0f\x1c-\x1f\x2c-\x2f\x3c-\x3f\x4c-\x4f\x5c-\x5f\x6c-\x6f\x7c-\x7f"
            rb"\x8c-\x8f\x9c-\x9f\xac-\xaf\xbc-\xbf\xcc-\xcf\xdc-\xdf\xec-\xef]."
        ),
    ),
    Kind(
        code="m4a",
        sort=Sort.SOUND,
        endings=("m4a", "m4b", "3ga"),
        types=("audio/mp4", "audio/x-m4a", "audio/m4a"),
        brands=(b"M4A", b"M4B", b"M4P"),
    ),
    Kind(
        code="aac",
        sort=Sort.SOUND,
        endings=("aac", "adts"),
        types=("audio/aac", "audio/x-aac", "audio/aacp"),
        begins=_bytes(rb"ADIF|\xff[\xf0\xf1\xf8\xf9][\x00-\x33\x40-\x73\x80-\xb3\xc0-\xf3].{4}"),
    ),
    Kind(
        code="amr",
        sort=Sort.SOUND,
        endings=("amr", "awb"),
        types=("audio/amr", "audio/amr-wb"),
        # The last is how a common messenger keeps what was spoken, under the same ending.
        begins=_bytes(rb"#!AMR(?:-WB)?(?:_MC1\.0)?\n|\x02?#!SILK_V3"),
    ),
    Kind(
        code="wav",
        sort=Sort.SOUND,
        endings=("wav", "wave"),
        types=("audio/wav", "audio/x-wav", "audio/wave"),
        begins=_bytes(rb"(?:RIFF|RF64|BW64)....WAVE"),
    ),
    Kind(
        code="ogg",
        sort=Sort.SOUND,
        endings=("ogg", "oga", "opus", "spx"),
        types=("audio/ogg", "audio/opus"),
        begins=_bytes(rb"OggS\0"),
    ),
)
_FILM_KINDS = (
    # Any brand of ISO media that no other kind has.
    Kind(
        code="mp4",
        sort=Sort.FILM,
        endings=("mp4", "m4v", "f4v"),
        also=(*_FILMS, "3gpp"),
        types=("video/mp4", "video/x-m4v"),
    ),
    Kind(
        code="mov",
        sort=Sort.FILM,
        endings=("mov", "qt"),
        also=_FILMS,
        types=("video/quicktime",),
        brands=(b"qt",),
        # The oldest begin with any of their boxes, as long as it is.
        begins=_bytes(rb"[\x00-\x07]...(?:moov|mdat|wide|free|skip|pnot)"),
    ),
    Kind(
        code="3gp",
        sort=Sort.FILM,
        endings=("3gp", "3gpp", "3g2", "3gpp2"),
        also=_FILMS,
        types=("video/3gpp", "video/3gpp2", "audio/3gpp"),
        brands=(b"3g",),
    ),
)
_DOCUMENTS = (
    Kind(
        code="pdf",
        sort=Sort.PDF,
        endings=("pdf",),
        types=("application/pdf",),
        begins=_bytes(rb"%PDF-"),
    ),
    Kind(code="ofd", sort=Sort.OFD, endings=("ofd",), part=b"OFD.xml"),
    Kind(
        code="doc",
        sort=Sort.WORD,
        endings=("doc", "dot"),
        types=("application/msword",),
        streams=("WordDocument",),
    ),
    Kind(
        code="docx",
        sort=Sort.WORD,
        endings=("docx", "docm", "dotx", "dotm"),
        types=("application/vnd.openxmlformats-officedocument.wordprocessingml.document",),
        part=b"word/",
    ),
    Kind(
        code="xls",
        sort=Sort.SHEET,
        endings=("xls", "xlt"),
        types=("application/vnd.ms-excel",),
        streams=("Workbook", "Book"),
    ),
    Kind(
        code="xlsx",
        sort=Sort.SHEET,
        endings=("xlsx", "xlsm", "xlsb", "xltx", "xltm"),
        types=("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",),
        part=b"xl/",
    ),
    Kind(
        code="ppt",
        sort=Sort.SLIDES,
        endings=("ppt", "pps", "pot"),
        types=("application/vnd.ms-powerpoint",),
        streams=("PowerPoint Document",),
    ),
    Kind(
        code="pptx",
        sort=Sort.SLIDES,
        endings=("pptx", "pptm", "ppsx", "ppsm", "potx", "potm"),
        types=("application/vnd.openxmlformats-officedocument.presentationml.presentation",),
        part=b"ppt/",
    ),
    # In the same containers as DOC, XLS and PPT: the name alone tells them apart.
    Kind(code="wps", sort=Sort.WPS, endings=("wps", "wpt"), streams=("WordDocument",)),
    Kind(code="et", sort=Sort.WPS, endings=("et", "ett"), streams=("Workbook", "Book")),
    Kind(code="dps", sort=Sort.WPS, endings=("dps", "dpt"), streams=("PowerPoint Document",)),
    Kind(code="txt", sort=Sort.TEXT, endings=("txt", "text"), types=("text/plain",)),
    Kind(
        code="csv",
        sort=Sort.TEXT,
        endings=("csv",),
        types=("text/csv", "text/comma-separated-values"),
    ),
)
KINDS = (*_PICTURES, *_SOUNDS, *_FILM_KINDS, *_DOCUMENTS)

FOREIGN = (
    Foreign(
        "程序",
        _bytes(
            rb"MZ|\x7fELF|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe|dex\n"
            rb"|#!|L\0\0\0\x01\x14\x02\0"
        ),
    ),
    Foreign(
        "压缩包",
        _bytes(
            rb"PK(?:\x03\x04|\x05\x06|\x07\x08)|Rar!|7z\xbc\xaf|\x1f\x8b|BZh|\xfd7zXZ|MSCF"
            rb"|\x28\xb5\x2f\xfd|.{257}ustar"
        ),
    ),
    Foreign("网页", _bytes(rb"(?:\xef\xbb\xbf)?\s{0,99}<|\{\\rtf")),
)

OF_CODE = {kind.code: kind for kind in KINDS}
OF_ENDING = {ending: kind for kind in KINDS for ending in kind.endings}
RECORDINGS = (Sort.SOUND, Sort.FILM)


def _all_kinds() -> str:
    """照片（JPG、PNG、…）、录音（…）、…"""
    groups = {sort: [kind.called for kind in KINDS if kind.sort == sort] for sort in Sort}
    return "、".join(
        str(sort) if called == [sort] else f"{sort}（{'、'.join(called)}）"
        for sort, called in groups.items()
    )


ACCEPTED = _all_kinds()
