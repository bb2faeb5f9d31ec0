"""When somebody answers: kinds of days and windows of the day."""

import re

from inspection.notice import Hours
from inspection.parsing.facts.when.dates import clock
from inspection.parsing.names.numerals import number
from inspection.schedule import Days

_TIME = (
    r"(?P<half{0}>早上|早晨|清晨|早|上午|中午|下午|傍晚|晚上?)?\s*(?P<hour{0}>\d{{1,2}}|[一二两三四五六七八九十]{{1,3}})"
    r"(?::(?P<minute{0}>\d{{2}})|[时点](?:(?P<min{0}>\d{{1,2}}|[一二三四五六七八九十]{{1,3}})分"
    r"|(?P<past{0}>半))?(?:钟|整)?)"
)
_WINDOW = re.compile(_TIME.format("1") + r"\s*(?:[-—–~]+|至|到)\s*" + _TIME.format("2"))
_WORKDAYS = re.compile(
    r"工作日|(?:周|星期|礼拜)一(?:至|到|[-—–~]+)(?:(?:周|星期|礼拜)?五)|(?:节假日|双休日|周末)(?:和\S{0,6})?除外"
)
_EVERY_DAY = re.compile(
    r"每天|每日|全天|(?:周|星期)一(?:至|到|[-—–~]+)(?:周|星期)?[日天]|24小时|含节假日"
)


def read_hours(text: str) -> Hours | None:
    """The hours that `text` gives; None where it gives neither days nor times."""
    windows = tuple(window for match in _WINDOW.finditer(text) if (window := _window(match)))
    if not windows and "24小时" in text:
        windows = (("00:00", "24:00"),)
    days = _days(text)
    return Hours(days, windows) if days or windows else None


def _days(text: str) -> Days | None:
    if _WORKDAYS.search(text):
        return "workdays"
    return "every_day" if _EVERY_DAY.search(text) else None


def _window(match: re.Match[str]) -> tuple[str, str] | None:
    opens, closes = (_time(match, side) for side in "12")
    if opens is None or closes is None or opens >= closes:
        return None
    return (opens, closes)


def _time(match: re.Match[str], side: str) -> str | None:
    hour = match[f"hour{side}"]
    said = match[f"minute{side}"] or match[f"min{side}"]
    minute = 30 if match[f"past{side}"] else number(said) or 0 if said else 0
    half = match[f"half{side}"] or (match["half1"] if side == "2" else None)
    if hour == "24" and minute == 0:
        return "24:00"
    value = number(hour.replace("两", "二"))
    return clock(half, str(value), minute) if value is not None else None
