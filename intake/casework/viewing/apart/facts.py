"""What is told of a file beside its copies; a file that is damaged just tells less."""

from collections.abc import Callable
from typing import IO

from intake.casework.viewing.apart import left_out, programs
from intake.casework.viewing.apart.documents import pdf_pages
from intake.casework.viewing.apart.left_out import Left, in_words
from intake.casework.viewing.apart.made_copies import CannotShow, FileFacts
from intake.casework.viewing.apart.recordings.media_probe import probe
from intake.report.evidence import OF_CODE, Mark, Sort, see


def facts_of(kind: str, source: IO[bytes]) -> FileFacts:
    """As far as they are known without making a copy; `source` is read from its beginning."""
    look = _LOOKS.get(OF_CODE[kind].sort) if kind in OF_CODE else None
    if look is None:
        return FileFacts()
    source.seek(0)
    try:
        return look(kind, source)
    except CannotShow:
        return FileFacts()


def _picture(kind: str, source: IO[bytes]) -> FileFacts:
    return FileFacts(removed=in_words(left_out.of_picture(source.read(), kind)))


def _recording(kind: str, source: IO[bytes]) -> FileFacts:
    if not programs.is_possible(kind):
        return FileFacts()
    probed = probe(kind, source)
    return FileFacts(seconds=probed.seconds, removed=in_words(left_out.of_recording(probed)))


def _pdf(kind: str, source: IO[bytes]) -> FileFacts:
    if not programs.is_possible(kind):
        return FileFacts()
    seen = pdf_pages.look(source)
    return FileFacts(
        pages=seen.pages or None,
        has_password=seen.is_locked,
        removed=in_words(left_out.of_pdf(seen.fields)),
    )


def _office(kind: str, source: IO[bytes]) -> FileFacts:
    content = source.read()
    seen = see(content, f"x.{OF_CODE[kind].endings[0]}")
    marks = seen.marks if seen else ()
    macros = [Left.MACROS] if Mark.MACROS in marks else []
    return FileFacts(
        has_password=Mark.LOCKED in marks,
        has_macros=Mark.MACROS in marks,
        removed=in_words([*left_out.of_office(content), *macros]),
    )


_LOOKS: dict[Sort, Callable[[str, IO[bytes]], FileFacts]] = {
    Sort.PICTURE: _picture,
    Sort.PDF: _pdf,
    **dict.fromkeys((Sort.SOUND, Sort.FILM), _recording),
    **dict.fromkeys((Sort.WORD, Sort.SHEET, Sort.SLIDES, Sort.WPS, Sort.OFD), _office),
}
