"""The first card of the notice page: how the window stands at a moment, in words."""

from dataclasses import dataclass
from datetime import datetime

from inspection.current import Published
from inspection.models import ContactKind
from inspection.schedule import Window, WindowState
from inspection.screen.ways_in import answering_line, offline_ways
from inspection.wording import closing_hour, closing_words, day_words, span_words

HEADINGS = {
    WindowState.UPCOMING: "信访受理还没有开始",
    WindowState.OPEN: "现在可以反映问题",
    WindowState.LAST_DAY: "今天是最后一天",
    WindowState.CLOSED: "本轮信访受理已经结束",
}


@dataclass(frozen=True)
class StateCard:
    """The first card: `until` and `left` make one sentence, the rest are sentences of their own."""

    heading: str
    until: str
    left: str
    answering: str
    explanation: str
    ends: str


def state_card(published: Published, at: datetime) -> StateCard:
    """The state of the window in words, with the time left."""
    state, window = published.state(at), published.window
    is_accepting = window.contains(at)
    return StateCard(
        heading=HEADINGS[state],
        until=_until_words(state, window),
        left=_left_words(state, window, at),
        answering=answering_line(published, at) if is_accepting else "",
        explanation=_explanation(published, state, at),
        ends=closing_words(published.running) if published.ends_at_once else "",
    )


def _until_words(state: WindowState, window: Window) -> str:
    if state == WindowState.UPCOMING:
        return f"从{day_words(window.first_day)}起可以提交"
    if state == WindowState.LAST_DAY:
        hour = closing_hour(window)
        return f"网上受理到{'今晚' if hour == '24时' else '今天'}{hour}"
    verb = "截止时间是" if state == WindowState.CLOSED else "截止到"
    return f"{verb}{closing_words(window)}"


def _left_words(state: WindowState, window: Window, at: datetime) -> str:
    """Days, and hours on the last day; '' once it is over."""
    if state == WindowState.UPCOMING:
        today = at.astimezone(window.zone).date()
        return f"{(window.first_day - today).days} 天"
    if state == WindowState.OPEN:
        return f"{window.days_left(at)} 天"
    return span_words(window.time_left(at)) if state == WindowState.LAST_DAY else ""


def _explanation(published: Published, state: WindowState, at: datetime) -> str:
    if state == WindowState.UPCOMING:
        return (
            f"您可以先看看哪些单位在本轮{published.round.word}范围内，把时间、地点、人和事想清楚。"
            "事情紧急的不用等，可拨打12388或12345；遇到危险请打110。"
        )
    if state == WindowState.LAST_DAY:
        return "材料没找全，可以先把主要事情写清楚交上来。" + _posting_words(published)
    if state == WindowState.OPEN:
        free = "不用注册，不用身份证号，可以不写姓名。网上随时能填。"
        ways = offline_ways(published)
        return free + (f"不会上网的，{ways}都一样登记。" if ways else "")
    over = "这里不能再提交新的反映。以前交过的不用再交。"
    return over if published.is_running(at) else over + supplement_words(published, at)


def supplement_words(published: Published, at: datetime) -> str:
    """Until when an accepted report can be added to, or that this is over."""
    if published.is_running(at) and published.ends_at_once:
        return f"以前交过的，凭查询码可以补充材料，到{closing_words(published.running)}为止。"
    if published.is_running(at):
        return "以前交过的，凭查询码可以补充材料；到哪一天为止，查询以后就看得到。"
    ended = day_words(published.running.last_day)
    return f"{published.round.word}已在{ended}结束，补充材料的时间也过了。"


def _posting_words(published: Published) -> str:
    if not any(contact.kind == ContactKind.POSTAL for contact in published.contacts):
        return ""
    by = "邮戳" if published.round.letters_by_postmark else "寄到"
    return f"寄信的请尽快寄出，以{by}日期为准。"
