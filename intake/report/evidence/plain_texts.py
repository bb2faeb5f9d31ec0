"""Plain text, in any of the ways in which Chinese computers write it down."""

import codecs
import re
from collections.abc import Iterator

from intake.report.contents import LookedThrough, pieces_of
from intake.report.evidence.file_kinds import OF_CODE

# In UTF-8 and GB18030 these bytes are never part of another character.
_NOT_IN_TEXT = bytes((*range(9), 0x0B, *range(0x0E, 0x20), 0x7F))
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


def text_kind(content: LookedThrough, promised: str | None) -> str | None:
    """'txt' or 'csv' where it is text, and nothing that a browser would run."""
    if promised not in (None, *OF_CODE["txt"].endings, *OF_CODE["csv"].endings):
        return None
    head = _wide_head(content) if content[:2] in _WIDE else _narrow_head(content)
    if head is None or _MARKUP.search(head[:_MARKUP_LOOKED_FOR_IN]):
        return None
    return "csv" if promised in OF_CODE["csv"].endings else "txt"


def _narrow_head(content: LookedThrough) -> str | None:
    """The beginning of a text in UTF-8 or GB18030; which of them it is, the beginning tells."""
    if _has_what_no_text_has(content):
        return None
    for encoding in ("utf-8-sig", "gb18030"):
        try:
            return next(_decoded(content, encoding), "")
        except UnicodeDecodeError:
            continue
    return None


def _wide_head(content: LookedThrough) -> str | None:
    """The beginning of a text in UTF-16, which says so with its first two bytes."""
    head = None
    try:
        for piece in _decoded(content, _WIDE[content[:2]], start=2):
            if _NOT_IN_WIDE_TEXT.search(piece):
                return None
            head = piece if head is None else head
    except UnicodeDecodeError:
        return None
    return head or ""


def _has_what_no_text_has(content: LookedThrough) -> bool:
    left = len(content)
    for piece in pieces_of(content):
        left -= len(piece)
        looked_at = piece if left else piece.removesuffix(_LAST)
        if len(looked_at.translate(None, _NOT_IN_TEXT)) < len(looked_at):
            return True
    return False


def _decoded(content: LookedThrough, encoding: str, *, start: int = 0) -> Iterator[str]:
    """The text in pieces: whole, one rare character would make it four times as large."""
    decoder = codecs.getincrementaldecoder(encoding)()
    left = len(content) - start
    for piece in pieces_of(content, start):
        left -= len(piece)
        yield decoder.decode(piece, final=not left)
