"""Drop boxes: cut into entries, and each linked to the body it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from inspection.body_kinds import BodyKind
from inspection.notice import DropBoxEntry, TargetEntry
from inspection.parsing.facts.who.teams import FoundTeam
from inspection.parsing.names import regions
from inspection.parsing.names.regions import Owner
from inspection.parsing.names.short_names import spoken_forms
from inspection.parsing.layout.pieces import Piece

_MARK = re.compile(
    r"(?:(?<=^)|(?<=[;,。:\s、]))\s*(?:第?(\d{1,3})(?:[.、)]|号(?:举报|意见)?箱[:,]?)|\((\d{1,3})\))\s*(?=\D)"
)
_LEAD = re.compile(
    r"^(?:(?:举报箱|意见箱)?(?:分别)?(?:位于|设置?在|设于|安放在|安装在|悬挂在|放置在|设置(?:地点|位置)?)[:为]?|地点[:为]|:)\s*"
)
_COUNT_LEAD = re.compile(
    r"^(?:共)?(?:设置?|设立|安放)?(?:举报箱|意见箱)?\s*\d+\s*(?:个|处)[,:]?\s*(?:举报箱|意见箱)?"
)
_SENTENCE = re.compile(r"(?:欢迎|请|可将|可以|反映问题|信访|监督|公告|受理)")
_ROAD_END = re.compile(r"(?:路|街|大道|巷)$")
_HINT = re.compile(r"\(([^()]{3,12})\)$")
_BEFORE_TOWN = re.compile(r"(?:^|[县区市省旗州于在号侧、,:(\s])$")


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A box with the line it stands on."""

    line: int
    box: DropBoxEntry


@dataclass(frozen=True, slots=True)
class _Spot:
    line: int
    number: int | None
    text: str
    piece: Piece


def read_boxes(pieces: Sequence[Piece], teams: Sequence[FoundTeam], owner: Owner) -> list[FoundBox]:
    """All boxes in order, with county, body and team where the notice tells them."""
    known = [(target, team.name) for team in teams for _, target in team.targets]
    found: list[FoundBox] = []
    for spot in _spots(pieces):
        if spot.number is None and any(spot.text == old.box.location for old in found):
            continue
        found.append(FoundBox(spot.line, _box(spot, known, owner)))
    return found


def _spots(pieces: Sequence[Piece]) -> list[_Spot]:
    spots: list[_Spot] = []
    before: Piece | None = None
    for piece in pieces:
        if piece.kind == "box":
            if spots and _goes_on(spots[-1], before, piece):
                last = spots.pop()
                spots.append(replace(last, text=last.text + piece.text))
            else:
                spots += _cut(piece)
        elif piece.kind == "none" and not piece.label:
            spots += _spots_in_sentence(piece)
        before = piece
    return spots


def _goes_on(last: _Spot, before: Piece | None, piece: Piece) -> bool:
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


def _spots_in_sentence(piece: Piece) -> Iterator[_Spot]:
    """'在县委大院东门、县医院门口设置举报箱': places before the verb, or behind a colon."""
    match = re.search(
        r"(?:举报箱|意见箱)(?:分别)?(?:设置?在|设于|位于|安放在)([^。]{4,200})", piece.text
    )
    if match or (
        match := re.search(
            r"(?:^|[,。;])在([^。;]{4,160}?)(?:等处|分别|各)?(?:设立|设置|设有|安装|安放)了?(?:\d+个)?(?:举报箱|意见箱)",
            piece.text,
        )
    ):
        yield from _unnumbered(piece, match[1])


def _cut(piece: Piece) -> Iterator[_Spot]:
    text = _COUNT_LEAD.sub("", piece.text)
    marks = _in_sequence(list(_MARK.finditer(text)))
    if not marks:
        yield from _unnumbered(piece, text)
        return
    for index, match in enumerate(marks):
        stop = marks[index + 1].start() if index + 1 < len(marks) else len(text)
        location = _trim(text[match.end() : stop])
        if location:
            yield _Spot(piece.line, int(match[1] or match[2]), location, piece)


def _in_sequence(marks: list[re.Match[str]]) -> list[re.Match[str]]:
    """The marks that count on: '1. … 2. …', but not the numbers within a place."""
    kept: list[re.Match[str]] = []
    for match in marks:
        value = int(match[1] or match[2])
        if match.start() == 0 or (kept and value == int(kept[-1][1] or kept[-1][2]) + 1):
            kept.append(match)
    return kept


def _unnumbered(piece: Piece, text: str) -> Iterator[_Spot]:
    text = _trim(text)
    if len(text) > 30 and _SENTENCE.search(text) and "," in text:
        return
    mark = ";" if ";" in text else "、" if "、" in text else "。"
    held = ""
    for part in _split_outside(text, mark):
        held = f"{held}{mark}{part}" if held else part
        if not _ROAD_END.search(held):
            if location := _trim(held):
                yield _Spot(piece.line, None, location, piece)
            held = ""
    if location := _trim(held):
        yield _Spot(piece.line, None, location, piece)


def _split_outside(text: str, mark: str) -> list[str]:
    parts, depth = [""], 0
    for char in text:
        depth += (char == "(") - (char == ")")
        if char == mark and depth <= 0:
            parts.append("")
        else:
            parts[-1] += char
    return parts


def _trim(text: str) -> str:
    return _LEAD.sub("", text.strip(" ,;。、")).strip(" ,;。、")


def _box(
    spot: _Spot, known: Sequence[tuple[TargetEntry, str | None]], owner: Owner
) -> DropBoxEntry:
    county = None
    if owner.level != "county":
        county = regions.leading_county(spot.text, own=owner.place) or spot.piece.county
    linked = _link(
        spot.text,
        county,
        [(t, team) for t, team in known if spot.piece.team in {None, team}],
        owner,
    )
    target, team = linked if linked else (None, None)
    return DropBoxEntry(
        spot.number, spot.text, county, target.name if target else None, team or spot.piece.team
    )


def _link(
    text: str, county: str | None, known: Sequence[tuple[TargetEntry, str | None]], owner: Owner
) -> tuple[TargetEntry, str | None] | None:
    """The one body that a place names: by the hint in brackets, else by the longest name."""
    if hint := _HINT.search(text):
        hinted = _named(hint[1], county, known, owner)
        if len(hinted) == 1:
            return hinted[0][1:]
    named = _named(text, county, known, owner)
    longest = max((length for length, _, _ in named), default=0)
    best = [(target, team) for length, target, team in named if length == longest]
    return best[0] if len(best) == 1 else None


def _named(
    text: str, county: str | None, known: Sequence[tuple[TargetEntry, str | None]], owner: Owner
) -> list[tuple[int, TargetEntry, str | None]]:
    found = []
    for target, team in known:
        if county and target.county and target.county != county:
            continue
        lengths = [
            len(form) for form in spoken_forms(target, owner) if _stands_in(form, text, target)
        ]
        if lengths:
            found.append((max(lengths), target, team))
    return found


def _stands_in(form: str, text: str, target: TargetEntry) -> bool:
    at = text.find(form)
    if at < 0:
        return False
    if target.kind != BodyKind.TOWN:
        return True
    follows = text[at + len(form) :]
    return bool(_BEFORE_TOWN.search(text[:at])) and not re.match(
        r"[东西南北中]?(?:路|街(?!道)|大道|巷)", follows
    )
