"""Rows of a table whose head is known: what stands under which column."""

import re
from collections.abc import Sequence
from dataclasses import replace

from inspection.parsing.names import team_names
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, strip_number

_FEWEST_HEADS = 2
_MOST_BODIES = 30
_NUMBER = re.compile(r"\d{5,}")


def team_in(cell: str) -> str | None:
    """The team that a cell names."""
    found = team_names.find(compact(cell))
    return found[0][2] if found else None


def row_cells(header: tuple[str, ...], line: Line) -> tuple[str, ...] | None:
    """A line's cells under the columns of a head; None for a line that is no row.

    A row may leave out the cells that it shares with the row above.
    """
    cells, width = line.cells, len(header)
    if len(cells) == 1:
        team = team_names.at_start(line.text)
        rest = line.text[len(team) :].strip() if team else ""
        if team and width == 2:
            return (team, rest)
        if (
            not team
            and labels.split_label(strip_number(line.text)) is None
            and len(line.text) < 60
            and "。" not in line.text
        ):
            return tuple(cells[0] if labels.kind_of(head) == "targets" else "" for head in header)
        return None
    if not cells[0] and len(cells) < width:
        return cells + ("",) * (width - len(cells))
    if len(cells) >= width:
        return (*cells[: width - 1], " ".join(cells[width - 1 :]))
    return cells if any(map(team_in, cells)) else ("",) * (width - len(cells)) + cells


def unflattened(lines: Sequence[Line]) -> list[Line]:
    """The lines with tables that were copied cell by cell put back into rows."""
    found: list[Line] = []
    at = 0
    while at < len(lines):
        heads = _head_run(lines, at)
        if heads < _FEWEST_HEADS:
            found.append(lines[at])
            at += 1
            continue
        head = lines[at : at + heads]
        found.append(_row(head))
        at += heads
        at = _take_rows(lines, at, tuple(line.text for line in head), found)
    return found


def _head_run(lines: Sequence[Line], at: int) -> int:
    """How many lines from here on are heads of columns, one each."""
    run = 0
    while at + run < len(lines) and _is_head_cell(lines[at + run]):
        run += 1
    names = tuple(compact(line.text) for line in lines[at : at + run])
    return run if run >= _FEWEST_HEADS and labels.is_header(names) and len(set(names)) == run else 0


def _is_head_cell(line: Line) -> bool:
    bare = compact(line.text)
    return len(line.cells) == 1 and ":" not in bare and labels.is_column_head(bare)


def _take_rows(lines: Sequence[Line], at: int, heads: tuple[str, ...], found: list[Line]) -> int:
    """Rows of as many lines as there are heads, each with its team; where they end."""
    teams = [labels.kind_of(head) == "team" for head in heads]
    column = teams.index(True) if True in teams else None
    while at + len(heads) <= len(lines):
        size = len(heads) + _more_bodies(lines, at, heads)
        row = _with_bodies_together(lines[at : at + size], heads)
        if any(len(line.cells) > 1 or "。" in line.text for line in row):
            break
        if column is not None and team_in(row[column].text) is None:
            break
        found.append(_row(row))
        at += size
    return at


def _more_bodies(lines: Sequence[Line], at: int, heads: tuple[str, ...]) -> int:
    """How many lines more than one a row has for its bodies: those before its first number."""
    kinds = [labels.kind_of(head) for head in heads]
    if "targets" not in kinds[:-1]:
        return 0
    column = kinds.index("targets")
    if kinds[column + 1] not in {"phone", "sms", "fax"}:
        return 0
    for more in range(min(_MOST_BODIES, len(lines) - at - len(heads) + 1)):
        if _NUMBER.search(lines[at + column + 1 + more].text):
            return more
    return 0


def _with_bodies_together(row: Sequence[Line], heads: tuple[str, ...]) -> Sequence[Line]:
    """The lines of a row, those of its bodies as one."""
    more = len(row) - len(heads)
    if not more:
        return row
    column = [labels.kind_of(head) for head in heads].index("targets")
    text = "、".join(line.text for line in row[column : column + more + 1])
    joined = replace(row[column], text=text, cells=(text,))
    return [*row[:column], joined, *row[column + more + 1 :]]


def _row(row: Sequence[Line]) -> Line:
    cells = tuple(line.text for line in row)
    return Line(row[0].number, " ".join(cells), cells, row[0].blanks)
