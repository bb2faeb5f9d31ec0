"""Runs the benchmark: the site beside its yardsticks, on a throwaway PostgreSQL, under granian."""

import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import psycopg

from tests.benchmarks import ledger_export, requests
from tests.benchmarks.measuring import Row, Side, compare
from tests.benchmarks.servers import (
    FEW_THREADS,
    ROOT,
    run_python,
    serving,
    site_environment,
    yardstick_environment,
)
from tests.running.throwaway_postgres import Cluster

OUTPUT = ROOT / "var" / "bench" / "latest.json"


def main() -> None:
    """Measures every row and writes the table and the file."""
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        cluster = Cluster.start()
        stack.callback(cluster.stop)
        rows = _measure(stack, cluster, folder)
    _write(rows)


def _measure(stack: ExitStack, cluster: Cluster, folder: Path) -> list[Row]:
    site = site_environment(_make_database(cluster, "site"), folder)
    plain = yardstick_environment(_make_database(cluster, "plain"))
    run_python(site, "-m", "tests.benchmarks.prepare_site", str(folder))
    run_python(plain, "-m", "django", "migrate", "--run-syncdb", "--verbosity", "0")
    ours = stack.enter_context(serving("intake.wsgi:application", site, "/healthz"))
    theirs = stack.enter_context(
        serving("tests.benchmarks.plain_wsgi:application", plain, "/constant/", options=FEW_THREADS)
    )

    form = Side(theirs, partial(requests.get, "/report/"))
    stored = _counter(site, "intake_submission")
    stored_plain = _counter(plain, "plain_intake_plainreport")
    measure = partial(compare, folder=folder)

    def posts(name: str, encode: requests.Encode) -> Row:
        return measure(
            name,
            Side(ours, partial(requests.site_reports, site, encode), stored),
            Side(theirs, partial(requests.plain_reports, encode), stored_plain),
            goal=0.8,
        )

    return [
        posts("POST /report/ : a plain Django intake", requests.url_encoded),
        posts("the same, sent as multipart", requests.multipart),
        measure(
            "GET /report/ : a 15-field Django form",
            Side(ours, partial(requests.get, "/report/")),
            form,
            goal=8.0,
        ),
        measure(
            "GET / : a constant view",
            Side(ours, partial(requests.get, "/")),
            Side(theirs, partial(requests.get, "/constant/")),
            goal=0.5,
        ),
        *ledger_export.rows(site_environment(_make_database(cluster, "ledger"), folder)),
    ]


def _make_database(cluster: Cluster, name: str) -> str:
    with psycopg.connect(cluster.url, autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}"')
    return cluster.url.removesuffix("postgres") + name


def _counter(environment: dict[str, str], table: str) -> Callable[[], int]:
    def count() -> int:
        with psycopg.connect(environment["DATABASE_URL"]) as connection:
            found = connection.execute(f'SELECT count(*) FROM "{table}"').fetchone()
        return int(found[0]) if found else 0

    return count


def _write(rows: list[Row]) -> None:
    """A table on the screen, and the same as JSON."""
    for row in rows:
        span = f"{row.ratio:6.2f} ({row.low:.2f} to {row.high:.2f})"
        sys.stdout.write(f"{row.name:45} {span:28} goal {row.goal:<5} {row.verdict}\n")
    commit = subprocess.run(
        ["git", "rev-parse", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    python = platform.python_version()
    machine = f"{platform.machine()}, {os.cpu_count()} cores, Python {python}"
    document = {
        "commit": commit.stdout.strip() or None,
        "machine": machine,
        "rows": [
            {
                "name": row.name,
                "ratio": round(row.ratio, 3),
                "low": round(row.low, 3),
                "high": round(row.high, 3),
                "goal": row.goal,
                "verdict": row.verdict,
            }
            for row in rows
        ],
    }
    OUTPUT.parent.mkdir(parents=True, exist_ok=True)
    OUTPUT.write_text(json.dumps(document, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
