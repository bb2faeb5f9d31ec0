"""What every test shares: a database of its own, cheap hashing, an empty sealed folder."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django.fixtures import Settings


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A SQLite file instead of memory, so that threads meet the locks of the real thing."""
    from django.conf import settings

    database = settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        name = str(tmp_path_factory.mktemp("database") / "test.sqlite3")
        database.setdefault("TEST", {})["NAME"] = name


@pytest.fixture(autouse=True)
def quick_and_apart(settings: Settings, tmp_path: Path) -> Iterator[None]:
    """Cheap hashing, an empty folder for sealed files, and no memory from one test to the next."""
    from inspection import clock
    from intake.abuse import floods

    settings.PASSWORD_HASHERS = ["tests.running.quick_hashing.QuickHasher"]
    settings.LOGIN_BEAT_SECONDS = 0
    settings.STAFF_KEY_MEMORY_KIB = 64
    settings.MEDIA_ROOT = tmp_path / "sealed"
    settings.NOTICE_MAX_AGE_SECONDS = 0
    clock.restart()
    floods.forget()
    yield


def missing(what: str, how: str) -> None:
    """Skips loudly, or fails under REQUIRE_ALL=1."""
    message = f"NOT TESTED, {what} is missing: {how}"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)
