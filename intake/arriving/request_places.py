"""The places of the requests that run at once, which a request can leave while it need not run."""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from queue import SimpleQueue


class Places:
    """As many as may run at once."""

    def __init__(self, count: int) -> None:
        self.free: SimpleQueue[None] = SimpleQueue()
        for _ in range(count):
            self.free.put(None)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Waits for a place and has it for as long, unless it is left meanwhile."""
        self.free.get()
        before = _ours.set(self)
        try:
            yield
        finally:
            _ours.reset(before)
            self.free.put(None)


# What runs in this thread has one of these; outside a Reception, as in tests, there are none.
_ours: ContextVar[Places | None] = ContextVar("places", default=None)


@contextmanager
def place_left() -> Iterator[None]:
    """Gives the place of this request, if it has one, to others, and waits for one afterwards."""
    places = _ours.get()
    if places is None:
        yield
        return
    before = _ours.set(None)
    places.free.put(None)
    try:
        yield
    finally:
        places.free.get()
        _ours.reset(before)
