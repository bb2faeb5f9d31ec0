"""Sealed files on their way to the rows that name them."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from typing import IO

from django.db import transaction

from intake.keeping import sealed_files


@dataclass(slots=True)
class NewFiles:
    """What was written for one deed, and whether its rows name it by now."""

    names: list[str] = field(default_factory=list)
    is_named: bool = False

    def write(self, sealed: bytes) -> str:
        """As `sealed_files.write`."""
        return self.write_by(lambda file: file.write(sealed))

    def write_by(self, fill: Callable[[IO[bytes]], object]) -> str:
        """As `sealed_files.write_by`."""
        self.names.append(sealed_files.write_by(fill))
        return self.names[-1]

    def are_named(self) -> None:
        """To be said at the end of the transaction that stores the rows.

        Should its commit fail, nobody knows whether the rows stand: on SQLite the files stay
        then, and the sweep takes them if no row names them.
        """
        self.is_named = True


@contextmanager
def new_files() -> Iterator[NewFiles]:
    """Whoever leaves the block without having named the files leaves none of them behind.

    On PostgreSQL the block is the transaction of the deed. On SQLite files are kept before that,
    so that nobody waits while they are sealed: the deed begins a short one within the block.
    """
    files = NewFiles()
    is_one = sealed_files.is_taken_back_with_the_transaction()
    try:
        with transaction.atomic() if is_one else nullcontext():
            yield files
            if not files.is_named:
                sealed_files.give_up(*files.names)
    except BaseException:
        if not (is_one or files.is_named):
            sealed_files.give_up(*files.names)
        raise
