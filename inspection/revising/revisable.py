"""What of a notice a person may correct: one table of things and of their fields. Pure.

A thing is known by what it was called when it was read, so that a decision about it outlives a
change of the text elsewhere. Values are texts, as a form sends them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from inspection.body_kinds import BodyKind
from inspection.coded import Coded
from inspection.contact_kinds import ContactKind
from inspection.notice import Hours
from inspection.out_of_scope import OutOfScope

Key = tuple[str, ...]
Values = Mapping[str, str]
_WINDOW = re.compile(r"(\d{1,2}):(\d{2})\s*[-—–~至]+\s*(\d{1,2}):(\d{2})")
_TIME = re.compile(r"([01]?\d|2[0-3]):([0-5]\d)")


class WrongValue(ValueError):
    """What was typed cannot be; the message is Chinese."""


class Thing(StrEnum):
    """The lists of a notice, and the two things of which there is one."""

    ROUND = "round"
    TEAM = "teams"
    BODY = "targets"
    CONTACT = "contacts"
    BOX = "drop_boxes"
    RULES = "rules"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """A field: how its value becomes a text and a text its value, and what may be chosen."""

    name: str
    label: str
    read: Callable[[str], Any] = lambda typed: typed.strip() or None
    shown: Callable[[Any], str] = lambda value: "" if value is None else str(value)
    choices: tuple[tuple[str, str], ...] = ()
    chooses: Thing | None = None
    help: str = ""
    is_needed: bool = False


def _number(typed: str) -> int | None:
    if not typed.strip():
        return None
    if not re.fullmatch(r"\d{1,4}", typed.strip(), re.ASCII):
        raise WrongValue(f"要写成数字，不能是“{typed}”。")
    return int(typed)


def _day(typed: str) -> str | None:
    try:
        return date.fromisoformat(typed.strip()).isoformat() if typed.strip() else None
    except ValueError as error:
        raise WrongValue(f"日期要写成 2025-06-20 这样，不能是“{typed}”。") from error


def _time(typed: str) -> str | None:
    if not typed.strip():
        return None
    match = _TIME.fullmatch(typed.strip().replace("：", ":"))
    if match is None:
        raise WrongValue(f"时刻要写成 17:30 这样，不能是“{typed}”。")
    return f"{int(match[1]):02}:{match[2]}"


def _hours(typed: str) -> Hours | None:
    """'工作日 08:30—12:00、14:00—18:00'."""
    if not typed.strip():
        return None
    words = typed.replace("：", ":")
    found = [(f"{int(a):02}:{b}", f"{int(c):02}:{d}") for a, b, c, d in _WINDOW.findall(words)]
    days = (
        "workdays" if "工作日" in words else "every_day" if re.search("每[天日]", words) else None
    )
    if not found and days is None:
        raise WrongValue("要写成“工作日 08:30—18:00”这样。")
    for opens, closes in found:
        if not _TIME.fullmatch(opens) or not (_TIME.fullmatch(closes) or closes == "24:00"):
            raise WrongValue(f"没有{opens}—{closes}这样的时间。")
    return Hours(days, tuple(found))  # type: ignore[arg-type]


def hours_words(hours: Hours | None) -> str:
    """As `_hours` reads them."""
    if hours is None:
        return ""
    days = {"workdays": "工作日", "every_day": "每天"}.get(hours.days or "", "")
    return " ".join(filter(None, [days, "、".join(f"{a}—{b}" for a, b in hours.windows)]))


def _of_kinds(kinds: Iterable[Coded]) -> tuple[tuple[str, str], ...]:
    return tuple((kind.value, kind.facts.word) for kind in kinds)


def _yes(typed: str) -> bool:
    return typed == "yes"


def _perhaps(typed: str) -> bool | None:
    return None if not typed else typed == "yes"


def _said(value: bool | None) -> str:
    return "" if value is None else "yes" if value else "no"


_UNKNOWN_YES_NO = (("", "没有写"), ("yes", "是"), ("no", "否"))
_TEAM = Asked(name="team", label="属于哪个组", chooses=Thing.TEAM)
_COUNTY = Asked(name="county", label="县（市、区）")

FIELDS: Mapping[Thing, tuple[Asked, ...]] = {
    Thing.ROUND: (
        Asked(name="title", label="标题", help="没有标题的，按届、轮起名。"),
        Asked(name="committee", label="党委"),
        Asked(name="issuer", label="发布单位"),
        Asked(name="session", label="届", read=_number),
        Asked(name="ordinal", label="轮", read=_number),
        Asked(name="accepts_until_time", label="截止时刻", read=_time, help="空着就是当天24时。"),
    ),
    Thing.TEAM: (
        Asked(name="name", label="组的名称"),
        Asked(name="series", label="类别"),
        Asked(name="accepts_until", label="本组受理截止日期", read=_day, help="和本轮一样的空着。"),
    ),
    Thing.BODY: (
        Asked(name="name", label="名称", read=str.strip, is_needed=True),
        Asked(name="kind", label="类型", read=BodyKind, choices=_of_kinds(BodyKind)),
        Asked(name="team", label="由哪个组巡察", chooses=Thing.TEAM),
        _COUNTY,
        Asked(
            name="includes_villages",
            label="含村（社区）",
            read=_yes,
            shown=_said,
            choices=_UNKNOWN_YES_NO[1:],
        ),
    ),
    Thing.CONTACT: (
        Asked(name="kind", label="种类", read=ContactKind, choices=_of_kinds(ContactKind)),
        Asked(name="value", label="号码或者地址", read=str.strip, is_needed=True),
        Asked(name="postcode", label="邮编"),
        Asked(
            name="hours",
            label="接听时间",
            read=_hours,
            shown=hours_words,
            help="写成“工作日 08:30—18:00”这样。",
        ),
        _TEAM,
    ),
    Thing.BOX: (
        Asked(name="number", label="编号", read=_number),
        Asked(name="location", label="位置", read=str.strip, is_needed=True),
        Asked(name="target", label="属于哪个巡察对象", chooses=Thing.BODY),
        _TEAM,
        _COUNTY,
    ),
    Thing.RULES: (
        Asked(
            name="out_of_scope",
            label="范围外事项",
            read=lambda typed: OutOfScope(typed) if typed else None,
            choices=(("", "没有写"), *_of_kinds(OutOfScope)),
        ),
        Asked(
            name="feedback",
            label="向反映人反馈",
            read=_perhaps,
            shown=_said,
            choices=_UNKNOWN_YES_NO,
        ),
        Asked(
            name="postmark",
            label="来信以邮戳为准",
            read=_perhaps,
            shown=_said,
            choices=_UNKNOWN_YES_NO,
        ),
    ),
}
# A person may take away or add what stands in a list.
LISTS = (Thing.TEAM, Thing.BODY, Thing.CONTACT, Thing.BOX)
# What a thing of a list is known by.
_KNOWN_BY: Mapping[Thing, tuple[str, ...]] = {
    Thing.TEAM: ("name",),
    Thing.BODY: ("name", "team"),
    Thing.CONTACT: ("kind", "value", "team"),
    Thing.BOX: ("number", "location"),
}


def keys_of(thing: Thing, values: Iterable[Values]) -> list[Key]:
    """What each is known by; the second of the same name has its number behind it."""
    seen: Counter[Key] = Counter()
    keys = []
    for one in values:
        key = tuple(one[name] for name in _KNOWN_BY[thing])
        seen[key] += 1
        keys.append(key if seen[key] == 1 else (*key, str(seen[key])))
    return keys


def texts_of(thing: Thing, values: Mapping[str, Any]) -> dict[str, str]:
    """The values of a thing as texts."""
    return {one.name: one.shown(values[one.name]) for one in FIELDS[thing]}


def read_texts(thing: Thing, texts: Values) -> dict[str, Any]:
    """The texts as values. Raises WrongValue, which names the field."""
    found = {}
    for one in FIELDS[thing]:
        if one.name not in texts:
            continue
        try:
            value = one.read(texts[one.name])
        except WrongValue as error:
            raise WrongValue(f"{one.label}{error}") from error
        except ValueError as error:
            raise WrongValue(f"{one.label}选得不对。") from error
        if one.is_needed and not value:
            raise WrongValue(f"请写上{one.label}。")
        found[one.name] = value
    return found
