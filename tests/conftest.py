"""What every test shares: a database of its own, cheap hashing, an empty sealed folder."""

import itertools
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import override_settings
from pytest_django.fixtures import Settings

from inspection import clock
from intake.abuse import floods
from tests.running.made_once import made_once
from tests.running.quick_hashing import QUICK
from tests.running.serving_site import DATABASE, load_and_open, migrate


@pytest.fixture(scope="session")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite site with every migration and no row of ours, once in a run; to be copied."""
    return made_once("migrated", tmp_path_factory, migrate)


@pytest.fixture(scope="session")
def site(migrated: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite site that takes reports, once in a run; to be copied."""
    return made_once("site", tmp_path_factory, lambda folder: load_and_open(migrated, folder))


@pytest.fixture(scope="session")
def django_db_modify_db_settings(
    request: pytest.FixtureRequest,
    django_db_modify_db_settings_parallel_suffix: None,
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    """A SQLite file instead of memory, so that threads meet the locks of the real thing.

    Of several workers each has a copy, in which Django finds nothing left to migrate.
    """
    database = django_settings.DATABASES["default"]
    if database["ENGINE"].endswith("sqlite3"):
        file = tmp_path_factory.mktemp("database") / "test.sqlite3"
        if "PYTEST_XDIST_WORKER" in os.environ:
            shutil.copy(request.getfixturevalue("migrated") / DATABASE, file)
        database.setdefault("TEST", {})["NAME"] = str(file)


@pytest.fixture(scope="session")
def django_db_keepdb(django_db_keepdb: bool) -> bool:
    """The copy is the database that is there already; PostgreSQL's is made anew."""
    return django_db_keepdb or django_settings.DATABASES["default"]["ENGINE"].endswith("sqlite3")


@pytest.fixture(scope="session", autouse=True)
def quick() -> Iterator[None]:
    """Cheap hashing for the whole run: to change a setting anew for every test adds up."""
    with override_settings(**QUICK):
        yield


@pytest.fixture(scope="session")
def sealed_folders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Folders that nobody has yet, one for each test; most never write a file."""
    folder = tmp_path_factory.mktemp("sealed")
    return (folder / str(number) for number in itertools.count(1))


@pytest.fixture(autouse=True)
def apart(settings: Settings, sealed_folders: Iterator[Path]) -> Iterator[None]:
    """An empty folder for sealed files, and no memory from one test to the next."""
    settings.MEDIA_ROOT = next(sealed_folders)
    settings.SPOOL_ROOT = settings.MEDIA_ROOT.with_name(f"{settings.MEDIA_ROOT.name}-spool")
    clock.restart()
    floods.forget()
    yield


def missing(what: str, how: str) -> None:
    """Skips loudly, or fails under REQUIRE_ALL=1."""
    message = f"NOT TESTED, {what} is missing: {how}"
    if os.environ.get("REQUIRE_ALL") == "1":
        pytest.fail(message)
    pytest.skip(message)
