"""Rows into an xlsx, in memory: every word stays a word, and no file is written meanwhile."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from io import BytesIO

import xlsxwriter

# As much as a cell holds.
LONGEST_CELL = 32_767
CUT = "……（太长，后面的没有写进来）"
_OPTIONS = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}

Cell = str | int | datetime


class NotWritten(RuntimeError):
    """A cell could not be written; a sheet without it would tell less than it seems to."""


def sheet_of_rows(
    title: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]
) -> bytes:
    """A sheet with a frozen head and filters; each column has its word and its width.

    Moments come without a zone, as the clocks there showed them.
    """
    whole = BytesIO()
    book = xlsxwriter.Workbook(whole, _OPTIONS)
    sheet = book.add_worksheet(title)
    bold, moment = (
        book.add_format({"bold": True}),
        book.add_format({"num_format": "yyyy-mm-dd hh:mm:ss"}),
    )
    for place, (words, width) in enumerate(columns):
        sheet.set_column(place, place, width)
        _check(sheet.write_string(0, place, words, bold))
    last = 0
    for last, row in enumerate(rows, 1):
        for place, cell in enumerate(row):
            if isinstance(cell, str):
                _check(sheet.write_string(last, place, _fitting(cell)))
            elif isinstance(cell, datetime):
                _check(sheet.write_datetime(last, place, cell, moment))
            else:
                _check(sheet.write_number(last, place, cell))
    sheet.freeze_panes(1, 0)
    sheet.autofilter(0, 0, last, len(columns) - 1)
    book.close()
    return whole.getvalue()


def _fitting(words: str) -> str:
    return words if len(words) <= LONGEST_CELL else words[: LONGEST_CELL - len(CUT)] + CUT


def _check(answer: int) -> None:
    if answer:
        raise NotWritten(answer)
