"""What a clerk looks for in the list: a number, days, or else the name of a body. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import date, timedelta

from inspection.finding import SIMPLIFIED
from inspection.parsing.numerals import number as read_number
from inspection.unseen import bare

LONGEST = 100
YEARS = range(2000, 2200)
_SPACES = re.compile(r"\s+")
_DASHES = re.compile(r"[-‐‑‒–—―−~_ー]+")
_N = r"(\d+|[〇零一二三四五六七八九十百千两]+)"
# A month or a day of one.
_UP_TO_31 = r"(\d{1,2}|[一二三四五六七八九十]+)"
_WEEKDAY = r"(?:\(?(?:周|星期)[一二三四五六日天]\)?)?"
_HOUR = r"(?:\d{1,2}:\d\d(?::\d\d)?)?"
_NUMBER = re.compile(
    rf"(?:编号|信访件|件号|no\.?|#)?[:：]?(?:第?{_N}轮|{_N}-)?(?:编号)?第?{_N}(?:号|件)?", re.ASCII
)
_YEAR = r"(?:(\d{4}|\d{2}|[〇零一二三四五六七八九]{4})[-年/.])"
_DAY = re.compile(rf"{_YEAR}?{_UP_TO_31}[-月/.]{_UP_TO_31}[日号]?{_WEEKDAY}{_HOUR}", re.ASCII)
_JOINED_DAY = re.compile(r"(\d{4})(\d\d)(\d\d)", re.ASCII)
_DAY_ALONE = re.compile(rf"{_UP_TO_31}日", re.ASCII)
_MONTH = re.compile(rf"{_YEAR}?{_UP_TO_31}月份?", re.ASCII)
_YEAR_AND_MONTH = re.compile(r"(\d{4})[-/.](\d{1,2})", re.ASCII)
_WHOLE_YEAR = re.compile(r"(\d{4}|[〇零一二三四五六七八九]{4})年", re.ASCII)
_DATED = (_DAY, _JOINED_DAY, _DAY_ALONE, _MONTH, _WHOLE_YEAR)
_DAYS_AGO = {"今天": 0, "今日": 0, "当天": 0, "昨天": 1, "昨日": 1, "前天": 2, "前日": 2}
_WEEKS_AGO = {"这": 0, "本": 0, "上": 1, "上上": 2}
_WEEK = re.compile(r"(这|本|上上|上)一?个?(?:周|星期|礼拜)")
_MONTHS_AGO = {"本月": 0, "这个月": 0, "当月": 0, "上月": 1, "上个月": 1}
_YEARS_AGO = {"今年": 0, "本年": 0, "去年": 1, "前年": 2}


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days: from the first one up to the last one."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Term:
    """What may be meant. `ordinal` is the round's before a number; `words` are for a body.

    What only looks like a number or a day, such as the 30th of February, means nothing.
    """

    number: int | None = None
    ordinal: int | None = None
    days: Span | None = None
    words: str = ""


def read_term(typed: str, today: date) -> Term:
    """'8—0037', '第37号', '4 月 15 日', '昨天', '梁水 鎮' in whatever way they are written."""
    words = unicodedata.normalize("NFKC", bare(typed[:LONGEST])).lower().translate(SIMPLIFIED)
    words = _DASHES.sub("-", _SPACES.sub("", words))
    days = _relative(words, today) or _day(words, today) or _longer(words, today)
    if numbered := _NUMBER.fullmatch(words):
        of_round, before_dash, number = (_small(part) for part in numbered.groups())
        return Term(number, before_dash if of_round is None else of_round, days)
    if days or any(form.fullmatch(words) for form in _DATED):
        return Term(days=days)
    return Term(words=words)


def _small(digits: str | None) -> int | None:
    """The number, as far as items and rounds are numbered."""
    number = read_number(digits) if digits and len(digits) <= 20 else None
    return number if number is not None and number < 1_000_000 else None


def _relative(words: str, today: date) -> Span | None:
    if words in _DAYS_AGO:
        day = today - timedelta(days=_DAYS_AGO[words])
        return Span(day, day)
    if week := _WEEK.fullmatch(words):
        monday = today - timedelta(days=today.weekday() + 7 * _WEEKS_AGO[week[1]])
        return Span(monday, monday + timedelta(days=6))
    if words in _MONTHS_AGO:
        months = today.year * 12 + today.month - 1 - _MONTHS_AGO[words]
        return _month(months // 12, months % 12 + 1)
    if words in _YEARS_AGO:
        return _year(today.year - _YEARS_AGO[words])
    return None


def _day(words: str, today: date) -> Span | None:
    """A day; without a year, the latest such day that is not to come."""
    if alone := _DAY_ALONE.fullmatch(words):
        return _latest(read_number(alone[1]), today)
    match = _DAY.fullmatch(words) or _JOINED_DAY.fullmatch(words)
    if match is None:
        return None
    year, month, day = match.groups()
    for candidate in _years(year, today):
        meant = _date(candidate, read_number(month), read_number(day))
        if meant and (year or meant <= today):
            return Span(meant, meant)
    return None


def _latest(day: int | None, today: date) -> Span | None:
    """The latest day of this number that is not to come."""
    for ago in range(62):
        candidate = today - timedelta(days=ago)
        if candidate.day == day:
            return Span(candidate, candidate)
    return None


def _longer(words: str, today: date) -> Span | None:
    if whole := _WHOLE_YEAR.fullmatch(words):
        return _year(_years(whole[1], today)[0])
    match = _MONTH.fullmatch(words) or _YEAR_AND_MONTH.fullmatch(words)
    if match is None:
        return None
    year, month = match.groups()
    for candidate in _years(year, today):
        meant = _month(candidate, read_number(month))
        if meant and (year or meant.first <= today):
            return meant
    return None


def _years(written: str | None, today: date) -> list[int]:
    """The year that is written ('25' is 2025), else this one and those before it."""
    if written is None:
        return [today.year - ago for ago in range(5)]
    year = read_number(written) or 0
    return [year + 2000 if len(written) == 2 else year]


def _date(year: int, month: int | None, day: int | None) -> date | None:
    if year not in YEARS:
        return None
    try:
        return date(year, month or 0, day or 0)
    except (ValueError, OverflowError):
        return None


def _month(year: int, month: int | None) -> Span | None:
    first = _date(year, month, 1)
    if first is None:
        return None
    following = first.replace(day=28) + timedelta(days=4)
    return Span(first, following - timedelta(days=following.day))


def _year(year: int) -> Span | None:
    return Span(date(year, 1, 1), date(year, 12, 31)) if year in YEARS else None
