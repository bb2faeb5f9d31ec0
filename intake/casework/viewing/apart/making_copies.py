"""Copies of a file for the clerk, of whatever kind it is; what a kind needs says `programs`."""

from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from math import ceil
from typing import IO

from intake.casework.viewing.apart import programs
from intake.casework.viewing.apart.documents import office_pages, pdf_pages
from intake.casework.viewing.apart.facts import facts_of
from intake.casework.viewing.apart.made_copies import (
    BROKEN_FILE,
    NO_COPY,
    PAGES_GO_ON,
    SPOKEN,
    CannotShow,
    FileFacts,
    Made,
    MadeCopy,
    Progress,
    Tell,
    tell_nobody,
)
from intake.casework.viewing.apart.pictures.drawing import JPEG, draw
from intake.casework.viewing.apart.recordings.films import film_of
from intake.casework.viewing.apart.recordings.media_probe import probe
from intake.casework.viewing.apart.recordings.opus_sounds import sound_of
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


# How a common messenger keeps what was spoken, under the name of AMR; ffmpeg does not read it.
_SPOKEN = b"#!SILK_V3"


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


def _pictures(kind: str, source: IO[bytes], first: int, tell: Tell) -> Iterator[MadeCopy]:
    source.seek(0)
    drawn = draw(source, kind)
    count = len(drawn.copies)
    for number, content in enumerate(drawn.copies, start=1):
        if number >= first:
            note = drawn.note if number == count else ""
            yield MadeCopy(Made.PICTURE, number, JPEG, content, of=count, note=note)
    tell(Progress(count, count))


def _pdf(_kind: str, source: IO[bytes], first: int, tell: Tell) -> Iterator[MadeCopy]:
    return pdf_pages.pages_of(source, first, tell)


def _office(kind: str, source: IO[bytes], first: int, tell: Tell) -> Iterator[MadeCopy]:
    pdf = BytesIO(office_pages.as_pdf(kind, source))
    for page in pdf_pages.pages_of(pdf, first, tell):
        is_last = page.number == office_pages.MOST_PAGES
        yield replace(page, note=PAGES_GO_ON) if is_last else page


def _recording(kind: str, source: IO[bytes], _first: int, tell: Tell) -> Iterator[MadeCopy]:
    """The film and its stills, or the sound of what is none."""
    source.seek(0)
    if _SPOKEN in source.read(16):
        raise CannotShow(SPOKEN)
    probed = probe(kind, source)
    whole = ceil(probed.seconds) if probed.seconds else None

    def poured(seconds: float) -> None:
        tell(Progress(int(seconds) if whole is None else min(int(seconds), whole), whole))

    if not probed.has_film:
        if not probed.channels:
            raise CannotShow(BROKEN_FILE)
        sound = sound_of(kind, source, probed.channels, poured)
        yield MadeCopy(Made.SOUND, 1, "audio/webm", sound.content, note=sound.note)
        return
    heard = b""
    if probed.channels:
        heard = sound_of(kind, source, probed.channels, lambda _seconds: None).content
    film = film_of(kind, source, heard, poured)
    yield MadeCopy(Made.FILM, 1, "video/webm", film.content, note=film.note)
    yield MadeCopy(Made.STILLS, 1, JPEG, film.stills)


_MAKERS = {
    Sort.PICTURE: _pictures,
    Sort.PDF: _pdf,
    **dict.fromkeys((Sort.WORD, Sort.SHEET, Sort.SLIDES, Sort.WPS, Sort.TEXT), _office),
    Sort.SOUND: _recording,
    Sort.FILM: _recording,
}
