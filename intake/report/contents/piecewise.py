"""Reading, and seeking, in what lies in pieces of one length, of which one stands in memory."""

import io
import os


class Piecewise(io.RawIOBase):
    """A file of `size` bytes whose pieces but the last are `length` bytes long.

    Whoever derives from it opens a piece; the one that was asked for last is held until another is,
    or until the end.
    """

    def __init__(self, size: int, length: int) -> None:
        super().__init__()
        self.size = size
        self._length = length
        self._at = 0
        self._held: tuple[int, bytes] = (-1, b"")

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def tell(self) -> int:
        return self._at

    def seek(self, place: int, whence: int = os.SEEK_SET, /) -> int:
        begins = {os.SEEK_SET: 0, os.SEEK_CUR: self._at, os.SEEK_END: self.size}[whence]
        self._at = max(0, begins + place)
        return self._at

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Up to the end of the piece that the place is in."""
        if self._at >= self.size:
            return 0
        number, within = divmod(self._at, self._length)
        given = self.piece(number)[within : within + len(buffer)]
        buffer[: len(given)] = given
        self._at += len(given)
        return len(given)

    def close(self) -> None:
        self._held = (-1, b"")
        super().close()

    def piece(self, number: int) -> bytes:
        """The piece of this number, the first of which is 0."""
        if self._held[0] != number:
            self._held = (number, self._opened(number))
        return self._held[1]

    def _opened(self, number: int) -> bytes:
        raise NotImplementedError
