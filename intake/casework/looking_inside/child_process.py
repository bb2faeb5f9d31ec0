"""The process in which items are opened and looked through; see `search.child`."""

import json
import subprocess
import sys
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, Any, cast

from django.conf import settings

from intake.casework.search.hits import How

_MODULE = "intake.casework.search.child"


class ChildGone(Exception):
    """It ended in the middle of its work."""


@dataclass(frozen=True, slots=True, repr=False)
class Place:
    """One place where a word stands: in what, and what stands around it."""

    label: str
    before: str
    found: str
    after: str
    how: How


@dataclass(frozen=True, slots=True, repr=False)
class Answer:
    """Of one slice: the places by the key of their item, and how many items did not open."""

    found: Mapping[str, Sequence[Place]]
    failed: int


class Child:
    """Takes slices one after the other: whoever has sent one prepares the next meanwhile."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self._into = cast("IO[bytes]", process.stdin)
        self._out = cast("IO[bytes]", process.stdout)

    def send(self, slice_: object) -> None:
        """Raises ChildGone."""
        try:
            self._into.write(json.dumps(slice_).encode() + b"\n")
            self._into.flush()
        except BrokenPipeError:
            raise ChildGone from None

    def answer(self) -> Answer:
        """Waits for it. Raises ChildGone."""
        line = self._out.readline()
        if not line:
            raise ChildGone
        told = json.loads(line)
        found = {key: [_place(one) for one in places] for key, places in told["found"]}
        return Answer(found, told["failed"])


@contextmanager
def looking_for(words: str, secrets: Mapping[str, str], *, seconds: float) -> Iterator[Child]:
    """A child that knows the words and the secrets by desk; after so long it is ended anyway."""
    # Not a word of the command comes from outside, and none of the site's own secrets is passed on.
    process = subprocess.Popen(  # noqa: S603
        [sys.executable, "-m", _MODULE],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        cwd=settings.BASE_DIR,
        env={"PYTHONPATH": str(settings.BASE_DIR), "PYTHONDONTWRITEBYTECODE": "1"},
    )
    alarm = threading.Timer(seconds, process.kill)
    alarm.daemon = True
    alarm.start()
    child = Child(process)
    try:
        child.send({"words": words, "secrets": secrets})
        yield child
    finally:
        alarm.cancel()
        process.kill()
        # What is still in the pipe goes nowhere.
        process.communicate()


def _place(told: Sequence[Any]) -> Place:
    label, before, found, after, how = told
    return Place(label, before, found, after, How(how))
