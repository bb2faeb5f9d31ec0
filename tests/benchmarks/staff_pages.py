"""Times the staff's start page, lists and statistics at very many items.

`explain` also prints slow plans:

python -m tests.benchmarks.staff_pages sqlite 50000
python -m tests.benchmarks.staff_pages postgres 50000 explain
"""

import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import django

from tests.running.throwaway_postgres import Cluster

ROUNDS = 7
# Of a single statement, in milliseconds.
SLOW = 20.0
LIST = "/admin/intake/submission/"
PAGES = {
    "start page": "/admin/",
    "list": LIST,
    "list, last page": f"{LIST}?p=900",
    "list, one status": f"{LIST}?status__exact=to_assess",
    "list, one scope": f"{LIST}?scope__exact=unchecked",
    "list, one way": f"{LIST}?way__exact=letter",
    "list, overdue": f"{LIST}?due=overdue",
    "list, due in 15 days": f"{LIST}?due=15",
    "list, new supplements": f"{LIST}?supplement=new",
    "list, one body": f"{LIST}?q=镇",
    "list, one day": f"{LIST}?q=4月10日",
    "list, a number": f"{LIST}?q=1-0100",
    "list of a figure": f"{LIST}?from=2025-03-20&problem=integrity&repeat=first",
    "statistics": "/admin/statistics/",
    "statistics, some days": "/admin/statistics/?from=2025-03-20&until=2025-04-10&rows=teams",
}


@contextmanager
def _database(kind: str) -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        if kind == "sqlite":
            yield f"sqlite:///{Path(folder) / 'site.sqlite3'}"
            return
        cluster = Cluster.start()
        try:
            yield cluster.url
        finally:
            cluster.stop()


def _fill(wanted: int) -> dict[str, Any]:
    from django.core.management import call_command
    from django.db import connection

    from tests.making import make_clerk, make_head, make_intake
    from tests.many_items import make_many_items

    call_command("migrate", verbosity=0)
    intake = make_intake()
    # As long as a report usually is: what is sealed lies in the row.
    make_many_items(intake, wanted, days=80, narrative="（演示）" + "机动地发包没有公示。" * 100)
    if connection.vendor == "postgresql":
        # As the server does by itself; a file of SQLite nobody counts.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    return {
        "office": make_clerk(intake, intake.office),
        "head": make_head(intake),
        "team": make_clerk(intake, intake.desks[0]),
    }


def _measure(name: str, client: Any, address: str, *, explain: bool) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    times = []
    for _ in range(ROUNDS):
        started = time.perf_counter()
        page = client.get(address)
        times.append((time.perf_counter() - started) * 1000)
    with CaptureQueriesContext(connection) as asked:
        client.get(address)
    of_database = sum(float(one["time"]) for one in asked.captured_queries) * 1000
    sys.stdout.write(
        f"{name:32} {page.status_code} {len(asked):3} queries "
        f"{statistics.median(times):7.0f} ms, {of_database:6.0f} of them the database's\n"
    )
    for one in asked.captured_queries if explain else ():
        if float(one["time"]) * 1000 > SLOW:
            _explain(one)


def _explain(asked: dict[str, str]) -> None:
    from django.db import connection

    how = "EXPLAIN QUERY PLAN " if connection.vendor == "sqlite" else "EXPLAIN ANALYZE "
    with connection.cursor() as cursor:
        cursor.execute(how + asked["sql"].replace("%", "%%"))
        lines = [str(row[-1]) for row in cursor.fetchall()]
    sys.stdout.write(f"    {asked['time']} s: {asked['sql'][:3000]}\n")
    sys.stdout.write("".join(f"        {line}\n" for line in lines))


def main(kind: str, wanted: int, *, explain: bool) -> None:
    """Fills a database of the kind, and writes a line for each page and role."""
    with _database(kind) as url:
        os.environ |= {"DEBUG": "true", "DATABASE_URL": url}
        os.environ["DJANGO_SETTINGS_MODULE"] = "intake.settings"
        os.environ["SIMULATED_NOW"] = "2025-04-15T10:00:00+08:00"
        django.setup()
        from django.db import connection
        from django.test import Client

        from tests.logging_in import log_in

        for role, user in _fill(wanted).items():
            client = log_in(Client(), user)
            for name, address in PAGES.items():
                _measure(f"{role}: {name}", client, address, explain=explain)
        connection.close()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]), explain="explain" in sys.argv[3:])
