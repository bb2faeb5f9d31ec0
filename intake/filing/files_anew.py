"""A sealed file to another desk, piece by piece: it stands nowhere as a whole, sealed or open."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO

from intake.keeping import sealed_files
from intake.keeping.new_files import NewFiles, new_files
from intake.models import Submission
from intake.sealing.opening_anywhere import OpenedAnywhere
from intake.sealing.sealing import SealedWriting
from intake.sealing.unsealing import CannotOpen

WriteBy = Callable[[Callable[[IO[bytes]], object]], str]


@dataclass(frozen=True, slots=True)
class Anew:
    """The new file; `size` is that of what it holds."""

    name: str
    sha256: str
    size: int


def sealed_anew(name: str, secret: str, recipient: str, write_by: WriteBy) -> Anew:
    """The new file, which `write_by` keeps. Raises CannotOpen, also where there is no old one."""
    try:
        sealed = sealed_files.opened(name)
    except FileNotFoundError as error:
        raise CannotOpen("the sealed file is gone") from error
    with sealed, OpenedAnywhere(sealed, secret) as opened:
        sealing = SealedWriting([recipient])
        new = write_by(lambda file: sealing.encrypt(opened, file))
    return Anew(new, sealing.sha256, opened.size)


class FilesAnew:
    """Files for other desks, sealed before the short transaction whose rows name them.

    Whoever seals holds up nobody: on SQLite the write lock is not held meanwhile, on PostgreSQL
    not the end of the audit's chain.
    """

    def __init__(self, files: NewFiles) -> None:
        self._files = files
        self._made: dict[tuple[str, str], Anew] = {}
        self._damaged: set[str] = set()

    def ahead(self, name: str, secret: str, recipient: str) -> None:
        """Seals a file for a desk, to be asked for later. Raises CannotOpen."""
        self._made[name, recipient] = self._sealed(name, secret, recipient)

    def ahead_of(self, item: Submission, secret: str, recipient: str) -> None:
        """All files of an item. Raises CannotOpen."""
        for name in item.attachments.values_list("sealed_file", flat=True):
            self.ahead(name, secret, recipient)

    def one(self, name: str, secret: str, recipient: str) -> Anew:
        """The file that was made ahead; of one that came meanwhile, made now. Raises CannotOpen."""
        if name in self._damaged:
            raise CannotOpen("the sealed file does not open")
        made = self._made.pop((name, recipient), None)
        return made or self._sealed(name, secret, recipient)

    def are_named(self) -> None:
        """At the end of the transaction that stores the rows: what none of them names goes."""
        for unnamed in self._made.values():
            sealed_files.remove(unnamed.name)
        self._made.clear()
        self._files.are_named()

    def _sealed(self, name: str, secret: str, recipient: str) -> Anew:
        try:
            return sealed_anew(name, secret, recipient, self._files.write_by)
        except CannotOpen:
            # Nobody reads it a second time while others wait.
            self._damaged.add(name)
            raise


@contextmanager
def files_anew() -> Iterator[FilesAnew]:
    """Leaving the block without having named them takes them away, as of `new_files`."""
    with new_files() as files:
        yield FilesAnew(files)
