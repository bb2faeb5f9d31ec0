"""When the round runs and until when reports are accepted, also by strand and team."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeAlias

from inspection.notice import Period
from inspection.parsing.facts.when.date_meanings import (
    Meaning,
    is_put_off,
    joined,
    meaning_of,
)
from inspection.parsing.facts.when.dates import Moment, Span, find_spans, follow
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names import team_names
from inspection.parsing.names.numerals import CHINESE, number

_TEAM_RANGE = re.compile(
    rf"第([{CHINESE}\d]{{1,3}})(?:巡[察视]组)?(?:至|到|[-—–~])第?([{CHINESE}\d]{{1,3}})(?:[^,。;]{{0,6}}?)巡[察视]组"
)
_TEAM_LIST = re.compile(rf"((?:第[{CHINESE}\d]{{1,3}}[、和及,]?)+)(?:[^,。;]{{0,6}}?)巡[察视]组")
_QUALIFIED = re.compile(
    r"“?(市县统筹|回头看|授权|常规|提级|专项|机动|交叉)”?(?:巡[察视]|组|时间|工作)?"
)


@dataclass(frozen=True, slots=True)
class Strand:
    """Whose dates these are: teams named or numbered, or a series; all when empty."""

    team: str | None = None
    series: str | None = None
    numbers: frozenset[int] = frozenset()
    names: frozenset[str] = frozenset()

    @property
    def is_all(self) -> bool:
        """Whether the dates hold for the round as a whole."""
        return not (self.team or self.series or self.numbers or self.names)

    def holds_for(self, name: str | None, series: str | None) -> bool:
        """Whether a team belongs to this strand."""
        if name is None or self.is_all:
            return False
        if self.team or self.names:
            return name == self.team or name in self.names
        if self.numbers:
            return team_names.ordinal(name) in self.numbers and self.series in {None, series}
        return self.series == series


@dataclass(frozen=True, slots=True)
class Dated:
    """A range of days that the text gives a meaning and a strand."""

    meaning: Meaning
    strand: Strand
    span: Span
    text: str
    line: int


_ByStrand: TypeAlias = tuple[Dated | None, dict[str, tuple[int, Dated]], list[tuple[int, Dated]]]


@dataclass(slots=True)
class Timing:
    """Everything dated in a notice; years that the text leaves out are `default_year`."""

    dated: list[Dated] = field(default_factory=list)
    default_year: int | None = None
    sorted_out: dict[Meaning, _ByStrand] = field(default_factory=dict)

    def first(self, meaning: Meaning) -> Dated | None:
        """The first range of a meaning: it is the round's. A whole one goes before a half."""
        found = list(self.having(meaning))
        same = [dated for dated in found if dated.strand == found[0].strand]
        whole = [dated for dated in same if dated.span.start and dated.span.end]
        has_end = [dated for dated in same if dated.span.end]
        if meaning == "period" and not whole and same:
            return _put_together(same)
        return next(iter((whole if meaning == "period" else has_end) or same), None)

    def having(self, meaning: Meaning) -> Iterator[Dated]:
        """The ranges of one meaning, in order."""
        return (dated for dated in self.dated if dated.meaning == meaning)

    def own(self, meaning: Meaning, name: str | None, series: str | None) -> Dated | None:
        """The range that a team has of its own, where it differs from the round's."""
        if name is None:
            return None
        first, by_team, others = self._by_strand(meaning)
        held = [by_team[name]] if name in by_team else []
        held += [entry for entry in others if entry[1].strand.holds_for(name, series)]
        if not held:
            return None
        _, dated = min(held, key=lambda entry: entry[0])
        return None if first is dated or _same(first, dated) else dated

    def _by_strand(self, meaning: Meaning) -> _ByStrand:
        """The first range of each strand with its place: by team, and those of other strands."""
        if meaning not in self.sorted_out:
            by_team: dict[str, tuple[int, Dated]] = {}
            others: dict[Strand, tuple[int, Dated]] = {}
            for place, dated in enumerate(self.having(meaning)):
                strand = dated.strand
                names = {strand.team} if strand.team else strand.names
                for name in names:
                    by_team.setdefault(name, (place, dated))
                if not names:
                    others.setdefault(strand, (place, dated))
            self.sorted_out[meaning] = (self.first(meaning), by_team, [*others.values()])
        return self.sorted_out[meaning]


