"""Whether the dates of what came fit together; what is wrong is a sentence at a field. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

from inspection.wording import day_words
from intake.choices import Origin


@dataclass(frozen=True, slots=True)
class Dates:
    """What was typed, as far as it could be read; `opened_on` is the day of the drop box's."""

    received_on: date | None = None
    received_time: time | None = None
    postmarked_on: date | None = None
    started: time | None = None
    ended: time | None = None
    opened_on: date | None = None


def problems_with(
    dates: Dates, *, origin: Origin, first_day: date, now: datetime
) -> Iterator[tuple[str, str]]:
    """(field, sentence); `now` by the clocks of the round, which takes reports from `first_day`."""
    today = now.date()
    if dates.received_on is not None:
        received_on = dates.received_on
        yield from _of_arrival(dates, received_on, origin=origin, first_day=first_day, now=now)
    if dates.postmarked_on is not None and dates.postmarked_on > today:
        yield "postmarked_on", f"邮戳日期还没有到，今天是{day_words(today)}。"
    if dates.started and dates.ended and dates.ended < dates.started:
        yield "ended", "通话结束早于通话开始。"


def _of_arrival(
    dates: Dates, received_on: date, *, origin: Origin, first_day: date, now: datetime
) -> Iterator[tuple[str, str]]:
    today = now.date()
    if received_on > today:
        yield "received_on", f"这个日期还没有到，今天是{day_words(today)}。"
        return
    if received_on < first_day and origin != Origin.BEFORE_ROUND:
        yield (
            "received_on",
            f"这个日期早于本轮开始受理的{day_words(first_day)}。"
            "进驻前移送的，请把信访来源改成“进驻前移送”。",
        )
    if received_on == today:
        for name in ("received_time", "started", "ended"):
            told = getattr(dates, name)
            if told and told > now.time():
                yield name, "这个时间还没有到。"
    if dates.postmarked_on and received_on < dates.postmarked_on <= today:
        yield "postmarked_on", f"邮戳日期晚于收件日期{day_words(received_on)}，请核对。"
    if dates.opened_on and received_on < dates.opened_on:
        yield "received_on", f"收件日期早于开箱的{day_words(dates.opened_on)}，请核对。"


def moment_of(dates: Dates, zone: ZoneInfo) -> datetime:
    """The moment that is stored; midnight where only the day is known."""
    if dates.received_on is None:
        raise ValueError("no day of arrival")
    at = dates.started or dates.received_time or time(0)
    return datetime.combine(dates.received_on, at, zone)
