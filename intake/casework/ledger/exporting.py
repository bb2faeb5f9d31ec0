"""Gives the ledger out: it is in the log before the first byte of it leaves. Audited.

The rows are those of one queryset, whose keys are read once: page, count, table and print say the
same. Nothing of them is written to a disk, and nothing is kept but their keys.
"""

from collections.abc import Callable, Generator, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from time import sleep
from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet

from intake.access import Deed
from intake.casework.ledger import runs
from intake.casework.ledger.ledger_columns import LedgerColumn, cells_of, columns_of
from intake.casework.ledger.reading_items import AT_ONCE, LedgerReader
from intake.casework.ledger.recording_exports import record_export
from intake.choices import Edition, LedgerForm, ReporterPurpose, RunState
from intake.models import LedgerRun, StaffUser, Submission
from intake.papers.sheets.flowing_workbook import FlowingWorkbook, Told
from intake.papers.sheets.sheet_columns import Value
from intake.staff.keyring import Keyring

# More would be hours of work for one press; a sheet holds ten times as many.
MOST_ITEMS = 100_000
# What a browser can lay out on paper.
MOST_PRINTED = 300
# Then whoever waits for the interpreter has a turn: some milliseconds.
ROWS_OF_A_TURN = 10
_KEY = 16
GONE = "导出的时候，这一件已经不在您能看的范围里，没有写出"
NAME = "信访台账"


class TooMany(ValueError):
    """More items than are given out at once; the message is for the clerk."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which ledger. `filters` are their names alone; `ledger` one of the five, or ''.

    A `purpose` is needed where the reporter stands in it.
    """

    edition: Edition
    purpose: ReporterPurpose | None = None
    filters: str = ""
    ledger: str = ""

    @property
    def names_reporters(self) -> bool:
        return self.edition is Edition.COMPLETE


@dataclass(slots=True)
class Keys:
    """Of very many items, packed: they alone are kept as long as an export lasts."""

    packed: bytearray = field(default_factory=bytearray)

    @classmethod
    def of(cls, items: "QuerySet[Submission]") -> "Keys":
        keys = cls()
        for key in items.values_list("pk", flat=True).iterator(chunk_size=2000):
            keys.packed += key.bytes
        return keys

    def __len__(self) -> int:
        return len(self.packed) // _KEY

    def lots(self) -> Iterator[list[UUID]]:
        """So many as are read at once."""
        for first in range(0, len(self.packed), AT_ONCE * _KEY):
            lot = self.packed[first : first + AT_ONCE * _KEY]
            yield [UUID(bytes=bytes(lot[at : at + _KEY])) for at in range(0, len(lot), _KEY)]


@dataclass(frozen=True, slots=True)
class Export:
    """One that has begun: its event and its run are stored. `pieces` is asked for once."""

    run: LedgerRun
    wanted: Wanted
    keys: Keys
    reader: LedgerReader
    # Whether who asked may still go on, and what time it is on the wall.
    goes_on: Callable[[], bool]
    real_now: Callable[[], datetime]
    about: tuple[tuple[str, str], ...] = ()

    def pieces(self) -> Generator[bytes, None, None]:
        """The file, piece by piece. Raises runs.Ended; a file that it cut does not open."""
        columns, ends = columns_of(self.wanted.edition), RunState.LOST
        sheet_columns = [one.sheet_column for one in columns]
        book = FlowingWorkbook(sheet_columns, name=NAME, count=len(self.keys))
        told = Told()
        try:
            yield from book.pieces(self._rows(columns, told), told)
            ends = RunState.DONE
        except runs.Ended as ended:
            ends = ended.state
            raise
        finally:
            runs.end(self.run, ends, real_at=self.real_now())

    def _rows(self, columns: tuple[LedgerColumn, ...], told: Told) -> Iterator[list[Value]]:
        done, gone = 0, 0
        for lot in self.keys.lots():
            self._note(done)
            for place, cells in enumerate(rows_of(lot, done, self.reader, columns)):
                gone += cells[-1] == GONE
                yield cells
                if place % ROWS_OF_A_TURN == 0:
                    sleep(0)
            done += len(lot)
        self._note(done)
        told.lines = [*self.about, *_closing_lines(done, gone, told.cut_cells)]

    def _note(self, done: int) -> None:
        runs.note(self.run, done, real_at=self.real_now())
        if not self.goes_on():
            raise runs.Ended(RunState.LOST)


