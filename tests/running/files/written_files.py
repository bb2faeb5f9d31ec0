"""Which files the program opens for writing: exports and papers write none, not even for a moment.

with written_files() as written:
    client.post(...)
assert written == []

The interpreter itself tells of each file, also of one that is gone again; a database, which writes
by itself, and compiled modules are not told.
"""

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_APPEND
# Where names of files are gathered now. A hook of the interpreter stays for good, so there is one.
_gathering: list[list[str]] = []
_is_hooked = False


@contextmanager
def written_files() -> Iterator[list[str]]:
    """The names of files that were opened for writing in the meantime, temporary ones included."""
    _hook_once()
    written: list[str] = []
    _gathering.append(written)
    try:
        yield written
    finally:
        _gathering.remove(written)


def _hook_once() -> None:
    global _is_hooked  # noqa: PLW0603
    if not _is_hooked:
        sys.addaudithook(_hear)
        _is_hooked = True


def _hear(event: str, told: tuple[Any, ...]) -> None:
    if event != "open" or not _gathering:
        return
    name, _mode, flags = told
    if not isinstance(flags, int) or not flags & _WRITING:
        return
    # A number is a file that is open already; a null device keeps nothing.
    is_kept = isinstance(name, str | bytes | os.PathLike) and os.fspath(name) != os.devnull
    if is_kept and "__pycache__" not in os.fsdecode(name):
        for written in _gathering:
            written.append(os.fsdecode(name))
