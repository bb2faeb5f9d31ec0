"""Ends what waits for the database for too long, by shutting its connection down."""

import os
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

# How often the thread looks: a wait ends so much later than it should, at most.
_LOOK_SECONDS = 0.25


@dataclass(slots=True, eq=False)
class Wait:
    """One statement or commit, on the socket `file`; `until` is by the monotonic clock."""

    file: int
    until: float
    is_ended: bool = False


@dataclass(slots=True)
class Watch:
    """Of one process. A wait costs two turns at a lock; the thread begins with the first."""

    _waits: dict[int, Wait] = field(default_factory=dict)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _thread: threading.Thread | None = None

    @contextmanager
    def over(self, file: int, *, seconds: float) -> Iterator[Wait]:
        """Within the block the socket is shut down when `seconds` are over; the wait says so."""
        wait = Wait(file, time.monotonic() + seconds)
        with self._lock:
            self._waits[id(wait)] = wait
            if self._thread is None:
                self._thread = threading.Thread(target=self._go_round, daemon=True)
                self._thread.start()
        try:
            yield wait
        finally:
            with self._lock:
                del self._waits[id(wait)]

    def _go_round(self) -> None:
        while True:
            time.sleep(_LOOK_SECONDS)
            now = time.monotonic()
            with self._lock:
                for wait in self._waits.values():
                    if not wait.is_ended and wait.until <= now:
                        wait.is_ended = True
                        _shut_down(wait.file)


def _shut_down(file: int) -> None:
    """Whoever waits for this socket meets its end; the descriptor stays its owner's."""
    with socket.socket(fileno=os.dup(file)) as same:
        try:
            same.shutdown(socket.SHUT_RDWR)
        except OSError:
            # It has gone by itself, which its owner will see.
            return


WATCH = Watch()
