"""The days that a clerk means: '4月15日', '15/4', '上周五', '三天前', '4月15日至20日'. Pure."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from inspection.parsing.names.numerals import number as read_number

YEARS = range(2000, 2200)
# A month or a day of one.
_UP_TO_31 = r"(?:\d{1,2}|[一二三四五六七八九十]+)"
_DIGITS = "〇零一二三四五六七八九"
_BETWEEN = r"[-/.,、\\]"
_WORDS = {"今年": 0, "本年": 0, "去年": 1, "前年": 2, "本月": 0, "这个月": 0, "当月": 0}
_AGO = _WORDS | {"上月": 1, "上个月": 1, "这": 0, "本": 0, "上": 1, "上上": 2}
_DAYS_AGO = {
    **{"今天": 0, "今日": 0, "当天": 0, "当日": 0, "今儿": 0, "今早": 0, "今晚": 0},
    **{"昨天": 1, "昨日": 1, "昨儿": 1, "昨晚": 1, "昨夜": 1},
    **{"前天": 2, "前日": 2, "前儿": 2, "前晚": 2, "大前天": 3, "大前日": 3},
}
_THIRDS = {"上旬": (1, 10), "中旬": (11, 20), "下旬": (21, 31), "初": (1, 10), "底": (21, 31)}
_SIZES = {"天": 1, "日": 1, "周": 7, "星期": 7, "礼拜": 7}
_WEEKDAYS = "一二三四五六日"
_WEEK = r"(?:周|星期|礼拜)"
_YEAR = (
    rf"(?:(?P<year>\d{{4}}|\d{{2}}|[{_DIGITS}]{{4}})(?:年{_BETWEEN}?|{_BETWEEN})"
    r"|(?P<said>今年|本年|去年|前年))"
)
_MONTH_SAID = r"(?P<month_said>本月|这个月|当月|上月|上个月)"
_N = r"(?P<count>\d{1,3}|[一二两三四五六七八九十百]+)"
# Behind a day: what weekday it is, and the hour.
_TAIL = re.compile(
    rf"(?<=[\d日号天儿十])(?:\(?{_WEEK}[{_WEEKDAYS}天]\)?)?"
    r"(?:-?(?:凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|夜间))?"
    r"(?:[-t]?\d{1,2}(?::\d\d(?::\d\d)?|[点时](?:半|\d{1,2}分?)?))?\Z",
    re.ASCII,
)
_RANGE = re.compile(r"(.+?(?:[月日号天\d十]))(?:至|到|-)(.+)", re.ASCII)


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days: from the first one up to the last one."""

    first: date
    last: date


def looks_like_days(words: str) -> bool:
    """Whether the words are written as days are, such as the 30th of February too."""
    bare = _TAIL.sub("", words)
    return any(form.fullmatch(bare) for form, _ in _FORMS)


def read_days(words: str, today: date) -> Span | None:
    """The days, without a year the latest that are not to come; from one to another too."""
    return _one(words, today) or _range(words, today)


def _one(words: str, today: date) -> Span | None:
    bare = _TAIL.sub("", words)
    for form, read in _FORMS:
        match = form.fullmatch(bare)
        if match and (meant := read(match, today)):
            return meant
    return None


def _range(words: str, today: date) -> Span | None:
    parts = _RANGE.fullmatch(words)
    first = _one(parts[1], today) if parts else None
    if parts is None or first is None:
        return None
    last = _one(parts[2], first.first + timedelta(days=364))
    if alone := _DAY_ALONE.fullmatch(parts[2]):
        last = _day(first.first.year, first.first.month, read_number(alone["day"]))
    return Span(first.first, last.last) if last and first.first <= last.last else None


def _read_word(match: re.Match[str], today: date) -> Span:
    return _back(today, _DAYS_AGO[match[0]])


def _read_day(match: re.Match[str], today: date) -> Span | None:
    """Month and day; where only the other order makes a day, day and month."""
    month, day = read_number(match["month"]), read_number(match["day"])
    if month and 12 < month <= 31 and re.search(_BETWEEN, match[0]):
        month, day = day, month
    for year in _years_of(match, today):
        meant = _day(year, month, day)
        if meant and (_has_year(match) or meant.first <= today):
            return meant
    return None


def _read_day_of_month(match: re.Match[str], today: date) -> Span | None:
    month = _months_back(today, _AGO[match["month_said"]])
    return _day(month.year, month.month, read_number(match["day"]))


def _read_day_alone(match: re.Match[str], today: date) -> Span | None:
    """The latest day of this number that is not to come."""
    wanted = read_number(match["day"])
    days = (today - timedelta(days=ago) for ago in range(62))
    return next((Span(day, day) for day in days if day.day == wanted), None)


def _read_month(match: re.Match[str], today: date) -> Span | None:
    months = (_month(year, read_number(match["month"])) for year in _years_of(match, today))
    return next((m for m in months if m and (_has_year(match) or m.first <= today)), None)


