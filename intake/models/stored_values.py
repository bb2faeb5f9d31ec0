"""Reads rows as they stand, also where somebody wrote what is no value of its column.

SQLite keeps any text in any column, and Django cannot read it back; a check must name such a row
and not end in it.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from itertools import islice
from typing import Any

from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.db.models import ExpressionWrapper, F, Field, Model, QuerySet

# What it raises to read, to look up or to digest a value of the wrong kind.
UNREADABLE = (
    ValidationError,
    ValueError,
    TypeError,
    AttributeError,
    OverflowError,
    OperationalError,
)

Read = Callable[[Any], Any]


def stored_values(
    rows: QuerySet[Any, Any], *names: str, chunk: int = 2000
) -> Iterator[tuple[Any, ...]]:
    """As `values_list`, in chunks; a value of the wrong kind comes as the database has it."""
    given = 0
    try:
        for values in rows.values_list(*names).iterator(chunk):
            yield values
            given += 1
    except UNREADABLE:
        yield from islice(_one_by_one(rows, names, chunk), given, None)


def _one_by_one(
    rows: QuerySet[Any, Any], names: tuple[str, ...], chunk: int
) -> Iterator[tuple[Any, ...]]:
    as_it_stands: Field[Any, Any] = Field()
    raw = {f"raw_{name}": ExpressionWrapper(F(name), as_it_stands) for name in names}
    reads = [_reader(rows.model, name) for name in names]
    with _any_text():
        for values in rows.annotate(**raw).values_list(*raw).iterator(chunk):
            yield tuple(read(value) for read, value in zip(reads, values, strict=True))


def _reader(model: type[Model], name: str) -> Read:
    """What Django does to a value of this column, or nothing where it cannot."""
    column: Any = model._meta.pk if name == "pk" else model._meta.get_field(name)
    expression = column.get_col(model._meta.db_table)
    converters = [
        *connection.ops.get_db_converters(expression),
        *expression.get_db_converters(connection),
    ]

    def read(value: Any) -> Any:
        read_so_far = value
        try:
            for convert in converters:
                read_so_far = convert(read_so_far, expression, connection)
        except UNREADABLE:
            return value
        return read_so_far

    return read


@contextmanager
def _any_text() -> Iterator[None]:
    """SQLite also keeps text that is no UTF-8."""
    if connection.vendor != "sqlite":
        yield
        return
    raw: Any = connection.connection
    before = raw.text_factory
    raw.text_factory = lambda text: text.decode(errors="replace")
    try:
        yield
    finally:
        raw.text_factory = before
