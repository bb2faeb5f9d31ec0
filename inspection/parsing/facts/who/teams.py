"""Teams and the bodies that each inspects."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from inspection.body_kinds import BodyKind
from inspection.notice import TargetEntry, TeamEntry
from inspection.parsing.facts.who import body_lists
from inspection.parsing.facts.who.body_lists import Body
from inspection.parsing.facts.who.body_sentences import bodies_said
from inspection.parsing.layout.pieces import Piece
from inspection.parsing.names import team_names
from inspection.parsing.names.kinds_by_name import looks_like_body
from inspection.parsing.names.regions import Owner
from inspection.parsing.names.short_names import with_short_names

_WITH_VILLAGES = re.compile(
    r"(?:同步|一并|延伸|同时)[^,。;]{0,8}(?:所辖|下辖|所属)[^,。;]{0,6}(?:村|社区)"
)
_FORM = re.compile(
    r"(?:开展|进行|实施)?(?:“?(?:回头看|常规|提级|专项|机动|交叉)”?巡[察视]|巡[察视]“?回头看)"
)


@dataclass(slots=True)
class FoundTeam:
    """A team as found, with the lines that name it and its bodies."""

    name: str | None
    line: int
    series: str | None = None
    targets: list[tuple[int, TargetEntry]] = field(default_factory=list)

    def entry(self) -> TeamEntry:
        """The team in its public form."""
        return TeamEntry(
            self.name, self.series, targets=tuple(target for _, target in self.targets)
        )


def read_teams(pieces: Sequence[Piece], owner: Owner) -> list[FoundTeam]:
    """All teams with their bodies, in the order of their first appearance."""
    teams: dict[str | None, FoundTeam] = {}
    for piece in pieces:
        if piece.team is not None:
            team = teams.setdefault(piece.team, FoundTeam(piece.team, piece.line))
            team.series = team.series or _series(piece)
        if piece.kind == "targets" or _is_list_in_block(piece):
            _add(teams.setdefault(piece.team, FoundTeam(piece.team, piece.line)), piece, owner)
    _add_from_sentences(teams, pieces, owner)
    _leave_to_teams(teams)
    _add_villages(teams.values(), pieces)
    _lend_series(teams.values(), pieces)
    _drop_common_series(teams.values())
    _name_shortly(teams.values(), owner)
    return [team for team in teams.values() if team.name is not None or team.targets]


def _is_list_in_block(piece: Piece) -> bool:
    """A line without a label, under a team or a heading about targets, that only names bodies."""
    if piece.label or not (
        piece.team
        or re.search(r"巡[察视]?(?:对象|单位|党组织|范围)", piece.section + piece.heading)
    ):
        return False
    words = [word for word in re.split(r"[、,;\s]+", piece.text.rstrip("。")) if word]
    return (
        bool(words)
        and "。" not in piece.text[:-1]
        and all(
            looks_like_body(re.sub(r"(?:党组|党委|党支部|党组织|党总支|及.*)$", "", word))
            or len(word) < 6
            for word in words
        )
        and any(map(looks_like_body, words))
    )


def _series(piece: Piece) -> str | None:
    return team_names.series_in(piece.team or "") or _series_of_text(piece)


def _series_of_text(piece: Piece) -> str | None:
    if piece.kind == "series":
        return team_names.series_in(piece.text)
    if (piece.kind == "targets" or piece.is_said) and (match := _FORM.search(piece.text)):
        return team_names.series_in(match.group())
    return next(
        (word for words in (piece.heading, piece.section) if (word := _headed(words))), None
    )


def _headed(heading: str) -> str | None:
    """The series that a heading is about."""
    return team_names.series_in(heading) if re.search(r"巡[察视]", heading) else None


def _lend_series(teams: Iterable[FoundTeam], pieces: Sequence[Piece]) -> None:
    """Teams without a word of their own take the one form of inspection that is left."""
    named = [team for team in teams if team.name is not None]
    forms = {
        team_names.series_in(match.group())
        for piece in pieces
        for match in _FORM.finditer(piece.text)
    }
    left = forms - {team.series for team in named}
    if len(left) == 1 and None not in forms:
        for team in named:
            team.series = team.series or next(iter(left))


def _drop_common_series(teams: Iterable[FoundTeam]) -> None:
    """A form that all teams have tells none of them apart."""
    named = [team for team in teams if team.name is not None]
    if len({team.series for team in named}) == 1:
        for team in named:
            team.series = None


def _add(team: FoundTeam, piece: Piece, owner: Owner) -> None:
    _add_bodies(team, piece.line, body_lists.read_bodies(piece.text, owner, piece.county))


def _target(body: Body) -> TargetEntry:
    taught = (body.taught,) if body.taught else ()
    return TargetEntry(body.name, body.kind, body.county, taught, body.with_villages)


def _add_from_sentences(
    teams: dict[str | None, FoundTeam], pieces: Sequence[Piece], owner: Owner
) -> None:
    """Bodies that only a sentence names: '对县教育局、县民政局开展常规巡察'."""
    listed = {name for name, team in teams.items() if team.targets}
    for piece in pieces:
        if piece.kind not in {"none", "team", "targets", "period"} or "聚焦" in piece.text:
            continue
        if listed and (piece.team is None or piece.team in listed):
            continue
        found = bodies_said(piece.text, owner, piece.county, piece.team or "")
        if not found:
            continue
        if piece.group and len(piece.group) == len(found) and "分别" in piece.text:
            for name, body in zip(piece.group, found, strict=True):
                _add_bodies(_team(teams, name, piece), piece.line, [body])
        else:
            _add_bodies(_team(teams, piece.team, piece), piece.line, found)


def _leave_to_teams(teams: dict[str | None, FoundTeam]) -> None:
    """A body that one sentence names for all teams and another for one of them is that team's."""
    held = {target.name for name, team in teams.items() if name for _, target in team.targets}
    if (nameless := teams.get(None)) is not None:
        nameless.targets = [entry for entry in nameless.targets if entry[1].name not in held]


def _add_villages(teams: Iterable[FoundTeam], pieces: Sequence[Piece]) -> None:
    """'同步巡察所辖村（社区）': the towns of the same line have their villages with them."""
    lines = {piece.line for piece in pieces if _WITH_VILLAGES.search(piece.text)}
    for team in teams:
        team.targets = [
            (line, replace(target, includes_villages=True))
            if line in lines and target.kind == BodyKind.TOWN
            else (line, target)
            for line, target in team.targets
        ]


def _team(teams: dict[str | None, FoundTeam], name: str | None, piece: Piece) -> FoundTeam:
    return teams.setdefault(name, FoundTeam(name, piece.line))


def _add_bodies(team: FoundTeam, line: int, bodies: Iterable[Body]) -> None:
    known = {target.name for _, target in team.targets}
    for body in bodies:
        if body.name not in known:
            known.add(body.name)
            team.targets.append((line, _target(body)))


def _name_shortly(teams: Iterable[FoundTeam], owner: Owner) -> None:
    flat = [(team, line, target) for team in teams for line, target in team.targets]
    named = with_short_names([target for _, _, target in flat], owner)
    for team in teams:
        team.targets = []
    for (team, line, _), target in zip(flat, named, strict=True):
        team.targets.append((line, target))
