"""Whether a WEBM is sound alone or a film, as the list of its tracks tells.

The container is made of elements: an id, a size, then the content, which may be elements again.
Nothing is read but its beginning, and a size that leads out of that ends there.
"""

from collections.abc import Iterator
from typing import NamedTuple

BEGINS = b"\x1a\x45\xdf\xa3"
# Browsers write the tracks first; before them at most some empty room and a few remarks.
WITHIN = 64 * 1024
SOUND, FILM = "weba", "webm"

_HEAD, _DOCTYPE = 0x1A45DFA3, 0x4282
_SEGMENT, _TRACKS, _TRACK = 0x18538067, 0x1654AE6B, 0xAE
_TRACK_TYPE, _CODEC = 0x83, 0x86
_VIDEO, _AUDIO = 1, 2


class _Element(NamedTuple):
    id: int
    content: bytes


def kind_by_tracks(beginning: bytes) -> str | None:
    """'weba' where a track of sound and none of pictures is named, else 'webm'.

    None when it is none of this kind; of other containers that begin alike, players know little.
    """
    top = {element.id: element.content for element in _elements(beginning[:WITHIN])}
    doctypes = (e.content.rstrip(b"\0") for e in _elements(top.get(_HEAD, b"")) if e.id == _DOCTYPE)
    if next(doctypes, b"") != b"webm" or _SEGMENT not in top:
        return None
    tracks = (e for e in _elements(top[_SEGMENT]) if e.id == _TRACKS)
    sorts = {_sort_of(track.content) for tracks in tracks for track in _elements(tracks.content)}
    return SOUND if _AUDIO in sorts and _VIDEO not in sorts else FILM


def _sort_of(track: bytes) -> int:
    """What a track holds; its codec must be of the same sort, whatever it calls itself."""
    told = {element.id: element.content for element in _elements(track)}
    codec = told.get(_CODEC, b"")
    if codec.startswith(b"V_"):
        return _VIDEO
    is_sound = int.from_bytes(told.get(_TRACK_TYPE, b"")[:8]) == _AUDIO and codec.startswith(b"A_")
    return _AUDIO if is_sound else 0


def _elements(within: bytes) -> Iterator[_Element]:
    """The elements one behind the other; the last may be cut off, or be as long as it likes."""
    at = 0
    while at < len(within):
        id_ends = at + _length_of_number(within[at])
        if id_ends >= len(within):
            return
        begins = id_ends + _length_of_number(within[id_ends])
        size = _number(within[id_ends:begins])
        ends = len(within) if size is None else begins + size
        yield _Element(int.from_bytes(within[at:id_ends]), within[begins:ends])
        at = ends


def _length_of_number(first: int) -> int:
    """How many bytes a number has: the zeros before its first one, and one more."""
    return 9 - first.bit_length()


def _number(written: bytes) -> int | None:
    """A size; None where it is left open, as while a film is still being recorded."""
    bits = 7 * len(written)
    value = int.from_bytes(written) & ((1 << bits) - 1)
    return None if value == (1 << bits) - 1 else value
