"""The one shape in which a file that was sent is handed on, so that nobody need hold it whole."""

import hashlib
from dataclasses import dataclass
from functools import cached_property
from io import BytesIO
from typing import IO, Protocol


class Content(Protocol):
    """What a file holds. Its repr shows nothing of it."""

    @property
    def size(self) -> int:
        """In bytes."""
        ...

    @property
    def sha256(self) -> str:
        """Of all that it holds, in hex."""
        ...

    def opened(self) -> IO[bytes]:
        """A new reader that stands at the start; it can seek, and whoever asked closes it."""
        ...


# Without slots: the digest is made once.
@dataclass(frozen=True, repr=False)
class BytesContent:
    """What stands in memory anyway."""

    held: bytes

    @property
    def size(self) -> int:
        return len(self.held)

    @cached_property
    def sha256(self) -> str:
        return hashlib.sha256(self.held).hexdigest()

    def opened(self) -> IO[bytes]:
        return BytesIO(self.held)


def whole_of(content: Content) -> bytes:
    """All of it in memory: for what is small, or has to stand there for whoever asks."""
    with content.opened() as file:
        return file.read()
