"""The published text in pieces, so that a page can mark what was recognised."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from inspection.parsing.sources.field import Field, Span


@dataclass(frozen=True, slots=True)
class Piece:
    """Words of the text: plain, or recognised, with the number of the mark and of the field.

    One without words is the place at which a line begins that a finding names.
    """

    words: str = ""
    sort: str = ""
    label: str = ""
    mark: int = 0
    field: int = 0
    line: int = 0


@dataclass(frozen=True, slots=True)
class Marks:
    """`of_field` tells for each field the mark in which its words stand."""

    pieces: tuple[Piece, ...]
    of_field: Mapping[int, int]


def marked(text: str, part: Span, fields: Sequence[Field], lines: Sequence[int]) -> Marks:
    """A part of the text; of recognised words that overlap the first and longest are marked."""
    numbered = [
        (number, field)
        for number, field in enumerate(fields, start=1)
        if field.span and part.start <= field.span.start and field.span.stop <= part.stop
    ]
    numbered.sort(key=lambda one: (_span(one[1]).start, -_span(one[1]).stop, one[0]))
    chosen: list[tuple[int, Field]] = []
    of_field: dict[int, int] = {}
    for number, field in numbered:
        if not chosen or _span(field).start >= _span(chosen[-1][1]).stop:
            chosen.append((number, field))
        of_field[number] = len(chosen)
    starts = _line_starts(text, lines)
    return Marks(tuple(_pieces(text, part, chosen, starts)), of_field)


def _span(field: Field) -> Span:
    if field.span is None:
        raise ValueError(field.path)
    return field.span


def _line_starts(text: str, lines: Sequence[int]) -> list[tuple[int, int]]:
    """Where these lines begin, with their numbers."""
    wanted, found, place = set(lines), [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if number in wanted:
            found.append((place, number))
        place += len(line) + 1
    return found


def _pieces(
    text: str, part: Span, chosen: Sequence[tuple[int, Field]], starts: list[tuple[int, int]]
) -> Iterator[Piece]:
    at = part.start
    waiting = [start for start in starts if start[0] >= part.start]
    for mark, (number, field) in enumerate(chosen, start=1):
        span = _span(field)
        yield from _plain(text, at, span.start, waiting)
        yield from _lines_within(waiting, span.stop)
        words = text[span.start : span.stop]
        yield Piece(words, field.sort.value, field.label, mark, number)
        at = span.stop
    yield from _plain(text, at, part.stop, waiting)


def _plain(text: str, at: int, stop: int, waiting: list[tuple[int, int]]) -> Iterator[Piece]:
    while waiting and waiting[0][0] < stop:
        start, line = waiting.pop(0)
        if start > at:
            yield Piece(text[at:start])
        yield Piece(line=line)
        at = max(start, at)
    if at < stop:
        yield Piece(text[at:stop])


def _lines_within(waiting: list[tuple[int, int]], stop: int) -> Iterator[Piece]:
    """A line that begins within marked words is found before them."""
    while waiting and waiting[0][0] < stop:
        yield Piece(line=waiting.pop(0)[1])
