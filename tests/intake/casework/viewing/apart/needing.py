"""What tests of rooms need from the machine; without it they are skipped aloud."""

import subprocess

import pytest

from intake.casework.viewing.apart import programs
from tests.conftest import missing


def needed_for(kind: str) -> None:
    """The programs for a kind of files, and a machine that allows rooms; else skips."""
    packages = {program.package for program in programs.missing_for(kind)}
    if packages:
        missing(f"a program for {kind}", f"apt-get install {' '.join(sorted(packages))}")
    plainest = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    if subprocess.run(plainest, check=False, capture_output=True).returncode != 0:
        pytest.skip("NOT TESTED: this machine allows no rooms apart")
    assert programs.is_possible(kind)
