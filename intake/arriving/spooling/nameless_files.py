"""A file that nobody can open by a name, and that is gone with the process at the latest."""

import errno
import os
import secrets
from pathlib import Path

from intake.sealing import private_files

# What a file system says that knows no files without a name.
_UNKNOWN = (errno.EOPNOTSUPP, errno.EISDIR, errno.ENOENT)


def nameless_file(folder: Path) -> int:
    """The descriptor of a new file in this folder, to be read and written. Raises OSError."""
    private_files.make_folder(folder)
    try:
        return os.open(folder, os.O_RDWR | os.O_TMPFILE | os.O_EXCL, private_files.FILE_MODE)
    except OSError as error:
        if error.errno not in _UNKNOWN:
            raise
    return created_and_unlinked(folder)


def created_and_unlinked(folder: Path) -> int:
    """The same where a file must have a name for a moment; nothing was written to it by then."""
    path = folder / secrets.token_hex(16)
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL
    descriptor = os.open(path, flags, private_files.FILE_MODE)
    path.unlink()
    return descriptor


def write_at(descriptor: int, content: bytes, place: int) -> None:
    """All of it, or an OSError: what a full disk takes half is no success."""
    left = memoryview(content)
    while left:
        written = os.pwrite(descriptor, left, place)
        left, place = left[written:], place + written


def free_bytes(descriptor: int) -> int:
    """What is left on the disk of a file for whoever is not root."""
    disk = os.fstatvfs(descriptor)
    return disk.f_bavail * disk.f_frsize
