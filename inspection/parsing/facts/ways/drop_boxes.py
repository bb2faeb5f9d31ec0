"""Drop boxes, each linked to the body it belongs to."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

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


Linked: TypeAlias = tuple[TargetEntry, str | None]
# The bodies by the forms under which a place may name them, and these by their length.
_Forms: TypeAlias = dict[int, dict[str, list[Linked]]]
_MOST_OF_ONE_NAME = 60


@dataclass(frozen=True, slots=True)
class FoundBox:
    """A box with the line it stands on."""

    line: int
    box: DropBoxEntry


def read_boxes(pieces: Sequence[Piece], teams: Sequence[FoundTeam], owner: Owner) -> list[FoundBox]:
    """All boxes in order, with county, body and team where the notice tells them."""
    known = _by_form(teams, owner)
    found: list[FoundBox] = []
    placed: set[str] = set()
    for spot in find_spots(pieces):
        if spot.number is None and spot.text in placed:
            continue
        placed.add(spot.text)
        found.append(FoundBox(spot.line, _box(spot, known, owner)))
    return found


def _box(spot: Spot, known: _Forms, owner: Owner) -> DropBoxEntry:
    county = None
    if owner.level != "county":
        county = regions.leading_county(spot.text, own=owner.place) or spot.piece.county
    linked = _link(spot, county, known)
    target, team = linked if linked else (None, None)
    return DropBoxEntry(
        spot.number, spot.text, county, target.name if target else None, team or spot.piece.team
    )


def _by_form(teams: Sequence[FoundTeam], owner: Owner) -> _Forms:
    forms: _Forms = {}
    for team in teams:
        for _, target in team.targets:
            for form in set(spoken_forms(target, owner)):
                named = forms.setdefault(len(form), {}).setdefault(form, [])
                if len(named) < _MOST_OF_ONE_NAME:
                    named.append((target, team.name))
    return forms


def _link(spot: Spot, county: str | None, known: _Forms) -> Linked | None:
    """The one body that a place names: by the hint in brackets, else by the longest name."""
    if hint := _HINT.search(spot.text):
        hinted = _named(hint[1], county, spot.piece.team, known)
        if len(hinted) == 1:
            return next(iter(hinted))
    named = _named(spot.text, county, spot.piece.team, known)
    longest = max(named.values(), default=0)
    best = [linked for linked, length in named.items() if length == longest]
    return best[0] if len(best) == 1 else None


def _named(text: str, county: str | None, team: str | None, known: _Forms) -> dict[Linked, int]:
    """The bodies that stand in a text, each with the length of its longest form there."""
    found: dict[Linked, int] = {}
    for at, form in _forms_in(text, known):
        for target, of_team in known[len(form)][form]:
            elsewhere = county and target.county and target.county != county
            if team not in {None, of_team} or elsewhere or not _stands(form, text, at, target):
                continue
            found[target, of_team] = max(found.get((target, of_team), 0), len(form))
    return found


def _forms_in(text: str, known: _Forms) -> Iterator[tuple[int, str]]:
    """Where each known form stands first in a text."""
    seen: set[str] = set()
    for size, forms in known.items():
        for at in range(len(text) - size + 1):
            form = text[at : at + size]
            if form in forms and form not in seen:
                seen.add(form)
                yield at, form


def _stands(form: str, text: str, at: int, target: TargetEntry) -> bool:
    """Whether a form at a place of a text means the body; a town's name may be a street's."""
    if target.kind != BodyKind.TOWN:
        return True
    follows = text[at + len(form) :]
    return bool(_BEFORE_TOWN.search(text[:at])) and not re.match(
        r"[东西南北中]?(?:路|街(?!道)|大道|巷)", follows
    )
