"""What a recording says of itself, read by ffprobe in a room."""

import json
from dataclasses import dataclass
from typing import IO, Any

from intake.casework.viewing.apart.made_copies import BROKEN_FILE, TOO_COSTLY, CannotShow
from intake.casework.viewing.apart.rooms import (
    MEGABYTE,
    Bounds,
    Furniture,
    Unreadable,
    run_apart,
)

# ffmpeg is linked by names that stand there.
LINKED = Furniture(folders=("/etc/alternatives",))
# What is not asked for by name cannot lead to a reader of lists that name other files.
DEMUXERS = {
    "mp3": "mp3",
    "m4a": "mov",
    "aac": "aac",
    "amr": "amr",
    "wav": "wav",
    "ogg": "ogg",
    "weba": "matroska",
    "webm": "matroska",
    "mp4": "mov",
    "mov": "mov",
    "3gp": "mov",
}
_BOUNDS = Bounds(seconds=60, memory=512 * MEGABYTE, files=256 * MEGABYTE, made=MEGABYTE)
_PROBE = (
    "cat > in && ffprobe -v quiet -protocol_whitelist file -f {demuxer} -of json -show_entries"
    " format=duration:format_tags:stream=codec_type,channels,duration:stream_tags"
    ":stream_disposition=attached_pic in"
)


@dataclass(frozen=True, slots=True)
class Probed:
    """`channels` of the first sound, 0 without any; `told` are the names of what it tells."""

    seconds: float | None
    channels: int
    has_film: bool
    has_picture: bool
    told: frozenset[str]


def probe(kind: str, source: IO[bytes]) -> Probed:
    """Raises CannotShow when ffprobe finds no recording of this kind in it."""
    script = _PROBE.format(demuxer=DEMUXERS[kind])
    try:
        said = json.loads(run_apart(["sh", "-c", script], source, bounds=_BOUNDS, furniture=LINKED))
        return _probed(said["format"], said["streams"])
    except Unreadable as error:
        raise CannotShow(TOO_COSTLY if error.is_too_much else BROKEN_FILE) from None
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise CannotShow(BROKEN_FILE) from None


def _probed(whole: dict[str, Any], streams: list[dict[str, Any]]) -> Probed:
    sounds = [one for one in streams if one.get("codec_type") == "audio"]
    shown = [one for one in streams if one.get("codec_type") == "video"]
    films = [one for one in shown if not one.get("disposition", {}).get("attached_pic")]
    lengths = [float(one["duration"]) for one in (whole, *streams) if "duration" in one]
    told = {name.lower() for one in (whole, *streams) for name in one.get("tags", {})}
    longest = max(lengths, default=0.0)
    return Probed(
        seconds=longest if 0 < longest < 10**7 else None,
        channels=min(2, int(sounds[0].get("channels", 1)) or 1) if sounds else 0,
        has_film=bool(films),
        has_picture=len(shown) > len(films),
        told=frozenset(told),
    )
