"""Lets many requests arrive slowly while few run at once.

The server gives each request a thread as soon as its head is there, and a thread that reads from
a slow sender waits as long as that one likes. So there are many; what they wait for is counted and
bounded in `arrivals`, and only PLACES of them run at any time. Whoever waits for a sender holds no
place. How long it took to come in counts for the moment at which a report was received.
"""

import time
from collections.abc import Callable, Iterable
from contextlib import ExitStack
from io import BytesIO
from typing import Any, Protocol

from intake.arriving.arrivals import ARRIVAL, Arrival, Crowd, Environ, length_of
from intake.arriving.request_places import Places, let_others_go_first, place_left
from intake.arriving.senders import network_in
from intake.arriving.turns import give_connections_back
from intake.report.report_limits import LONGEST_WITHOUT_FILES, PIECE

Application = Callable[[Environ, Callable[..., Any]], Iterable[bytes]]

# Requests that run at once in one process; more would only wait for the interpreter.
PLACES = 2
# A sender is given up on after an hour, and while others wait as well, one that after a minute
# has not sent 50 bytes a second: an old telephone on the weakest line sends ten times as much.
LONGEST_SECONDS = 3600.0
PATIENT_SECONDS = 60.0
SLOWEST_RATE = 50.0
SOME_WAITING = 8


class Stream(Protocol):
    """The body as the server gives it: `read` waits until all that was asked for is there."""

    def read(self, size: int, /) -> bytes: ...


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
    """A large body, which is read while the request runs.

    Meanwhile it gives away its place and its connection to the database.
    """

    def __init__(self, body: Body) -> None:
        self.body = body

    def read(self, size: int = -1) -> bytes:
        with place_left():
            give_connections_back()
            let_others_go_first()
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
        arrival = environ[ARRIVAL] = Arrival(self.now, crowd=self.crowd)
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
