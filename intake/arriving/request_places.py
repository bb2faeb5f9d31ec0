"""The places of the requests that run at once, which a request can leave while it need not run."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from queue import SimpleQueue

# Whoever works without a place looks so often whether the others are done, and gets a piece done
# after the longest wait in any case: 64 KB each time are 3 MB a second, more than most lines bring.
_LOOK_SECONDS = 0.001
_LONGEST_WAIT = 0.02


class Places:
    """As many as may run at once."""

    def __init__(
        self,
        count: int,
        *,
        longest_wait: float = _LONGEST_WAIT,
        now: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], None] = time.sleep,
    ) -> None:
        self.count = count
        self.longest_wait = longest_wait
        self.now = now
        self.sleep = sleep
        self.free: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self.free.put(None)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Waits for a place and has it for as long, unless it is left meanwhile."""
        self.free.get()
        before = _ours.set(self)
        _works_since.set(self.now())
        try:
            yield
        finally:
            _ours.reset(before)
            self.free.put(None)

    def rest(self, worked: float) -> None:
        """Waits as long as somebody worked, and while others run; never for very long."""
        until = self.now() + self.longest_wait
        self.sleep(min(worked, self.longest_wait))
        while self.free.qsize() < self.count and self.now() < until:
            self.sleep(_LOOK_SECONDS)


# What runs in this thread has one of these; outside a Reception, as in tests, there are none.
_ours: ContextVar[Places | None] = ContextVar("places", default=None)
# Those of which this thread has left one, and since when it works without a rest.
_left: ContextVar[Places | None] = ContextVar("places left", default=None)
_works_since: ContextVar[float] = ContextVar("works since", default=0.0)


@contextmanager
def place_left() -> Iterator[None]:
    """Gives the place of this request, if it has one, to others, and waits for one afterwards."""
    places = _ours.get()
    if places is None:
        yield
        return
    before, left_before = _ours.set(None), _left.set(places)
    places.free.put(None)
    try:
        yield
    finally:
        places.free.get()
        _left.reset(left_before)
        _ours.reset(before)
        _works_since.set(places.now())


def let_others_go_first() -> None:
    """Between two pieces of long work, of whoever left a place: rests, and waits while others run.

    Threads share one interpreter, which a thread that works without a pause gives away for moments
    only: too short for another one to wake up. A short request would wait for it again and again.
    The other processes and the database are not seen from here, and need a core as well: so it
    rests in any case, for as long as it worked.
    """
    places = _left.get()
    if places is not None:
        places.rest(places.now() - _works_since.get())
        _works_since.set(places.now())
