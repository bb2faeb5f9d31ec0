"""A sealed file is whole on the disk, or not there at all."""

import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import settings

from inspection.current import read
from intake.citizen.submitting import submit
from intake.models import Attachment
from intake.report.draft import Attachment as File
from intake.retention import sweeping
from intake.sealing import sealed_files
from tests.making import INSIDE, make_draft, make_intake
from tests.sending import JPEG

LATER = datetime.now(UTC) + timedelta(hours=2)


def files() -> list[Path]:
    return [path for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def test_reads_what_it_wrote():
    name = sealed_files.write(b"sealed")
    assert sealed_files.read(name) == b"sealed"
    assert [path.name for path in files()] == [name]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_site_itself_may_read_what_is_sealed(umask: int, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "var" / "sealed"
    before = os.umask(umask)
    try:
        sealed_files.write(b"sealed")
    finally:
        os.umask(before)
    (file,) = files()
    assert modes(file, *list(file.parents)[:3]) == [0o600, 0o700, 0o700, 0o700]


def modes(*paths: Path) -> list[int]:
    return [path.stat().st_mode & 0o7777 for path in paths]


def test_a_file_and_its_name_are_on_the_disk_before_it_counts(monkeypatch: pytest.MonkeyPatch):
    """What the system was asked to put on the disk, in its order."""
    flushed: list[tuple[str, bytes]] = []
    fsync = os.fsync

    def noting(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        flushed.append((path.name, path.read_bytes() if path.is_file() else b""))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    name = sealed_files.write(b"sealed")
    root = Path(settings.MEDIA_ROOT)
    made = [(root.parent.name, b""), (root.name, b"")]
    assert flushed == [*made, (f"{name}.part", b"sealed"), (name[:2], b"")]


def test_what_cannot_be_finished_leaves_nothing():
    root = Path(settings.MEDIA_ROOT)
    root.write_text("a file stands where the folder should be")
    with pytest.raises(OSError, match=r"directory|File exists"):
        sealed_files.write(b"sealed")
    assert root.read_text().startswith("a file")


def test_remove_is_content_with_a_file_that_is_gone():
    name = sealed_files.write(b"sealed")
    sealed_files.remove(name)
    sealed_files.remove(name)
    assert files() == []


@pytest.mark.django_db
def test_sweep_removes_old_files_that_no_row_names():
    intake = make_intake()
    kept = File.of_bytes(name="照片.jpg", kind="jpeg", content=JPEG)
    submit(make_draft(attachments=(kept,)), published=read(intake.round), at=INSIDE)
    sealed_files.write(b"what a crash left")
    assert sweeping.sweep(LATER) == 1
    assert [path.name for path in files()] == [Attachment.objects.get().sealed_file]


@pytest.mark.django_db
def test_sweep_leaves_a_young_file_whose_row_may_still_come():
    sealed_files.write(b"just now")
    assert sweeping.sweep(datetime.now(UTC)) == 0
    assert len(files()) == 1


@pytest.mark.django_db
def test_sweep_removes_what_was_never_finished():
    name = sealed_files.write(b"half")
    (path,) = files()
    path.rename(path.with_name(f"{name}.part"))
    assert sweeping.sweep(LATER) == 1
    assert files() == []
