"""Reads the yearly notice on holidays: 国务院办公厅关于…部分节假日安排的通知.

    一、元旦：1月1日（周四）至3日（周六）放假调休，共3天。1月4日（周日）上班。

It may be pasted whole or only its seven lines, with numbering or without, wide or narrow. Dates
wait until 放假 or 上班 says what they are; those of which nothing is said are named, never used.
"""

import re
import unicodedata
from dataclasses import dataclass, field
from datetime import date, timedelta

from inspection.holidays.arrangement import HOLIDAYS, NEW_YEAR, Arrangement, Said
from inspection.holidays.holiday_checks import arranged
from inspection.wording import WEEKDAYS

LONGEST = 20_000
YEARS = range(2008, 2200)
# The longest break so far had nine days.
_LONGEST_BREAK = 15
_NAME = "|".join(f"{name.removesuffix('节')}(?:国际)?节?" for name in (*HOLIDAYS, "五一国际劳动"))
_HEAD = re.compile(
    rf"(?P<names>(?:{_NAME})(?:[、和及与](?:{_NAME}))*)\s*(?::|(?=(?:\d{{4}}年)?\d+月))"
)
_TITLE_YEAR = re.compile(r"(\d{4})年(?:部分)?(?:节假日|元旦|放假)")
_AFTER = re.compile(r"节假日期间|国务院办公厅|各地区、各部门")
_WEEKDAY = r"(?:周|星期|礼拜)(?P<{0}>[一二三四五六日天])"
_DAY = (
    r"(?:(?P<year>\d{4})年)?(?:(?P<month>\d{1,2})月(?:份)?)?(?P<day>\d{1,2})[日号]"
    rf"(?:\([^)]*?{_WEEKDAY.format('noted')}[^)]*\)|\([^)]*\)|{_WEEKDAY.format('bare')})?"
)
_TOKEN = re.compile(
    rf"(?P<date>{_DAY})|(?P<to>[至到~\-—–]+)|(?P<count>(?:共|放假)(?P<days>\d{{1,2}})天)"
    r"|(?P<joins>与周末连休)|(?P<off>放假)|(?P<worked>上班)|(?P<end>[。;])"
)


@dataclass(slots=True)
class _Entry:
    """One holiday's text while it is read."""

    holiday: str
    year: int
    waiting: list[date] = field(default_factory=list)
    off: list[date] = field(default_factory=list)
    worked: list[date] = field(default_factory=list)
    weekdays: list[tuple[date, int]] = field(default_factory=list)
    unclear: list[str] = field(default_factory=list)
    unused: list[str] = field(default_factory=list)
    count: int | None = None
    joins_weekend: bool = False
    month: int | None = None
    spans: bool = False

    def take(self, token: re.Match[str]) -> None:
        """One word of the text that matters."""
        if token["date"]:
            self._take_date(token)
        elif token["to"]:
            self.spans = bool(self.waiting)
        elif token["end"]:
            self._drop_waiting()
            self.month = None
        elif token["worked"]:
            self.worked += self._taken()
        else:
            self.off += self._taken()
            self.count = int(token["days"]) if token["days"] else self.count
            self.joins_weekend = self.joins_weekend or bool(token["joins"])

    def said(self) -> Said:
        self._drop_waiting()
        return Said(
            self.holiday,
            tuple(self.off),
            tuple(self.worked),
            tuple(self.weekdays),
            self.count,
            self.joins_weekend,
            tuple(self.unclear),
            tuple(self.unused),
        )

    def _taken(self) -> list[date]:
        taken, self.waiting, self.spans = self.waiting, [], False
        return taken

    def _drop_waiting(self) -> None:
        self.unused += [f"{day.month}月{day.day}日" for day in self._taken()]

    def _take_date(self, token: re.Match[str]) -> None:
        spans, self.spans = self.spans, False
        day = self._date_of(token)
        if day is None:
            self.unclear.append(token["date"])
            return
        if weekday := token["noted"] or token["bare"]:
            self.weekdays.append((day, WEEKDAYS.index(weekday.replace("天", "日"))))
        if not spans:
            self.waiting.append(day)
            return
        first = self.waiting[-1]
        length = (day - first).days
        if not 0 < length < _LONGEST_BREAK:
            self.unclear.append(f"{first.month}月{first.day}日至{token['date']}")
            return
        self.waiting += [first + timedelta(days=offset) for offset in range(1, length + 1)]

    def _date_of(self, token: re.Match[str]) -> date | None:
        """Its month is the last one said; December of 元旦 is that of the year before."""
        self.month = int(token["month"]) if token["month"] else self.month
        if self.month is None:
            return None
        is_before = self.month == 12 and self.holiday.startswith(NEW_YEAR)
        year = int(token["year"] or (self.year - 1 if is_before else self.year))
        try:
            return date(year, self.month, int(token["day"]))
        except ValueError:
            return None


def read(text: str, year: int | None = None) -> Arrangement:
    """The year's arrangement; `year` is what the clerk says where the text does not say it."""
    plain = _plain(text)
    said_year = _TITLE_YEAR.search(plain)
    found = int(said_year[1]) if said_year else None
    of_year = year or found
    if of_year is None or of_year not in YEARS:
        return Arrangement(None, problems=("看不出是哪一年的安排，请在“年份”里填上。",))
    if found is not None and found != of_year:
        return Arrangement(None, problems=(f"年份填的是{of_year}年，通知写的是{found}年。",))
    return arranged(of_year, [_entry(names, body, of_year) for names, body in _entries(plain)])


def _plain(text: str) -> str:
    """Narrow characters, without blanks and line ends: the words alone carry the meaning."""
    return re.sub(r"[\s\u200b-\u200f\ufeff]+", "", unicodedata.normalize("NFKC", text[:LONGEST]))


def _entries(plain: str) -> list[tuple[str, str]]:
    """Each holiday's name, or names, with the text up to the next one."""
    heads = list(_HEAD.finditer(plain))
    entries = []
    for place, head in enumerate(heads, start=1):
        end = heads[place].start() if place < len(heads) else len(plain)
        body = plain[head.end() : end]
        after = _AFTER.search(body)
        entries.append((_named(head["names"]), body[: after.start()] if after else body))
    return entries


def _named(names: str) -> str:
    """'国庆节、中秋节' of '国庆和中秋'."""
    known = {name.removesuffix("节"): name for name in HOLIDAYS}
    return "、".join(known[name] for name in re.findall("|".join(known), names))


def _entry(holiday: str, body: str, year: int) -> Said:
    entry = _Entry(holiday, year)
    for token in _TOKEN.finditer(body):
        entry.take(token)
    return entry.said()
