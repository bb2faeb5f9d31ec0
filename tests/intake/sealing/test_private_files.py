"""A file of ours is private and on the disk, or not there at all."""

import os
from pathlib import Path

import pytest

from intake.sealing import private_files


def modes(*paths: Path) -> list[int]:
    return [path.stat().st_mode & 0o7777 for path in paths]


@pytest.mark.parametrize("umask", [0o000, 0o022, 0o077])
def test_only_the_site_itself_may_read_what_is_sealed(umask: int, tmp_path: Path):
    path = tmp_path / "var" / "archives" / "liaocheng" / "sealed.txt"
    before = os.umask(umask)
    try:
        private_files.make_folder(path.parent)
        private_files.write_new(path, "sealed")
    finally:
        os.umask(before)
    assert modes(path, *list(path.parents)[:3]) == [0o600, 0o700, 0o700, 0o700]


def test_a_file_and_its_name_are_on_the_disk_before_it_counts(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    """What the system was asked to put on the disk, in its order."""
    flushed: list[tuple[str, bytes]] = []
    fsync = os.fsync

    def noting(descriptor: int) -> None:
        path = Path(f"/proc/self/fd/{descriptor}").readlink()
        flushed.append((path.name, path.read_bytes() if path.is_file() else b""))
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", noting)
    folder = tmp_path / "var" / "archives"
    private_files.make_folder(folder)
    private_files.write_new(folder / "sealed.txt", "sealed")
    made = [(tmp_path.name, b""), ("var", b"")]
    assert flushed == [*made, ("sealed.txt", b"sealed"), ("archives", b"")]


def test_what_cannot_be_finished_leaves_nothing(tmp_path: Path):
    place = tmp_path / "archives"
    place.write_text("a file stands where the folder should be")
    private_files.make_folder(place)
    with pytest.raises(OSError, match=r"directory|File exists"):
        private_files.write_new(place / "sealed.txt", "sealed")
    assert place.read_text().startswith("a file")
