"""Requests that are coming in: what is known of each, and how many there may be at once."""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from weakref import WeakMethod

from intake.report.report_limits import (
    MOST_BODIES,
    MOST_BODIES_OF_ONE,
    MOST_BYTES,
    MOST_BYTES_OF_ONE,
    MOST_SPOOLED_OF_ONE,
    SPOOLED_PART,
)

Environ = dict[str, Any]

ARRIVAL = "intake.arrival"


def _nobody_else() -> "Crowd":
    """Where no Reception stands before us."""
    return Crowd()


@dataclass(slots=True)
class Arrival:
    """What is known of a request's coming in.

    A body that is refused, or given up on because it is too slow, seems to end early. Without
    `has_room` no file is kept; nothing but words is then `is_crowded_out`. `count` is in bytes,
    `held` of them stand in memory, and so many are `spooled` on the disk. What must be done when
    the request is done with waits `at_end`, as long as anybody else knows it.
    """

    now: Callable[[], float] = time.monotonic
    network: str = ""
    crowd: "Crowd" = field(default_factory=_nobody_else)
    began: float = field(init=False)
    count: int = 0
    held: int = 0
    spooled: int = 0
    is_refused: bool = False
    is_too_slow: bool = False
    is_crowded_out: bool = False
    has_room: bool = True
    at_end: "list[WeakMethod[Callable[[], None]]]" = field(default_factory=list)

    def __post_init__(self) -> None:
        self.began = self.now()

    @property
    def seconds(self) -> float:
        """Since the head of the request came."""
        return self.now() - self.began

    def forget(self, size: int) -> None:
        """So much of what came stands in memory no more."""
        self.crowd.forget(self, size)

    def put_on_disk(self, size: int, *, free: int) -> bool:
        """Counts what goes to the disk, on which so much is free; False where it may not."""
        return self.crowd.put_on_disk(self, size, free=free)

    def take_off_disk(self, size: int) -> None:
        """So much of it is on the disk no more."""
        self.crowd.take_off_disk(self, size)


@dataclass(slots=True)
class Crowd:
    """The bodies that are under way in this process, and what has come of them."""

    most: int = MOST_BODIES
    most_of_one: int = MOST_BODIES_OF_ONE
    most_bytes: int = MOST_BYTES
    most_bytes_of_one: int = MOST_BYTES_OF_ONE
    most_spooled_of_one: int = MOST_SPOOLED_OF_ONE
    count: int = 0
    bytes: int = 0
    spooled: int = 0
    count_of: Counter[str] = field(default_factory=Counter)
    bytes_of: Counter[str] = field(default_factory=Counter)
    spooled_of: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @contextmanager
    def with_one_more(self, arrival: Arrival) -> Iterator[None]:
        """Refuses the arrival when there are too many already; else counts it for as long."""
        network = arrival.network
        with self.lock:
            is_one_s_fill = bool(network) and self.count_of[network] >= self.most_of_one
            arrival.is_refused = is_one_s_fill or self.count >= self.most
            by = 0 if arrival.is_refused else 1
            self.count += by
            self.count_of[network] += by
        try:
            yield
        finally:
            for known in arrival.at_end:
                if (do := known()) is not None:
                    do()
            self.forget(arrival, arrival.held)
            self.take_off_disk(arrival, arrival.spooled)
            with self.lock:
                self.count -= by
                self.count_of[network] -= by
                if not self.count_of[network]:
                    del self.count_of[network], self.bytes_of[network], self.spooled_of[network]

    def grow(self, arrival: Arrival, size: int) -> None:
        """Counts what has come, and tells the arrival when there is no room for more."""
        with self.lock:
            arrival.count += size
            arrival.held += size
            self.bytes += size
            self.bytes_of[arrival.network] += size
            of_one = self.bytes_of[arrival.network] if arrival.network else 0
            if of_one > self.most_bytes_of_one or self.bytes > self.most_bytes:
                arrival.has_room = False

    def forget(self, arrival: Arrival, size: int) -> None:
        """Counts what stands in memory no more, because it is on the disk or dropped."""
        with self.lock:
            size = min(size, arrival.held)
            arrival.held -= size
            self.bytes -= size
            self.bytes_of[arrival.network] -= size

    def put_on_disk(self, arrival: Arrival, size: int, *, free: int) -> bool:
        """Counts what goes to the disk; False, and nothing is counted, where it may not.

        `free` is what all processes and whatever else is on the disk leave. So however many
        processes there are, their spools never take all of it.
        """
        with self.lock:
            of_one = self.spooled_of[arrival.network] + size if arrival.network else 0
            is_too_much = (self.spooled + size) * SPOOLED_PART > free
            if is_too_much or of_one > self.most_spooled_of_one:
                return False
            arrival.spooled += size
            self.spooled += size
            self.spooled_of[arrival.network] += size
            return True

    def take_off_disk(self, arrival: Arrival, size: int) -> None:
        """Counts what is on the disk no more."""
        with self.lock:
            arrival.spooled -= size
            self.spooled -= size
            self.spooled_of[arrival.network] -= size


def arrival_of(meta: Environ) -> Arrival:
    """What is known of a request's coming in: it just came where no Reception stands before us."""
    arrival: Arrival = meta.setdefault(ARRIVAL, Arrival(now=lambda: 0.0))
    return arrival


def length_of(meta: Environ) -> int:
    """The length of the body that a request announces."""
    try:
        return max(0, int(meta.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0
