"""Sound made anew: samples out of one room, Opus out of another that has seen nothing else."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import IO

from intake.casework.viewing.apart.made_copies import (
    BROKEN_FILE,
    DAMAGED_BEHIND,
    SOUND_GOES_ON,
    TOO_COSTLY,
    CannotShow,
)
from intake.casework.viewing.apart.recordings.media_probe import DEMUXERS, LINKED
from intake.casework.viewing.apart.rooms import MEGABYTE, Bounds, Room, Unreadable, room

LONGEST_SECONDS = 3600
# Beside what the machine has to do for others, a second of sound takes a hundredth of one.
_PATIENCE = 0.5
_RATE, _WIDTH = 48_000, 2
_PIECE_SECONDS = 4
# Told how many seconds went over from the first room into the second.
Poured = Callable[[float], object]
_BITS = {1: "32k", 2: "64k"}
_DECODE = (
    "cat > in && ffmpeg -v quiet -nostdin -protocol_whitelist file,pipe -threads 1 -f {demuxer}"
    " -i in -map 0:a:0 -t {most} -af aresample=async=1:first_pts=0 -ac {channels} -ar {rate}"
    " -f s16le pipe:1"
)
_ENCODE = (
    "ffmpeg -v quiet -nostdin -threads 1 -f s16le -ar {rate} -ac {channels} -i pipe:0"
    " -c:a libopus -b:a {bits} -map_metadata -1 -fflags +bitexact -f webm out && cat out"
)
_DECODING = Bounds(seconds=60, memory=384 * MEGABYTE, files=256 * MEGABYTE, made=2**30)
_ENCODING = Bounds(seconds=60, memory=384 * MEGABYTE, files=64 * MEGABYTE, made=64 * MEGABYTE)


@dataclass(frozen=True, slots=True, repr=False)
class Sound:
    """Opus in WebM, how long it is, and a sentence about what is not in it."""

    content: bytes
    seconds: float
    note: str


def sound_of(kind: str, source: IO[bytes], channels: int, poured: Poured) -> Sound:
    """The first sound in the file, an hour of it at most. Raises CannotShow."""
    told = {"rate": _RATE, "channels": channels}
    decode = _DECODE.format(demuxer=DEMUXERS[kind], most=LONGEST_SECONDS, **told)
    encode = _ENCODE.format(bits=_BITS[channels], **told)
    try:
        with (
            room(["sh", "-c", decode], bounds=_DECODING, furniture=LINKED) as decoder,
            room(["sh", "-c", encode], bounds=_ENCODING, furniture=LINKED) as encoder,
        ):
            decoder.give_all(source)
            seconds = _pour(decoder, encoder, _RATE * _WIDTH * channels, poured)
            note = "" if decoder.ended_well() else DAMAGED_BEHIND
            if seconds >= LONGEST_SECONDS:
                note = SOUND_GOES_ON
            return Sound(encoder.take_all(), seconds, note)
    except Unreadable as error:
        raise CannotShow(TOO_COSTLY if error.is_too_much else BROKEN_FILE) from None


def _pour(decoder: Room, encoder: Room, a_second: int, poured: Poured) -> float:
    """How many seconds of samples went over. Raises Unreadable when there are none."""
    bytes_over = 0
    while piece := decoder.take(_PIECE_SECONDS * a_second):
        encoder.give(piece)
        bytes_over += len(piece)
        for one in (decoder, encoder):
            one.have_longer(_PATIENCE * _PIECE_SECONDS)
        poured(bytes_over / a_second)
    if not bytes_over:
        decoder.see_end()
        raise Unreadable("there is no sound in it")
    encoder.end_giving()
    return bytes_over / a_second
