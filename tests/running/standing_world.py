"""A world that a module's tests share, clients that are logged in included: each has its own copy.

standing = standing_world(make_world)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()
"""

import copyreg
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from copy import deepcopy
from datetime import datetime
from typing import Any, TypeVar

import pytest
from django.test import override_settings
from django.test.client import ClientHandler
from pytest_django import DjangoDbBlocker

from tests.running.standing_rows import standing_rows

World = TypeVar("World")

# A copied client has cookies of its own; what answers it knows nothing of one client or another.
copyreg.pickle(ClientHandler, lambda _handler: "shared")  # type: ignore[arg-type, return-value]


def standing_world(
    make: Callable[[], World],
    *,
    at: datetime | None = None,
    under: Callable[[], AbstractContextManager[Any]] = nullcontext,
) -> Any:
    """A fixture of a module: gives a copy of what `make` made once, at that simulated time."""

    @pytest.fixture(scope="module")
    def standing(
        django_db_setup: None,
        django_db_blocker: DjangoDbBlocker,
    ) -> Iterator[Callable[[], World]]:
        made: list[World] = []

        def make_once() -> None:
            with override_settings(SIMULATED_NOW=at), under():
                made.append(make())

        def copied() -> World:
            return deepcopy(made[0])

        with standing_rows(django_db_blocker, make_once):
            yield copied

    return standing
