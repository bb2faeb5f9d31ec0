"""Rows that are made once for all tests of a module: each finds them as they were made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from django.db import transaction
from pytest_django import DjangoDbBlocker


@contextmanager
def standing_rows(blocker: DjangoDbBlocker, make: Callable[[], object]) -> Iterator[None]:
    """Every test's own transaction lies within the one of these rows, which is taken back too."""
    whole = transaction.atomic()
    # As Django marks those of its own test cases: what must not lie within another may lie here.
    whole._from_testcase = True  # type: ignore[attr-defined]
    with blocker.unblock():
        whole.__enter__()
        make()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
