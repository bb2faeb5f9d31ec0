"""Files and folders that only the site's own user may read, whatever the umask."""

import os
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def write_new(path: Path, text: str) -> None:
    """Writes a text down to the disk, never over another file; an OSError leaves nothing behind."""
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        flush_folder(path.parent)
    except OSError:
        path.unlink()
        raise


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder as lasting as the files."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
