"""The notice page at a moment: rows turned into words, so that templates only lay out."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inspection.current import Published
from inspection.models import BodyKind, ContactKind, ContactPoint, DropBox, FocusTopic
from inspection.schedule import DutyHours, Window, WindowState
from inspection.wording import (
    answering_words,
    closing_hour,
    closing_words,
    day_words,
    exception_words,
    hours_words,
    span_words,
)

HEADINGS = {
    WindowState.UPCOMING: "信访受理还没有开始",
    WindowState.OPEN: "现在可以反映问题",
    WindowState.LAST_DAY: "今天是最后一天",
    WindowState.CLOSED: "本轮信访受理已经结束",
}
OFFLINE_WAYS = {
    ContactKind.PHONE: "打电话",
    ContactKind.POSTAL: "寄信",
    ContactKind.RECEPTION: "当面说",
}
LABELS = {
    ContactKind.PHONE: "电话",
    ContactKind.SMS: "短信",
    ContactKind.EMAIL: "邮箱",
    ContactKind.POSTAL: "来信",
    ContactKind.WECHAT: "微信",
    ContactKind.RECEPTION: "来访",
    ContactKind.WEB: "网站",
    ContactKind.SUPERVISION: "监督",
}
SCHEMES = {
    ContactKind.PHONE: "tel:",
    ContactKind.SUPERVISION: "tel:",
    ContactKind.SMS: "sms:",
    ContactKind.EMAIL: "mailto:",
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


@dataclass(frozen=True)
class ContactRow:
    """The contacts of one kind and one team: (words, address or '') each, and their hours."""

    label: str
    team: str
    entries: tuple[tuple[str, str], ...]
    hours: str


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
        return f"从{day_words(window.opens.astimezone(window.zone).date())}起可以提交"
    if state == WindowState.LAST_DAY:
        hour = closing_hour(window)
        return f"网上受理到{'今晚' if hour == '24时' else '今天'}{hour}"
    verb = "截止时间是" if state == WindowState.CLOSED else "截止到"
    return f"{verb}{closing_words(window)}"


def _left_words(state: WindowState, window: Window, at: datetime) -> str:
    """Days, and hours on the last day; '' once it is over."""
    if state == WindowState.UPCOMING:
        today = at.astimezone(window.zone).date()
        return f"{(window.opens.astimezone(window.zone).date() - today).days} 天"
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


def offline_ways(published: Published) -> str:
    """'打电话、寄信、投举报箱': the ways of this notice that need no internet."""
    kinds = {contact.kind for contact in published.contacts}
    ways = [words for kind, words in OFFLINE_WAYS.items() if kind in kinds]
    return "、".join(ways + (["投举报箱"] if published.boxes else []))


def answering_line(published: Published, at: datetime) -> str:
    """Whether somebody answers a phone at this moment, and when next; '' without a phone."""
    phones = [contact for contact in published.contacts if contact.kind == ContactKind.PHONE]
    if not phones:
        return ""
    hours = list(dict.fromkeys(_hours(phone) for phone in phones))
    answers = [
        (*answering_words(one, at, calendar=published.calendar, window=published.window), one)
        for one in hours
    ]
    # Somebody answering comes before nobody, and nobody before not known.
    _, words, shown = max(answers, key=lambda answer: (answer[0] is not None, bool(answer[0])))
    times = hours_words(shown)
    return f"{words}（{times}）。" if times else f"{words}。"


def _hours(contact: ContactPoint) -> DutyHours:
    return contact.duty_hours() or DutyHours(days=None)


def contact_rows(published: Published, at: datetime) -> list[ContactRow]:
    """The other ways, a row for each kind and team."""
    groups: dict[tuple[str, str], list[ContactPoint]] = {}
    for contact in published.contacts:
        team = str(contact.team) if contact.team else ""
        groups.setdefault((contact.kind, team), []).append(contact)
    return [
        ContactRow(
            label=LABELS[ContactKind(kind)],
            team=team,
            entries=tuple(_entry(contact) for contact in contacts),
            hours=_hours_note(published, contacts, at),
        )
        for (kind, team), contacts in groups.items()
    ]


def contact_words(contact: ContactPoint) -> str:
    """A number or address as people read it: '198 6198 0503'."""
    words = contact.value
    if contact.kind == ContactKind.WECHAT:
        words = f"公众号“{words}”"
    if contact.postcode:
        words += f"（邮编 {contact.postcode}）"
    if len(words) == 11 and words.isdigit():
        words = f"{words[:3]} {words[3:7]} {words[7:]}"
    return words


def _entry(contact: ContactPoint) -> tuple[str, str]:
    """The words to read and the address to tap."""
    scheme = SCHEMES.get(ContactKind(contact.kind), "")
    reached = contact.phone.as_e164 if contact.phone else ""
    if contact.kind == ContactKind.EMAIL:
        reached = contact.value
    return contact_words(contact), scheme + reached if scheme and reached else ""


def _hours_note(published: Published, contacts: Iterable[ContactPoint], at: datetime) -> str:
    """The hours, and the coming days that differ from the week."""
    hours = list(dict.fromkeys(_hours(contact) for contact in contacts))
    note = "；".join(filter(None, (hours_words(one) for one in hours)))
    window = published.window
    if not note or all(one.days != "workdays" for one in hours):
        return note
    first = max(at, window.opens).astimezone(window.zone).date()
    exceptions = exception_words(published.calendar, first, window.last_day)
    return "；".join(filter(None, (note, exceptions)))


def boxes_by_county(published: Published) -> list[tuple[str, list[DropBox]]]:
    """The drop boxes by county, in the order of first appearance."""
    counties = {box.county for box in published.boxes}
    unnamed = "城区和其他地点" if len(counties) > 1 else "全部举报箱"
    groups: dict[str, list[DropBox]] = {}
    for box in published.boxes:
        groups.setdefault(box.county or unnamed, []).append(box)
    return list(groups.items())


def focus_by_kind(published: Published) -> list[tuple[str, list[FocusTopic]]]:
    """What the round looks at, by kind of body."""
    groups: dict[str, list[FocusTopic]] = {}
    for topic in published.focus:
        groups.setdefault(str(BodyKind(topic.kind).label), []).append(topic)
    return list(groups.items())
