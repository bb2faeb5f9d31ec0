"""Moments, windows and duty hours in Chinese words. Pure: what is unknown is said to be unknown."""

from datetime import date, datetime, time, timedelta, tzinfo

from inspection.out_of_scope import OutOfScope
from inspection.schedule import Calendar, Days, DutyHours, Window

WEEKDAYS = "一二三四五六日"
MIDNIGHT = time(0)
DAYS: dict[Days, str] = {"workdays": "工作日", "every_day": "每天"}


def day_words(day: date) -> str:
    """'2025年6月20日'."""
    return f"{day.year}年{day.month}月{day.day}日"


def short_day_words(day: date) -> str:
    """'4月27日（周日）'."""
    return f"{day.month}月{day.day}日（周{WEEKDAYS[day.weekday()]}）"


def moment_words(at: datetime, zone: tzinfo) -> str:
    """'2025年4月15日 10:02', by the clocks of the zone."""
    local = at.astimezone(zone)
    return f"{day_words(local.date())} {local:%H:%M}"


def closing_words(window: Window) -> str:
    """The last moment as people say it: '2025年6月20日24时', or '2025年6月20日17时30分'."""
    return f"{day_words(window.last_day)}{closing_hour(window)}"


def closing_hour(window: Window) -> str:
    """'24时' for a day that counts whole, else '17时' or '17时30分'."""
    closes = window.closes.astimezone(window.zone)
    if closes.time() == MIDNIGHT:
        return "24时"
    return f"{closes.hour}时" + (f"{closes.minute}分" if closes.minute else "")


def out_of_scope_words(rule: str, word: str) -> str:
    """What becomes of a matter that is none of the round's, by the notice's `out_of_scope`."""
    return in_the_word(OutOfScope(rule or OutOfScope.TRANSFER).facts.sentence, word)


def in_the_word(text: object, word: str) -> str:
    """A text that says 巡察, as a notice says it whose own word is another, such as 巡视."""
    return str(text).replace("巡察", word)


def span_words(left: timedelta) -> str:
    """'5 小时 20 分钟'; less than a minute is said as such."""
    minutes = int(left.total_seconds()) // 60
    if minutes < 1:
        return "不到 1 分钟"
    parts = [f"{minutes // 60} 小时"] if minutes >= 60 else []
    if minutes % 60:
        parts.append(f"{minutes % 60} 分钟")
    return " ".join(parts)


def hours_words(hours: DutyHours) -> str:
    """'工作日 8:30—18:00', or '' when the notice gives nothing."""
    days = DAYS[hours.days] if hours.days else ""
    windows = "、".join(f"{_clock(start)}—{_clock(end)}" for start, end in hours.windows)
    if hours.windows == ((MIDNIGHT, MIDNIGHT),):
        windows = "24小时"
    return f"{days} {windows}".strip()


def answering_words(
    hours: DutyHours, at: datetime, *, calendar: Calendar, window: Window
) -> tuple[bool | None, str]:
    """Whether somebody answers now (None: unknown), and the sentence that says so."""
    answered = hours.is_answered(at, calendar, window.zone)
    if answered:
        return True, "现在有人接电话"
    if answered is None and not hours.windows:
        return None, "公告没有写明几点接电话"
    if answered is None:
        return None, "今天是不是工作日还没有录入，不能确定现在有没有人接电话"
    return False, f"现在没有人接电话，{_next_words(hours, at, calendar, window)}"


def _next_words(hours: DutyHours, at: datetime, calendar: Calendar, window: Window) -> str:
    """When somebody answers next, or that nobody will before the end."""
    following = hours.next_answered(at, calendar, window.zone)
    if following is None:
        return "下次接听时间还不能确定"
    if following >= window.closes:
        return "截止以前不再接听"
    local = following.astimezone(window.zone)
    days = (local.date() - at.astimezone(window.zone).date()).days
    day = {0: "今天", 1: "明天"}.get(days, short_day_words(local.date()))
    return f"下次接听是{day} {_clock(local.time())}"


def exception_words(calendar: Calendar, first: date, last: date) -> str:
    """The days on which working hours do not follow the week: '4月27日（周日）上班；…不接听'."""
    days = [day for day in sorted(calendar.exceptions) if first <= day <= last]
    on = [day for day in days if calendar.exceptions[day] and day.weekday() >= 5]
    off = [day for day in days if not calendar.exceptions[day] and day.weekday() < 5]
    parts = []
    if on:
        parts.append("、".join(short_day_words(day) for day in on) + "上班")
    if off:
        parts.append("、".join(f"{day.month}月{day.day}日" for day in off) + "放假不接听")
    return "；".join(parts)


def _clock(moment: time) -> str:
    return f"{moment.hour}:{moment:%M}"
