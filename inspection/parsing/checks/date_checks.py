"""Whether the days of a notice exist, are complete and stand in order."""

import re
from collections.abc import Iterator
from datetime import date

from inspection.notice import UNKNOWN_YEAR, Finding, Severity
from inspection.parsing.facts.when import timing
from inspection.parsing.facts.when.timing import Dated
from inspection.parsing.facts.whole_notice import Reading

_UNCLEAR = re.compile(r"日\s?\(?上午\s?12(?:[时点:])")


def check_dates(reading: Reading) -> tuple[Finding, ...]:
    """All findings on days; errors are what the intake cannot start with."""
    return (
        *_possible(reading),
        *_years(reading),
        *_last_day(reading),
        *_order(reading),
        *_ranges(reading),
        *_one_last_day(reading),
        *_unclear_times(reading),
    )


def _unclear_times(reading: Reading) -> Iterator[Finding]:
    """'上午12时' may be noon or midnight."""
    for piece in reading.pieces:
        if _UNCLEAR.search(piece.text):
            message = "“上午12时”说不清是中午还是半夜，按当天24时截止；请核对。"
            yield Finding(Severity.WARNING, "time_unclear", message, piece.line)
            return


def _days(reading: Reading) -> Iterator[tuple[str, int | None]]:
    """Every day read, with its line; what a clerk settled replaces what it settles."""
    if reading.notice_date:
        yield reading.notice_date, reading.extent.signature_line
    for dated in reading.timing.dated:
        if _is_settled(reading, dated):
            continue
        for moment in (dated.span.start, dated.span.end):
            for day in moment.days(reading.year) if moment else ():
                yield day, dated.line


def _possible(reading: Reading) -> Iterator[Finding]:
    for day, line in dict(_days(reading)).items():
        try:
            date.fromisoformat(day.replace(UNKNOWN_YEAR, "2000"))
        except ValueError:
            yield Finding(Severity.ERROR, "impossible_date", f"没有{day}这一天。", line)


def _years(reading: Reading) -> Iterator[Finding]:
    without = next((line for day, line in _days(reading) if day.startswith(UNKNOWN_YEAR)), None)
    if without is not None:
        yield Finding(
            Severity.ERROR, "no_year", "日期没有写年份，请用 --set year=… 说明。", without
        )
        return
    leaves_out = next((dated for dated in reading.timing.dated if _lacks_year(dated)), None)
    if leaves_out and not reading.settled.year:
        message = f"“{leaves_out.text}”没有写年份，按公告里的其他日期当作{reading.year}年。"
        yield Finding(Severity.INFO, "year_inferred", message, leaves_out.line)


def _lacks_year(dated: Dated) -> bool:
    return any(
        moment is not None and moment.year is None for moment in (dated.span.start, dated.span.end)
    )


def _last_day(reading: Reading) -> Iterator[Finding]:
    if reading.accepts_until:
        return
    period = reading.period
    line = reading.extent.title_line
    if period and period.ends:
        message = f"公告没有写受理信访的截止日期，按巡察可能的最后一天{period.ends[1]}受理。"
        yield Finding(Severity.WARNING, "no_last_day", message, line)
    else:
        message = (
            "公告既没有写受理截止日期，也没有写巡察何时结束，请用 --set accepts_until=… 说明。"
        )
        yield Finding(Severity.ERROR, "no_last_day_no_period", message, line)


def _order(reading: Reading) -> Iterator[Finding]:
    """The last day lies behind the first, the notice's own date, and within the period."""
    until, period = reading.accepts_until, reading.period
    line = next((d.line for d in reading.timing.having("accepts")), reading.extent.title_line)
    opening = reading.accepts_from or (period.starts[0] if period and period.starts else None)
    for first, name in ((opening, "开始的日子"), (reading.notice_date, "公告日期")):
        if _is_before(until, first):
            message = f"受理截止日期{until}早于{name}{first}。"
            yield Finding(Severity.ERROR, "last_day_before_first", message, line)
    ends = period.ends[1] if period and period.ends else None
    if _is_before(ends, until):
        message = f"受理截止日期{until}晚于巡察结束的日子{ends}。"
        yield Finding(Severity.WARNING, "last_day_after_period", message, line)


def _ranges(reading: Reading) -> Iterator[Finding]:
    """No range ends before it starts."""
    for dated in reading.timing.dated:
        start = timing.first_day(dated, reading.year)
        end = timing.last_day(dated, reading.year)
        if _is_before(end, start) and not _is_settled(reading, dated):
            message = f"“{dated.text}”的结束早于开始。"
            yield Finding(Severity.ERROR, "last_day_before_first", message, dated.line)


def _is_settled(reading: Reading, dated: Dated) -> bool:
    """Whether a person's last day stands in the place of this range."""
    is_for_all = dated.meaning == "accepts" and dated.strand.is_all
    return is_for_all and reading.settled.accepts_until is not None


def _is_before(one: str | None, other: str | None) -> bool:
    """Whether a day lies before another; days of unknown years are not compared with others."""
    if one is None or other is None:
        return False
    return one.startswith(UNKNOWN_YEAR) == other.startswith(UNKNOWN_YEAR) and one < other


def _one_last_day(reading: Reading) -> Iterator[Finding]:
    """Two different last days for the same teams contradict each other."""
    seen: dict[object, tuple[str, int]] = {}
    for dated in reading.timing.having("accepts"):
        day = timing.last_day(dated, reading.year)
        if day is None or _is_settled(reading, dated):
            continue
        before = seen.setdefault(dated.strand, (day, dated.line))
        if before[0] != day:
            message = f"受理截止日期前后不一：第{before[1]}行是{before[0]}，这里是{day}。"
            yield Finding(Severity.ERROR, "two_last_days", message, dated.line)
