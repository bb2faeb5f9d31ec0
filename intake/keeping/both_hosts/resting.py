"""For some seconds after a commit waited in vain, nobody else of this process tries one."""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

# A standby that restarts is back within half a minute; a person who is told 'later' waits longer.
REST_SECONDS = 10.0


@dataclass(slots=True)
class Rest:
    """Whether commits are tried; when the rest is over, one tries for all."""

    now: Callable[[], float] = time.monotonic
    _until: float = 0.0
    _is_tried: bool = False
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def may_try(self) -> bool:
        """Whether to begin a commit; whoever gets a yes says how it ended."""
        if not self._until:
            return True
        with self._lock:
            if not self._until:
                return True
            if self._is_tried or self.now() < self._until:
                return False
            self._is_tried = True
            return True

    def done(self) -> None:
        """A commit returned: the standby, if there must be one, is there."""
        if self._until:
            with self._lock:
                self._until, self._is_tried = 0.0, False

    def undecided(self) -> None:
        """It ended in another way, which tells nothing of the standby."""
        if self._until:
            with self._lock:
                self._is_tried = False

    def failed(self) -> None:
        """A commit waited in vain."""
        with self._lock:
            self._until, self._is_tried = self.now() + REST_SECONDS, False


REST = Rest()
