"""A file costs a worker a few parts of memory, however large it is."""

import os
import subprocess
import sys

import pytest
from django.db import connection

from tests.benchmarks.servers import ROOT

# Bound by the client instead of the server, 30 MB would cost as much as ten times.
MOST_MIB = 8


def address_of_the_database() -> str:
    """That of the tests' own database, for another process."""
    name = str(connection.settings_dict["NAME"])
    if connection.vendor == "sqlite":
        return f"sqlite:///{name}"
    return os.environ["DATABASE_URL"].rpartition("/")[0] + f"/{name}"


@pytest.mark.django_db(transaction=True)
def test_30_mb_are_kept_and_read_within_8_mib():
    done = subprocess.run(
        [sys.executable, "-m", "tests.intake.keeping.measure_parts"],
        cwd=ROOT,
        env={**os.environ, "DATABASE_URL": address_of_the_database()},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    kept, read = [float(line) for line in done.stdout.split()]
    assert kept <= MOST_MIB and read <= MOST_MIB, (kept, read)
