"""The sweep takes what a crash left, and nothing that a row names."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db.models import F

from intake.keeping import sealed_files
from intake.models import SealedPart
from tests.intake.keeping.kept import kept_names

pytestmark = pytest.mark.django_db


def make_old_file() -> str:
    """A sealed file of the day before yesterday that no row names."""
    name = sealed_files.write(b"sealed")
    SealedPart.objects.filter(file=name).update(kept_at=F("kept_at") - timedelta(days=2))
    return name


def test_removes_an_orphan_and_says_so():
    name = make_old_file()
    out = StringIO()
    call_command("sweep_files", stdout=out)
    assert name not in kept_names()
    assert "清扫了 1 个" in out.getvalue()


def test_leaves_what_may_still_be_named():
    name = sealed_files.write(b"sealed")
    call_command("sweep_files", stdout=StringIO())
    assert sealed_files.read(name) == b"sealed"
