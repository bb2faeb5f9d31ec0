"""信访举报统计表 as xlsx: the figures, what each means, and what came in on each day.

Made in memory: the library would otherwise write its sheets to files first.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from io import BytesIO
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

FIGURES, MEANINGS, DAYS = "统计表", "指标说明", "每日来件"
FIRST_LINE, WIDE, NARROW = 5, 30, 9


class NotWritten(RuntimeError):
    """A cell that the library did not take; a table with a hole in it leaves nobody's hands."""


@dataclass(frozen=True, slots=True)
class Column:
    """One figure: its question, its heading, in what it counts, and what it means."""

    block: str
    words: str
    unit: str
    means: str
    note: str


@dataclass(frozen=True, slots=True)
class SheetLine:
    """One row; a share lies between 0 and 1, None is nothing to be said, a word is a sign."""

    words: str
    values: tuple[int | float | str | None, ...]
    is_share: bool = False
    is_body: bool = False


@dataclass(frozen=True, slots=True)
class FigureTables:
    """What a workbook says; `about` stands under the title."""

    title: str
    about: tuple[str, ...]
    columns: tuple[Column, ...]
    lines: tuple[SheetLine, ...]
    days: tuple[tuple[date, int], ...]


def workbook_of(tables: FigureTables, *, at: datetime) -> bytes:
    """The file. Raises NotWritten."""
    file = BytesIO()
    # The time of the making stands in the file; without its zone, as the format wants it.
    with Workbook(file, {"in_memory": True}) as book:
        book.set_properties({"title": tables.title, "created": at.replace(tzinfo=None)})
        writer = _Writer(book)
        writer.figures(book.add_worksheet(FIGURES), tables)
        writer.meanings(book.add_worksheet(MEANINGS), tables.columns)
        writer.days(book.add_worksheet(DAYS), tables.days)
    return file.getvalue()


class _Writer:
    """The looks of cells, and what is put into them."""

    def __init__(self, book: Workbook) -> None:
        font = {"font_name": "宋体", "font_size": 10, "valign": "vcenter"}
        framed = {**font, "border": 1}
        self.title = book.add_format({**font, "font_name": "黑体", "font_size": 16})
        self.plain = book.add_format({**font, "text_wrap": False})
        self.head = book.add_format({**framed, "bold": True, "text_wrap": True, "align": "center"})
        self.words = book.add_format({**framed, "text_wrap": True})
        self.body = book.add_format({**framed, "indent": 1})
        self.number = book.add_format({**framed, "num_format": "0"})
        self.share = book.add_format({**framed, "num_format": "0.0%"})
        self.day = book.add_format({**framed, "num_format": "yyyy-mm-dd", "align": "left"})

    def figures(self, sheet: Worksheet, tables: FigureTables) -> None:
        text(sheet, 0, 0, tables.title, self.title)
        text(sheet, 1, 0, "　".join(tables.about), self.plain)
        self._headings(sheet, tables.columns)
        for row, line in enumerate(tables.lines, start=FIRST_LINE):
            text(sheet, row, 0, line.words, self.body if line.is_body else self.words)
            for column, value in enumerate(line.values, start=1):
                if value is None or isinstance(value, str):
                    text(sheet, row, column, value or "—", self.number)
                else:
                    look = self.share if line.is_share else self.number
                    number(sheet, row, column, value, look)
        sheet.freeze_panes(FIRST_LINE, 1)
        _to_print(sheet, range(3, FIRST_LINE))
        sheet.set_column(0, 0, WIDE)
        sheet.set_column(1, len(tables.columns), NARROW)

    def _headings(self, sheet: Worksheet, columns: tuple[Column, ...]) -> None:
        """The question over its figures, so that each can be filtered by its own heading."""
        text(sheet, FIRST_LINE - 1, 0, "", self.head)
        text(sheet, FIRST_LINE - 2, 0, "", self.head)
        first = 0
        for place, column in enumerate(columns):
            unit = "" if column.words == column.unit else f"（{column.unit}）"
            text(sheet, FIRST_LINE - 1, place + 1, f"{column.words}{unit}", self.head)
            is_last = place + 1 == len(columns) or columns[place + 1].block != column.block
            if is_last:
                self._over(sheet, first + 1, place + 1, column.block)
                first = place + 1

    def _over(self, sheet: Worksheet, first: int, last: int, words: str) -> None:
        row = FIRST_LINE - 2
        if first == last:
            text(sheet, row, first, words, self.head)
            return
        _done(sheet.merge_range(row, first, row, last, "", self.head))
        text(sheet, row, first, words, self.head)

    def meanings(self, sheet: Worksheet, columns: Iterable[Column]) -> None:
        for place, words in enumerate(("统计什么", "指标", "单位", "怎么算", "说明")):
            text(sheet, 0, place, words, self.head)
        for row, one in enumerate(columns, start=1):
            for place, words in enumerate((one.block, one.words, one.unit, one.means, one.note)):
                text(sheet, row, place, words, self.words)
        sheet.freeze_panes(1, 0)
        _to_print(sheet, range(1))
        for place, width in enumerate((20, WIDE, 8, 50, 50)):
            sheet.set_column(place, place, width)

    def days(self, sheet: Worksheet, days: Iterable[tuple[date, int]]) -> None:
        text(sheet, 0, 0, "收件日期", self.head)
        text(sheet, 0, 1, "件次", self.head)
        for row, (day, count) in enumerate(days, start=1):
            _done(sheet.write_datetime(row, 0, day, self.day))
            number(sheet, row, 1, count, self.number)
        sheet.freeze_panes(1, 0)
        sheet.set_column(0, 0, 14)


def text(sheet: Worksheet, row: int, column: int, words: str, look: Any) -> None:
    """Words, which no program takes for a formula."""
    written = sheet.write_string if words else sheet.write_blank
    _done(written(row, column, words, look))


def number(sheet: Worksheet, row: int, column: int, value: float, look: Any) -> None:
    """A number that can be counted with."""
    _done(sheet.write_number(row, column, value, look))


def _done(answer: int) -> None:
    if answer != 0:
        raise NotWritten(f"the library answered {answer}")


def _to_print(sheet: Worksheet, heads: range) -> None:
    """A4, lying; as many sheets as it needs, with its headings on each."""
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.repeat_rows(heads.start, heads.stop - 1)
