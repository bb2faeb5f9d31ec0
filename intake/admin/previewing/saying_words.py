"""Words of the text of which a clerk says what they are."""

import re
import unicodedata
from collections.abc import Callable, Mapping
from datetime import date

from inspection.body_kinds import BodyKind
from inspection.coded import first_fitting, in_order
from inspection.contact_kinds import ContactKind
from inspection.revising.edits import Edits
from inspection.revising.revisable import Thing, WrongValue

WORDS, MEANING, TEAM, SAY = "words", "meaning", "of_team", "say"
_APART = re.compile(r"[、,;\n\t。]+|\s{2,}|(?<=[局委办院镇乡部会处司])和(?=.{2})")
_DAY = re.compile(r"(?:(\d{4})年)?(\d{1,2})月(\d{1,2})[日号]|(\d{4})[-./](\d{1,2})[-./](\d{1,2})")
_NUMBER = re.compile(r"\(?\d[\d\-()—–]{5,17}\d")
_BOX_NUMBER = re.compile(r"^(\d{1,3})\s*[.、号:)]\s*")
_ENDS = in_order({kind: kind.facts.ends for kind in BodyKind})
_MOST = 300
Said = tuple[Edits, dict[str, str]]


def _bodies(words: str, team: str, edits: Edits) -> Edits:
    names = [name for one in _APART.split(words) if (name := one.strip(" .:和及"))]
    if not names or len(names) > _MOST:
        raise WrongValue("选中的字里看不出单位的名称。")
    for name in names:
        kind = first_fitting(_ENDS, name) or BodyKind.OTHER
        edits = edits.add(Thing.BODY, {"name": name, "kind": kind.value, "team": team})
    return edits


def _numbers(kind: ContactKind) -> "Callable[[str, str, Edits], Edits]":
    def take(words: str, team: str, edits: Edits) -> Edits:
        found = _NUMBER.findall(words)
        if not found:
            raise WrongValue("选中的字里没有号码。")
        for number in found[:_MOST]:
            value = re.sub(r"[—–]", "-", number).strip("()").replace(")", "-").replace("(", "")
            edits = edits.add(Thing.CONTACT, {"kind": kind.value, "value": value, "team": team})
        return edits

    return take


def _words(kind: ContactKind) -> "Callable[[str, str, Edits], Edits]":
    def take(words: str, team: str, edits: Edits) -> Edits:
        value = " ".join(words.split())
        return edits.add(Thing.CONTACT, {"kind": kind.value, "value": value, "team": team})

    return take


def _boxes(words: str, team: str, edits: Edits) -> Edits:
    for line in filter(None, (one.strip() for one in re.split(r"[\n;]", words))):
        number = _BOX_NUMBER.match(line)
        place = line[number.end() :] if number else line
        values = {"number": number[1] if number else "", "location": place.strip(" 。")}
        edits = edits.add(Thing.BOX, {**values, "team": team})
    return edits


def _team(words: str, _team_of: str, edits: Edits) -> Edits:
    return edits.add(Thing.TEAM, {"name": re.sub(r"\s", "", words)})


_MEANINGS: Mapping[str, tuple[str, Callable[[str, str, Edits], Edits]]] = {
    "bodies": ("是这个组的被巡察单位", _bodies),
    "team": ("是一个巡察组", _team),
    "phone": ("是电话", _numbers(ContactKind.PHONE)),
    "sms": ("是短信号码", _numbers(ContactKind.SMS)),
    "email": ("是电子邮箱", _words(ContactKind.EMAIL)),
    "postal": ("是来信地址", _words(ContactKind.POSTAL)),
    "reception": ("是来访接待的地方", _words(ContactKind.RECEPTION)),
    "box": ("是举报箱的位置", _boxes),
}
_DAYS = {
    "accepts_until": "是受理的最后一天",
    "accepts_from": "是受理的第一天",
    "notice_date": "是公告的日期",
}
MEANINGS = (*((code, one[0]) for code, one in _MEANINGS.items()), *_DAYS.items())


def say(words: str, meaning: str, team: str, edits: Edits, year: str | None) -> Said:
    """The decisions with that, and the days that it settles. Raises WrongValue."""
    shown = unicodedata.normalize("NFKC", words).strip()
    if not shown:
        raise WrongValue("请先选中原文里的字，或者把它们抄到格子里。")
    if meaning in _DAYS:
        return edits, {meaning: _day(shown, year)}
    if meaning not in _MEANINGS:
        raise WrongValue("请选这些字是什么。")
    return _MEANINGS[meaning][1](shown, team, edits), {}


def _day(words: str, year: str | None) -> str:
    found = _DAY.findall(re.sub(r"\s", "", words))
    if not found:
        raise WrongValue("选中的字里看不出是哪一天。")
    given, month, number, *whole = found[-1]
    if whole[0]:
        given, month, number = whole
    if not (given or year):
        raise WrongValue("选中的字里没有年份，请先在“要由人定的”里填年份。")
    try:
        return date(int(given or year or 0), int(month), int(number)).isoformat()
    except ValueError as error:
        raise WrongValue("没有这一天。") from error
