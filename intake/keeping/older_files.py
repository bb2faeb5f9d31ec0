"""Where an older installation kept sealed files: a folder, from which they come over.

Until `bring_files_over` has run, what has no parts yet is read there. Nothing is written there.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.core import checks

_NAME = re.compile(r"[0-9a-f]{32}")


def path_of(name: str) -> Path:
    """Where the file lies, or would. Raises FileNotFoundError for what was never a file's name."""
    if not _NAME.fullmatch(name):
        raise FileNotFoundError(name)
    return Path(settings.MEDIA_ROOT) / name[:2] / name


def opened(name: str) -> IO[bytes]:
    """The file, to be closed. Raises FileNotFoundError."""
    try:
        return path_of(name).open("rb")
    except NotADirectoryError as error:
        raise FileNotFoundError(name) from error


def remove(name: str) -> None:
    """Removes it if it is there."""
    try:
        path_of(name).unlink()
    except (FileNotFoundError, NotADirectoryError):
        return


def left() -> Iterator[Path]:
    """Every file in the folder, unfinished ones too."""
    return Path(settings.MEDIA_ROOT).glob("??/*")


def warn_of_files_left(**_what: Any) -> list[checks.CheckMessage]:
    """A check of Django's, which its commands ask."""
    if next(left(), None) is None:
        return []
    words = "MEDIA_ROOT 里还有旧版本的封存文件。"
    return [checks.Warning(words, hint="请运行 manage.py bring_files_over。", id="intake.W001")]
