"""The sweep takes what a crash left, and nothing that a row names."""

import os
import time
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import call_command
from pytest_django.fixtures import Settings

from intake.sealing import sealed_files

pytestmark = pytest.mark.django_db


def make_old_file(settings: Settings) -> Path:
    """A sealed file of two hours ago that no row names."""
    name = sealed_files.write(b"sealed")
    (path,) = Path(settings.MEDIA_ROOT).glob(f"*/{name}")
    two_hours_ago = time.time() - 2 * 3600
    os.utime(path, (two_hours_ago, two_hours_ago))
    return path


def test_removes_an_orphan_and_says_so(settings: Settings):
    path = make_old_file(settings)
    out = StringIO()
    call_command("sweep_files", stdout=out)
    assert not path.exists()
    assert "清扫了 1 个" in out.getvalue()


def test_leaves_what_may_still_be_named(settings: Settings):
    name = sealed_files.write(b"sealed")
    call_command("sweep_files", stdout=StringIO())
    assert sealed_files.read(name) == b"sealed"
