"""Lets many requests arrive slowly while few run at once.

The server gives each request a thread as soon as its head is there, and a thread that reads from
a slow sender waits as long as that one likes. So there are many; what they wait for is counted and
bounded here, and only PLACES of them run at any time. Whoever waits for a sender holds no place.
How long it took to come in counts for the moment at which a report was received.
"""

import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any, Protocol

from intake.arriving.request_places import Places, place_left
from intake.arriving.senders import network_in
from intake.report.report_limits import (
    LONGEST_WITHOUT_FILES,
    MOST_BODIES,
    MOST_BODIES_OF_ONE,
    MOST_BYTES,
    MOST_BYTES_OF_ONE,
    PIECE,
)

Environ = dict[str, Any]
Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# Requests that run at once in one process; more would only wait for the interpreter.
PLACES = 2
# A sender is given up on after an hour, and while others wait as well, one that after a minute
# has not sent 50 bytes a second: an old telephone on the weakest line sends ten times as much.
LONGEST_SECONDS = 3600.0
PATIENT_SECONDS = 60.0
SLOWEST_RATE = 50.0
SOME_WAITING = 8

ARRIVAL = "intake.arrival"


class Stream(Protocol):
    """The body as the server gives it: `read` waits until all that was asked for is there."""

    def read(self, size: int, /) -> bytes: ...


@dataclass(slots=True)
class Arrival:
    """What is known of a request's coming in.

    A body that is refused, or given up on because it is too slow, seems to end early. Without
    `has_room` no file is kept; nothing but words is then `is_crowded_out`. `count` is in bytes.
    """

    now: Callable[[], float] = time.monotonic
    network: str = ""
    began: float = field(init=False)
    count: int = 0
    is_refused: bool = False
    is_too_slow: bool = False
    is_crowded_out: bool = False
    has_room: bool = True

    def __post_init__(self) -> None:
        self.began = self.now()

    @property
    def seconds(self) -> float:
        """Since the head of the request came."""
        return self.now() - self.began


@dataclass(slots=True)
class Crowd:
    """The bodies that are under way in this process, and what has come of them."""

    most: int = MOST_BODIES
    most_of_one: int = MOST_BODIES_OF_ONE
    most_bytes: int = MOST_BYTES
    most_bytes_of_one: int = MOST_BYTES_OF_ONE
    count: int = 0
    bytes: int = 0
    count_of: Counter[str] = field(default_factory=Counter)
    bytes_of: Counter[str] = field(default_factory=Counter)
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
            with self.lock:
                self.count -= by
                self.count_of[network] -= by
                self.bytes -= arrival.count
                self.bytes_of[network] -= arrival.count
                if not self.count_of[network]:
                    del self.count_of[network], self.bytes_of[network]

    def grow(self, arrival: Arrival, size: int) -> None:
        """Counts what has come, and tells the arrival when there is no room for more."""
        with self.lock:
            arrival.count += size
            self.bytes += size
            self.bytes_of[arrival.network] += size
            of_one = self.bytes_of[arrival.network] if arrival.network else 0
            if of_one > self.most_bytes_of_one or self.bytes > self.most_bytes:
                arrival.has_room = False


class Body:
    """A request's body. It watches how fast it comes, and ends early when that is too slow."""

    def __init__(
        self, stream: Stream, length: int, arrival: Arrival, crowd: Crowd, *, has_files: bool = True
    ) -> None:
        """`has_files` is False for a body that can hold nothing but words."""
        self.stream = stream
        self.left = length
        self.arrival = arrival
        self.crowd = crowd
        self.has_files = has_files
        # Where others wait, small at first and as long as little comes: only what has come can be
        # judged. Else in one piece, for each costs a report a turn at the interpreter.
        self.piece = 64 if crowd.count > SOME_WAITING else PIECE

    def read(self, size: int) -> bytes:
        pieces = []
        size = min(size, self.left)
        while size and not (self.arrival.is_refused or self._is_too_slow()):
            piece = self._read_piece(min(size, self.piece))
            if not piece:
                self.left = 0
                break
            pieces.append(piece)
            size -= len(piece)
            self.left -= len(piece)
            self.crowd.grow(self.arrival, len(piece))
            self._keep_words_out()
        return b"".join(pieces)

    def _keep_words_out(self) -> None:
        """Gives a text up that is longer than any report where there is no room for more."""
        is_long = self.arrival.count > LONGEST_WITHOUT_FILES
        if is_long and not (self.has_files or self.arrival.has_room):
            self.arrival.is_crowded_out = True
            raise ConnectionAbortedError("no room for more words")

    def _read_piece(self, size: int) -> bytes:
        before = self.arrival.seconds
        piece = self.stream.read(size)
        took = self.arrival.seconds - before
        self.piece = min(self.piece * 4, PIECE) if took < 1 else max(self.piece // 4, 1)
        return piece

    def _is_too_slow(self) -> bool:
        lasted = self.arrival.seconds
        is_slow = lasted > PATIENT_SECONDS and self.arrival.count < lasted * SLOWEST_RATE
        if lasted > LONGEST_SECONDS or (is_slow and self.crowd.count > SOME_WAITING):
            self.arrival.is_too_slow = True
        return self.arrival.is_too_slow


class PlaceGivingBody:
    """A large body, which is read while the request runs; it gives the place away meanwhile."""

    def __init__(self, body: Body) -> None:
        self.body = body

    def read(self, size: int = -1) -> bytes:
        with place_left():
            return self.body.read(self.body.left if size < 0 else size)

    def readline(self, size: int = -1) -> bytes:
        raise NotImplementedError("a form is read in pieces")


class Reception:
    """The WSGI application around the site's own."""

    def __init__(
        self,
        application: Application,
        *,
        places: int = PLACES,
        now: Callable[[], float] = time.monotonic,
    ) -> None:
        self.application = application
        self.places = Places(places)
        self.crowd = Crowd()
        self.now = now

    def __call__(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        arrival = environ[ARRIVAL] = Arrival(self.now)
        length = length_of(environ)
        if not length:
            return self._run(environ, start_response)
        arrival.network = network_in(environ)
        with ExitStack() as until_done:
            until_done.enter_context(self.crowd.with_one_more(arrival))
            has_files = str(environ.get("CONTENT_TYPE", "")).lower().startswith("multipart/")
            body = Body(environ["wsgi.input"], length, arrival, self.crowd, has_files=has_files)
            if length <= LONGEST_WITHOUT_FILES:
                environ["wsgi.input"] = BytesIO(body.read(length))
            else:
                environ["wsgi.input"] = PlaceGivingBody(body)
            answer = self._run(environ, start_response)
            # An answer that holds much of what came says when it has been sent, or given up; what
            # it gives back lies in memory until then.
            when_sent = getattr(answer, "when_sent", None)
            if when_sent is not None:
                when_sent(until_done.pop_all().close)
            return answer

    def _run(self, environ: Environ, start_response: Callable[..., Any]) -> Iterable[bytes]:
        with self.places.one():
            return self.application(environ, start_response)


def arrival_of(meta: Environ) -> Arrival:
    """What is known of a request's coming in: it just came where no Reception stands before us."""
    arrival: Arrival | None = meta.get(ARRIVAL)
    return arrival or Arrival(now=lambda: 0.0)


def length_of(meta: Environ) -> int:
    """The length of the body that a request announces."""
    try:
        return max(0, int(meta.get("CONTENT_LENGTH") or 0))
    except ValueError:
        return 0
