"""The statistics as a file: read back by another library, value by value."""

import io
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any

import openpyxl
import pytest

from intake.papers.figure_workbook import (
    DAYS,
    FIGURES,
    MEANINGS,
    Column,
    FigureTables,
    NotWritten,
    SheetLine,
    text,
    workbook_of,
)
from tests.making import INSIDE

FORMULA = "=1+1"
TABLES = FigureTables(
    title="信访举报统计表",
    about=("一届市委第一轮巡察公告", "收件日期：全部日期"),
    columns=(
        Column("合计", "件次", "件次", "每收到一次算一件次。", ""),
        Column("信访方式", "来信", "件次", "信访方式登记为“来信”的。", "占比只按本级受理的计算。"),
        Column("信访方式", "来访人次", "人次", FORMULA, ""),
    ),
    lines=(
        SheetLine("合计", (12, 3, 0)),
        SheetLine("占比", (1.0, 0.25, None), is_share=True),
        SheetLine(FORMULA, (12, 3, 0), is_body=True),
    ),
    days=((date(2025, 4, 14), 5), (date(2025, 4, 15), 7)),
)


def cells(book: Any, name: str) -> list[Sequence[Any]]:
    return [tuple(cell.value for cell in row) for row in book[name].iter_rows()]


def test_the_file_says_what_it_was_given():
    book = openpyxl.load_workbook(io.BytesIO(workbook_of(TABLES, at=INSIDE)))
    assert book.sheetnames == [FIGURES, MEANINGS, DAYS]
    figures = cells(book, FIGURES)
    assert figures[0][0] == "信访举报统计表"
    assert figures[3] == (None, "合计", "信访方式", None)
    assert figures[4] == (None, "件次", "来信（件次）", "来访人次（人次）")
    assert figures[5:] == [
        ("合计", 12, 3, 0),
        ("占比", 1, 0.25, "—"),
        (FORMULA, 12, 3, 0),
    ]
    sheet = book[FIGURES]
    assert sheet["A8"].data_type == "s" and sheet["C7"].number_format == "0.0%"
    assert sheet.freeze_panes == "B6" and str(sheet.page_setup.orientation) == "landscape"
    assert cells(book, MEANINGS)[3] == ("信访方式", "来访人次", "人次", FORMULA, None)
    assert cells(book, DAYS)[1:] == [(datetime(2025, 4, 14), 5), (datetime(2025, 4, 15), 7)]
    assert book[MEANINGS]["D4"].data_type == "s"


def test_a_cell_that_the_library_does_not_take_is_an_error():
    class Full:
        def write_string(self, *_: object) -> int:
            return -1

    with pytest.raises(NotWritten):
        text(Full(), 0, 0, "字", None)  # type: ignore[arg-type]
