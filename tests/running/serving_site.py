"""The environment of a real server that takes reports, under a clock inside the window."""

import os
import shutil
from pathlib import Path

from tests.benchmarks.servers import ROOT, run_python
from tests.making import INSIDE

DATABASE = "site.sqlite3"


def environment_of(folder: Path) -> dict[str, str]:
    """Of a site in this folder; 127.0.0.1 is a proxy that tells the sender."""
    return {
        "PATH": os.environ["PATH"],
        "PYTHONPATH": str(ROOT),
        "DJANGO_SETTINGS_MODULE": "intake.settings",
        "DEBUG": "true",
        "DATABASE_URL": f"sqlite:///{folder / DATABASE}",
        "MEDIA_ROOT": str(folder / "sealed"),
        "SPOOL_ROOT": str(folder / "spool"),
        "SIMULATED_NOW": INSIDE.isoformat(),
        "TRUSTED_PROXIES": "127.0.0.1",
    }


def migrate(folder: Path) -> None:
    """Makes a database with every migration."""
    run_python(environment_of(folder), "manage.py", "migrate", "--verbosity", "0")


def load_and_open(migrated: Path, folder: Path) -> None:
    """Makes a site with the notice and its desks."""
    values = site_environment(migrated, folder)
    seed = Path("seeds") / "liaocheng-daily-2025-03.txt"
    run_python(values, "manage.py", "load_notice", str(seed))
    recovery = str(folder / "recovery.txt")
    run_python(values, "manage.py", "open_desks", "liaocheng-14-8", "--recovery-file", recovery)


def site_environment(prepared: Path, folder: Path) -> dict[str, str]:
    """A site of its own in the folder, as it was prepared."""
    shutil.copytree(prepared, folder, dirs_exist_ok=True)
    return environment_of(folder)
