"""Rows that are made once for all tests of a module: each finds them as they were made."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from django.db import transaction
from django.test import override_settings
from pytest_django import DjangoDbBlocker


@contextmanager
def standing_rows(
    blocker: DjangoDbBlocker, sealed: Path, make: Callable[[], object]
) -> Iterator[None]:
    """Every test's own transaction lies within the one of these rows, which is taken back too.

    Sealed files lie in the folder: a test that changes files works on a copy of it.
    """
    whole = transaction.atomic()
    # As Django marks those of its own test cases: what must not lie within another may lie here.
    whole._from_testcase = True  # type: ignore[attr-defined]
    with blocker.unblock(), override_settings(MEDIA_ROOT=sealed):
        whole.__enter__()
        make()
    yield
    with blocker.unblock():
        transaction.set_rollback(True)
        whole.__exit__(None, None, None)
