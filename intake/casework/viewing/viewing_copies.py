"""Copies of pictures and pages, drawn while the clerk waits, one at a time; never the original."""

from collections.abc import Generator
from contextlib import closing
from typing import IO, cast

from intake.arriving.turns import NoTurn, Turns
from intake.casework.viewing.apart import programs
from intake.casework.viewing.apart.facts import facts_of
from intake.casework.viewing.apart.made_copies import (
    BROKEN_FILE,
    NO_COPY,
    CannotShow,
    CannotShowNow,
    Drawn,
    MadeCopy,
)
from intake.casework.viewing.apart.making_copies import copies_of
from intake.casework.viewing.apart.pictures.drawing import draw
from intake.report.contents import Content
from intake.report.draft import Attachment
from intake.report.evidence import OF_CODE, Sort

__all__ = [
    "DRAWING",
    "CannotShow",
    "CannotShowNow",
    "has_copy",
    "page_of",
    "pages_in",
    "viewing_copies",
]

# One picture of the largest kind takes up to some 230 MB and a second or two; the pages of one
# TIFF are drawn one after the other.
DRAWING = Turns(most=12, longest_seconds=30)
# A page takes a second or two in a room of its own, and a document asks for several at once.
_PAGING = Turns(most=24, longest_seconds=60)
TRY_AGAIN = "现在看图片的人多，还没有轮到这一张。请过一会儿，回到信访件再点一次“查看副本”。"


def has_copy(kind: str) -> bool:
    """Whether a file of this kind is a picture that can be looked at as a copy."""
    return kind in OF_CODE and bool(OF_CODE[kind].copy_by) and programs.is_possible(kind)


def viewing_copies(source: IO[bytes], kind: str) -> Drawn:
    """The picture as `draw` makes them: it is read once its turn has come.

    Raises CannotShow.
    """
    if not has_copy(kind):
        raise CannotShow(NO_COPY)
    try:
        with DRAWING.one():
            return draw(source, kind)
    except NoTurn:
        raise CannotShowNow(TRY_AGAIN) from None


def pages_in(file: Attachment) -> int:
    """How many pages of a document can be looked at; 0 of what is none, or cannot be drawn."""
    if OF_CODE[file.kind].sort is not Sort.PDF or not programs.is_possible(file.kind):
        return 0
    with file.content.opened() as source:
        return facts_of(file.kind, source).pages or 0


def page_of(content: Content, kind: str, number: int) -> bytes:
    """One page of a document as a JPEG; the room ends with it. Raises CannotShow."""
    try:
        with (
            _PAGING.one(),
            content.opened() as source,
            closing(cast("Generator[MadeCopy]", copies_of(kind, source, first=number))) as pages,
        ):
            page = next(pages, None)
    except NoTurn:
        raise CannotShowNow(TRY_AGAIN) from None
    if page is None or page.number != number:
        raise CannotShow(BROKEN_FILE)
    return page.content
