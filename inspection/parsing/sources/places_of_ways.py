"""Where a notice gives the ways to reach the inspectors, and its drop boxes. Pure."""

import re
from collections.abc import Iterator

from inspection.notice import Contact, DropBoxEntry, Hours, Notice
from inspection.parsing.sources.field import Field, Sort
from inspection.parsing.sources.field_making import About, inferred, make_field
from inspection.parsing.sources.flat_text import FlatText, Found, flat

_AREA_CODE = "区号“{}”不在这个号码旁边。"
_AT = r"(?:@|\(at\)|#)"
_FURTHEST_HOURS = 120
_DAYS = {"workdays": "工作日", "every_day": "每天"}


def fields_of_contacts(text: FlatText, notice: Notice) -> Iterator[Field]:
    """Each way, with its postcode and hours. None at all is a field that is missing."""
    if not notice.contacts:
        yield make_field(text, About("contacts", "联系方式", Sort.WAY), "", None)
    for index, contact in enumerate(notice.contacts):
        yield from _fields_of_contact(text, contact, f"contacts[{index}]")


def _fields_of_contact(text: FlatText, contact: Contact, path: str) -> Iterator[Field]:
    group, word = contact.team or "", contact.kind.facts.word
    found = _place_of(text, contact)
    value = make_field(
        text,
        About(f"{path}.value", word, Sort.WAY, group),
        contact.value,
        found,
        lacking=_AREA_CODE,
    )
    yield value
    if contact.postcode:
        code = text.find(contact.postcode)
        yield make_field(
            text,
            About(f"{path}.postcode", f"{word}的邮编", Sort.WAY, group),
            contact.postcode,
            code,
        )
    if contact.hours:
        near = found.stop if found else text.start
        hours = _hours_at(text, contact.hours, near)
        words = hours_in_words(contact.hours)
        yield make_field(
            text, About(f"{path}.hours", f"{word}的接听时间", Sort.WAY, group), words, hours
        )


def fields_of_boxes(text: FlatText, notice: Notice) -> Iterator[Field]:
    """Each box, with the body or team that it is for."""
    after = text.start
    for index, box in enumerate(notice.drop_boxes):
        found = text.find(box.location, after) or text.find_stretch(box.location)
        after = found.stop if found and found.start >= after else after
        yield from _fields_of_box(text, box, f"drop_boxes[{index}]", found)


def _fields_of_box(
    text: FlatText, box: DropBoxEntry, path: str, found: Found | None
) -> Iterator[Field]:
    label = "举报箱（没有编号）" if box.number is None else f"{box.number}号举报箱"
    place = make_field(text, About(f"{path}.location", label, Sort.BOX), box.location, found)
    yield place
    belongs = (("target", "属于", box.target), ("team", "属于", box.team))
    for name, word, value in belongs:
        if value:
            why = "按举报箱的位置和所在的段落判断。"
            yield inferred(About(f"{path}.{name}", word, Sort.BOX), value, why=why, beside=place)


def hours_in_words(hours: Hours) -> str:
    """'工作日 08:30—18:00'."""
    windows = [f"{opens}—{closes}" for opens, closes in hours.windows]
    return " ".join([*([_DAYS[hours.days]] if hours.days else []), *windows])


def _place_of(text: FlatText, contact: Contact) -> Found | None:
    if contact.kind.facts.is_number:
        return _number(text, flat(contact.value))
    if "@" in contact.value:
        pattern = _AT.join(map(re.escape, flat(contact.value).split("@")))
        match = next(text.matches(pattern), None)
        return Found(match.start(), match.end()) if match else None
    return text.find_stretch(contact.value)


def _number(text: FlatText, value: str) -> Found | None:
    """A number whatever stands between its digits; else what follows its area code."""
    area, dash, local = value.partition("-")
    for digits, lacks in ((area + local, ""), (local, area if dash else "")):
        only = re.sub(r"\D", "", digits)
        if len(only) < 3:
            continue
        pattern = r"(?<!\d)\(?" + r"[-—–─/.)]?".join(only) + r"(?!\d)"
        if match := next(text.matches(pattern), None):
            return Found(match.start(), match.end(), lacks)
    return None


def _hours_at(text: FlatText, hours: Hours, near: int) -> Found | None:
    """From the first to the last moment, beside the number before it is looked for elsewhere."""
    if not hours.windows:
        return text.find("工作日" if hours.days == "workdays" else "每天", near)
    opens, closes = hours.windows[0][0], hours.windows[-1][1]
    for area in (text.within(near, min(near + _FURTHEST_HOURS, text.stop)), text):
        first = next(area.matches(_moment(opens)), None)
        if first is None:
            continue
        rest = area.within(first.end(), min(first.end() + _FURTHEST_HOURS, text.stop))
        last = next(rest.matches(_moment(closes)), first)
        return Found(first.start(), last.end())
    return None


def _moment(time: str) -> str:
    hour, minute = (int(part) for part in time.split(":"))
    either = f"0?{hour}|0?{hour - 12}" if hour > 12 else f"0?{hour}"
    ends = rf"(?::{minute:02}|[时点]{minute}分?" + (r"|[时点]半)" if minute == 30 else ")")
    whole = rf"(?:{ends}|[时点]整?|(?=[-—–至到]))" if minute == 0 else ends
    return rf"(?<!\d)(?:{either}){whole}"
