"""The figures of a sheet as cells of tables: each a link to the list that it counts."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from django.utils.html import escape
from django.utils.http import urlencode
from django.utils.safestring import SafeString

from intake.admin.finding.counted_filters import COUNTED, FROM, UNTIL
from intake.admin.items.list_filters import list_address, parameter_of
from intake.casework.figures.comparing_rounds import HIDDEN, NOTHING, change_words, share_words
from intake.casework.figures.figure_sheet import TOTAL, FigureSheet, Row
from intake.casework.figures.figure_table import Block, Figure, Finds
from intake.casework.figures.spans import Span
from intake.models import Submission


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table; `kind` says how it is written."""

    words: str
    kind: str
    cells: list[SafeString | str]


@dataclass(frozen=True, slots=True)
class Table:
    """One question, with its figures for every row."""

    block: Block
    lines: list[Line] = field(default_factory=list)


def tables_of(sheet: FigureSheet, links: "Links", *, only_teams: bool = False) -> list[Table]:
    """One a block, in the order of the sheet."""
    rows = [row for row in sheet.rows if not (only_teams and row.is_body)]
    return [Table(block, list(_lines(sheet, block, links, rows))) for block in sheet.blocks]


def _lines(sheet: FigureSheet, block: Block, links: "Links", rows: Iterable[Row]) -> Iterator[Line]:
    yield Line(sheet.total.words, "sum", links.cells(block, sheet.total))
    if block.on_own and not sheet.made_for:
        yield Line(sheet.own.words, "part", links.cells(block, sheet.own))
    shares = (sheet.share_of(block, figure) for figure in block.figures)
    words = [share_words(*one) if one else NOTHING for one in shares]
    yield Line("占本级受理" if block.on_own else "占比", "note", list(words))
    changes = [
        change_words(sheet.total.numbers.get(figure.code, 0), sheet.number_before(block, figure))
        for figure in block.figures
    ]
    yield Line("比上一轮", "note", list(changes))
    for row in rows:
        yield Line(row.words, "body" if row.is_body else "desk", links.cells(block, row))


class Links:
    """Addresses of the list; what many cells share is written once."""

    def __init__(self, sheet: FigureSheet) -> None:
        self._sheet = sheet
        self._list = list_address(Submission)
        self._names = {name: parameter_of(Submission, name) for name in _names_in(sheet)}
        total = Row(TOTAL, "", (), {})
        self._starts = {
            figure.code: (escape(figure.code), escape(self.address(total, figure)))
            for _, figure in sheet.figures
        }

    def address(self, row: Row, figure: Figure | None = None, *, span: Span | None = None) -> str:
        """Of the list that the figure counts there; without a figure, of all that came in.

        On the days of the sheet, unless the figure counts others, or others are named.
        """
        if span is None:
            code = figure.code if figure else ""
            span = self._sheet.weeks.get(code, self._sheet.span)
        counted = (COUNTED, self._sheet.asked.round.slug)
        asks = (counted, *days_asked(span), *row.asks, *(figure.finds if figure else ()))
        return f"{self._list}?{self._query(asks)}"

    def cells(self, block: Block, row: Row) -> list[SafeString | str]:
        """A nought of a body leads nowhere: there are thousands of them."""
        if self._sheet.is_hidden(block, row):
            return [HIDDEN] * len(block.figures)
        cells: list[SafeString | str] = []
        place, behind = escape(row.code), escape(self._query(row.asks))
        for figure in block.figures:
            number, (code, start) = row.numbers.get(figure.code, 0), self._starts[figure.code]
            if not number and row.is_body:
                cells.append(SafeString(f'<span data-figure="{code}.{place}">0</span>'))
                continue
            href = f"{start}&amp;{behind}" if behind else start
            link = f'<a data-figure="{code}.{place}" href="{href}">{number}</a>'
            cells.append(SafeString(link))
        return cells

    def _query(self, asks: Finds) -> str:
        return urlencode([(self._names[name], value) for name, value in asks])


def _names_in(sheet: FigureSheet) -> set[str]:
    """The filters that are asked."""
    of_figures = {name for _, figure in sheet.figures for name, _value in figure.finds}
    of_rows = {name for row in (sheet.own, *sheet.rows, *sheet.bodies) for name, _value in row.asks}
    return {COUNTED, FROM, UNTIL} | of_figures | of_rows


def days_asked(span: Span) -> Finds:
    """As the list's filters and this page's own fields ask for days."""
    ends = ((FROM, span.first), (UNTIL, span.last))
    return tuple((name, day.isoformat()) for name, day in ends if day)
