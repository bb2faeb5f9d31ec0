"""The environment of a real server that takes reports, under a clock inside the window."""

import os
from pathlib import Path

from tests.benchmarks.servers import ROOT, run_python
from tests.making import INSIDE


def site_environment(folder: Path) -> dict[str, str]:
    """A database with the notice and its desks; 127.0.0.1 is a proxy that tells the sender."""
    values = {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "intake.settings",
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{folder / 'site.sqlite3'}",
        "MEDIA_ROOT": str(folder / "sealed"),
        "SIMULATED_NOW": INSIDE.isoformat(),
        "TRUSTED_PROXIES": "127.0.0.1",
    }
    seed = Path("seeds") / "liaocheng-daily-2025-03.txt"
    run_python(values, "manage.py", "migrate", "--verbosity", "0")
    run_python(values, "manage.py", "load_notice", str(seed))
    recovery = str(folder / "recovery.txt")
    run_python(values, "manage.py", "open_desks", "liaocheng-14-8", "--recovery-file", recovery)
    return values
