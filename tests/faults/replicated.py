"""A primary and its synchronous standby: two real servers of PostgreSQL that stream."""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from typing import Any

import psycopg

from tests.running.throwaway_postgres import Cluster


@dataclass(frozen=True, slots=True)
class Pair:
    """The two; `standby` is stopped and started by the test."""

    primary: Cluster
    standby: Cluster

    def ask(self, query: str, *, of: Cluster | None = None) -> Any:
        """The first value that a server gives, asked by its superuser."""
        cluster = of or self.primary
        with psycopg.connect(cluster.url, autocommit=True) as connection:
            row = connection.execute(query).fetchone()  # type: ignore[call-overload]
            return row[0] if row else None

    def tell(self, statement: str) -> None:
        """Has the primary do something that gives no rows."""
        with psycopg.connect(self.primary.url, autocommit=True) as connection:
            connection.execute(statement)  # type: ignore[call-overload]

    def wait_for_standby(self) -> None:
        """Until commits can be confirmed again."""
        wait_until(lambda: self.ask("SELECT sync_state FROM pg_stat_replication LIMIT 1") == "sync")


@contextmanager
def replicated() -> Iterator[Pair]:
    """Both run, and the primary waits for the standby with each commit."""
    with ExitStack() as until_done:
        primary = Cluster.start()
        until_done.callback(primary.stop)
        standby = primary.as_standby()
        until_done.callback(standby.stop)
        standby.begin()
        pair = Pair(primary, standby)
        pair.tell("ALTER SYSTEM SET synchronous_standby_names = '*'")
        pair.ask("SELECT pg_reload_conf()")
        pair.wait_for_standby()
        yield pair


def wait_until(is_so: Callable[[], bool]) -> None:
    """Looks again and again; two minutes without it are a failure, on the slowest machine too."""
    for _ in range(600):
        if is_so():
            return
        time.sleep(0.2)
    raise TimeoutError(is_so)
