"""Who inspects whom, as the notice page and the form show it: by team and county."""

from dataclasses import dataclass
from datetime import datetime

from inspection.current import Published
from inspection.models import Target, Team
from inspection.wording import closing_words


@dataclass(frozen=True)
class BodiesOfCounty:
    """What a team inspects in a county; `name` is '' for what belongs to none."""

    name: str
    bodies: tuple[Target, ...]


@dataclass(frozen=True)
class TeamCard:
    """A team with its bodies by county; `closing` only where its last day is not the round's."""

    team: Team
    counties: tuple[BodiesOfCounty, ...]
    is_accepting: bool
    closing: str


def team_cards(published: Published, at: datetime) -> list[TeamCard]:
    """Who inspects whom."""
    return [
        TeamCard(
            team=team,
            counties=bodies_by_county(team),
            is_accepting=team.window().contains(at),
            closing=closing_words(team.window()) if team.accepts_until else "",
        )
        for team in published.teams
    ]


def bodies_by_county(team: Team) -> tuple[BodiesOfCounty, ...]:
    """In the notice's order."""
    counties: dict[str, list[Target]] = {}
    for body in team.targets.all():
        counties.setdefault(body.county, []).append(body)
    return tuple(BodiesOfCounty(name, tuple(bodies)) for name, bodies in counties.items())
