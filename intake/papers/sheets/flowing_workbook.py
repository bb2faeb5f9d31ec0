"""A workbook that flows out as its rows come: nothing of it is kept, in memory or on a disk.

xlsxwriter keeps rows in memory, or in a temporary file in clear. Here it writes an empty workbook
in memory, and what stands around the rows; each row is written by it, packed and handed on at
once. The parts without which no program opens the file come last, so that what was cut off on its
way is no workbook.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cache
from io import BytesIO, StringIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_col_to_name
from xlsxwriter.worksheet import Worksheet

from intake.papers.sheets.sheet_columns import Kind, SheetColumn, Value, fitted

# The calendar of spreadsheets begins there.
_FIRST_YEAR = 1900
_PIECE = 32 * 1024
_SHEET = "xl/worksheets/sheet{}.xml"
# Rows gain little from more work than this.
_LEVEL = 3
_ROWS = "<sheetData/>"
# What the format has signs of its own for, and blanks at either end, which it would drop.
_NOT_PLAIN = re.compile(r"[&<>_\x00-\x1f]|^\s|\s$")
_FORMATS = {Kind.DATE: "yyyy-mm-dd", Kind.MOMENT: "yyyy-mm-dd hh:mm", Kind.COUNT: "0"}


class NotWritten(ValueError):
    """A cell that the format does not take; a table that lacks it must not leave."""


@dataclass(slots=True)
class Told:
    """What is said about a table on its second sheet, as pairs, and grows while it is written."""

    lines: list[tuple[str, str]] = field(default_factory=list)
    cut_cells: int = 0


class _Sink:
    """What the packer writes, until it is handed on. It cannot seek, and so is never changed."""

    def __init__(self) -> None:
        self.pieces: list[bytes] = []
        self.size = 0

    def write(self, piece: bytes) -> int:
        self.pieces.append(bytes(piece))
        self.size += len(piece)
        return len(piece)

    def flush(self) -> None:
        """Nothing waits anywhere else."""

    def close(self) -> None:
        """What was written waits until it is taken."""

    def taken(self) -> bytes:
        whole = b"".join(self.pieces)
        self.pieces, self.size = [], 0
        return whole


class _FlowingSheet(Worksheet):  # type: ignore[misc]
    """A sheet whose frame is written first and its rows afterwards, one at a time."""

    def _write_sheet_data(self) -> None:
        self.fh.write(_ROWS)

    def _xml_rich_inline_string(self, string: str, attributes: Any = ()) -> None:
        """Words that look like the format's own marks are words all the same."""
        self._xml_inline_string(string, False, attributes)

    def _write_cell(self, row: int, col: int, cell: Any) -> None:
        """Plain words go the short way: a long ledger is little else."""
        words = getattr(cell, "string", None)
        if words is None or _NOT_PLAIN.search(words):
            super()._write_cell(row, col, cell)
            return
        place = f'r="{_letters(col)}{row + 1}" s="{cell.format._get_xf_index()}"'
        self.fh.write(f'<c {place} t="inlineStr"><is><t>{words}</t></is></c>')

    def begin(self) -> None:
        """From now on a row is written when the next one begins."""
        self.constant_memory, self.previous_row = True, 0
        self.table.clear()

    def take_row(self, place: int) -> str:
        """The row as it stands in the file."""
        self.fh = StringIO()
        self._write_single_row(place + 1)
        return str(self.fh.getvalue())


