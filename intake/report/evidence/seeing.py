"""What a file is by its content.

The name is never believed: it only tells apart what one container can hold (sound or film, DOC
or WPS) and makes a file suspect whose name promises what is not taken. A look costs some
megabytes of memory and a few passes at most, whatever the file holds and however large it is: all
is seen through windows, containers are read within bounds, and of most kinds little more than the
beginning.
"""

import struct

from intake.report.contents import LookedThrough
from intake.report.evidence import archives, compounds, office_documents
from intake.report.evidence.describing import Kind, Sort
from intake.report.evidence.file_kinds import FOREIGN, KINDS, OF_CODE, OF_ENDING
from intake.report.evidence.file_names import promised_by
from intake.report.evidence.media import webm_tracks
from intake.report.evidence.plain_texts import text_kind
from intake.report.evidence.seen import Mark, Seen

_HEAD = 512
# Scanners and web servers put lines before it, and readers look for it in the first kilobyte.
_PDF = b"%PDF-"
_PDF_WITHIN = 1024
_PADDING_WITHIN = 1024 * 1024
_TAG = struct.Struct(">3s3x4B")
_BRANDS_WITHIN = 256


def kind_of(content: LookedThrough, name: str) -> str | None:
    """'jpeg', 'png', 'docx', … by the content; None when it is none that is accepted."""
    seen = see(content, name)
    return seen.kind if seen else None


def see(content: LookedThrough, name: str) -> Seen | None:
    """The kind and its marks; None when it is none that is accepted."""
    promised = promised_by(name)
    if promised and promised not in OF_ENDING:
        return None
    if _begins(content, archives.BEGINS):
        return office_documents.of_archive(content)
    if _begins(content, compounds.BEGINS):
        return office_documents.of_compound(content, promised)
    if content[4:8] == b"ftyp" or _begins(content, webm_tracks.BEGINS):
        media = _media_kind(content, promised)
        return Seen(media) if media else None
    kind = _by_beginning(content) or _behind_something(content)
    if kind:
        is_locked = kind.sort == Sort.PDF and office_documents.is_locked_pdf(content)
        return Seen(kind.code, (Mark.LOCKED,) if is_locked else ())
    text = text_kind(content, promised)
    return Seen(text) if text else None


def _begins(content: LookedThrough, mark: bytes) -> bool:
    return content[: len(mark)] == mark


def _by_beginning(content: LookedThrough) -> Kind | None:
    head = content[:_HEAD]
    found = next((kind for kind in KINDS if kind.begins and kind.begins.match(head)), None)
    if found is OF_CODE["mp3"]:
        return _behind_tag(content) or found
    return found


def _behind_tag(content: LookedThrough) -> Kind | None:
    """Another kind of sound behind the tag with which MP3 begins."""
    if len(content) < _TAG.size:
        return None
    mark, *sizes = _TAG.unpack(content[: _TAG.size])
    start = _TAG.size + sum(size << 7 * (3 - at) for at, size in enumerate(sizes))
    behind = content[start : start + _HEAD]
    others = (OF_CODE["aac"],) if mark == b"ID3" else ()
    return next((kind for kind in others if kind.begins and kind.begins.match(behind)), None)


def _behind_something(content: LookedThrough) -> Kind | None:
    """A PDF behind some lines, a MP3 behind zeros."""
    head = content[: _PDF_WITHIN + len(_PDF)]
    if _PDF in head and not any(foreign.begins.match(head) for foreign in FOREIGN):
        return OF_CODE["pdf"]
    if not _begins(content, b"\0"):
        return None
    padded = content[:_PADDING_WITHIN]
    start = len(padded) - len(padded.lstrip(b"\0"))
    mp3 = OF_CODE["mp3"]
    return mp3 if mp3.begins and mp3.begins.match(content[start : start + _HEAD]) else None


def _media_kind(content: LookedThrough, promised: str | None) -> str | None:
    """Containers of pictures, sound and film, told apart by tracks, or by brands and the name."""
    if _begins(content, webm_tracks.BEGINS):
        return webm_tracks.kind_by_tracks(content[: webm_tracks.WITHIN])
    length = int.from_bytes(content[:4])
    brands = [content[8:12]]
    brands += [content[at : at + 4] for at in range(16, min(length, _BRANDS_WITHIN), 4)]
    known = (kind for kind in KINDS if kind.brands and brands[0].startswith(kind.brands))
    kind = next(known, OF_CODE["mp4"])
    if kind.code == "heic" and any(brand.startswith(OF_CODE["avif"].brands) for brand in brands):
        return "avif"
    # Many phones keep a sound recording under a brand for films.
    if kind.sort == Sort.FILM and promised in OF_CODE["m4a"].endings:
        return "m4a"
    return kind.code