def _put_together(halves: Sequence[Dated]) -> Dated:
    """A start in one sentence and an end in another are one range."""
    start = next((dated for dated in halves if dated.span.start), None)
    end = next((dated for dated in halves if dated.span.end), None)
    if start is None or end is None:
        return halves[0]
    follows = follow(start.span.start, end.span.end) if start.span.start and end.span.end else None
    span = replace(start.span, end=follows)
    return replace(start, span=span, text=f"{start.text},{end.text}")


def _same(first: Dated | None, other: Dated) -> bool:
    return first is not None and (first.span.start, first.span.end) == (
        other.span.start,
        other.span.end,
    )


def read_timing(pieces: Sequence[Piece], date_text: str | None, title: str) -> Timing:
    """All dates with a meaning in the pieces of a notice."""
    timing = Timing(default_year=_default_year(pieces, date_text, title))
    for piece in pieces:
        if piece.kind in {"box", "postal", "postcode", "targets", "email", "wechat", "web", "team"}:
            continue
        timing.dated += _read_piece(piece)
    teams = {piece.team for piece in pieces if piece.team}
    teams |= {name for piece in pieces for name in piece.group}
    timing.dated = [
        replace(dated, strand=replace(dated.strand, names=frozenset()))
        if dated.strand.names >= teams
        else dated
        for dated in timing.dated
    ]
    if len(teams) <= 1:
        timing.dated = [replace(dated, strand=_of_all(dated.strand)) for dated in timing.dated]
    return timing


def _of_all(strand: Strand) -> Strand:
    """What is said of the only team is said of the round."""
    return replace(strand, team=None)


def _default_year(pieces: Sequence[Piece], date_text: str | None, title: str) -> int | None:
    """The year of the dates that leave theirs out: that of another date of the notice."""
    for text in (date_text or "", title, *(piece.text for piece in pieces)):
        for span in find_spans(text):
            for moment in (span.start, span.end):
                if moment and moment.year:
                    return moment.year
    match = re.search(r"(20\d\d)年", title)
    return int(match[1]) if match else None


def _read_piece(piece: Piece) -> Iterator[Dated]:
    spans = joined(piece.text, [_closing(piece, span) for span in find_spans(piece.text)])
    behind = 0
    for index, span in enumerate(spans):
        ahead = spans[index + 1].begins if index + 1 < len(spans) else len(piece.text)
        before = piece.text[behind : span.begins]
        meaning = meaning_of(piece, before, piece.text[span.stops : ahead], span)
        behind = behind if is_put_off(before) else span.stops
        if meaning is not None:
            words = piece.text[span.begins : span.stops]
            yield Dated(meaning[0], _strand(piece, before), meaning[1], words, piece.line)


def _closing(piece: Piece, span: Span) -> Span:
    """Under a label such as '受理截止时间' a lone date is the end of a range."""
    if span.is_bare and piece.kind == "accepts" and "止" in piece.label:
        return replace(span, start=None)
    return span


def _strand(piece: Piece, before: str) -> Strand:
    if piece.team is not None:
        return Strand(team=piece.team)
    if piece.group:
        return Strand(names=frozenset(piece.group))
    near = re.split(r"[。;]", before)[-1]
    subject = f"{piece.label}{near}" if near or piece.label else piece.heading
    if match := _TEAM_RANGE.search(subject):
        low, high = number(match[1]) or 0, number(match[2]) or 0
        return Strand(series=team_names.series_in(subject), numbers=frozenset(range(low, high + 1)))
    if match := _TEAM_LIST.search(subject):
        found = re.findall(rf"第([{CHINESE}\d]{{1,3}})", match[1])
        return Strand(
            series=team_names.series_in(subject),
            numbers=frozenset(n for text in found if (n := number(text))),
        )
    told = (subject, piece.heading, piece.section)
    series = next((found for words in told if (found := _QUALIFIED.findall(words))), [])
    return Strand(series=series[0] if len(set(series)) == 1 else None)


def period_of(dated: Dated | None, default_year: int | None) -> Period | None:
    """The period in its public form."""
    if dated is None:
        return None
    return Period(
        dated.text, _days(dated.span.start, default_year), _days(dated.span.end, default_year)
    )


def _days(moment: Moment | None, default_year: int | None) -> tuple[str, str] | None:
    return moment.days(default_year) if moment else None


def last_day(dated: Dated | None, default_year: int | None) -> str | None:
    """The last possible day of a range."""
    return dated.span.end.days(default_year)[1] if dated and dated.span.end else None


def first_day(dated: Dated | None, default_year: int | None) -> str | None:
    """The first possible day of a range."""
    return dated.span.start.days(default_year)[0] if dated and dated.span.start else None
