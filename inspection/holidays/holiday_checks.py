"""What a notice on holidays says against itself, or against the calendar, in plain words."""

from collections import Counter
from collections.abc import Iterable, Iterator
from datetime import date

from inspection.holidays.arrangement import HOLIDAYS, NEW_YEAR, ArrangedDay, Arrangement, Said
from inspection.wording import WEEKDAYS, day_words, short_day_words

# Holidays that lie on the same day each year.
_FIXED = {NEW_YEAR: (1, 1), "劳动节": (5, 1), "国庆节": (10, 1)}


def arranged(year: int, entries: list[Said]) -> Arrangement:
    """The year's days out of the entries, and everything that does not fit."""
    problems = [*_missing(entries), *_twice(entries)]
    notes: list[str] = []
    for said in entries:
        problems += [f"{said.holiday}：{words}" for words in _problems_of(said, year)]
        notes += [f"{said.holiday}：{words}" for words in _notes_of(said)]
    days = {
        day: ArrangedDay(day, is_workday, said.holiday + ("调休上班" if is_workday else ""))
        for said in entries
        for is_workday, some in ((False, said.off), (True, said.worked))
        for day in some
    }
    in_order = tuple(days[day] for day in sorted(days))
    return Arrangement(year, in_order, tuple(problems), tuple(notes))


def _missing(entries: list[Said]) -> Iterator[str]:
    told = [name for said in entries for name in said.holiday.split("、")]
    missing = [name for name in HOLIDAYS if name not in told]
    if not told:
        yield "没有看到一个节日。请把通知里“一、元旦：……”这几行粘贴进来。"
    elif missing:
        yield f"没有看到{'、'.join(missing)}。一年的安排要七个节日都有。"
    for name, count in Counter(told).items():
        if count > 1:
            yield f"{name}写了{count}次。"


def _twice(entries: Iterable[Said]) -> Iterator[str]:
    counted = Counter(day for said in entries for day in (*said.off, *said.worked))
    for day, count in sorted(counted.items()):
        if count > 1:
            yield f"{short_day_words(day)}写了{count}次，放假和上班只能有一种。"


def _problems_of(said: Said, year: int) -> Iterator[str]:
    for words in said.unclear:
        yield f"看不懂“{words}”：没有这一天，或者起止不对。"
    yield from _wrong_years(said, year)
    for day, weekday in said.weekdays:
        if day.weekday() != weekday:
            wrong = WEEKDAYS[weekday]
            yield f"{day_words(day)}是周{WEEKDAYS[day.weekday()]}，通知写的是周{wrong}。"
    for day in said.worked:
        if day.weekday() < 5:
            yield f"{short_day_words(day)}本来就是工作日，不用写上班。"
    if not said.off:
        yield "没有写哪天放假。"
    elif said.count is not None and said.count != len(said.off):
        yield f"写的是共{said.count}天，日期数出来是{len(said.off)}天。"
    for name, (month, day_of_month) in _FIXED.items():
        fixed = date(year, month, day_of_month)
        if name in said.holiday.split("、") and said.off and fixed not in said.off:
            yield f"{fixed.month}月{fixed.day}日没有放假。"


def _wrong_years(said: Said, year: int) -> Iterator[str]:
    """Only 元旦 reaches over the turn of the year, and only backwards."""
    for day in (*said.off, *said.worked):
        reaches = said.holiday.startswith(NEW_YEAR) and (day.year, day.month) == (year - 1, 12)
        if day.year != year and not reaches:
            yield f"{day_words(day)}不在{year}年。"


def _notes_of(said: Said) -> Iterator[str]:
    for words in said.unused:
        yield f"{words}没有写放假或者上班，没有采用。"
    if said.joins_weekend and len(said.off) == 1 and said.off[0].weekday() not in (0, 4):
        yield f"{short_day_words(said.off[0])}不挨着周末，请看看“与周末连休”对不对。"
