"""A sealed file that is read for seconds, and keeps no connection to the database meanwhile."""

import hashlib
import io
from typing import IO, Any, cast

from intake.arriving.turns import give_connections_back
from intake.keeping import sealed_files

# Larger than a part on any database, so that a connection is asked for once a part.
_BUFFER = 1024 * 1024


class _Unhurried(io.RawIOBase):
    """Gives the connection back after each part that was read."""

    def __init__(self, sealed: IO[bytes]) -> None:
        super().__init__()
        self._sealed: Any = sealed

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any, /) -> int:
        taken: int = self._sealed.readinto1(buffer)
        give_connections_back()
        return taken

    def seek(self, place: int, whence: int = io.SEEK_SET, /) -> int:
        return int(self._sealed.seek(place, whence))

    def tell(self) -> int:
        return int(self._sealed.tell())

    def close(self) -> None:
        self._sealed.close()
        super().close()


def opened(name: str) -> IO[bytes]:
    """As `sealed_files.opened`, where others need the connection. Raises FileNotFoundError."""
    return io.BufferedReader(_Unhurried(sealed_files.opened(name)), _BUFFER)


def fingerprint(file: IO[bytes]) -> str:
    """SHA-256 in hex of all that an opened file has; it stands at its beginning again."""
    digest = hashlib.file_digest(cast("io.BufferedReader", file), "sha256").hexdigest()
    file.seek(0)
    return digest
