"""Plain text, in any of the ways in which Chinese computers write it down."""

import codecs
import re
from collections.abc import Iterator

from intake.report.evidence.file_kinds import OF_CODE

_PIECE = 64 * 1024
# In UTF-8 and GB18030 these bytes are never part of another character.
_NOT_IN_TEXT = [bytes([byte]) for byte in (*range(9), 0x0B, *range(0x0E, 0x20), 0x7F)]
_NOT_IN_WIDE_TEXT = re.compile(r"[\x00-\x08\x0b\x0e-\x1f\x7f]")
# With this old programs end a text.
_LAST = b"\x1a"
_WIDE = {codecs.BOM_UTF16_LE: "utf-16-le", codecs.BOM_UTF16_BE: "utf-16-be"}
_MARKUP = re.compile(
    r"<\s{0,99}[!?]"
    r"|<\s{0,99}(?:html|head|body|script|svg|iframe|object|embed|style|link|meta|img|form)\b"
    r"|^#!|^\s{0,99}\{\\rtf",
    re.IGNORECASE,
)
_MARKUP_LOOKED_FOR_IN = 4096


def text_kind(content: bytes, promised: str | None) -> str | None:
    """'txt' or 'csv' where it is text, and nothing that a browser would run."""
    if promised not in (None, *OF_CODE["txt"].endings, *OF_CODE["csv"].endings):
        return None
    head = _wide_head(content) if content[:2] in _WIDE else _narrow_head(content)
    if head is None or _MARKUP.search(head[:_MARKUP_LOOKED_FOR_IN]):
        return None
    return "csv" if promised in OF_CODE["csv"].endings else "txt"


def _narrow_head(content: bytes) -> str | None:
    """The beginning of a text in UTF-8 or GB18030; which of them it is, the beginning tells."""
    if any(_is_in(byte, content) for byte in _NOT_IN_TEXT):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return next(_decoded(content, encoding), "")
        except UnicodeDecodeError:
            continue
    return None


def _wide_head(content: bytes) -> str | None:
    """The beginning of a text in UTF-16, which says so with its first two bytes."""
    head = None
    try:
        for piece in _decoded(content[2:], _WIDE[content[:2]]):
            if _NOT_IN_WIDE_TEXT.search(piece):
                return None
            head = piece if head is None else head
    except UnicodeDecodeError:
        return None
    return head or ""


def _is_in(byte: bytes, content: bytes) -> bool:
    place = content.find(byte)
    return place >= 0 and (byte != _LAST or place < len(content) - 1)


def _decoded(content: bytes, encoding: str) -> Iterator[str]:
    """The text in pieces: whole, one rare character would make it four times as large."""
    decoder = codecs.getincrementaldecoder(encoding)()
    for start in range(0, len(content), _PIECE):
        end = start + _PIECE
        yield decoder.decode(content[start:end], final=end >= len(content))
