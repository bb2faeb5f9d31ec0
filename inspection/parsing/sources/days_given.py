"""Which words of a text give a day. Pure."""

import re
from collections.abc import Callable

from inspection.parsing.sources.flat_text import FlatText, Found

_DIGITS = "〇一二三四五六七八九"
_YEAR = r"(?:(?P<year>\d{4}|[〇零○一二三四五六七八九]{4})年|今年|本年|次年|翌年|明年)?"
_ACCEPTS = re.compile(r"受理|信访|举报|截止|截至|来信|来电|来访|反映")
_NEAR = 30
_MOST = 200
Choice = Callable[[list["re.Match[str]"]], "re.Match[str]"]


def spoken(number: int) -> str:
    """25 is 二十五, as days and months are written."""
    tens, ones = divmod(number, 10)
    if not tens:
        return _DIGITS[ones]
    return f"{_DIGITS[tens] if tens > 1 else ''}十{_DIGITS[ones] if ones else ''}"


def find_day(flat: FlatText, day: str, choose: Choice) -> Found | None:
    """A day in ISO form. Without its year beside it, that is what the words lack."""
    year, month, number = day.split("-")
    whole = (
        rf"{_YEAR}(?<!\d)(?:{_either(month)})月份?(?:{_either(number)})[日号]"
        rf"|(?<!\d)(?P<iso>\d{{4}})[-./]0?{int(month)}[-./]0?{int(number)}(?!\d)"
    )
    matches = [match for match in _first(flat, whole) if _is_of(match, year)]
    if not matches:
        matches = _first(flat, rf"(?:至|到|[-—–~])(?:{_either(number)})[日号]")
    if not matches:
        return None
    match = choose(matches)
    given = match.groupdict().get("year") or match.groupdict().get("iso")
    return Found(match.start(), match.end(), "" if given or year == "XXXX" else year)


def of_acceptance(matches: list["re.Match[str]"]) -> "re.Match[str]":
    """The one beside words on receiving reports."""
    for match in matches:
        text = match.string
        around = text[max(match.start() - _NEAR, 0) : match.start()], text[match.end() :][:12]
        if any(_ACCEPTS.search(words) for words in around):
            return match
    return matches[0]


def last_one(matches: list["re.Match[str]"]) -> "re.Match[str]":
    """The one that signs."""
    return matches[-1]


def _either(number: str) -> str:
    return f"0?{int(number)}|{spoken(int(number))}"


def _is_of(match: "re.Match[str]", year: str) -> bool:
    given = match["iso"] or match["year"]
    return not given or year in ("XXXX", _in_digits(given))


def _in_digits(year: str) -> str:
    return "".join(str(_DIGITS.find(one)) if one in _DIGITS else one for one in _zero(year))


def _zero(year: str) -> str:
    return year.replace("零", "〇").replace("○", "〇")


def _first(flat: FlatText, pattern: str) -> list["re.Match[str]"]:
    return [match for match, _ in zip(flat.matches(pattern), range(_MOST), strict=False)]
