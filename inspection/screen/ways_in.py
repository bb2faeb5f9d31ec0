"""The ways to reach the inspectors in words: numbers, addresses, hours and drop boxes."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from inspection.contact_kinds import ContactKind
from inspection.current import Published
from inspection.models import ContactPoint, DropBox, Round
from inspection.schedule import DutyHours
from inspection.wording import answering_words, exception_words, hours_words

# '聊城市' in '中共聊城市委巡察工作领导小组办公室'.
_PLACE = re.compile(r"中共(.{2,8}?[省市区县州盟旗])委")


@dataclass(frozen=True)
class ContactRow:
    """The contacts of one kind and one team: (words, address or '') each, and their hours."""

    label: str
    team: str
    entries: tuple[tuple[str, str], ...]
    hours: str


def offline_ways(published: Published) -> str:
    """'打电话、寄信、投举报箱': the ways of this notice that need no internet."""
    there = {contact.kind for contact in published.contacts}
    ways = [kind.facts.offline_way for kind in ContactKind if kind in there]
    ways = list(filter(None, ways))
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
            label=ContactKind(kind).facts.label,
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
    scheme = ContactKind(contact.kind).facts.scheme
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
    first = max(at.astimezone(window.zone).date(), window.first_day)
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


def map_words(round_: Round, box: DropBox) -> str:
    """What to look for on a map: the place, with the city in front where the words lack it."""
    place = box.location if box.county in box.location else f"{box.county}{box.location}"
    found = _PLACE.search(round_.issuer)
    city = found[1] if found else ""
    return place if place.startswith(city) else f"{city}{place}"
