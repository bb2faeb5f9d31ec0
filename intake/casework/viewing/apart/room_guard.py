"""Who watches a room: it is ended when it takes too long, too much memory or too many processes.

The system bounds each process by itself; a thousand of them would take a thousand times as much.
"""

import os
import signal
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

_EVERY_SECONDS = 0.05
_PAGE = os.sysconf("SC_PAGE_SIZE")
# The outer program and the first of the room are there before anything of it runs.
_OWN = 2


class Watch:
    """Looks at a program and all that it started until the block ends; `met` is what ended it."""

    def __init__(
        self, program: subprocess.Popen[bytes], *, seconds: float, memory: int, processes: int
    ) -> None:
        self.met = ""
        self._program = program
        self.ends = time.monotonic() + seconds
        self._memory = memory
        self._processes = processes
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *error: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _look(self) -> None:
        while not self._is_over.wait(_EVERY_SECONDS):
            if self._program.returncode is not None:
                return
            self.met = self._too_much()
            if self.met:
                end_all(self._program)
                return

    def _too_much(self) -> str:
        if time.monotonic() > self.ends:
            return "it took too long"
        sizes = [_memory_of(number) for number in _all_from(self._program.pid)]
        if len(sizes) > self._processes + _OWN:
            return "it started too many processes"
        return "it took too much memory" if sum(sizes) > self._memory else ""


def end_all(program: subprocess.Popen[bytes]) -> None:
    """Ends the program and all that it started, in whatever moment.

    One that is ended while it makes its room would leave behind what does not know yet that it is
    to end with it; so it is stopped first, and then starts nothing any more.
    """
    with suppress(ProcessLookupError, ChildProcessError):
        program.send_signal(signal.SIGSTOP)
        os.waitid(os.P_PID, program.pid, os.WSTOPPED | os.WEXITED | os.WNOWAIT)
    for number in [*_all_from(program.pid)][1:]:
        with suppress(ProcessLookupError):
            os.kill(number, signal.SIGKILL)
    program.kill()


def _all_from(number: int) -> Iterator[int]:
    """The process, its children and theirs; who ends meanwhile is left out."""
    waiting = [number]
    while waiting:
        one = waiting.pop()
        yield one
        with suppress(OSError):
            for thread in Path(f"/proc/{one}/task").iterdir():
                waiting += [int(child) for child in (thread / "children").read_text().split()]


def _memory_of(number: int) -> int:
    with suppress(OSError, IndexError):
        return int(Path(f"/proc/{number}/statm").read_text().split()[1]) * _PAGE
    return 0
