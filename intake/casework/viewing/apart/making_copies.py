"""Copies of a file for the clerk, of whatever kind it is; what a kind needs says `programs`."""

from collections.abc import Iterator
from typing import IO

from intake.casework.viewing.apart import programs
from intake.casework.viewing.apart.documents import pdf_pages
from intake.casework.viewing.apart.made_copies import (
    NO_COPY,
    CannotShow,
    FileFacts,
    Made,
    MadeCopy,
    Progress,
    Tell,
    tell_nobody,
)
from intake.casework.viewing.apart.pictures.drawing import JPEG, draw
from intake.report.evidence import OF_CODE, Sort

__all__ = [
    "CannotShow",
    "FileFacts",
    "MadeCopy",
    "Progress",
    "copies_of",
    "facts_of",
    "is_possible",
]


def is_possible(kind: str) -> bool:
    """Whether files of this kind have copies on this machine; else only the original is there."""
    return programs.is_possible(kind)


def copies_of(
    kind: str, source: IO[bytes], *, first: int = 1, tell: Tell = tell_nobody
) -> Iterator[MadeCopy]:
    """The copies, one after the other as they are made; of a document ten pages from `first` on.

    `source` is read from its beginning, more than once, and how far it is, is told, both in this
    same thread. What runs in a room ends when the iterator is closed, and with the thread that
    began it. Raises CannotShow at the beginning or in the middle.
    """
    if not is_possible(kind):
        raise CannotShow(NO_COPY)
    yield from _MAKERS[OF_CODE[kind].sort](kind, source, first, tell)


def facts_of(kind: str, source: IO[bytes]) -> FileFacts:
    """What is told of a file beside its copies. Raises nothing for a file that is damaged."""
    return FileFacts()


def _pictures(kind: str, source: IO[bytes], first: int, tell: Tell) -> Iterator[MadeCopy]:
    source.seek(0)
    drawn = draw(source.read(), kind)
    for number, content in enumerate(drawn, start=1):
        if number >= first:
            yield MadeCopy(Made.PICTURE, number, JPEG, content, of=len(drawn))
    tell(Progress(len(drawn), len(drawn)))


def _pdf(_kind: str, source: IO[bytes], first: int, tell: Tell) -> Iterator[MadeCopy]:
    return pdf_pages.pages_of(source, first, tell)


_MAKERS = {Sort.PICTURE: _pictures, Sort.PDF: _pdf}
