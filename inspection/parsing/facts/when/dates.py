"""Dates, parts of months and ranges of days in a Chinese text."""

import calendar
import re
from dataclasses import dataclass, replace

from inspection.notice import UNKNOWN_YEAR
from inspection.parsing.names.numerals import CHINESE, number

_NUM = rf"[\d{CHINESE}]{{1,3}}"
_CLOCK = (
    r"(?:\s*\(?(?P<half>上午|中午|下午|晚上?)?\s*(?P<hour>\d{1,2})(?::(?P<minute>\d{2})(?!\d)"
    r"|[时点](?:(?P<minute2>\d{1,2})分|(?P<half_past>半))?整?)\)?)?"
)
_MOMENT = re.compile(
    rf"(?:(?P<year>\d{{4}}|[{CHINESE}]{{4}})年|(?P<next>次年|翌年|明年)|(?P<this>今年|本年))?\s*"
    rf"(?<![\d{CHINESE}])(?P<month>{_NUM})月\s*(?:份)?"
    rf"(?:(?P<day>{_NUM})[日号]|(?P<part>上旬|中旬|下旬|月?初|月?底|月?末|中))?"
    rf"{_CLOCK}"
)
_NUMERIC = re.compile(
    r"(?<!\d)(?P<year>\d{4})[-./](?P<month>\d{1,2})[-./](?P<day>\d{1,2})(?!\d)" + _CLOCK
)
_DAY_ONLY = re.compile(
    rf"\s*(?:至|到|[-—–~]+)\s*(?:(?P<day>{_NUM})[日号]|(?P<part>上旬|中旬|下旬|月?底|月?末))"
    + _CLOCK
)
_BETWEEN = re.compile(r"^\s*(?:起|开始|启动|进驻)?\s*,?\s*(?:直?至|到|[-—–~]+)\s*$")
_PARTS = {
    "上": (1, 10),
    "中": (11, 20),
    "下": (21, 31),
    "初": (1, 10),
    "底": (21, 31),
    "末": (21, 31),
}
_AFTER_SPAN = re.compile(r"^\s*(?:左右)?\s*(?:为?止|结束|左右)")
_NEAR = 16
_BEFORE_SPAN = re.compile(r"(?:自|从)$")
_IS_START = re.compile(r"^\s*(?:起|开始|启动|进驻)")
_IS_END = re.compile(r"^\s*(?:为?止|之?前|以前|结束|截止)")
_LEADS_TO_END = re.compile(
    r"(?:延长|延期|推迟|顺延|截止|截至|结束|至|到|止|最后一天|最后期限|最后日期)(?:时间|日期|期限|之?日)?(?:为|是|至|到|于|:|在)*\s*$"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """A day, or a run of days in one month; `year` None where the text gives none."""

    year: int | None
    month: int
    first: int
    last: int
    time: str | None = None
    years_on: int = 0

    def days(self, default_year: int | None) -> tuple[str, str]:
        """The first and the last possible day in ISO form."""
        year = self.year if self.year is not None else default_year
        if year is None:
            last = min(self.last, calendar.monthrange(2001, self.month)[1])
            last = max(last, self.first)
            return tuple(f"{UNKNOWN_YEAR}-{self.month:02}-{day:02}" for day in (self.first, last))  # type: ignore[return-value]
        year += self.years_on if self.year is None else 0
        last = self.last
        if self.first != self.last:
            last = min(last, calendar.monthrange(year, self.month)[1])
        return (
            f"{year:04}-{self.month:02}-{self.first:02}",
            f"{year:04}-{self.month:02}-{last:02}",
        )


@dataclass(frozen=True, slots=True)
class Span:
    """A range of days, or one end of it, and where its words stand in the text."""

    start: Moment | None
    end: Moment | None
    begins: int
    stops: int

    @property
    def is_bare(self) -> bool:
        """One date of which the text does not say that it begins or ends anything."""
        return self.start is not None and self.start is self.end


def find_spans(text: str) -> list[Span]:
    """All ranges and single dates of `text`, in order."""
    found = _moments(text)
    spans: list[Span] = []
    index = 0
    while index < len(found):
        moment, begins, stops = found[index]
        if index + 1 < len(found) and _BETWEEN.match(text[stops : found[index + 1][1]]):
            end, _, stops = found[index + 1]
            spans.append(_range(text, moment, follow(moment, end), begins, stops))
            index += 2
            continue
        match = _DAY_ONLY.match(text, stops)
        if match and (closing := _moment(match, moment)):
            spans.append(_range(text, moment, closing, begins, match.end()))
        else:
            spans.append(_single(text, moment, begins, stops))
        index += 1
    return spans


def _range(text: str, start: Moment, end: Moment, begins: int, stops: int) -> Span:
    if before := _BEFORE_SPAN.search(text[max(0, begins - _NEAR) : begins]):
        begins -= len(before.group())
    if after := _AFTER_SPAN.match(text[stops : stops + _NEAR]):
        stops += after.end()
    return Span(start, end, begins, stops)


def _single(text: str, moment: Moment, begins: int, stops: int) -> Span:
    if _IS_END.match(text[stops : stops + _NEAR]) or _LEADS_TO_END.search(
        text[max(0, begins - _NEAR) : begins]
    ):
        return Span(None, moment, begins, stops)
    if (after := _IS_START.match(text[stops : stops + _NEAR])) or _BEFORE_SPAN.search(
        text[max(0, begins - _NEAR) : begins]
    ):
        before = _BEFORE_SPAN.search(text[max(0, begins - _NEAR) : begins])
        return Span(
            moment,
            None,
            begins - len(before.group()) if before else begins,
            stops + (after.end() if after else 0),
        )
    return Span(moment, moment, begins, stops)


def follow(start: Moment, end: Moment) -> Moment:
    """The end of a range in the year that follows from its start."""
    if end.year is not None:
        return end
    turns = 1 if end.years_on or end.month < start.month else 0
    year = start.year + turns if start.year is not None else None
    return replace(end, year=year, years_on=start.years_on + turns)


def _moments(text: str) -> list[tuple[Moment, int, int]]:
    matches = [*_MOMENT.finditer(text), *_NUMERIC.finditer(text)]
    found = [(moment, m.start(), m.end()) for m in matches if (moment := _moment(m, None))]
    return sorted(found, key=lambda entry: entry[1])


def _moment(match: re.Match[str], within: Moment | None) -> Moment | None:
    groups = match.groupdict()
    year = number(groups.get("year") or "") if within is None else within.year
    month = number(groups.get("month") or "") if within is None else within.month
    if month is None or not 1 <= month <= 12 or (year is not None and not 1900 <= year <= 2999):
        return None
    days = _days(groups)
    if days is None:
        return None
    years_on = within.years_on if within else int(bool(groups.get("next")))
    return Moment(year, month, *days, _clock(groups), years_on)


def _days(groups: dict[str, str | None]) -> tuple[int, int] | None:
    if part := groups.get("part"):
        return _PARTS[part.removeprefix("月")[0]]
    if not groups.get("day"):
        return (1, 31)
    day = number(groups["day"] or "")
    return (day, day) if day is not None and 1 <= day <= 31 else None


def _clock(groups: dict[str, str | None]) -> str | None:
    """The time of day as HH:MM; midnight at the end of a day is no time of its own."""
    # 上午12时 may be noon or midnight: a person has to say.
    if not groups.get("hour") or (groups.get("half") == "上午" and groups["hour"] == "12"):
        return None
    return clock(groups.get("half"), groups["hour"] or "", _minutes(groups))


def _minutes(groups: dict[str, str | None]) -> int:
    if groups.get("half_past"):
        return 30
    return int(groups.get("minute") or groups.get("minute2") or 0)


def clock(half: str | None, hour: str, minute: int) -> str | None:
    """A time of day as HH:MM, None for 24:00 and for no time at all."""
    value = int(hour)
    if half in {"下午", "晚", "晚上", "傍晚"} and value < 12:
        value += 12
    return f"{value:02}:{minute:02}" if value < 24 and minute < 60 else None
