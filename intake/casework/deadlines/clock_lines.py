"""What a clerk reads about an item's clocks: until when, what is left, which rule and why."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from inspection.schedule import ONE_DAY, Calendar
from inspection.wording import short_day_words
from intake.casework.deadlines.clock_facts import steps_so_far, traits_of
from intake.casework.deadlines.clocks import Clock, others_clocks, own_clock, telling_clocks
from intake.casework.deadlines.counting import Pause, due, workdays_until
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices.deadline_lists import OURS, RuleCode
from intake.models import DeadlinePause, Submission

SOON = timedelta(days=5)
PAUSED, UNKNOWN = "暂停", "未知"


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock in words; `days_left` is negative once it is over, None where it is unknown.

    `tone` is that of its tag: late, soon or fine.
    """

    rule: str
    name: str
    tag: str
    tone: str
    words: str
    why: str
    due: date | None = None
    days_left: int | None = None
    workdays_left: int | None = None
    is_paused: bool = False
    # Units that it may still be made longer by, with approval.
    may_extend: int = 0
    from_day: date | None = None


def lines_for(item: Submission, at: datetime) -> list[ClockLine]:
    """Every clock that runs for an item, its own one first. Five queries."""
    book, today = RuleBook.read().with_extensions(item), at.astimezone(item.round.zone).date()
    steps, traits = steps_so_far([item])[str(item.pk)], traits_of(item)
    own = own_clock(traits, steps, book.in_force)
    clocks = [
        *([own] if own else []),
        *others_clocks(traits, steps, book.in_force),
        *telling_clocks(traits, steps, book.in_force),
    ]
    pauses = list(item.pauses.all())
    return [
        replace(
            _line(clock, _of(pauses, clock), book.calendar, today),
            from_day=clock.from_day,
            may_extend=_may_extend(clock),
        )
        for clock in clocks
    ]


def _may_extend(clock: Clock) -> int:
    """Once, and no term of somebody else's."""
    is_ours = clock.rule.code in OURS and not clock.rule.extra
    return clock.rule.may_extend if is_ours else 0


def last_day_of_clock(item: Submission, clock: Clock, calendar: Calendar) -> date | str:
    """The same in short; a word where the day is not known."""
    pauses = _of(item.pauses.all(), clock)
    if any(pause.until is None for pause in pauses):
        return PAUSED
    return due(clock.rule, clock.from_day, calendar, pauses) or UNKNOWN


def _of(pauses: Iterable[DeadlinePause], clock: Clock) -> list[Pause]:
    """Those of this clock that lie in its time."""
    mine = [pause for pause in pauses if pause.rule == clock.rule.code]
    return [
        Pause(pause.first, pause.until)
        for pause in mine
        if pause.until is None or pause.until > clock.from_day
    ]


def _line(clock: Clock, pauses: list[Pause], calendar: Calendar, today: date) -> ClockLine:
    rule = clock.rule
    running = next((pause for pause in pauses if pause.until is None), None)
    if running:
        return _paused_line(clock, pauses, running, calendar, today)
    last = due(rule, clock.from_day, calendar, pauses)
    why = clock.why + _pauses_in_words(pauses)
    if last is None:
        words = "最后一天未知：那一年的工作日安排还没有录入。"
        return ClockLine(rule.code, rule.words, UNKNOWN, "soon", words, why)
    left, workdays = (last - today).days, workdays_until(today, last, calendar)
    over = RuleCode(rule.code).facts.over
    tag, tone = _tag_of_others(left, over) if over else _tag(left)
    told = left_in_words(today, last, calendar, over)
    words = f"到{last.year}年{short_day_words(last)}为止，{told}。"
    return ClockLine(rule.code, rule.words, tag, tone, words, why, last, left, workdays)


def _paused_line(
    clock: Clock, pauses: list[Pause], running: Pause, calendar: Calendar, today: date
) -> ClockLine:
    """The clock stands still; what is left of it is as much as if it went on today."""
    resumed = [Pause(one.first, today) if one is running else one for one in pauses]
    last = due(clock.rule, clock.from_day, calendar, resumed)
    words = f"已暂停，从{short_day_words(running.first)}起不算。"
    if last is not None:
        words += f"今天恢复的话，到{last.year}年{short_day_words(last)}为止。"
    others = [one for one in pauses if one is not running]
    why = clock.why + _pauses_in_words(others)
    return ClockLine(clock.rule.code, clock.rule.words, PAUSED, "soon", words, why, is_paused=True)


def _tag(left: int) -> tuple[str, str]:
    if left < 0:
        return "超期", "late"
    if left == 0:
        return "今天到期", "late"
    return ("快到期", "soon") if left <= SOON.days else ("在期限内", "fine")


def _tag_of_others(left: int, over: str) -> tuple[str, str]:
    """Of a term that somebody else may use: it hurries nobody here."""
    return (over if left < 0 else "在期限内"), "fine"


def left_in_words(today: date, last: date, calendar: Calendar, over: str = "") -> str:
    """'还有 3 天（2 个工作日）'; `over` stands for lateness where nobody here is late."""
    left, workdays = (last - today).days, workdays_until(today, last, calendar)
    known = "工作日数未知" if workdays is None else f"{abs(workdays)} 个工作日"
    if left == 0:
        return "今天是最后一天"
    if left < 0 and over:
        return over
    return f"已超期 {-left} 天（{known}）" if left < 0 else f"还有 {left} 天（{known}）"


def _pauses_in_words(pauses: Iterable[Pause]) -> str:
    """'暂停过：4月20日（周日）至4月22日（周二），不算。'"""
    spans = [
        f"{short_day_words(pause.first)}至{short_day_words(pause.until - ONE_DAY)}"
        for pause in pauses
        if pause.until and pause.until > pause.first
    ]
    return f"暂停过：{'、'.join(spans)}，这些天不算。" if spans else ""
