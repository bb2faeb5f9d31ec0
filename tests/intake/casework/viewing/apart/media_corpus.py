"""Recordings made by ffmpeg, with all that a telephone writes beside what is seen and heard."""

import struct
import subprocess
from functools import cache

CANARY = "CANARY-MEDIA-4417"
POSITION = "+36.4500+115.9833/"
TOLD = (
    *("-metadata", f"artist={CANARY}", "-metadata", f"title={CANARY}"),
    *("-metadata", f"comment={CANARY}", "-metadata", f"location={POSITION}"),
)
TONE = ("-f", "lavfi", "-i", "sine=f=440:d={seconds}")
SHOWN = ("-f", "lavfi", "-i", "color=red:s={size}:r=25:d={seconds},drawbox=w=iw/2:c=blue:t=fill")
# By kind: how it is encoded. AMR is written by hand, for Debian's ffmpeg only reads it.
SOUNDS = {
    "mp3": "-c:a libmp3lame -f mp3",
    "m4a": "-c:a aac -f ipod",
    "aac": "-c:a aac -f adts",
    "wav": "-c:a pcm_s16le -f wav",
    "ogg": "-c:a libvorbis -f ogg",
    "weba": "-c:a libopus -f webm",
}
FILMS = {
    "mp4": "-c:v libx264 -preset ultrafast -c:a aac -f mp4",
    "mov": "-c:v mjpeg -pix_fmt yuvj420p -c:a pcm_s16le -f mov",
    "3gp": "-c:v h263 -s 352x288 -c:a aac -f 3gp",
    "webm": "-c:v libvpx -deadline realtime -cpu-used 8 -c:a libopus -f webm",
}


def made_by_ffmpeg(*words: str) -> bytes:
    """What it writes into memory."""
    script = ["ffmpeg", "-v", "error", "-nostdin", *words, "-y", "/dev/stdout"]
    seekable = ["sh", "-c", 'out=$(mktemp) && "$@" "$out" && cat "$out"; rm -f "$out"', "sh"]
    return subprocess.run([*seekable, *script[:-1]], check=True, capture_output=True).stdout


@cache
def sound(kind: str, seconds: float = 2.0) -> bytes:
    """A tone."""
    tone = [word.format(seconds=seconds) for word in TONE]
    return made_by_ffmpeg(*tone, *TOLD, *SOUNDS[kind].split())


@cache
def film(kind: str, *, seconds: float = 2.0, size: str = "320x240", tone: bool = True) -> bytes:
    """Left half blue, right half red, and a tone."""
    told = {"seconds": seconds, "size": size}
    words = [word.format(**told) for word in (*SHOWN, *(TONE if tone else ()))]
    return made_by_ffmpeg(*words, *TOLD, *FILMS[kind].split())


@cache
def held_upright() -> bytes:
    """As telephones do: it lies on its side, and says how it was held."""
    lying = film("mp4")
    said = struct.pack(">9l", 0x10000, 0, 0, 0, 0x10000, 0, 0, 0, 0x40000000)
    turned = struct.pack(">9l", 0, 0x10000, 0, -0x10000, 0, 0, 240 << 16, 0, 0x40000000)
    place = lying.index(b"tkhd")
    assert said in lying[place : place + 120]
    return lying[:place] + lying[place:].replace(said, turned, 1)


def amr(frames: int = 50) -> bytes:
    """A second of frames of 12.2 kbit/s, whatever they sound like."""
    frame = b"\x3c" + bytes(range(31))
    return b"#!AMR\n" + frame * frames


def without_length() -> bytes:
    """As browsers record: nothing in it says how long it is."""
    tone = [word.format(seconds=2) for word in TONE]
    words = [*tone, *TOLD, "-c:a", "libopus", "-f", "webm", "-live", "1", "-"]
    script = ["ffmpeg", "-v", "error", "-nostdin", *words]
    return subprocess.run(script, check=True, capture_output=True).stdout


BROKEN: dict[str, tuple[str, bytes]] = {
    "a list that names other files": (
        "mp3",
        b"ffconcat version 1.0\nfile '/etc/passwd'\n" + b"#" * 500,
    ),
    "a playlist": ("mp4", b"#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n" * 20),
    "noise": ("ogg", b"OggS\0" + bytes(range(256)) * 20),
    "nothing": ("wav", b""),
}
