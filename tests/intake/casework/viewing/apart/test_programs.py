"""The programs that copies need: one table, told in the README and installed for the tests."""

import re
from pathlib import Path

import pytest

from intake.casework.viewing.apart import programs
from intake.report.evidence import KINDS, OF_CODE

ROOT = Path(__file__).parents[5]


def test_every_kind_has_copies_but_one():
    """What is at hand for OFD draws some of a page and leaves out the rest without a word."""
    assert {kind.code for kind in KINDS} - programs.PROGRAMS_OF.keys() == {"ofd"}


@pytest.mark.parametrize("package", sorted(programs.kinds_by_package()))
def test_the_readme_says_what_each_package_is_for(package: str):
    words = (ROOT / "README.md").read_text("utf-8")
    [told] = re.findall(rf"^\| (?:[\w-]+, )*{package}(?:, [\w-]+)* \| (.*) \|$", words, re.M)
    if package not in {program.package for program in programs.ROOM}:
        called = {OF_CODE[kind].called for kind in programs.kinds_by_package()[package]}
        assert called == set(re.findall(r"\b(?:[A-Z0-9]{3,}|ET)\b", told))


def test_the_tests_install_every_package():
    installed = (ROOT / ".ci" / "run").read_text("utf-8").split()
    always_there = {"util-linux", "coreutils"}
    assert programs.kinds_by_package().keys() - always_there <= set(installed)


def test_what_lacks_a_program_has_no_copy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    programs.is_possible.cache_clear()
    try:
        possible = {kind.code for kind in KINDS if programs.is_possible(kind.code)}
    finally:
        programs.is_possible.cache_clear()
    assert possible == {code for code, needed in programs.PROGRAMS_OF.items() if not needed}
    assert "jpeg" in possible and "pdf" not in possible
