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
    """A team with its bodies by county; `closing` only where it is not the page's own."""

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
            closing=own_closing_words(published, team),
        )
        for team in published.teams
    ]


def own_closing_words(published: Published, team: Team) -> str:
    """Until when a team's bodies are taken, where the round as a whole is taken longer or the
    notice gives the team a day of its own; else ''."""
    window = team.window()
    is_own = team.accepts_until is not None or window.closes != published.window.closes
    return closing_words(window) if is_own else ""


def bodies_by_county(team: Team) -> tuple[BodiesOfCounty, ...]:
    """In the notice's order."""
    counties: dict[str, list[Target]] = {}
    for body in team.targets.all():
        counties.setdefault(body.county, []).append(body)
    return tuple(BodiesOfCounty(name, tuple(bodies)) for name, bodies in counties.items())
