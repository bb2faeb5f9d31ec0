"""What a table's column is, and words as a cell can hold them."""

from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from intake.papers.writing_on_paper import clean

# A cell holds so many units of UTF-16, in which a rare character is two.
LONGEST_CELL = 32_767
CUT = "……（一格放不下，后面没有写全，请看原件）"
CELL_CUT = "{heading}太长，没有写全"

Value = str | int | date | datetime | None


class Kind(Enum):
    """How a column's values are written; words in a column of dates stay words."""

    WORDS = "words"
    DATE = "date"
    MOMENT = "moment"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """`width` in characters. `tells_cuts` for the one that says what a cell could not hold."""

    heading: str
    width: float
    kind: Kind = Kind.WORDS
    tells_cuts: bool = False


def fitted(columns: tuple[SheetColumn, ...], values: list[Value]) -> tuple[list[Value], list[str]]:
    """The values as cells can hold them, and the headings of those that were cut.

    The column that tells of cuts names them, before its own words.
    """
    cells: list[Value] = [_cell(value) for value in values]
    cut = [
        column.heading
        for column, before, after in zip(columns, values, cells, strict=True)
        if isinstance(before, str) and str(after).endswith(CUT) and not before.endswith(CUT)
    ]
    if cut:
        told = "；".join(CELL_CUT.format(heading=heading) for heading in cut)
        for place, column in enumerate(columns):
            if column.tells_cuts:
                cells[place] = _cell("；".join(filter(None, (told, str(values[place] or "")))))
    return cells, cut


def _cell(value: Value) -> Value:
    if not isinstance(value, str) or (len(value) < LONGEST_CELL // 2 and value.isprintable()):
        return value
    # A half of a character that a browser cut through is none, and no file can hold it.
    words = clean(value).encode("utf-8", "replace").decode()
    if units(words) <= LONGEST_CELL:
        return words
    room = LONGEST_CELL - units(CUT)
    kept = words.encode("utf-16-le")[: room * 2].decode("utf-16-le", "ignore")
    return kept + CUT


def units(words: str) -> int:
    """How long a spreadsheet takes it to be."""
    return len(words) + sum(character > "\uffff" for character in words)
