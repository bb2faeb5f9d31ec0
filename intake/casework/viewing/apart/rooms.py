"""A room apart: made for one program and one file, and gone after it.

Decoders are taken over by hostile files again and again, so none may run where clerks' keys are.
A program of the system runs where bubblewrap lets it see nothing but the system's programs: no
other process, no network, no file of the site, no environment. What it writes lies in memory.
Time, memory, processes and output are bounded, and everybody else comes first.
"""

import os
import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import IO, cast

from intake.casework.viewing.apart.room_guard import Watch, end_all

MEGABYTE = 1024 * 1024
PIECE = MEGABYTE
_NICER_BY = "10"
# No limit on how many processes there are binds root, also not in a room.
_AS_NOBODY = ("setpriv", "--reuid=65534", "--regid=65534", "--clear-groups", "--")
# Of one process, should nobody watch it any more; who gets on may have longer by the clock.
_MOST_CPU_SECONDS = 3600


class Unreadable(ValueError):
    """No copy came out; `is_too_much` when a bound was met."""

    def __init__(self, why: str, *, is_too_much: bool = False) -> None:
        super().__init__(why)
        self.is_too_much = is_too_much


@dataclass(frozen=True, slots=True)
class Bounds:
    """What one room may take; sizes in bytes."""

    # By the clock. A room in which others are waited for needs as long as they do.
    seconds: float = 30.0
    # Of its processes together, and of what one of them may ask for.
    memory: int = 1024 * MEGABYTE
    # Of the files in it, which lie in memory too.
    files: int = 128 * MEGABYTE
    # Of what comes out.
    made: int = 32 * MEGABYTE
    processes: int = 32


@dataclass(frozen=True, slots=True)
class Furniture:
    """What a program needs beside the system's programs: folders that it may read, and names."""

    folders: tuple[str, ...] = ()
    names: tuple[tuple[str, str], ...] = ()
    # Whether it has those that every program may use: nothing, noise, zeros.
    has_devices: bool = False


BARE = Furniture()


class Room:
    """A program that runs; what it is given and what it makes. Raises Unreadable."""

    def __init__(self, program: subprocess.Popen[bytes], watch: Watch, bounds: Bounds) -> None:
        self._program = program
        self._watch = watch
        self._bounds = bounds
        self._made = 0

    def give(self, piece: bytes | memoryview) -> None:
        """Hands it a piece; it must take all of them before it makes more than some lines."""
        try:
            cast("IO[bytes]", self._program.stdin).write(piece)
        except BrokenPipeError:
            raise self._failure() from None

    def give_all(self, source: IO[bytes]) -> None:
        """Hands it the whole file, and nothing after it."""
        source.seek(0)
        while piece := source.read(PIECE):
            self.give(piece)
        self.end_giving()

    def end_giving(self) -> None:
        """Tells it that nothing follows."""
        try:
            cast("IO[bytes]", self._program.stdin).close()
        except BrokenPipeError:
            raise self._failure() from None

    def take(self, size: int) -> bytes:
        """The next `size` bytes, fewer only at the end."""
        piece = cast("IO[bytes]", self._program.stdout).read(size)
        self._made += len(piece)
        if self._made > self._bounds.made:
            raise Unreadable("it made too much", is_too_much=True)
        return piece

    def take_line(self) -> bytes:
        """The next line of at most some hundred bytes, with its end."""
        line = cast("IO[bytes]", self._program.stdout).readline(512)
        self._made += len(line)
        return line

    def take_all(self) -> bytes:
        """Everything that it makes until its end."""
        made = b"".join(self.pieces())
        self.see_end()
        return made

    def pieces(self) -> Iterator[bytes]:
        """What it makes, one piece after the other; says nothing of how it ended."""
        while piece := self.take(PIECE):
            yield piece

    def have_longer(self, seconds: float) -> None:
        """Whoever gets on may take more time than one who makes nothing."""
        self._watch.ends += seconds

    def ended_well(self) -> bool:
        """Waits for its end, and says whether it was a good one."""
        return self._program.wait() == 0

    def see_end(self) -> None:
        """Waits for its end, which must be a good one."""
        if not self.ended_well():
            raise self._failure()

    def _failure(self) -> Unreadable:
        ended = self._program.wait()
        return Unreadable(
            self._watch.met or f"the program ended with {ended}", is_too_much=bool(self._watch.met)
        )


@contextmanager
def room(command: Sequence[str], *, bounds: Bounds, furniture: Furniture = BARE) -> Iterator[Room]:
    """Runs a program of the system in a room of its own, which ends with the block.

    It also ends with the thread that made it.
    """
    # Not a word of the command comes from outside.
    program = subprocess.Popen(  # noqa: S603
        _line(command, bounds, furniture),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
    )
    with _closed_in_the_end(program):
        watch = Watch(
            program, seconds=bounds.seconds, memory=bounds.memory, processes=bounds.processes
        )
        with watch:
            yield Room(program, watch, bounds)


def run_apart(
    command: Sequence[str],
    given: bytes | IO[bytes],
    *,
    bounds: Bounds | None = None,
    furniture: Furniture = BARE,
) -> bytes:
    """What a program makes of its whole input. Raises Unreadable."""
    with room(command, bounds=bounds or Bounds(), furniture=furniture) as one:
        if isinstance(given, bytes):
            one.give(given)
            one.end_giving()
        else:
            one.give_all(given)
        return one.take_all()


@cache
def are_possible() -> bool:
    """Whether this machine lets the site make such rooms; tried once."""
    try:
        run_apart(["sh", "-c", "true | true"], b"")
    except (Unreadable, OSError):
        return False
    return True


@contextmanager
def _closed_in_the_end(program: subprocess.Popen[bytes]) -> Iterator[None]:
    try:
        yield
    finally:
        end_all(program)
        program.wait()
        for end in (program.stdin, program.stdout):
            # What it did not take any more is of no use to anybody.
            try:
                cast("IO[bytes]", end).close()
            except BrokenPipeError:
                continue


def _line(command: Sequence[str], bounds: Bounds, furniture: Furniture) -> list[str]:
    limits = (
        f"--as={bounds.memory + 512 * MEGABYTE}",
        f"--fsize={bounds.files}",
        f"--cpu={_MOST_CPU_SECONDS}",
        "--nofile=256",
        "--core=0",
    )
    shown = [word for folder in furniture.folders for word in ("--ro-bind-try", folder, folder)]
    named = [word for pair in furniture.names for word in ("--setenv", *pair)]
    return [
        *("nice", "-n", _NICER_BY, "prlimit", *limits, "--"),
        *(_AS_NOBODY if os.geteuid() == 0 else ()),
        "bwrap",
        *("--unshare-user", "--unshare-all", "--uid", "65534", "--gid", "65534"),
        *("--cap-drop", "ALL", "--die-with-parent", "--new-session", "--clearenv"),
        *("--setenv", "PATH", "/usr/bin", *named),
        *("--ro-bind", "/usr", "/usr", "--symlink", "usr/bin", "/bin"),
        *("--symlink", "usr/lib", "/lib", "--symlink", "usr/lib64", "/lib64", *shown),
        *(("--dev", "/dev") if furniture.has_devices else ()),
        *("--size", str(bounds.files), "--tmpfs", "/room", "--chdir", "/room"),
        # Counted in the room alone: outside, all the threads of the site would count.
        *("--", "prlimit", f"--nproc={bounds.processes}", "--", *command),
    ]
