"""Reads an archive as whoever has its key and no program of ours does."""

import io
import subprocess
import zipfile
from pathlib import Path

from docx import Document

from intake.models import RoundArchive
from intake.sealing import sealing


def opened_by_age(path: Path, key: sealing.Identity, folder: Path) -> dict[str, bytes]:
    """The files in a part, as whoever has the key and no program of ours gets them."""
    (folder / "key.txt").write_text(key.secret)
    done = subprocess.run(
        ["age", "-d", "-i", str(folder / "key.txt"), str(path)],
        capture_output=True,
        check=True,
    )
    with zipfile.ZipFile(io.BytesIO(done.stdout)) as whole:
        assert whole.testzip() is None
        return {name: whole.read(name) for name in whole.namelist()}


def everything_in(archive: RoundArchive, key: sealing.Identity, folder: Path) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for path in sorted(Path(archive.folder).rglob("*.age")):
        found |= opened_by_age(path, key, folder)
    return found


def cells_of(paper: bytes) -> set[str]:
    """What stands in the tables of a paper."""
    tables = Document(io.BytesIO(paper)).tables
    return {cell.text for table in tables for row in table.rows for cell in row.cells}