class FlowingWorkbook:
    """One table and a sheet that says what it is. Its bytes are asked for once."""

    def __init__(self, columns: Sequence[SheetColumn], *, name: str, count: int) -> None:
        self.columns = tuple(columns)
        held = BytesIO()
        book = Workbook(held, {"in_memory": True})
        self._formats = {
            kind: book.add_format({**_CELL, "num_format": _FORMATS.get(kind, "@")}) for kind in Kind
        }
        self._head = book.add_format({**_CELL, **_HEAD})
        for look in (*self._formats.values(), self._head):
            # The list of looks is written before any row uses one.
            look._get_xf_index()
        self._table = book.add_worksheet(name, worksheet_class=_FlowingSheet)
        self._notes = book.add_worksheet("说明", worksheet_class=_FlowingSheet)
        self._lay_out(count)
        self._notes.set_column(0, 0, 16)
        self._notes.set_column(1, 1, 80)
        book.close()
        self._skeleton = zipfile.ZipFile(held)

    def pieces(self, rows: Iterable[list[Value]], told: Told) -> Iterator[bytes]:
        """The file. `told` is asked for its lines when the last row is written."""
        sink = _Sink()
        packer = zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL)
        yield from self._sheet(packer, sink, self._table, 1, self._rows(rows, told))
        yield from self._sheet(packer, sink, self._notes, 2, self._told(told))
        sheets = (_SHEET.format(1), _SHEET.format(2))
        for part in self._skeleton.namelist():
            if part not in sheets:
                with packer.open(part, "w") as entry:
                    entry.write(self._skeleton.read(part))
        packer.close()
        yield sink.taken()

    def _sheet(
        self,
        packer: zipfile.ZipFile,
        sink: _Sink,
        sheet: _FlowingSheet,
        place: int,
        rows: Iterator[str],
    ) -> Iterator[bytes]:
        name = _SHEET.format(place)
        before, after = self._skeleton.read(name).decode().split(_ROWS)
        sheet.begin()
        with packer.open(name, "w") as entry:
            entry.write(f"{before}<sheetData>".encode())
            for row in rows:
                entry.write(row.encode())
                if sink.size > _PIECE:
                    yield sink.taken()
            entry.write(f"</sheetData>{after}".encode())
        yield sink.taken()

    def _rows(self, rows: Iterable[list[Value]], told: Told) -> Iterator[str]:
        self._write(self._table, 0, [one.heading for one in self.columns], is_head=True)
        yield self._table.take_row(0)
        for place, values in enumerate(rows, 1):
            cells, cut = fitted(self.columns, values)
            told.cut_cells += len(cut)
            self._write(self._table, place, cells)
            yield self._table.take_row(place)

    def _told(self, told: Told) -> Iterator[str]:
        for place, line in enumerate(told.lines):
            for column, words in enumerate(line):
                _taken(self._notes.write_string(place, column, words, self._formats[Kind.WORDS]))
            yield self._notes.take_row(place)

    def _write(
        self, sheet: _FlowingSheet, row: int, cells: Sequence[Value], *, is_head: bool = False
    ) -> None:
        for place, (column, value) in enumerate(zip(self.columns, cells, strict=True)):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                look = self._head if is_head else self._formats[Kind.WORDS]
                _taken(sheet.write_string(row, place, value, look))
            elif isinstance(value, int):
                _taken(sheet.write_number(row, place, value, self._formats[Kind.COUNT]))
            elif value.year < _FIRST_YEAR:
                _taken(sheet.write_string(row, place, str(value), self._formats[Kind.WORDS]))
            else:
                _taken(sheet.write_datetime(row, place, value, self._formats[_kind(value, column)]))

    def _lay_out(self, count: int) -> None:
        """Head and first columns stand still, every column can be filtered; on paper A3, lying."""
        sheet = self._table
        for place, column in enumerate(self.columns):
            _taken(sheet.set_column(place, place, column.width))
        sheet.freeze_panes(1, 2)
        _taken(sheet.autofilter(0, 0, count, len(self.columns) - 1))
        sheet.repeat_rows(0)
        sheet.set_landscape()
        sheet.set_paper(8)
        sheet.fit_to_pages(1, 0)
        sheet.set_footer("&C第 &P 页 共 &N 页")


def _kind(value: date, column: SheetColumn) -> Kind:
    is_moment = isinstance(value, datetime) and column.kind is not Kind.DATE
    return Kind.MOMENT if is_moment else Kind.DATE


@cache
def _letters(column: int) -> str:
    return str(xl_col_to_name(column))


def _taken(code: int | None) -> None:
    """Every call of the library says whether it did what it was asked."""
    if code:
        raise NotWritten(f"the table refused a cell: {code}")


_CELL = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#BFBFBF"}
_HEAD = {"bold": True, "valign": "vcenter", "align": "center", "bg_color": "#E8F1F1"}
