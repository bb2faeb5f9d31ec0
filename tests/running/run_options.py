"""A pytest plugin, loaded before the settings are read: the environment of a test run.

`--on-postgres` runs the tests that touch the database on a PostgreSQL that this run starts and
throws away. pytest-django lets no other test near the database, so none can differ there; nor do
those that `once_only` names.
"""

import atexit
import os
import sys

import pytest
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

from tests.running.once_only import not_again
from tests.running.throwaway_postgres import Cluster, NoPostgres

OPTION = "--on-postgres"
# What waits for processes of its own begins first: as the last, it would leave a core idle.
LENGTHY = ("tests/intake/arriving/", "tests/test_makefile.py")
DATABASE_FIXTURES = {"db", "transactional_db", "live_server"}

os.environ["DEBUG"] = "true"
for _name in ("SIMULATED_NOW", "DEMO_LOGINS", "TRUSTED_PROXIES"):
    os.environ.pop(_name, None)

# How long an example takes says how busy the machine is, not whether the rule holds.
hypothesis_settings.register_profile(
    "house", deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
hypothesis_settings.load_profile("house")


def _start_postgres() -> None:
    """Starts the server in the main process; workers find its address in the environment."""
    if OPTION not in sys.argv or "PYTEST_XDIST_WORKER" in os.environ:
        return
    try:
        cluster = Cluster.start(durable=False)
    except NoPostgres as missing:
        required = os.environ.get("REQUIRE_ALL") == "1"
        sys.stderr.write(f"\n*** NOT TESTED ON POSTGRESQL: {missing} ***\n\n")
        raise SystemExit(1 if required else 0) from missing
    atexit.register(cluster.stop)
    os.environ["DATABASE_URL"] = cluster.url


_start_postgres()


def pytest_addoption(parser: pytest.Parser) -> None:
    """Makes the option known."""
    parser.addoption(OPTION, action="store_true", help="run on a throwaway PostgreSQL")


def touches_the_database(item: pytest.Item) -> bool:
    """Whether pytest-django opens the database to the test: by its mark or by a fixture."""
    fixtures: list[str] = getattr(item, "fixturenames", [])
    return item.get_closest_marker("django_db") is not None or not DATABASE_FIXTURES.isdisjoint(
        fixtures
    )


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Puts the lengthy first; leaves out on PostgreSQL what is no other there than on SQLite."""
    items.sort(key=lambda item: touches_the_database(item) or not item.nodeid.startswith(LENGTHY))
    if not config.getoption(OPTION):
        return
    reaching = [item for item in items if touches_the_database(item)]
    spared = not_again(item.nodeid for item in reaching)
    again = [item for item in reaching if item.nodeid not in spared]
    kept = set(again)
    config.hook.pytest_deselected(items=[item for item in items if item not in kept])
    items[:] = again
