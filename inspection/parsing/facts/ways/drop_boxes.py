"""Drop boxes, each linked to the body it belongs to."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from inspection.body_kinds import BodyKind
from inspection.notice import DropBoxEntry, TargetEntry
from inspection.parsing.facts.ways.box_spots import Spot, find_spots
from inspection.parsing.facts.who.teams import FoundTeam
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names import regions
from inspection.parsing.names.regions import Owner
from inspection.parsing.names.short_names import spoken_forms

_HINT = re.compile(r"\(([^()]{3,12})\)$")
_BEFORE_TOWN = re.compile(r"(?:^|[县区市省旗州于在号侧、,:(\s])$")


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A box with the line it stands on."""

    line: int
    box: DropBoxEntry


def read_boxes(pieces: Sequence[Piece], teams: Sequence[FoundTeam], owner: Owner) -> list[FoundBox]:
    """All boxes in order, with county, body and team where the notice tells them."""
    known = [(target, team.name) for team in teams for _, target in team.targets]
    found: list[FoundBox] = []
    placed: set[str] = set()
    for spot in find_spots(pieces):
        if spot.number is None and spot.text in placed:
            continue
        placed.add(spot.text)
        found.append(FoundBox(spot.line, _box(spot, known, owner)))
    return found


def _box(spot: Spot, known: Sequence[tuple[TargetEntry, str | None]], owner: Owner) -> DropBoxEntry:
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
