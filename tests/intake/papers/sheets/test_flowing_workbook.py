"""A table that flows: its values, what a cell cannot hold, and nothing of it kept anywhere."""

import json
import subprocess
import sys
import tempfile
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from intake.papers.sheets.flowing_workbook import FlowingWorkbook, NotWritten, Told
from intake.papers.sheets.sheet_columns import CUT, LONGEST_CELL, Kind, SheetColumn, units
from tests.intake.papers.sheets.reading_back import sheets_in, told_in
from tests.reading import ROOT

COLUMNS = (
    SheetColumn("序号", 6, Kind.COUNT),
    SheetColumn("日期", 11, Kind.DATE),
    SheetColumn("时间", 16, Kind.MOMENT),
    SheetColumn("文字", 30),
    SheetColumn("备注", 20, tells_cuts=True),
)
DAY, MOMENT = date(2025, 4, 5), datetime(2025, 4, 5, 9, 5)


def written(*rows: list[Any]) -> bytes:
    told = Told([("件数", str(len(rows)))])
    book = FlowingWorkbook(COLUMNS, name="信访台账", count=len(rows))
    return b"".join(book.pieces(rows, told))


def cell_of(words: Any) -> Any:
    sheet = sheets_in(written([1, DAY, MOMENT, words, ""])).worksheets[0]
    return sheet["D2"]


def test_values_are_read_back_as_what_they_are():
    content = written([1, DAY, MOMENT, "（演示）", "二"], [2, "未知", None, "", ""])
    sheet = sheets_in(content).worksheets[0]
    assert [cell.value for cell in sheet[1]] == ["序号", "日期", "时间", "文字", "备注"]
    first = [cell.value for cell in sheet[2]]
    assert first == [1, datetime(2025, 4, 5), MOMENT, "（演示）", "二"]
    assert [sheet["B2"].number_format, sheet["C2"].number_format] == [
        "yyyy-mm-dd",
        "yyyy-mm-dd hh:mm",
    ]
    assert sheet["A2"].data_type == "n" and sheet["B2"].is_date
    # What is no date stays the word that it is.
    assert [cell.value for cell in sheet[3]] == [2, "未知", None, None, None]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C2", "A1:E3")
    assert sheet.print_title_rows == "$1:$1"
    assert told_in(content) == {"件数": "2"}


@pytest.mark.parametrize(
    "words",
    [
        "=1+1",
        '=HYPERLINK("http://演示","点")',
        "+86 139",
        "@SUM(A1)",
        "-2",
        "{=1}",
        "000123",
        "37250119800101123456",
        "2025-04-05",
        "http://example.invalid/a",
        "mailto:a@example.invalid",
        "internal:Sheet1!A1",
        "TRUE",
        "<r><t>标</t></r>",
        "a & b < c > d \" '",
        "  前后有空格  ",
        "一行\n两行",
        "王" * 200,
        "𠮷野家",
    ],
)
def test_words_stay_words(words: str):
    cell = cell_of(words)
    assert (cell.value, cell.data_type, cell.number_format) == (words, "s", "@")
    assert cell.hyperlink is None


def test_what_no_file_can_hold_is_left_out():
    assert cell_of("前\x00\x01\x0b后").value == "前后"
    assert cell_of("半个\ud842字").value == "半个?字"
    assert cell_of("回车\r\n换行").value == "回车\n换行"


@pytest.mark.parametrize("character", ["长", "𠮷"])
def test_what_is_longer_than_a_cell_is_cut_and_said(character: str):
    content = written([1, DAY, MOMENT, character * 40_000, "原来的备注"])
    sheet = sheets_in(content).worksheets[0]
    words = sheet["D2"].value
    assert words.endswith(CUT) and words.startswith(character * 16_000)
    assert LONGEST_CELL - 1 <= units(words) <= LONGEST_CELL
    assert sheet["E2"].value == "文字太长，没有写全；原来的备注"
    # A cell that is just full is whole.
    full = "长" * LONGEST_CELL
    assert cell_of(full).value == full


def test_the_cells_that_were_cut_are_counted():
    told = Told()
    book = FlowingWorkbook(COLUMNS, name="信访台账", count=2)
    rows = [[1, DAY, MOMENT, "长" * 40_000, ""], [2, DAY, MOMENT, "短", "长" * 40_000]]
    list(book.pieces(rows, told))
    assert told.cut_cells == 2


def test_a_table_of_nothing_is_a_table():
    content = written()
    sheet = sheets_in(content).worksheets[0]
    assert [cell.value for cell in sheet[1]][:2] == ["序号", "日期"] and sheet.max_row == 1


def test_a_sheet_that_is_full_is_an_error_and_no_shorter_table():
    book = FlowingWorkbook(COLUMNS, name="信访台账", count=1)
    with pytest.raises(NotWritten):
        book._write(book._table, 1_048_576, [1, DAY, MOMENT, "多", ""])


def test_what_was_cut_off_does_not_open():
    rows = [[n, DAY, MOMENT, f"（演示）{n * 7919}", ""] for n in range(20_000)]
    book = FlowingWorkbook(COLUMNS, name="信访台账", count=len(rows))
    pieces = list(book.pieces(rows, Told()))
    assert len(pieces) > 5
    whole = b"".join(pieces)
    assert len(zipfile.ZipFile(BytesIO(whole)).namelist()) > 5
    for kept in (1, len(pieces) // 2, len(pieces) - 1):
        with pytest.raises(zipfile.BadZipFile):
            sheets_in(b"".join(pieces[:kept]))
    # Nor does somebody find a workbook in it who looks for its parts one by one.
    assert b"xl/workbook.xml" not in b"".join(pieces[:-1])


def test_nothing_of_it_lies_in_a_temporary_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    seen = set[str]()

    def rows() -> Iterator[list[Any]]:
        for place in range(3000):
            seen.update(one.name for one in tmp_path.iterdir())
            yield [place, DAY, MOMENT, "（金丝雀）" * 20, ""]

    for _piece in FlowingWorkbook(COLUMNS, name="信访台账", count=3000).pieces(rows(), Told()):
        seen.update(one.name for one in tmp_path.iterdir())
    assert seen == set()


_MEASURE = """
import json, tracemalloc
from tests.intake.papers.sheets.test_flowing_workbook import COLUMNS, DAY, MOMENT
from intake.papers.sheets.flowing_workbook import FlowingWorkbook, Told

def peak(count):
    rows = ([n, DAY, MOMENT, f"（演示）{n}" * 40, "备注"] for n in range(count))
    tracemalloc.start()
    for _piece in FlowingWorkbook(COLUMNS, name="t", count=count).pieces(rows, Told()):
        pass
    found = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return found

print(json.dumps([peak(500), peak(5000)]))
"""


def test_a_table_of_ten_times_the_rows_takes_no_more_memory():
    done = subprocess.run(
        [sys.executable, "-c", _MEASURE], cwd=ROOT, capture_output=True, text=True, check=True
    )
    short, long = json.loads(done.stdout)
    assert long < short + 256 * 1024
    assert long < 5 * 1024 * 1024
