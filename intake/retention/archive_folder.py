"""The folder of an archive: sealed parts, each whole and proven to open, or not there at all.

A part is sealed to the archive and to an identity that lives in memory only until the part was
read back from the disk and opened. After that nobody but the archive opens it.
"""

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from intake.retention.zip_pieces import Entry, zipped
from intake.sealing import private_files
from intake.sealing.opening_streams import digest_of_opened
from intake.sealing.sealing import new_identity
from intake.sealing.sealing_streams import StreamSealer, digested

_UNFINISHED = ".part"


class ArchiveDamaged(Exception):
    """What was written does not open again, or is not what was meant; nothing may be destroyed."""


@dataclass(frozen=True, slots=True)
class WrittenPart:
    """A sealed file that waits for its name; `sha256` is of the file as it lies there."""

    size: int
    sha256: str


def write_part(
    path: Path, entries: Iterable[Entry], *, recipient: str, at: datetime
) -> WrittenPart:
    """Writes it under an unfinished name, and opens it again from the disk.

    Raises ArchiveDamaged, RecipientError, or the OSError of a disk that is full.
    """
    private_files.make_folder(path.parent)
    unfinished = _unfinished(path)
    unfinished.unlink(missing_ok=True)
    witness, plain = new_identity(), hashlib.sha256()
    sealer = StreamSealer([recipient, witness.recipient])
    with os.fdopen(private_files.create(unfinished), "wb") as file:
        sealer.into(file, digested(zipped(entries, at=at), plain))
        file.flush()
        os.fsync(file.fileno())
    with unfinished.open("rb") as file:
        opened = digest_of_opened(file, witness.secret)
    if opened != plain.hexdigest() or not fits(unfinished, sealer.sha256):
        raise ArchiveDamaged(path.name)
    return WrittenPart(sealer.size, sealer.sha256)


def give_its_name(path: Path) -> None:
    """After its event stands; what was there under this name before goes."""
    _unfinished(path).replace(path)
    private_files.flush_folder(path.parent)


def is_there(path: Path, sha256: str) -> bool:
    """Whether the file lies there as it was written; one that only lacks its name gets it."""
    if fits(path, sha256):
        return True
    if not fits(_unfinished(path), sha256):
        return False
    give_its_name(path)
    return True


def has_its_name(path: Path) -> bool:
    """Whether it was written to the end, and nothing newer waits for its name."""
    return path.exists() and not _unfinished(path).exists()


def write_clear(path: Path, text: str) -> None:
    """A file for whoever has no key: it holds no word of any item."""
    private_files.make_folder(path.parent)
    unfinished = _unfinished(path)
    unfinished.unlink(missing_ok=True)
    private_files.write_new(unfinished, text)
    give_its_name(path)


def fits(path: Path, sha256: str) -> bool:
    """Whether a file is there with this digest, without holding it."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except FileNotFoundError:
        return False


def _unfinished(path: Path) -> Path:
    return path.with_name(f"{path.name}{_UNFINISHED}")
