"""The edition of the statistics for one desk: what it is told of the others, by block. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from intake.casework.figures.figure_sheet import FigureSheet, Row
from intake.casework.figures.figure_table import TIMES, WHOLE_ROUND, Block, Figure
from intake.casework.figures.small_cells import ALL_SHOWN, Hidden, hidden_from_desk
from intake.casework.figures.spans import Span

# Blocks that tell the same of an item, so that what one hides the other must.
ALIKE = (("all", "repeat"),)


def edition_for(sheet: FigureSheet, code: str, pieces: Sequence[FigureSheet] = ()) -> FigureSheet:
    """What that desk may be given: of others neither bodies nor days, nor single persons.

    `pieces` are the days that come out when it is subtracted from what the desk was given before:
    what would be of few there is hidden here.
    """
    rows = tuple(row for row in sheet.rows if row.desk == code or not row.is_body)
    hidden = _hidden([sheet, *pieces], code)
    return replace(sheet, rows=rows, days={}, bodies=(), made_for=code, hidden=hidden)


def _hidden(sheets: Sequence[FigureSheet], own: str) -> dict[str, Hidden]:
    """Most blocks add up to the whole of a desk: a desk whose whole is hidden is so in each."""
    sheet, of_sheets = sheets[0], [_desks_of(one) for one in sheets]
    desks = of_sheets[0]
    wholes = [{name: [row.numbers.get(TIMES, 0)] for name, row in one.items()} for one in of_sheets]
    in_all = _hidden_in_each(wholes, own, ALL_SHOWN)
    found = {}
    for block in sheet.blocks:
        if block.by_week and sheet.span != Span():
            # Less what was counted of the chosen days, it would tell of the days beside them.
            found[block.code] = Hidden(frozenset(desks.keys() - {own}), has_sum=False)
            continue
        told = _told_with(block, sheet.blocks)
        lines = [
            {name: list(_cells(told, row.numbers)) for name, row in one.items()}
            for one in of_sheets
        ]
        found[block.code] = _hidden_in_each(lines, own, in_all)
    return found


def _desks_of(sheet: FigureSheet) -> dict[str, Row]:
    return {row.code: row for row in sheet.rows if not row.is_body}


def _hidden_in_each(
    tables: Sequence[Mapping[str, Sequence[int]]], own: str, hidden: Hidden
) -> Hidden:
    """What one of the tables hides all of them hide, until none asks for more."""
    while True:
        before = hidden
        for lines in tables:
            hidden = hidden_from_desk(lines, own, hidden=hidden)
        if hidden == before:
            return hidden


def _told_with(block: Block, blocks: tuple[Block, ...]) -> list[Figure]:
    codes = next((alike for alike in ALIKE if block.code in alike), (block.code,))
    return [figure for one in blocks if one.code in codes for figure in one.figures]


def _cells(figures: list[Figure], numbers: Mapping[str, int]) -> Iterator[int]:
    """Each figure, and what is left of those that it is a part of: whoever subtracts sees that."""
    for figure in figures:
        number = numbers.get(figure.code, 0)
        yield number
        for whole in {figure.of, figure.within} - {""}:
            yield numbers.get(whole, 0) - number
    parts = [figure.code for figure in figures if figure.of == WHOLE_ROUND]
    if parts:
        weeks = sum(numbers.get(code, 0) for code in parts if code != WHOLE_ROUND)
        yield numbers.get(WHOLE_ROUND, 0) - weeks
