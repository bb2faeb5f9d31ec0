"""What lies at a desk, from the older of its identities into the seal of the newest, row by row.

A row that the newest opens already is left alone, so that a row may be met any number of times.
"""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Model

from intake import audit
from intake.filing.files_anew import sealed_anew
from intake.filing.sealed_table import SealedKind
from intake.keeping import sealed_files
from intake.keeping.new_files import NewFiles
from intake.sealing.opening_streams import digest_of_opened
from intake.sealing.sealing import seal
from intake.sealing.unsealing import CannotOpen, identities_in, open_sealed


@dataclass(slots=True, repr=False)
class Resealer:
    """`secret` has all identities of the desk, the newest first; `recipient` is the newest's.

    `damaged` counts what none of them opens, `resealed` the rows that were changed.
    """

    secret: str
    recipient: str
    damaged: int = 0
    resealed: list[Model] = field(default_factory=list)

    def rows(self, kind: SealedKind, rows: list[Any]) -> None:
        """Changes rows in memory; the caller saves `columns_of` those in `resealed`."""
        for row in rows:
            changed = [self._column(row, column, digest) for column, digest in kind.columns.items()]
            if any(changed):
                self.resealed.append(row)

    def _column(self, row: Any, column: str, digest: str) -> bool:
        sealed = bytes(getattr(row, column))
        if not sealed or self._is_new(sealed):
            return False
        try:
            again = seal(open_sealed(sealed, self.secret), self.recipient)
        except CannotOpen:
            self.damaged += 1
            return False
        setattr(row, column, again)
        if digest:
            setattr(row, digest, audit.fingerprint(again))
        return True

    def _is_new(self, sealed: bytes) -> bool:
        with suppress(CannotOpen):
            open_sealed(sealed, identities_in(self.secret)[0])
            return True
        return False

    def file(self, name: str, files: NewFiles) -> "NewFile | None":
        """The same content in a new file, kept before a row names it; None if unneeded.

        It is opened piece by piece. Raises what a database that is full raises.
        """
        try:
            with sealed_files.opened(name) as sealed, suppress(CannotOpen):
                digest_of_opened(sealed, identities_in(self.secret)[0])
                return None
            new = sealed_anew(name, self.secret, self.recipient, files.write_by)
        except (CannotOpen, FileNotFoundError):
            self.damaged += 1
            return None
        return NewFile(name, new.name, new.sha256, new.size)


@dataclass(frozen=True, slots=True)
class NewFile:
    """A sealed file that takes the place of the one named `old`."""

    old: str
    name: str
    sha256: str
    size: int


def columns_of(kind: SealedKind) -> list[str]:
    """What is saved of a row that was sealed anew."""
    return list(_columns_of(kind))


def _columns_of(kind: SealedKind) -> Iterator[str]:
    for column, digest in kind.columns.items():
        yield column
        if digest:
            yield digest
