"""Sealed files as rows of parts: whole in the database, or not there at all.

A file is named by the column `sealed_file` of another row, and is kept before that row commits
(`new_files`): a row without its file cannot exist. Files without a row are what a crash leaves on
SQLite, and `retention.sweeping` removes them.
"""

import hashlib
import io
import secrets
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from typing import IO, cast

from django.db import Error, connection, transaction

from intake.keeping import older_files, part_rows
from intake.keeping.part_streams import PartsReading, PartsWriting

BUFFER = 64 * part_rows.KILOBYTE


def write(sealed: bytes) -> str:
    """Keeps sealed bytes and gives their name; whatever it raises, nothing is left of them."""
    return write_by(lambda file: file.write(sealed))


def write_by(fill: Callable[[IO[bytes]], object]) -> str:
    """The same for what `fill` writes, so that it need not stand in memory as a whole."""
    name = secrets.token_hex(16)
    if is_taken_back_with_the_transaction():
        with transaction.atomic():
            _write(name, fill)
        return name
    try:
        _write(name, fill)
    except BaseException:
        give_up(name)
        raise
    return name


@contextmanager
def writing_as(name: str) -> Iterator[IO[bytes]]:
    """A file under a name that it has already; in one transaction, or half of it may stay."""
    writing = PartsWriting(name)
    yield cast("IO[bytes]", writing)
    writing.finish()


def is_taken_back_with_the_transaction() -> bool:
    """Whether parts stand in the transaction of the rows that will name them.

    On SQLite, which has one lock for all who write, each part is committed by itself instead,
    unless the caller holds that lock already.
    """
    return connection.in_atomic_block or connection.vendor != "sqlite"


def give_up(*names: str) -> None:
    """Removes files that will have no row, if the database still lets us; else the sweep does."""
    with suppress(Error):
        for name in names:
            remove(name)


def read(name: str) -> bytes:
    """The sealed bytes kept under a name. Raises FileNotFoundError."""
    with opened(name) as file:
        return file.read()


def opened(name: str) -> IO[bytes]:
    """The sealed file, to be read piece by piece and closed. Raises FileNotFoundError."""
    with suppress(FileNotFoundError):
        return _opened(name)
    with suppress(FileNotFoundError):
        return older_files.opened(name)
    # It may have come over between the one look and the other.
    return _opened(name)


def small_ones(names: Sequence[str]) -> dict[str, bytes]:
    """Those of the files that have one part, each whole, with one question to the database."""
    most = part_rows.part_size()
    found = part_rows.first_pieces(names)
    return {name: piece for name, piece in found.items() if len(piece) < most}


def fingerprint(name: str) -> str:
    """SHA-256 of the sealed bytes in hex, without holding them; FileNotFoundError if gone."""
    with opened(name) as file:
        return hashlib.file_digest(cast("io.BufferedReader", file), "sha256").hexdigest()


def remove(name: str) -> None:
    """Removes a file that no row names any more, in the transaction that says so."""
    part_rows.remove(name)
    transaction.on_commit(lambda: older_files.remove(name))


def _opened(name: str) -> IO[bytes]:
    return io.BufferedReader(PartsReading(name), BUFFER)


def _write(name: str, fill: Callable[[IO[bytes]], object]) -> None:
    with writing_as(name) as file:
        fill(file)
