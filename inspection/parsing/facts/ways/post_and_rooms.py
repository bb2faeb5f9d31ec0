"""Addresses by post and rooms for visitors, under labels and in sentences."""

import re
from collections.abc import Iterator

from inspection.contact_kinds import ContactKind
from inspection.notice import Contact
from inspection.parsing.facts.ways.hours import read_hours
from inspection.parsing.facts.ways.said_places import cut_outside, place_before, trimmed
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names import team_names
from inspection.parsing.words.address_words import (
    LEADS_TO_ADDRESS,
    MAILBOX,
    NO_ADDRESS,
    TO_WHOM,
)
from inspection.parsing.words.box_words import PUT_UP
from inspection.parsing.words.reception_words import LIES_AT, ROOM

POSTCODE = re.compile(
    r"[,;。、\s]{0,3}\(?(?:邮编|邮政编码|邮政编号|编码)\s{0,2}[:为是]{0,2}\s{0,2}(\d{6})(?!\d)\)?"
    r"|[,;。、\s]{0,3}(?<!\d)(?<!第)(\d{6})(?![\d号])\)?"
)
_LEADS = re.compile(LEADS_TO_ADDRESS)
_MAILBOX = re.compile(rf"^[^,;。:\d]{{0,30}}{MAILBOX}(?:\([^()]{{0,30}}\)|转[^,;。]{{2,24}}收?)?$")
_TEAM_NOTE = re.compile(r"[”\"]?\((?!转)([^()]{3,20}组)\)$")
_TO_WHOM = re.compile(TO_WHOM)
_NO_ADDRESS = re.compile(NO_ADDRESS)
_HAN = re.compile(r"[\u4e00-\u9fff]{2}")
_IS_ADDRESS = re.compile(
    r"\d|信箱|路|街|大道|巷|楼|室|大院|办公|中心|政府|收\)?$|[委局院]$|巡[察视]办"
)
_ROOM = re.compile(rf"(?P<put>{PUT_UP}(?:\d个|一个)?(?:专门|固定)?的?){ROOM}")
_LIES_AT = re.compile(LIES_AT)
_COME_TO = re.compile(r"(?:到|至|前往|赴)([^,。;、到至]{4,30}?)(?:当面反映|当面|来访反映|走访反映)")
_PLEASE_COME = re.compile(
    r"(?:来访|走访|上门|当面)(?:反映)?(?:问题|情况)?(?:的|者)?[^。;]{0,14}?请(?:直接)?(?:到|至|前往|去|来)"
    r"([^,。;、]{4,40})"
)
_TIME_NOTE = re.compile(
    r"[,;\s]{0,2}\(?[^,;()]{0,12}(?:时间|工作日|每天|每日|每周|周一|星期一)[^()]{0,60}\)?$"
)
_PHONE_NOTE = re.compile(r"[,;(]?\s?(?:联系|接待|咨询)?电话\s?:?.*$")
_NUMBER = re.compile(r"(?:0\d{2,3}-?)?\d{7,8}(?!\d)|1[3-9]\d{9}")
_LONGEST = 80


def addresses(piece: Piece) -> Iterator[Contact]:
    """The addresses that a piece gives."""
    if piece.kind == ContactKind.POSTAL and "@" not in piece.text:
        if not (piece.is_carried and piece.is_said):
            yield from _address(piece, piece.text, is_sure=not piece.is_carried)
        return
    if piece.kind == "box":
        if _MAILBOX.match(cut_outside(piece.text, ",;。")[0].strip()):
            yield from _address(piece, piece.text, is_sure=True)
        return
    for match in _LEADS.finditer(piece.text):
        yield from _address(piece, piece.text[match.end() :][:120], is_sure=False)
    if not _LEADS.search(piece.text):
        for part in re.split(r"[\s,;。]", piece.text):
            if _MAILBOX.match(part):
                yield from _address(piece, part, is_sure=True)


def _address(piece: Piece, text: str, *, is_sure: bool) -> Iterator[Contact]:
    code = POSTCODE.search(text)
    bare = text[: code.start()] + text[code.end() :] if code else text
    parts = cut_outside(bare, ",;。")
    value = parts[0]
    if len(parts) > 1 and _TO_WHOM.match(parts[1].strip()):
        value = f"{value},{parts[1].strip()}"
    team = piece.team
    if (note := _TEAM_NOTE.search(value)) and (named := team_names.find_named(note[1])):
        value, team = value[: note.start()], named[0].names[0]
    value = trimmed(value.strip("“”\"'‘’ "))
    if not _HAN.search(value) or len(value) > _LONGEST or _NO_ADDRESS.search(value):
        return
    if is_sure or _IS_ADDRESS.search(value):
        postcode = (code[1] or code[2]) if code else None
        yield Contact(ContactKind.POSTAL, value, postcode, team)


def rooms(piece: Piece) -> Iterator[Contact]:
    """The rooms for visitors that a piece names."""
    hours = read_hours(piece.text)
    if piece.kind == ContactKind.RECEPTION and not piece.is_said:
        if room := _labelled_room(piece):
            yield Contact(ContactKind.RECEPTION, room, team=piece.team, hours=hours)
        return
    floor = 0
    for match in _ROOM.finditer(piece.text):
        if place := place_before(piece.text[floor : match.start()]):
            yield Contact(ContactKind.RECEPTION, place, team=piece.team, hours=hours)
        floor = match.end()
    if came := _COME_TO.search(piece.text):
        yield Contact(ContactKind.RECEPTION, came[1], team=piece.team)
    elif (asked := _PLEASE_COME.search(piece.text)) and _is_room(asked[1]):
        own = read_hours(re.split(r"[。;]", piece.text[: asked.end()])[-1])
        yield Contact(ContactKind.RECEPTION, asked[1], team=piece.team, hours=own)
    if lies := _LIES_AT.search(piece.text):
        place = cut_outside(piece.text[lies.end() :], ",;。")[0].strip(" :")
        if _is_room(place):
            yield Contact(ContactKind.RECEPTION, place, team=piece.team, hours=hours)


def _labelled_room(piece: Piece) -> str | None:
    if "来电" in piece.label:
        return None
    first = re.split(r"[;。]", piece.text)[0]
    value = _PHONE_NOTE.sub("", _TIME_NOTE.sub("", _NUMBER.sub("", first))).strip(" ,;。")
    value = re.sub(r"^(?:在|到|请到|地点:?)", "", value)
    return value if _is_room(value) else None


def _is_room(value: str) -> bool:
    return (
        bool(_HAN.search(value))
        and 3 <= len(value) <= _LONGEST
        and not re.search(r"时间|工作日|每天|每周|电话|^\d|方式", value)
    )
