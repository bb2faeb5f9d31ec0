"""Rows of a table whose head is known: what stands under which column."""

from inspection.parsing.names import team_names
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact


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
            and labels.split_label(line.text) is None
            and len(line.text) < 60
            and "。" not in line.text
        ):
            return tuple(cells[0] if labels.kind_of(head) == "targets" else "" for head in header)
        return None
    if len(cells) >= width:
        return (*cells[: width - 1], " ".join(cells[width - 1 :]))
    return cells if any(map(team_in, cells)) else ("",) * (width - len(cells)) + cells
