"""When the round runs and until when reports are accepted, also by strand and team."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Literal

from inspection.notice import Period
from inspection.parsing.facts.dates import Moment, Span, find_spans, follow
from inspection.parsing.names import team_names
from inspection.parsing.names.numerals import CHINESE, number
from inspection.parsing.text.pieces import Piece

Meaning = Literal["accepts", "period"]

_ACCEPTS = re.compile(r"受理|信访|举报|截止|截至|来信|来电|来访|反映问题|接收")
_PERIOD = re.compile(r"巡[察视]|进驻|时间|开展|工作")
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

    @property
    def is_all(self) -> bool:
        """Whether the dates hold for the round as a whole."""
        return not (self.team or self.series or self.numbers)

    def holds_for(self, name: str | None, series: str | None) -> bool:
        """Whether a team belongs to this strand."""
        if name is None or self.is_all:
            return False
        if self.team:
            return self.team == name
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


@dataclass(slots=True)
class Timing:
    """Everything dated in a notice; years that the text leaves out are `default_year`."""

    dated: list[Dated] = field(default_factory=list)
    default_year: int | None = None

    def first(self, meaning: Meaning) -> Dated | None:
        """The first range of a meaning: it is the round's. A whole one goes before a half."""
        found = list(self.having(meaning))
        same = [dated for dated in found if dated.strand == found[0].strand]
        whole = [dated for dated in same if dated.span.start and dated.span.end]
        has_end = [dated for dated in same if dated.span.end]
        return next(iter((whole if meaning == "period" else has_end) or same), None)

    def having(self, meaning: Meaning) -> Iterator[Dated]:
        """The ranges of one meaning, in order."""
        return (dated for dated in self.dated if dated.meaning == meaning)

    def own(self, meaning: Meaning, name: str | None, series: str | None) -> Dated | None:
        """The range that a team has of its own, where it differs from the round's."""
        first = self.first(meaning)
        for dated in self.having(meaning):
            if dated.strand.holds_for(name, series):
                return None if first is dated or _same(first, dated) else dated
        return None


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
    return timing


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
    spans = _joined(piece.text, [_closing(piece, span) for span in find_spans(piece.text)])
    behind = 0
    for index, span in enumerate(spans):
        ahead = spans[index + 1].begins if index + 1 < len(spans) else len(piece.text)
        before = piece.text[behind : span.begins]
        meaning = _meaning(piece, before, piece.text[span.stops : ahead], span)
        behind = span.stops
        if meaning is not None:
            words = piece.text[span.begins : span.stops]
            yield Dated(meaning, _strand(piece, before), span, words, piece.line)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """A start and the end that follows it in the same sentence are one range."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before.start and before.end is None and span.end and span.start is None:
            between = text[before.stops : span.begins]
            if not re.search(r"[。;]", between) and not _ACCEPTS.search(between):
                end = follow(before.start, span.end)
                joined[-1] = Span(before.start, end, before.begins, span.stops)
                continue
        joined.append(span)
    return joined


def _closing(piece: Piece, span: Span) -> Span:
    """Under a label such as '受理截止时间' a lone date is the end of a range."""
    if span.is_bare and piece.kind == "accepts" and "止" in piece.label:
        return replace(span, start=None)
    return span


def _meaning(piece: Piece, before: str, after: str, span: Span) -> Meaning | None:
    near = re.split(r"[。;]", before)[-1]
    if span.is_bare:
        return None
    if _ACCEPTS.search(near) or piece.kind == "accepts":
        return "accepts"
    if piece.kind == "period" or (_PERIOD.search(near) and not _leads_acceptance(near, after)):
        return "period"
    following = re.split(r"[。;]", after)[0]
    if _ACCEPTS.search(following) and not re.search(r"巡[察视](?:组)?(?:将|对)", following[:12]):
        return "accepts"
    is_range = span.start is not None and span.end is not None
    is_about = is_range or _PERIOD.search(following) or _PERIOD.search(piece.section)
    return "period" if is_about and piece.kind != "hours" else None


def _leads_acceptance(near: str, after: str) -> bool:
    """'巡察组于3月15日至5月10日受理来信': the words behind decide."""
    return (
        bool(re.match(r"^[,\s]*(?:期间)?[,\s]*(?:集中|统一|专门)?受理", after))
        and "时间" not in near
    )


def _strand(piece: Piece, before: str) -> Strand:
    if piece.team is not None:
        return Strand(team=piece.team)
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
    series = [m[1] for m in _QUALIFIED.finditer(subject)] or [
        m[1] for m in _QUALIFIED.finditer(piece.heading)
    ]
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
