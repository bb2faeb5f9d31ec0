"""The files of one request while it lasts, encrypted piece by piece as they come.

The key is made for the request and stands in its memory alone. Small files stay in memory, and
all of them move together to a file without a name when they are no longer small. Each piece is
encrypted under its own number, so that one that is damaged, lost or in the wrong place is noticed.
"""

import os
import weakref
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from intake.arriving.arrivals import Arrival
from intake.arriving.request_places import let_others_go_first
from intake.arriving.spooling.nameless_files import free_bytes, nameless_file, write_at
from intake.report.report_limits import PIECE, SMALL_FILES

_TAG = 16
# Between the beginnings of two pieces on the disk.
_STRIDE = PIECE + _TAG
_KEY_BITS = 256


class NoRoom(OSError):
    """The spools take as much of the disk as they may, or the disk is full."""


class Damaged(OSError):
    """What lies in the spool is not what was put there."""


class Spool:
    """What came in of one request's files."""

    def __init__(self, arrival: Arrival, folder: Path) -> None:
        self._arrival = arrival
        self._folder = folder
        self._cipher = AESGCM(AESGCM.generate_key(_KEY_BITS))
        self._in_memory: list[bytes] = []
        self._file: int | None = None
        # How many pieces lie here, and how many were ever sealed: no number is used twice, even
        # where a place is.
        self.places = 0
        self.sealed = 0
        arrival.at_end.append(weakref.WeakMethod(self.close))

    def keep(self, piece: bytes) -> None:
        """Encrypts one piece under the next number and puts it behind the last. Raises NoRoom."""
        sealed = self._cipher.encrypt(_nonce(self.sealed), piece, None)
        self.sealed += 1
        if self._file is None and (self.places + 1) * _STRIDE > SMALL_FILES:
            self._move_to_disk()
        if self._file is None:
            self._in_memory.append(sealed)
        else:
            self._put(self._file, self.places, sealed)
        self.places += 1

    def piece(self, place: int, number: int, length: int) -> bytes:
        """One piece as it came, after those who run. Raises Damaged."""
        let_others_go_first()
        if self._file is None:
            sealed = b"".join(self._in_memory[place : place + 1])
        else:
            sealed = os.pread(self._file, length + _TAG, place * _STRIDE)
        try:
            return self._cipher.decrypt(_nonce(number), sealed, None)
        except InvalidTag:
            raise Damaged("a piece of the spool is damaged") from None

    def cut_to(self, places: int) -> None:
        """Gives the room of the last pieces back: of a file that is not taken."""
        if self._file is None:
            self._arrival.forget(sum(map(len, self._in_memory[places:])))
            del self._in_memory[places:]
        elif places < self.places:
            os.ftruncate(self._file, places * _STRIDE)
            self._arrival.take_off_disk((self.places - places) * _STRIDE)
        self.places = places

    def close(self) -> None:
        """Nothing can be read any more, and nothing is on the disk."""
        self._in_memory.clear()
        self.places = 0
        if self._file is not None:
            self._file = None
            self._closing()

    def _move_to_disk(self) -> None:
        """What lay in memory goes first."""
        try:
            file = nameless_file(self._folder)
        except OSError as error:
            raise NoRoom("no file for the spool") from error
        # Whoever forgets the spool closes it.
        self._closing = weakref.finalize(self, os.close, file)
        try:
            for place, sealed in enumerate(self._in_memory):
                self._put(file, place, sealed)
        except NoRoom:
            self._closing()
            raise
        self._in_memory.clear()
        self._file = file

    def _put(self, file: int, place: int, sealed: bytes) -> None:
        if not self._arrival.put_on_disk(_STRIDE, free=free_bytes(file)):
            raise NoRoom("the spools take as much as they may")
        try:
            write_at(file, sealed, place * _STRIDE)
        except OSError as error:
            raise NoRoom("the disk is full") from error
        self._arrival.forget(len(sealed))


def _nonce(number: int) -> bytes:
    return number.to_bytes(12, "big")
