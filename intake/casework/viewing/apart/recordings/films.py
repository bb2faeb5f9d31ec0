"""Film made anew: frames out of one room, a small WebM out of another, and a sheet of stills."""

import re
from dataclasses import dataclass
from typing import IO

from intake.casework.viewing.apart.made_copies import (
    BROKEN_FILE,
    DAMAGED_BEHIND,
    FILM_GOES_ON,
    TOO_COSTLY,
    CannotShow,
)
from intake.casework.viewing.apart.recordings.media_probe import DEMUXERS, LINKED
from intake.casework.viewing.apart.recordings.opus_sounds import Poured
from intake.casework.viewing.apart.recordings.stills import Stills
from intake.casework.viewing.apart.rooms import MEGABYTE, Bounds, Room, Unreadable, room

LONGEST_SECONDS = 20 * 60
RATE = 12
LONG_SIDE = 854
# A second of a telephone's film takes a fifth of one; a slow core that others use as well, more.
_PATIENCE = 1.5
# Frames are thrown away before they are made small. They are turned upright before both.
_DECODE = (
    "cat > in && ffmpeg -v quiet -nostdin -protocol_whitelist file,pipe -threads 1 -f {demuxer}"
    " -i in -map 0:V:0 -t {most} -vf 'fps={rate}:start_time=0,scale=trunc(iw*sar/2)*2:ih,setsar=1,"
    "scale=w=min({side}\\,iw):h=min({side}\\,ih):force_original_aspect_ratio=decrease"
    ":force_divisible_by=2:flags=fast_bilinear' -pix_fmt yuv420p -f yuv4mpegpipe pipe:1"
)
_ENCODE = (
    "head -c {sound_size} > sound && ffmpeg -v quiet -nostdin -f rawvideo -pix_fmt yuv420p"
    " -s {width}x{height} -r {rate} -i pipe:0 {sound} -c:v libvpx -deadline realtime"
    " -cpu-used 12 -threads 1 -b:v 500k -maxrate 1M -bufsize 2M -g {key} -c:a copy"
    " -map_metadata -1 -fflags +bitexact -f webm out && cat out"
)
_WITH_SOUND = "-f matroska -i sound -map 0:v:0 -map 1:a:0"
_HEAD = re.compile(rb"YUV4MPEG2 W([1-9]\d{0,3}) H([1-9]\d{0,3}) F%d:1 [^\n]*C420[^\n]*\n" % RATE)
_FRAME = b"FRAME\n"
_DECODING = Bounds(seconds=90, memory=1024 * MEGABYTE, files=256 * MEGABYTE, made=2**35)
_ENCODING = Bounds(seconds=90, memory=512 * MEGABYTE, files=256 * MEGABYTE, made=160 * MEGABYTE)


@dataclass(frozen=True, slots=True, repr=False)
class Film:
    """VP8 and Opus in WebM, a JPEG of stills, and a sentence about what is not in them."""

    content: bytes
    stills: bytes
    note: str


def film_of(kind: str, source: IO[bytes], sound: bytes, poured: Poured) -> Film:
    """The first film in the file, twenty minutes at most, with a sound made before.

    Raises CannotShow.
    """
    decode = _DECODE.format(demuxer=DEMUXERS[kind], most=LONGEST_SECONDS, rate=RATE, side=LONG_SIDE)
    try:
        with room(["sh", "-c", decode], bounds=_DECODING, furniture=LINKED) as decoder:
            decoder.give_all(source)
            return _made_of(decoder, sound, poured)
    except Unreadable as error:
        raise CannotShow(TOO_COSTLY if error.is_too_much else BROKEN_FILE) from None


def _made_of(decoder: Room, sound: bytes, poured: Poured) -> Film:
    width, height = _size(decoder)
    encode = _ENCODE.format(
        sound_size=len(sound),
        sound=_WITH_SOUND if sound else "",
        width=width,
        height=height,
        rate=RATE,
        key=10 * RATE,
    )
    with room(["sh", "-c", encode], bounds=_ENCODING, furniture=LINKED) as encoder:
        encoder.give(sound)
        stills = Stills(width, height, RATE)
        count = _pour(decoder, encoder, stills, poured)
        encoder.end_giving()
        if count == LONGEST_SECONDS * RATE:
            note = FILM_GOES_ON
        else:
            note = "" if decoder.ended_well() else DAMAGED_BEHIND
        return Film(encoder.take_all(), stills.sheet(), note)


def _size(decoder: Room) -> tuple[int, int]:
    """Of the frames that follow; it is believed within bounds only. Raises Unreadable."""
    line = decoder.take_line()
    if not line:
        decoder.see_end()
    stated = _HEAD.fullmatch(line)
    if not stated:
        raise Unreadable("no frames")
    width, height = int(stated[1]), int(stated[2])
    if max(width, height) > LONG_SIDE or width % 2 or height % 2:
        raise Unreadable("frames of another size than was asked for")
    return width, height


def _pour(decoder: Room, encoder: Room, stills: Stills, poured: Poured) -> int:
    """How many frames went over. Raises Unreadable when there are none."""
    width, height = stills.size
    size, count = width * height * 3 // 2, 0
    while count < LONGEST_SECONDS * RATE:
        begins = decoder.take(len(_FRAME))
        frame = decoder.take(size) if begins == _FRAME else b""
        if len(frame) != size:
            break
        encoder.give(frame)
        stills.see(frame)
        count += 1
        if count % RATE == 0:
            for one in (decoder, encoder):
                one.have_longer(_PATIENCE)
            poured(count / RATE)
    if not count:
        decoder.see_end()
        raise Unreadable("there is no frame in it")
    return count
