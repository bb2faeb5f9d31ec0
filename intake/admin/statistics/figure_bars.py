"""Figures as bars: days as columns; ways, problems and bodies as lines. Units are a drawing's."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

from inspection.schedule import ONE_DAY, Calendar
from intake.admin.statistics.figure_links import Links
from intake.casework.figures.figure_sheet import FigureSheet, Row
from intake.casework.figures.spans import Span

WIDTH, HIGHEST, ROOM = 440, 120, 132
LABELS, LINE, LONGEST, LEFT = 8, 26, 220, 168
MOST_DAYS, MOST_BODIES, LONGEST_WORDS = 62, 20, 12


@dataclass(frozen=True, slots=True)
class FigureBar:
    """One bar; `label` is what is drawn beside it, '' where there is no room."""

    words: str
    label: str
    count: int
    url: str
    x: float = 0
    y: float = 0
    width: float = 0
    height: float = 0
    is_rest: bool = False

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)

    @property
    def base(self) -> float:
        return round(self.y + self.height - 4, 1)

    @property
    def end(self) -> float:
        return round(self.x + self.width + 6, 1)


@dataclass(frozen=True, slots=True)
class Drawing:
    """`name` tells them apart on the page; `is_upright` for columns that stand on days."""

    name: str
    title: str
    head: str
    is_upright: bool
    height: int
    note: str = ""
    bars: list[FigureBar] = field(default_factory=list)
    width: int = WIDTH


def drawings_of(sheet: FigureSheet, links: Links, calendar: Calendar) -> list[Drawing]:
    """Those in which there is something to see; none in an edition: they would tell its sums."""
    if sheet.made_for:
        return []
    found = [_by_day(sheet, links, calendar)]
    for code, title in (("way", "按信访方式"), ("problem", "按问题")):
        block = next(one for one in sheet.blocks if one.code == code)
        # Neither people nor what is among another figure already.
        shown = [one for one in block.figures if one.of and one.code != "way.gathering"]
        told = [
            (one.words, sheet.total.numbers.get(one.code, 0), links.address(sheet.total, one))
            for one in shown
        ]
        found.append(_lying(code, title, block.title, told, block.note if code != "way" else ""))
    found.append(_by_body(sheet, links))
    return [one for one in found if one.bars]


def _by_day(sheet: FigureSheet, links: Links, calendar: Calendar) -> Drawing:
    parts = _parts(sheet.days, sheet.span)
    highest = max((count for _, count in parts), default=0)
    step = WIDTH / max(len(parts), 1)
    every = -(-len(parts) // LABELS)
    bars = []
    for place, (span, count) in enumerate(parts):
        height = max(3.0, HIGHEST * count / highest) if count else 0
        bars.append(
            FigureBar(
                words=_words(span),
                label=_short(span) if place % every == 0 else "",
                count=count,
                url=links.address(Row("", "", (), {}), span=span) if count else "",
                x=round(place * step + step * 0.18, 1),
                y=round(ROOM - height, 1),
                width=round(min(step * 0.64, 40), 1),
                height=round(height, 1),
                is_rest=_is_rest(span, calendar),
            )
        )
    is_by_week = bool(parts) and not _is_one_day(parts[0][0])
    title = "每周来件" if is_by_week else "每日来件"
    note = "" if is_by_week else "浅色是休息日。"
    return Drawing("day", title, "日期", True, ROOM + 20, note, bars)


def _parts(days: Mapping[date, int], chosen: Span) -> list[tuple[Span, int]]:
    """Each day from the first to the last; weeks or longer where there are too many of them.

    None reaches beyond the days that were chosen: its link would find more than it says.
    """
    if not days:
        return []
    first, last = min(days), max(days)
    length = 1
    if (last - first).days >= MOST_DAYS:
        first -= timedelta(days=first.weekday())
        length = 7 * -(-((last - first).days + 1) // (7 * MOST_DAYS))
    found = []
    while first <= last:
        end = first + timedelta(days=length - 1)
        came = sum(days.get(first + n * ONE_DAY, 0) for n in range(length))
        begins = max(first, chosen.first) if chosen.first else first
        ends = min(end, chosen.last) if chosen.last else end
        found.append((Span(begins, ends), came))
        first = end + ONE_DAY
    return found


def _is_one_day(span: Span) -> bool:
    return span.first == span.last


def _is_rest(span: Span, calendar: Calendar) -> bool:
    day = span.first
    return day is not None and day == span.last and calendar.is_workday(day) is False


def _words(span: Span) -> str:
    return str(span.first) if _is_one_day(span) else span.words


def _short(span: Span) -> str:
    return f"{span.first.month}-{span.first.day}" if span.first else ""


def _by_body(sheet: FigureSheet, links: Links) -> Drawing:
    shown = sheet.bodies[:MOST_BODIES]
    told = [(row.words, row.numbers["all.times"], links.address(row)) for row in shown]
    left_out = len(sheet.bodies) - len(shown)
    note = f"另有 {left_out} 个单位没有画出来，见上面的表。" if left_out else ""
    return _lying("body", "按被巡察单位", "被巡察单位", told, note)


def _lying(
    name: str, title: str, head: str, told: Iterable[tuple[str, int, str]], note: str
) -> Drawing:
    """A line for each of which there is one."""
    come = [one for one in told if one[1]]
    highest = max((count for _, count, _ in come), default=0)
    bars = [
        FigureBar(
            words=words,
            label=words if len(words) <= LONGEST_WORDS else f"{words[: LONGEST_WORDS - 1]}…",
            count=count,
            url=url,
            x=LEFT,
            y=place * LINE + 5,
            width=round(max(3.0, LONGEST * count / highest), 1),
            height=LINE - 10,
        )
        for place, (words, count, url) in enumerate(come)
    ]
    return Drawing(name, title, head, False, len(bars) * LINE, note, bars)
