"""Attachments: what a file is by its content, and what to say about one that is refused.

The name is never believed: it only tells apart what one container can hold (sound or film)
and makes a file suspect whose name promises something else than its content.
"""

import codecs
import lzma
import re
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator, Sequence
from io import BytesIO
from pathlib import PurePosixPath
from typing import NamedTuple

MEGABYTE = 1024 * 1024
MAX_FILES = 9
MAX_FILE_BYTES = 10 * MEGABYTE
MAX_TOTAL_BYTES = 30 * MEGABYTE
MAX_NAME = 120

ACCEPTED = (
    "照片（JPG、PNG、HEIC、WebP）、PDF、Word（DOCX）、Excel（XLSX）、文本（TXT）、"
    "录音（MP3、M4A、AMR）、视频（MP4）"
)

# The endings under which people's phones and computers keep the accepted kinds.
_ENDINGS = frozenset(
    [
        *("jpg", "jpeg", "jpe", "jfif", "png", "heic", "heif", "hif", "webp"),
        *("pdf", "docx", "xlsx", "txt", "text"),
        *("mp3", "m4a", "amr", "awb", "mp4", "m4v", "3gp"),
    ]
)
# The endings that fit each kind; the first is given to a name that has none of them.
_ENDINGS_OF: dict[str, tuple[str, ...]] = {
    "jpeg": ("jpg", "jpeg", "jpe", "jfif"),
    "heic": ("heic", "heif", "hif"),
    "txt": ("txt", "text"),
    "amr": ("amr", "awb"),
    "mp4": ("mp4", "m4v", "3gp"),
}
_NOT_IN_FILE_NAMES = re.compile(r'[<>:"|?*%]')
_ENDING = re.compile(r"\.([a-z0-9]{1,6})$", re.ASCII)
_HEIC_BRANDS = (b"heic", b"heix", b"heim", b"heis", b"hevc", b"mif1", b"msf1")
_FILM_BRANDS = (b"iso", b"mp4", b"3gp", b"avc1", b"MSNV", b"M4V", b"dash", b"f4v")
_SOUND_BRANDS = (b"M4A", b"M4B")
_MARKUP = re.compile(
    r"<\s*[!?]|<\s*(?:html|head|body|script|svg|iframe|object|embed|style|link|meta|img|form)\b"
    r"|^#!|^\s*\{\\rtf",
    re.IGNORECASE,
)
_MARKUP_LOOKED_FOR_IN = 4096
_PIECE = 64 * 1024
_NOT_IN_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
_MAX_PARTS = 5000
_MAX_CONTENT_TYPES = MEGABYTE


# All that a damaged, encrypted or strangely packed archive can raise.
_BROKEN_ZIP = (
    *(zipfile.BadZipFile, zlib.error, lzma.LZMAError),
    *(NotImplementedError, RuntimeError, OSError, EOFError, ValueError),
)


class Offered(NamedTuple):
    """A file of the form; `content` is None when it is too large to be kept."""

    name: str
    content: bytes | None
    size: int


def kind_of(content: bytes, name: str) -> str | None:
    """'jpeg', 'png', 'docx', … by the content; None when it is none that is accepted."""
    ending = _ENDING.search(name.strip().lower())
    promised = ending[1] if ending else None
    # An ending that is only digits is no type of file: '发票.2024'.
    if promised and promised not in _ENDINGS and not promised.isdigit():
        return None
    if content.startswith(b"PK\x03\x04"):
        return _office_kind(content)
    if content[4:8] == b"ftyp":
        return _media_kind(content, promised)
    return _plain_kind(content) or _text_kind(content, promised)


def clean_name(name: str) -> str:
    """The bare name: no path, no control or direction characters, at most 120 characters."""
    bare = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    shown = "".join(" " if c.isspace() else c for c in bare if c.isspace() or _is_shown(c))
    shown = " ".join(shown.split()).lstrip(". ")
    if len(shown) > MAX_NAME:
        ending = PurePosixPath(shown).suffix[:10]
        shown = " ".join((shown[: MAX_NAME - len(ending)] + ending).split())
    return shown or "未命名"


def download_name(name: str, kind: str) -> str:
    """A name that any computer can store, ending as the content is and not as it was called."""
    bare = _NOT_IN_FILE_NAMES.sub("_", clean_name(name)).rstrip(". ")
    fitting = _ENDINGS_OF.get(kind, (kind,))
    ending = _ENDING.search(bare.lower())
    return bare if ending and ending[1] in fitting else f"{bare}.{fitting[0]}"


