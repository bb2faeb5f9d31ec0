"""Where drop boxes stand: the places out of lists, numbered or not, and out of sentences."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inspection.parsing.facts.ways.said_places import cut_outside, is_place, places_before, trimmed
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names import regions
from inspection.parsing.words.address_words import MAILBOX
from inspection.parsing.words.box_words import BOX, PUT_UP

_MARK = re.compile(
    r"(?:(?<=^)|(?<=[;,。:\s、]))\s{0,3}(?:第?(\d{1,3})(?:[.、)]|号(?:举报|意见)?箱[:,]?)|\((\d{1,3})\))\s{0,3}(?=\D)"
)
_LEAD = re.compile(
    rf"^(?:(?:{BOX})?(?:分别)?(?:位于|{PUT_UP}在|{PUT_UP}于|设于|{PUT_UP}(?:地点|位置)?)[:为]?|(?:地点|位置|地址)[:为]|:)\s{{0,3}}"
)
_COUNT_LEAD = re.compile(
    rf"^(?:共)?(?:设置?|设立|安放)?(?:{BOX})?\s?\d{{1,3}}\s?(?:个|处)[,:]?\s?(?:{BOX})?[,:]?"
)
_SENTENCE = re.compile(r"(?:欢迎|请|可将|可以|反映问题|信访|监督|公告|受理)")
_ROAD_END = re.compile(r"(?:路|街|大道|巷)$")
_BOX_PUT_UP = re.compile(
    rf"(?:{PUT_UP}(?:了|有)?(?:\d{{1,3}}个|[一二三四五六七八九十两]个|专门|固定|统一)?的?)[“\"]?(?:[省市县区州旗]委)?(?:{BOX})"
)
_BOX_LIES = re.compile(
    rf"(?:{BOX})(?:\(?\d{{0,3}}号?\)?)?(?:的)?(?:具体)?(?:{PUT_UP})?(?:(?:位置|地点|地址)(?:分别)?(?:为|是|:)|(?:位于|在|于|:))+(?:各)?"
)
_NUMBER_BEHIND = re.compile(r"^\((\d{1,3})号?\)")
_COUNTY_HEAD = re.compile(
    r"(?:(?<=^)|(?<=[。;\s]))([\u4e00-\u9fff]{1,8}[县区市旗]|[市县区州省旗][直本](?:单位|级|机关)?):"
)
_NO_BOX = re.compile(rf"@|{MAILBOX}|邮编")


@dataclass(frozen=True, slots=True)
class Spot:
    """A place of a box as it stands in a piece; `number` None for one without a number."""

    line: int
    number: int | None
    text: str
    piece: Piece


def find_spots(pieces: Sequence[Piece]) -> list[Spot]:
    """All places of boxes, in order."""
    spots: list[Spot] = []
    before: Piece | None = None
    for piece in pieces:
        if piece.kind == "box":
            if spots and _goes_on(spots[-1], before, piece):
                last = spots.pop()
                spots.append(replace(last, text=last.text + piece.text))
            else:
                spots += [spot for part in _by_county(piece) for spot in _cut(part)]
        elif "箱" in piece.text:
            spots += _spots_in_sentence(piece)
        before = piece
    return spots


def _goes_on(last: Spot, before: Piece | None, piece: Piece) -> bool:
    """Whether a line of a numbered list without a number belongs to the item above it."""
    if last.number is None or before is None or _MARK.match(piece.text):
        return False
    is_same_list = (before.kind, before.label, before.team) == (
        piece.kind,
        piece.label,
        piece.team,
    )
    is_place = len(piece.text) <= 40 and not piece.text.endswith("。")
    return is_same_list and is_place and not _SENTENCE.search(piece.text)


def _spots_in_sentence(piece: Piece) -> Iterator[Spot]:
    """'在县委大院东门、县医院门口设置举报箱': places before the verb, or behind it."""
    floor = 0
    for match in _BOX_PUT_UP.finditer(piece.text):
        if places := places_before(piece.text[floor : match.start()]):
            yield from _unnumbered(piece, places)
        floor = match.end()
    if not floor and (lies := _BOX_LIES.search(piece.text)):
        places = cut_outside(piece.text[lies.end() :], "。")[0]
        if is_place(places.split("、")[0]) and not _NO_BOX.search(places):
            yield from _cut(replace(piece, text=cut_outside(places, ";,")[0]))


def _by_county(piece: Piece) -> Iterator[Piece]:
    """'某县:(1)…;(2)…。某区:(3)…': what stands behind each county is in it."""
    heads = list(_COUNTY_HEAD.finditer(piece.text))
    if len(heads) < 2 or heads[0].start():
        yield piece
        return
    for index, head in enumerate(heads):
        stop = heads[index + 1].start() if index + 1 < len(heads) else len(piece.text)
        county = regions.county_named(head[1])
        yield replace(piece, text=piece.text[head.end() : stop].strip(), county=county)


def _cut(piece: Piece) -> Iterator[Spot]:
    text = _COUNT_LEAD.sub("", piece.text)
    if _NO_BOX.search(text):
        return
    marks = _in_sequence(list(_MARK.finditer(text)))
    if not marks:
        yield from _unnumbered(piece, text)
        return
    for index, match in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        location = _trim(text[match.end() : stop])
        if location:
            yield Spot(piece.line, int(match[1] or match[2]), location, piece)


def _in_sequence(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that count on: '1. … 2. …', but not the numbers within a place."""
    kept: list[re.Match[str]] = []
    for match in marks:
        value = int(match[1] or match[2])
        if match.start() == 0 or (kept and value == int(kept[-1][1] or kept[-1][2]) + 1):
            kept.append(match)
    return kept


def _unnumbered(piece: Piece, text: str) -> Iterator[Spot]:
    text = _trim(text)
    if len(text) > 30 and _SENTENCE.search(text) and "," in text:
        return
    mark = next((mark for mark in ";、," if len(cut_outside(text, mark)) > 1), "。")
    held = ""
    for part in cut_outside(text, mark):
        held = f"{held}{mark}{part}" if held else part
        if not _ROAD_END.search(held):
            location = _trim(held)
            if location and is_place(location):
                yield Spot(piece.line, None, location, piece)
            held = ""
    if (location := _trim(held)) and is_place(location):
        yield Spot(piece.line, None, location, piece)


def _trim(text: str) -> str:
    return trimmed(_LEAD.sub("", trimmed(text)))
