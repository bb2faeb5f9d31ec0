"""Files and folders that only the site's own user may read, whatever the umask."""

import os
from pathlib import Path

FILE_MODE = 0o600
FOLDER_MODE = 0o700


def keep_everything_private() -> None:
    """For what others write on our behalf, such as SQLite; each start of the program calls it."""
    os.umask(0o777 & ~FOLDER_MODE)


def create(path: Path) -> int:
    """The descriptor of a new file, to be written. Raises FileExistsError."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    os.fchmod(descriptor, FILE_MODE)
    return descriptor


def write_new(path: Path, text: str) -> None:
    """Writes a text down to the disk, never over another file; an OSError leaves nothing behind."""
    descriptor = create(path)
    try:
        with os.fdopen(descriptor, "w", encoding="utf-8") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        flush_folder(path.parent)
    except OSError:
        path.unlink()
        raise


def make_folder(folder: Path) -> None:
    """Makes a folder and those above it that are missing, their names as lasting as files."""
    if folder.is_dir():
        return
    make_folder(folder.parent)
    try:
        folder.mkdir(mode=FOLDER_MODE)
    except FileExistsError:
        # Another thread was quicker, or a file stands there: then writing into it tells.
        return
    folder.chmod(FOLDER_MODE)
    flush_folder(folder.parent)


def flush_folder(folder: Path) -> None:
    """Makes the names in a folder as lasting as the files."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