def check(files: Sequence[tuple[str, bytes | None, int]]) -> list[str]:
    """A sentence about each file that is refused, and about all of them together."""
    if len(files) > MAX_FILES:
        return [f"最多上传 {MAX_FILES} 个文件，您选了 {len(files)} 个。"]
    problems = [p for name, content, size in files if (p := _problem(name, content, size))]
    total = sum(size for _, _, size in files if size <= MAX_FILE_BYTES)
    if total > MAX_TOTAL_BYTES:
        problems.append(f"文件合计超过 {MAX_TOTAL_BYTES // MEGABYTE} MB，请少选几个或者分次补充。")
    return problems


def _problem(name: str, content: bytes | None, size: int) -> str | None:
    shown = clean_name(name)
    if size > MAX_FILE_BYTES:
        return f"“{shown}”超过 {MAX_FILE_BYTES // MEGABYTE} MB，请压缩后再传。"
    if content is None:
        # It was not kept because all of them together are too large, which is said once.
        return None
    if not content:
        return f"“{shown}”是空文件，请重新选择。"
    if kind_of(content, name) is None:
        return f"“{shown}”不是可以接收的格式，可以接收：{ACCEPTED}。"
    return None


def _is_shown(character: str) -> bool:
    """Neither a control, direction or unassigned character nor half of a surrogate pair."""
    return unicodedata.category(character)[0] != "C"


def _plain_kind(content: bytes) -> str | None:
    """A kind that its first bytes tell."""
    if content.startswith(b"\xff\xd8\xff"):
        return "jpeg"
    if content.startswith(b"\x89PNG\r\n\x1a\n"):
        return "png"
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        return "webp"
    if content.startswith(b"%PDF-"):
        return "pdf"
    if content.startswith((b"#!AMR\n", b"#!AMR-WB\n")):
        return "amr"
    return "mp3" if _is_mp3(content) else None


def _is_mp3(content: bytes) -> bool:
    """An ID3 tag, or the header of a frame of layer III whose fields are all in use."""
    head = content[:10]
    if head.startswith(b"ID3"):
        return len(head) == 10 and 0xFF not in head[3:5] and all(b < 0x80 for b in head[6:])
    if len(head) < 4 or head[0] != 0xFF or head[1] & 0xE0 != 0xE0:
        return False
    version, layer = head[1] >> 3 & 3, head[1] >> 1 & 3
    bitrate, rate = head[2] >> 4, head[2] >> 2 & 3
    return version != 1 and layer == 1 and bitrate not in (0, 15) and rate != 3


def _media_kind(content: bytes, promised: str | None) -> str | None:
    """HEIC, M4A or MP4: one container, told apart by its brands and the name."""
    brand = content[8:12]
    if brand in _HEIC_BRANDS:
        return "heic"
    if brand.startswith(_SOUND_BRANDS):
        return "m4a"
    if not brand.startswith(_FILM_BRANDS):
        return None
    # Many phones keep a sound recording under a brand for films.
    return "m4a" if promised == "m4a" else "mp4"


def _office_kind(content: bytes) -> str | None:
    """DOCX or XLSX without macros: a zip that says so in its list of parts."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.namelist()
            if len(names) > _MAX_PARTS or "[Content_Types].xml" not in names:
                return None
            types = archive.open("[Content_Types].xml").read(_MAX_CONTENT_TYPES)
    except _BROKEN_ZIP:
        return None
    has_macros = b"macroenabled" in types.lower() or any("vbaproject" in n.lower() for n in names)
    if has_macros:
        return None
    is_word, is_excel = (any(n.startswith(f) for n in names) for f in ("word/", "xl/"))
    return None if is_word == is_excel else "docx" if is_word else "xlsx"


def _text_kind(content: bytes, promised: str | None) -> str | None:
    """Plain text in UTF-8 or GB18030, and nothing that a browser would run."""
    if promised not in (None, "txt", "text") and not str(promised).isdigit():
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            is_plain = all(_is_plain(piece) for piece in _decoded(content, encoding))
        except UnicodeDecodeError:
            continue
        return "txt" if is_plain and not _is_markup(content, encoding) else None
    return None


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    """The text in pieces: whole, one rare character would make it four times as large."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(content), _PIECE):
        end = start + _PIECE
        yield decoder.decode(content[start:end], final=end >= len(content))


def _is_plain(text: str) -> bool:
    return _NOT_IN_TEXT.search(text) is None


def _is_markup(content: bytes, encoding: str) -> bool:
    head = next(_decoded(content, encoding), "")
    return _MARKUP.search(head[:_MARKUP_LOOKED_FOR_IN]) is not None
