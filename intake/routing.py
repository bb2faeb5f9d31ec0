"""Which team a report goes to, and why, in words that a clerk can check."""

from dataclasses import dataclass
from typing import Literal

from intake.draft import Draft

Scope = Literal["in", "out", "unchecked"]


@dataclass(frozen=True, slots=True)
class RouteTarget:
    """A body under inspection, as far as routing looks at it."""

    code: str
    name: str
    short_names: tuple[str, ...]
    county: str | None
    kind: str
    includes_villages: bool
    team: str
    box_hints: tuple[str, ...] = ()


@dataclass(frozen=True)
class RouteMap:
    """All targets of a round."""

    targets: tuple[RouteTarget, ...]


@dataclass(frozen=True, slots=True)
class Route:
    """Where a report goes; `team` None is the office."""

    team: str | None
    target_code: str | None
    scope: Scope
    reason: str


def route(draft: Draft, route_map: RouteMap) -> Route:
    raise NotImplementedError
