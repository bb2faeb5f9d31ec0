"""However much a request brings, it costs a worker little memory."""

import os
import subprocess
import sys
from pathlib import Path

from tests.benchmarks.servers import ROOT

MOST_MIB = 16


def test_200_mb_of_files_take_16_mib_at_most_and_leave_nothing(tmp_path: Path):
    environment = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "intake.settings",
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{tmp_path}/site.sqlite3",
        "MEDIA_ROOT": str(tmp_path / "sealed"),
        "SPOOL_ROOT": str(tmp_path / "spool"),
        "SIMULATED_NOW": "2025-04-15T10:00:00+08:00",
    }
    done = subprocess.run(
        [sys.executable, "-m", "tests.intake.arriving.decoding.measure_upload"],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    taken = [float(line) for line in done.stdout.split()]
    assert len(taken) == 2
    # What came is encrypted and sealed in some pieces; nothing at all would not be measured.
    assert 0 < taken[0] <= taken[-1] <= MOST_MIB
    assert list((tmp_path / "spool").iterdir()) == []
