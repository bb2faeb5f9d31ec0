"""Work that takes long is done one piece at a time, apart from the places of other requests.

Whoever has a turn or waits for one holds no place among the requests that run at once, and no
connection to the database. The queue is short: who finds it full, or waits too long, is told to
try again in a moment.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connections

from intake.arriving.request_places import place_left


class NoTurn(Exception):
    """Too many wait for this kind of work already."""


class Turns:
    """One kind of such work: in each process one piece at a time.

    `most` have a turn or wait for it, none of them longer than `longest_seconds`. A transaction
    that is open goes on; who takes a turn in one makes others wait for its locks.
    """

    def __init__(self, *, most: int, longest_seconds: float) -> None:
        self.queue = threading.Semaphore(most)
        self.turn = threading.Lock()
        self.longest_seconds = longest_seconds

    @contextmanager
    def one(self) -> Iterator[None]:
        """Waits for the turn and has it for as long. Raises NoTurn."""
        if not self.queue.acquire(blocking=False):
            raise NoTurn
        try:
            with apart():
                if not self.turn.acquire(timeout=self.longest_seconds):
                    raise NoTurn
                try:
                    yield
                finally:
                    self.turn.release()
        finally:
            self.queue.release()


@contextmanager
def apart() -> Iterator[None]:
    """Holds neither place nor connection; what the work asked for one is given back as well."""
    with place_left():
        give_connections_back()
        try:
            yield
        finally:
            give_connections_back()


def give_connections_back() -> None:
    """The pool has some for the requests that run, and none for those that only wait."""
    for connection in connections.all(initialized_only=True):
        if not connection.in_atomic_block:
            connection.close()
