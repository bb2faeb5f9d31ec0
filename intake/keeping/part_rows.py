"""The statements by which parts of sealed files come and go, one part at a time.

Asked by hand, because Django's rows would bring a part as text that is twice as long, and thrice.
"""

from collections.abc import Sequence
from typing import Any

from django.db import connection

from intake.models import SealedPart

KILOBYTE = 1024
# Larger ones take longer on PostgreSQL, which cuts each up again; SQLite commits each by itself.
PART_SIZES = {"postgresql": 256 * KILOBYTE, "sqlite": 1024 * KILOBYTE}

_TABLE = SealedPart._meta.db_table
_PUT = f"INSERT INTO {_TABLE} (file, number, piece) VALUES (%s, %s, %s)"  # noqa: S608
_GET = f"SELECT piece FROM {_TABLE} WHERE file = %s AND number = %s"  # noqa: S608
_FIRST = f"SELECT file, piece FROM {_TABLE} WHERE number = 0 AND file IN ({{}})"  # noqa: S608
_REMOVE = f'DELETE FROM "{_TABLE}" WHERE file = %s'  # noqa: S608
_LAST = f"SELECT MAX(number) FROM {_TABLE} WHERE file = %s"  # noqa: S608


def part_size() -> int:
    """How many bytes a part has on this database."""
    return PART_SIZES[connection.vendor]


def put(name: str, number: int, piece: bytes) -> None:
    """Inserts a part of a file."""
    with connection.cursor() as cursor:
        cursor.execute(_PUT, [name, number, piece])


def piece_of(name: str, number: int) -> bytes | None:
    """One part of a file, if it is there."""
    found = _first_of(_GET, name, number)
    return None if found is None else bytes(found)


def first_pieces(names: Sequence[str]) -> dict[str, bytes]:
    """By the names of files that are there, the first part of each: one statement for all."""
    if not names:
        return {}
    places = ", ".join(["%s"] * len(names))
    with connection.cursor() as cursor:
        _ask_for_bytes(cursor)
        cursor.execute(_FIRST.format(places), list(names))
        return {name: bytes(piece) for name, piece in cursor.fetchall()}


def last_number(name: str) -> int | None:
    """That of the last part; None of a file that is not there."""
    found = _first_of(_LAST, name)
    return None if found is None else int(found)


def remove(name: str) -> None:
    """Every part of a file, within the caller's transaction if there is one."""
    with connection.cursor() as cursor:
        cursor.execute(_REMOVE, [name])


def _first_of(statement: str, *values: str | int) -> Any:
    with connection.cursor() as cursor:
        _ask_for_bytes(cursor)
        cursor.execute(statement, values)
        row = cursor.fetchone()
    return row[0] if row else None


def _ask_for_bytes(cursor: Any) -> None:
    """Else the server of PostgreSQL writes each byte as two letters."""
    if connection.vendor == "postgresql":
        cursor.cursor.format = 1
