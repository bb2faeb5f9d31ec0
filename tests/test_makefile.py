"""`make` prepares its environment in silence, and says what went wrong when something did."""

import os
import shutil
import subprocess
import sys
import zipfile
from hashlib import sha256
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A clean checkout as far as `make` installs from it."""
    shutil.copy(ROOT / "Makefile", tmp_path)
    shutil.copytree(ROOT / "vendor", tmp_path / "vendor")
    return tmp_path


def make_wheel(folder: Path) -> str:
    """The smallest package that there can be; gives its digest."""
    info = "small-1.0.dist-info"
    parts = {
        "small.py": "",
        f"{info}/METADATA": "Metadata-Version: 2.1\nName: small\nVersion: 1.0\n",
        f"{info}/WHEEL": "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        f"{info}/RECORD": "",
    }
    path = folder / "small-1.0-py3-none-any.whl"
    with zipfile.ZipFile(path, "w") as wheel:
        for name, content in parts.items():
            wheel.writestr(name, content)
    return sha256(path.read_bytes()).hexdigest()


def install(checkout: Path, lock: str) -> subprocess.CompletedProcess[str]:
    """Installs a lock on a machine that gives pip every cause to warn."""
    (checkout / "requirements.lock").write_text(lock)
    environment = {
        name: value
        for name, value in os.environ.items()
        # A make that runs this very test hands on its own jobs.
        if "PIP" not in name and name not in ("MAKEFLAGS", "MFLAGS", "MAKELEVEL")
    }
    return subprocess.run(
        ["make", "--silent", f"PYTHON={sys.executable}", ".venv/run.stamp"],
        cwd=checkout,
        env={
            **environment,
            "PIP_CONFIG_FILE": os.devnull,
            "PIP_INDEX_URL": "file:///nowhere",
            "PIP_FIND_LINKS": f"file:///nowhere/either {checkout}",
            "PIP_CACHE_DIR": "/proc/no-cache",
        },
        capture_output=True,
        text=True,
        check=False,
    )


def test_pip_warns_a_newcomer_of_nothing(checkout: Path):
    done = install(checkout, f"small==1.0 --hash=sha256:{make_wheel(checkout)}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert list((checkout / ".venv").glob("lib/*/site-packages/small.py"))


def test_what_cannot_be_installed_is_told(checkout: Path):
    done = install(checkout, f"nothing-of-this-name==1.0 --hash=sha256:{'0' * 64}\n")
    assert done.returncode != 0
    assert "ERROR: No matching distribution found for nothing-of-this-name" in done.stderr
    assert not (checkout / ".venv" / "run.stamp").exists()
