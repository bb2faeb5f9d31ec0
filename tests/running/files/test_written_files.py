"""The watch itself sees what is written, and nothing else."""

import os
import tempfile
from pathlib import Path

import pytest

from tests.running.files.written_files import written_files


def test_what_is_written_and_gone_again_is_told(tmp_path: Path):
    with written_files() as written:
        with tempfile.TemporaryFile(dir=tmp_path) as file:
            file.write(b"-")
        with tempfile.SpooledTemporaryFile(1, dir=str(tmp_path)) as spooled:
            spooled.write(b"longer")
        (tmp_path / "kept").write_text("-")
        os.close(os.open(tmp_path / "raw", os.O_CREAT | os.O_WRONLY))
    # A temporary one is told by its folder, some of them twice.
    assert len(written) >= 4
    assert {str(tmp_path / name) for name in ("kept", "raw")} <= set(written)
    assert all(name.startswith(str(tmp_path)) for name in written)


@pytest.mark.parametrize("read", [lambda path: path.read_text(), lambda path: path.stat()])
def test_what_is_read_is_not_told(tmp_path: Path, read: object):
    path = tmp_path / "kept"
    path.write_text("-")
    with written_files() as written:
        read(path)  # type: ignore[operator]
    path.write_text("after")
    assert written == []
