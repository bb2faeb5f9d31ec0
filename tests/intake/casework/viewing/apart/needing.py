"""What tests of rooms need from the machine: skipped aloud without, or failed (REQUIRE_ALL)."""

import subprocess

from intake.casework.viewing.apart import programs
from tests.conftest import missing


def needed_for(kind: str) -> None:
    """The programs for a kind of files, and a machine that allows rooms; else skips."""
    packages = {program.package for program in programs.missing_for(kind)}
    if packages:
        missing(f"a program for {kind}", f"apt-get install {' '.join(sorted(packages))}")
    plainest = ["bwrap", "--unshare-all", "--ro-bind", "/", "/", "true"]
    if subprocess.run(plainest, check=False, capture_output=True).returncode != 0:
        missing("a machine that allows rooms apart", "let it make user namespaces")
    assert programs.is_possible(kind)