def rows_of(
    lot: list[UUID], before: int, reader: LedgerReader, columns: tuple[LedgerColumn, ...]
) -> Iterator[list[Value]]:
    """The rows of some items; one that is the member's no more has a row that says so."""
    for place, one in enumerate(reader.read(lot), before + 1):
        if one is None:
            yield [place, *[None] * (len(columns) - 2), GONE]
        else:
            yield cells_of(one, place, columns)


def begin(
    items: "QuerySet[Submission]",
    wanted: Wanted,
    keyring: Keyring,
    *,
    about: tuple[tuple[str, str], ...] = (),
    goes_on: Callable[[], bool],
    real_now: Callable[[], datetime],
    by: StaffUser,
    at: datetime,
) -> Export:
    """Records it, and begins its run. Raises TooMany, runs.CannotRun, PermissionDenied."""
    _may(wanted, by)
    keys = _keys(items, MOST_ITEMS, f"一次最多导出 {MOST_ITEMS} 件，请先筛选。")
    reader = LedgerReader(keyring, by=by, at=at, with_reporter=wanted.names_reporters)
    with transaction.atomic():
        record_export(items, _said(wanted, LedgerForm.TABLE), by=by, at=at)
        run = runs.begin(by, wanted.edition, len(keys), real_at=real_now())
    return Export(run, wanted, keys, reader, goes_on, real_now, about)


def printed(
    items: "QuerySet[Submission]", wanted: Wanted, keyring: Keyring, *, by: StaffUser, at: datetime
) -> list[list[Value]]:
    """The rows of the printed ledger. Raises TooMany, PermissionDenied."""
    _may(wanted, by)
    keys = _keys(items, MOST_PRINTED, f"一次最多打印 {MOST_PRINTED} 件，请先筛选，或者导出表格。")
    with transaction.atomic():
        record_export(items, _said(wanted, LedgerForm.PRINT), by=by, at=at)
    reader = LedgerReader(keyring, by=by, at=at, with_reporter=wanted.names_reporters)
    columns, rows = columns_of(wanted.edition), list[list[Value]]()
    for lot in keys.lots():
        rows += rows_of(lot, len(rows), reader, columns)
    return rows


def _keys(items: "QuerySet[Submission]", most: int, sentence: str) -> Keys:
    keys = Keys.of(items[: most + 1])
    if len(keys) > most:
        raise TooMany(sentence)
    return keys


def _may(wanted: Wanted, by: StaffUser) -> None:
    needed = {Deed.OPEN, Deed.SEE_REPORTER} if wanted.names_reporters else {Deed.OPEN}
    if not all(by.may(deed) for deed in needed) or (
        wanted.names_reporters and wanted.purpose is None
    ):
        raise PermissionDenied


def _said(wanted: Wanted, form: LedgerForm) -> dict[str, str]:
    """By their names which filters, never what was looked for with them."""
    said = {"edition": wanted.edition.value, "form": form.value}
    if wanted.ledger:
        said["ledger"] = wanted.ledger
    if wanted.names_reporters and wanted.purpose is not None:
        said["asked_for"] = wanted.purpose.value
    if wanted.filters:
        said["filters"] = wanted.filters
    return said


def _closing_lines(done: int, gone: int, cut_cells: int) -> Iterator[tuple[str, str]]:
    yield "件数", f"{done} 件，到此为止，没有缺"
    if gone:
        yield "没有写出的", f"{gone} 件在导出的时候已经不在您能看的范围里"
    if cut_cells:
        yield "没有写全的", f"{cut_cells} 格太长，一格放不下，备注里写明是哪一栏"
