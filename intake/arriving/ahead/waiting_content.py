"""A file that came ahead, read part by part, as the form that names it takes it."""

import hashlib
import io
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import IO, Any, cast

from django.db import transaction

from intake.arriving.ahead.sheet_keys import Damaged, SheetKey
from intake.arriving.ahead.waiting_files import Announced
from intake.arriving.request_places import let_others_go_first
from intake.models import TakenFile, WaitingPart
from intake.report.contents.piecewise import Piecewise
from intake.report.report_limits import PART, PIECE


class NotWhole(OSError):
    """Not all of the file has come, or some of it has gone."""


class Gone(RuntimeError):
    """It was taken into a report before: nothing of it can be read any more."""


@dataclass(frozen=True, slots=True, repr=False)
class WaitingContent:
    """What came ahead; of the database's rows one stands in memory at a time."""

    sheet: SheetKey
    file: Announced
    sha256: str

    @property
    def size(self) -> int:
        return self.file.size

    def opened(self) -> IO[bytes]:
        """Raises NotWhole, at whichever part is missing or damaged."""
        return cast(IO[bytes], io.BufferedReader(_Parts(self.sheet, self.file), PIECE))


@dataclass(frozen=True, slots=True, repr=False)
class TakenContent:
    """What is still known of a file that a stored report has: enough to know the report again."""

    file: str
    size: int
    sha256: str
    kind: str
    marks: tuple[str, ...]

    def opened(self) -> IO[bytes]:
        raise Gone("taken into a report before")


def find(sheet: SheetKey, file: Announced) -> WaitingContent | TakenContent:
    """The file, looked through once for its digest. Raises NotWhole."""
    taken = TakenFile.objects.filter(sheet=sheet.name, file=file.file).first()
    if taken is not None:
        return _described(sheet, taken)
    digest = hashlib.sha256()
    parts = _Parts(sheet, file)
    try:
        for number in range(file.count):
            digest.update(parts.piece(number))
    except Gone:
        return find(sheet, file)
    return WaitingContent(sheet, file, digest.hexdigest())


@dataclass(frozen=True, slots=True)
class Taken:
    """A file of a report that is stored now, as it was looked at."""

    content: WaitingContent
    kind: str
    marks: tuple[str, ...]


def took(files: Iterable[Taken], *, at: datetime) -> None:
    """The parts go, and what is left is a description that only the same form can read."""
    with transaction.atomic():
        for one in files:
            sheet, file = one.content.sheet, one.content.file
            said = {"size": file.size, "sha256": one.content.sha256, "kind": one.kind}
            note = json.dumps({**said, "marks": one.marks}).encode()
            row = TakenFile(
                sheet=sheet.name,
                file=file.file,
                note=sheet.lock(note, f"taken {file.file}"),
                taken_at=at,
            )
            TakenFile.objects.bulk_create([row], ignore_conflicts=True)
            WaitingPart.objects.filter(sheet=sheet.name, file=file.file).delete()


def _described(sheet: SheetKey, taken: TakenFile) -> TakenContent:
    try:
        note: dict[str, Any] = json.loads(sheet.unlock(bytes(taken.note), f"taken {taken.file}"))
    except Damaged as error:
        raise NotWhole("the note of a taken file is damaged") from error
    return TakenContent(taken.file, **{**note, "marks": tuple(note["marks"])})


class _Parts(Piecewise):
    """The parts as one stream. Raises NotWhole, or Gone where the form was stored meanwhile."""

    def __init__(self, sheet: SheetKey, file: Announced) -> None:
        super().__init__(file.size, PART)
        self._sheet, self._file = sheet, file

    def readinto(self, buffer: "memoryview | bytearray", /) -> int:  # type: ignore[override]
        """Up to a piece of a part, after the requests that run."""
        let_others_go_first()
        return super().readinto(buffer)

    def _opened(self, number: int) -> bytes:
        rows = WaitingPart.objects.filter(sheet=self._sheet.name, file=self._file.file)
        locked = rows.filter(number=number).values_list("piece", flat=True).first()
        try:
            return self._sheet.unlock(bytes(locked or b""), self._file.about(number))
        except Damaged as error:
            raise self._missing() from error

    def _missing(self) -> Exception:
        taken = TakenFile.objects.filter(sheet=self._sheet.name, file=self._file.file)
        return Gone("taken meanwhile") if taken.exists() else NotWhole("a part is missing")
