"""The first card of the notice page: how the window stands at a moment, in words."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from inspection.contact_kinds import ContactKind
from inspection.current import Published
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
class Afterword:
    """What those who have written already are told once a round is closed.

    `leads` is the beginning of a sentence that ends in the way to their receipts.
    """

    sentence: str = ""
    leads: str = ""


@dataclass(frozen=True)
class StateCard:
    """The first card: `until` and `left` make one sentence, the rest are sentences of their own."""

    heading: str
    until: str
    left: str
    answering: str
    explanation: str
    leads: str


def state_card(published: Published, at: datetime) -> StateCard:
    """The state of the window in words, with the time left."""
    state, window = published.state(at), published.window
    is_accepting = window.contains(at)
    added = _afterword()(published, at) if state == WindowState.CLOSED else Afterword()
    return StateCard(
        heading=HEADINGS[state],
        until=_until_words(state, window),
        left=_left_words(state, window, at),
        answering=answering_line(published, at) if is_accepting else "",
        explanation=_explanation(published, state) + added.sentence,
        leads=added.leads,
    )


@cache
def _afterword() -> Callable[[Published, datetime], Afterword]:
    """Of whoever takes the reports; the notice itself says nothing of it."""
    return cast(Callable[[Published, datetime], Afterword], import_string(settings.AFTERWORD))


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


def _explanation(published: Published, state: WindowState) -> str:
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
    return "这里不能再提交新的反映。以前交过的不用再交。"


def _posting_words(published: Published) -> str:
    if not any(contact.kind == ContactKind.POSTAL for contact in published.contacts):
        return ""
    by = "邮戳" if published.round.letters_by_postmark else "寄到"
    return f"寄信的请尽快寄出，以{by}日期为准。"