def _read_month_said(match: re.Match[str], today: date) -> Span | None:
    month = _months_back(today, _AGO[match["month_said"]])
    return _month(month.year, month.month)


def _read_third(match: re.Match[str], today: date) -> Span | None:
    """Ten days of a month: '4月上旬', '上月底'."""
    month = _one(match["whole"], today)
    if month is None:
        return None
    first, last = (month.first + timedelta(days=day - 1) for day in _THIRDS[match["third"]])
    return Span(first, min(last, month.last))


def _read_year(match: re.Match[str], today: date) -> Span | None:
    year = _years_of(match, today)[0]
    return Span(date(year, 1, 1), date(year, 12, 31)) if year in YEARS else None


def _read_week(match: re.Match[str], today: date) -> Span:
    monday = today - timedelta(days=today.weekday() + 7 * _AGO[match["week"]])
    if not match["weekday"]:
        return Span(monday, monday + timedelta(days=6))
    day = monday + timedelta(days=_weekday(match))
    return Span(day, day)


def _read_weekday(match: re.Match[str], today: date) -> Span:
    return _back(today, (today.weekday() - _weekday(match)) % 7)


def _read_ago(match: re.Match[str], today: date) -> Span:
    return _back(today, _days_in(match))


def _read_lately(match: re.Match[str], today: date) -> Span:
    return Span(_back(today, max(_days_in(match) - 1, 0)).first, today)


def _weekday(match: re.Match[str]) -> int:
    return _WEEKDAYS.index(match["weekday"].replace("天", "日"))


def _days_in(match: re.Match[str]) -> int:
    return (read_number(match["count"]) or 0) * _SIZES[match["size"]]


def _back(today: date, days: int) -> Span:
    day = date.fromordinal(max(today.toordinal() - days, 1))
    return Span(day, day)


def _months_back(today: date, months: int) -> date:
    count = today.year * 12 + today.month - 1 - months
    return date(count // 12, count % 12 + 1, 1)


def _has_year(match: re.Match[str]) -> bool:
    parts = match.groupdict()
    return bool(parts.get("year") or parts.get("said"))


def _years_of(match: re.Match[str], today: date) -> list[int]:
    """The year that is written ('25' is 2025), else this one and those before it."""
    parts = match.groupdict()
    if said := parts.get("said"):
        return [today.year - _AGO[said]]
    written = parts.get("year")
    if not written:
        return [today.year - ago for ago in range(5)]
    year = read_number(written) or 0
    return [year + 2000 if len(written) == 2 else year]


def _day(year: int, month: int | None, day: int | None) -> Span | None:
    if year not in YEARS:
        return None
    try:
        meant = date(year, month or 0, day or 0)
    except (ValueError, OverflowError):
        return None
    return Span(meant, meant)


def _month(year: int, month: int | None) -> Span | None:
    first = _day(year, month, 1)
    if first is None:
        return None
    following = first.first.replace(day=28) + timedelta(days=4)
    return Span(first.first, following - timedelta(days=following.day))


_DAY_ALONE = re.compile(rf"(?P<day>{_UP_TO_31})[日号]")
_M, _D = rf"(?P<month>{_UP_TO_31})", rf"(?P<day>{_UP_TO_31})"
_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], date], Span | None]], ...] = tuple(
    (re.compile(form, re.ASCII), read)
    for form, read in (
        ("|".join(_DAYS_AGO), _read_word),
        (rf"{_YEAR}?{_M}(?:月|{_BETWEEN}){_D}[日号]?", _read_day),
        (rf"{_M}{_BETWEEN}{_D}{_BETWEEN}(?P<year>\d{{4}})", _read_day),
        (r"(?P<year>\d{4})(?P<month>\d\d)(?P<day>\d\d)", _read_day),
        (rf"{_MONTH_SAID}{_D}[日号]?", _read_day_of_month),
        (rf"{_D}日", _read_day_alone),
        (rf"{_YEAR}?{_M}月份?", _read_month),
        (rf"(?P<year>\d{{4}}){_BETWEEN}(?P<month>\d{{1,2}})", _read_month),
        (rf"{_MONTH_SAID}份?", _read_month_said),
        (r"(?P<whole>.+?月)份?(?P<third>上旬|中旬|下旬|初|底)", _read_third),
        (rf"(?P<year>\d{{4}}|[{_DIGITS}]{{4}})年", _read_year),
        (r"(?P<said>今年|本年|去年|前年)", _read_year),
        (rf"(?P<week>这|本|上上|上)一?个?{_WEEK}(?P<weekday>[{_WEEKDAYS}天])?", _read_week),
        (rf"{_WEEK}(?P<weekday>[{_WEEKDAYS}天])", _read_weekday),
        (rf"{_N}个?(?P<size>天|日|周|星期|礼拜)(?:之|以)?前", _read_ago),
        (rf"最?近{_N}个?(?P<size>天|日|周|星期|礼拜)", _read_lately),
    )
)
