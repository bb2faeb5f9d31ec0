"""A long task is one small step after another; what was done stands in rows: any may be the last.

def step() -> Progress        # does and commits a little, and says how far the task is
work_for(step, seconds=2)     # a slice, for a page
to_the_end(step)              # all of it, for a command
"""

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass

# What a person waits for gladly, and what holds nobody else up.
LONGEST = 2.0


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is; `words` say what it does now.

    With `wait` it can do nothing for so many seconds; `is_stuck` until a person decides something.
    """

    done: int
    total: int
    is_over: bool = False
    words: str = ""
    wait: int = 0
    is_stuck: bool = False

    @property
    def can_go_on(self) -> bool:
        """Whether a further step does something now."""
        return not (self.is_over or self.is_stuck or self.wait)

    def __str__(self) -> str:
        return f"已处理 {min(self.done, self.total)}／{self.total}"


Step = Callable[[], Progress]


def work_for(step: Step, *, seconds: float = LONGEST) -> Progress:
    """At least one step, and more of them until the time is up."""
    end = time.monotonic() + seconds
    progress = step()
    while progress.can_go_on and time.monotonic() < end:
        progress = step()
    return progress


def to_the_end(step: Step) -> Iterator[Progress]:
    """Every step's progress, until it is over or stuck."""
    progress = step()
    yield progress
    while not (progress.is_over or progress.is_stuck):
        if progress.wait:
            time.sleep(progress.wait)
        progress = step()
        yield progress
