"""Sealed files under MEDIA_ROOT: whole and on the disk, or not there at all.

A file is written and flushed before the row that names it commits, so a row without its
file cannot exist; a file without a row is what a crash leaves, and `retention.sweeping`
removes it.
"""

import hashlib
import os
import secrets
from collections.abc import Callable
from pathlib import Path
from typing import IO

from django.conf import settings

from intake.sealing import private_files

_UNFINISHED = ".part"


def write(sealed: bytes) -> str:
    """Keeps sealed bytes and gives their name; an OSError leaves nothing behind."""
    return write_by(lambda file: file.write(sealed))


def write_by(fill: Callable[[IO[bytes]], object]) -> str:
    """The same for what `fill` writes, so that it need not stand in memory as a whole."""
    name = secrets.token_hex(16)
    folder = _folder(name)
    private_files.make_folder(folder)
    unfinished = folder / f"{name}{_UNFINISHED}"
    try:
        with os.fdopen(private_files.create(unfinished), "wb") as file:
            fill(file)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(folder / name)
        private_files.flush_folder(folder)
    except OSError:
        unfinished.unlink(missing_ok=True)
        remove(name)
        raise
    return name


def read(name: str) -> bytes:
    """The sealed bytes kept under a name."""
    return (_folder(name) / name).read_bytes()


def opened(name: str) -> IO[bytes]:
    """The sealed file, to be read piece by piece and closed."""
    return (_folder(name) / name).open("rb")


def fingerprint(name: str) -> str:
    """SHA-256 of the sealed bytes in hex, without holding them; FileNotFoundError if gone."""
    with (_folder(name) / name).open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def remove(name: str) -> None:
    """Removes a file that no row names."""
    (_folder(name) / name).unlink(missing_ok=True)


def _folder(name: str) -> Path:
    """One of 256 folders, so that none grows too large."""
    return Path(settings.MEDIA_ROOT) / name[:2]
