"""HEIC pictures become JPEG in a room apart, made for one picture and gone after it.

Decoders of HEIC were taken over by hostile pictures in 2026, so none may run where clerks' keys
are. Debian's heif-convert runs where bubblewrap lets it see nothing but the system's programs: no
other process, no network, no file of the site, no environment; what it writes is in memory and
bounded. Where the programs are not installed, or the machine allows no such rooms, HEIC pictures
have no copy.
"""

import os
import re
import shutil
import subprocess
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from typing import IO, cast

_MEGABYTE = 1024 * 1024
# Of one JPEG; the largest telephones' pictures take half of it.
MOST_BYTES = 32 * _MEGABYTE
# A picture of 25 million dots takes some two seconds.
LONGEST_SECONDS = 30.0

_PROGRAMS = ("prlimit", "bwrap", "heif-convert")
_LIMITS = (
    f"--as={1536 * _MEGABYTE}",
    f"--fsize={2 * MOST_BYTES}",
    "--cpu=20",
    "--nofile=64",
    "--core=0",
)
_ROOM = (
    *("--unshare-user", "--unshare-all", "--uid", "65534", "--gid", "65534"),
    *("--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv"),
    *("--setenv", "PATH", "/usr/bin"),
    *("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"),
    *("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64"),
    *("--size", str(4 * MOST_BYTES), "--tmpfs", "/room", "--chdir", "/room"),
)
# Of a row of pictures the first is numbered. Quality 90 loses nothing that is seen.
_CONVERT = "cat > in.heic && heif-convert -q 90 in.heic out.jpg >&2 && cat out*.jpg"


# The box of a fixed length in which a file states how wide and how high one of its pictures is.
_SIDES = re.compile(rb"\x00\x00\x00\x14ispe\x00{4}(.{4})(.{4})", re.DOTALL)


class Unreadable(ValueError):
    """No JPEG came out."""


@cache
def is_possible() -> bool:
    """Whether this machine can make such a room and has the programs; looked up once."""
    if not all(shutil.which(program) for program in _PROGRAMS):
        return False
    try:
        run_apart(["true"], b"")
    except Unreadable:
        return False
    return True


def stated_dots(content: bytes) -> int:
    """How many dots the largest picture in the file has as it says itself. Raises Unreadable.

    A file that says less than it holds meets the bounds of the room.
    """
    stated = [
        int.from_bytes(sides[1]) * int.from_bytes(sides[2]) for sides in _SIDES.finditer(content)
    ]
    if not stated:
        raise Unreadable("no picture states its sides")
    return max(stated)


def as_jpeg(content: bytes) -> bytes:
    """The picture as a JPEG that is to be mistrusted like any other. Raises Unreadable.

    It stands upright already: what its EXIF says of the camera must be ignored.
    """
    return run_apart(["sh", "-c", _CONVERT], content)


def run_apart(
    command: Sequence[str],
    given: bytes,
    *,
    seconds: float = LONGEST_SECONDS,
    most_bytes: int = MOST_BYTES,
) -> bytes:
    """What a program of the system makes of its input, in a room of its own.

    Raises Unreadable when it fails, takes too long or makes too much.
    """
    with _in_memory(given) as source:
        # Not a word of the command comes from outside.
        program = subprocess.Popen(  # noqa: S603
            ["prlimit", *_LIMITS, "--", "bwrap", *_ROOM, "--", *command],  # noqa: S607
            stdin=source,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        alarm = threading.Timer(seconds, program.kill)
        alarm.start()
        with program:
            made = cast("IO[bytes]", program.stdout).read(most_bytes + 1)
            if len(made) > most_bytes:
                program.kill()
        alarm.cancel()
    if program.returncode != 0:
        raise Unreadable(f"the program ended with {program.returncode}")
    return made


@contextmanager
def _in_memory(content: bytes) -> Iterator[int]:
    """A file that is on no disk; a pipe would have to be fed by a thread of its own."""
    descriptor = os.memfd_create("picture")
    try:
        with open(descriptor, "wb", closefd=False) as file:
            file.write(content)
        os.lseek(descriptor, 0, os.SEEK_SET)
        yield descriptor
    finally:
        os.close(descriptor)
