"""Makes the copies of a file beside the requests, while the clerk does something else.

The file is opened in memory before the press is answered, so that no secret outlives it: the job
knows only to whom it seals. How far it is stands in a row, which every process reads; one that
died leaves a row that nobody hears of any more, and whoever presses next begins anew.
"""

import logging
import os
import threading
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from typing import IO

from intake.arriving.turns import NoTurn, Turns, give_connections_back
from intake.casework.viewing import kept_copies
from intake.casework.viewing.apart import making_copies
from intake.casework.viewing.apart.made_copies import (
    CannotShow,
    FileFacts,
    Made,
    MadeCopy,
    Progress,
)
from intake.casework.viewing.kept_copies import Part, Superseded
from intake.casework.viewing.what_is_told import Told
from intake.choices import CopySort, CopyState
from intake.models import CopyMaking

logger = logging.getLogger(__name__)

# In each process one is made while some wait, and what they hold in memory is bounded.
MOST_JOBS, MOST_BYTES = 4, 200 * 1024 * 1024
_TURNS = Turns(most=MOST_JOBS, longest_seconds=3600)
_HEARD_SECONDS = 3.0
# Requests, and the other decoders' rooms, come first.
_NICENESS = 10
UNFINISHED = "做副本的程序出了错，没有做成。可以再试一次；还不行，请告诉系统管理员。"

Clock = Callable[[], datetime]


class NoRoom(Exception):
    """So many copies are being made here that no further one may begin."""


class Room:
    """What the jobs of this process hold together."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self.jobs, self.bytes = 0, 0

    def take(self, size: int) -> None:
        """Raises NoRoom; one alone may always begin, whatever it holds."""
        with self._lock:
            if self.jobs and (self.jobs >= MOST_JOBS or self.bytes + size > MOST_BYTES):
                raise NoRoom
            self.jobs += 1
            self.bytes += size

    def give_back(self, size: int) -> None:
        with self._lock:
            self.jobs -= 1
            self.bytes -= size


ROOM = Room()


class Job:
    """The making of one row; `source` is the opened file, in memory, and the job's own.

    Whoever makes one has taken `room`; it is given back with the memory, also where the job never
    begins because the press was taken back.
    """

    def __init__(
        self, making: CopyMaking, kind: str, source: IO[bytes], *, room: int, now: Clock
    ) -> None:
        self.making, self.kind, self.source, self.now = making, kind, source, now
        weakref.finalize(self, ROOM.give_back, room)

    def start(self) -> None:
        """In a thread of its own; where the process ends, it ends with it."""
        threading.Thread(target=self._beside_the_requests, name="copies", daemon=True).start()

    def _beside_the_requests(self) -> None:
        # Of this thread alone, and of every program that it starts.
        os.setpriority(os.PRIO_PROCESS, threading.get_native_id(), _NICENESS)
        try:
            with self._heard(), _TURNS.one():
                self.run()
        except NoTurn:
            logger.warning("no turn for the copies of attachment %s", self.making.attachment_id)
        finally:
            self.source.close()

    def run(self) -> None:
        """To its end, which the row tells."""
        facts, notes = FileFacts(), dict[str, str]()
        try:
            facts = making_copies.facts_of(self.kind, self.source)
            for made in self._copies():
                self._store(_part_of(made))
                if made.sort == Made.PAGE:
                    facts = replace(facts, pages=facts.pages or made.of)
                notes |= {f"{made.sort}-{made.number}": made.note} if made.note else {}
            self._end(CopyState.MADE, Told(facts, notes))
        except Superseded:
            # Whoever took the row, or the desk away, has dropped what was stored.
            return
        except CannotShow as problem:
            self._fail(Told(facts, notes, str(problem)))
        except Exception as error:
            self._log(error)
            self._fail(Told(facts, notes, UNFINISHED))

    def _copies(self) -> Iterator[MadeCopy]:
        first = self.making.first
        return making_copies.copies_of(self.kind, self.source, first=first, tell=self._tell)

    def _tell(self, progress: Progress) -> None:
        """Stands in memory until the row is written next."""
        of = progress.of
        self.making.total = of
        self.making.done = progress.done if of is None else min(progress.done, of)

    def _store(self, part: Part) -> None:
        try:
            kept_copies.store(self.making, part)
        finally:
            give_connections_back()

    def _end(self, state: CopyState, told: Told) -> None:
        self._store(told.as_part())
        try:
            kept_copies.end(self.making, state, at=self.now())
        finally:
            give_connections_back()

    def _fail(self, told: Told) -> None:
        try:
            self._end(CopyState.FAILED, told)
        except Superseded:
            return
        except Exception as error:
            # The database is away: the row is heard of no more.
            self._log(error)

    def _log(self, error: Exception) -> None:
        """Its kind alone: the words of a decoder can carry what stands in the file."""
        attachment, name = self.making.attachment_id, type(error).__name__
        logger.warning("the copies of attachment %s were not made: %s", attachment, name)

    @contextmanager
    def _heard(self) -> Iterator[None]:
        """The row says every few seconds that somebody is at it, and how far."""
        is_over = threading.Event()

        def tell_the_row() -> None:
            while not is_over.wait(_HEARD_SECONDS):
                self._say_how_far()

        teller = threading.Thread(target=tell_the_row, name="copies-heard", daemon=True)
        teller.start()
        try:
            yield
        finally:
            is_over.set()
            teller.join()

    def _say_how_far(self) -> None:
        making = self.making
        rows = CopyMaking.objects.filter(pk=making.pk, mark=making.mark, state=CopyState.MAKING)
        told = {"done": making.done, "total": making.total, "heard_at": self.now()}
        try:
            rows.update(**told)
        except Exception as error:
            logger.warning("the progress of copies was not written: %s", type(error).__name__)
        finally:
            give_connections_back()


def _part_of(made: MadeCopy) -> Part:
    return Part(CopySort(made.sort), made.number, made.media_type, made.content)
