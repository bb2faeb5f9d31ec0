"""The desks of the round as the process last read it: where a report goes, and its recipient."""

import logging
from dataclasses import dataclass
from functools import lru_cache

from django.db import Error

from inspection import clock
from inspection.current import Published, accepting_rounds
from intake import audit
from intake.choices import DeskKind
from intake.models import Desk
from intake.routing import Route, RouteMap, RouteTarget, box_hints

logger = logging.getLogger(__name__)


class NoDesk(RuntimeError):
    """The round has no desk at all to seal a report to: `open_desks` was not run for it."""


# A desk's kind, and of a team's the team's primary key as text.
Key = tuple[str, str | None]


@dataclass(frozen=True)
class CurrentDesks:
    """A round's route map and desks.

    Desks whose public key was `exchanged` are not among them: nothing is sealed to those.
    """

    route_map: RouteMap
    by_key: dict[Key, Desk]
    exchanged: frozenset[Key] = frozenset()

    def desk(self, route: Route) -> Desk:
        """The desk of a route, or the office's where a team, or an old round's head, has none.

        Raises NoDesk where nobody may read it instead: the office never reads what is about the
        office, nor what is for a head whose key somebody exchanged.
        """
        key = (route.kind, route.team)
        is_heads = route.kind == "head" and key in self.exchanged
        if key not in self.by_key and (is_heads or route.kind == "superior"):
            raise NoDesk(f"no desk of the kind {route.kind}")
        try:
            return self.by_key.get(key) or self.by_key[_OFFICE]
        except KeyError as error:
            raise NoDesk(f"no desk for team {route.team}, nor for the office") from error

    def reason(self, route: Route) -> str:
        """Why a report goes where it goes; a clerk must see that it did not reach its desk."""
        key = (route.kind, route.team)
        if key in self.by_key:
            return route.reason
        if key in self.exchanged:
            return f"巡察组的封存公钥核对不过，先送巡察办；{route.reason}"
        missing = "还没有主任席" if route.kind == "head" else "巡察组还没有受理席"
        return f"{missing}，先送巡察办；{route.reason}"

    @property
    def reaches_the_superior(self) -> bool:
        """Whether what is about the office itself can be taken here."""
        return (str(DeskKind.SUPERIOR), None) in self.by_key


_OFFICE: Key = (str(DeskKind.OFFICE), None)


def desks_of(published: Published) -> CurrentDesks:
    """The desks of the round; remembered as long as the round is."""
    return published.remember(CurrentDesks, lambda: _read(published))


def read_ahead() -> None:
    """Reads what reports need now, before a process takes its first; a database may be away."""
    try:
        for published in accepting_rounds(clock.now()):
            desks_of(published)
    except Error as error:
        logger.warning("nothing read ahead: %s", type(error).__name__)


def _read(published: Published) -> CurrentDesks:
    columns = ("id", "kind", "round_id", "team_id", "recipient", "recipient_code")
    desks = Desk.objects.filter(round=published.round).only(*columns)
    superseded = audit.superseded_desks(desks)
    genuine = [desk for desk in desks if desk.pk not in superseded and audit.is_genuine_desk(desk)]
    if len(genuine) < len(desks):
        logger.error("the public keys of desks were exchanged; see manage.py verify_audit")
    return CurrentDesks(
        route_map=_route_map(_targets(published), published.round.issuer),
        by_key={_key_of(desk): desk for desk in genuine},
        exchanged=frozenset(_key_of(desk) for desk in desks if desk not in genuine),
    )


def _key_of(desk: Desk) -> Key:
    return str(desk.kind), str(desk.team_id) if desk.team_id else None


def _targets(published: Published) -> tuple[RouteTarget, ...]:
    hints = box_hints(
        (box.location, box.target.code if box.target else None) for box in published.boxes
    )
    return tuple(
        RouteTarget(
            code=target.code,
            name=target.name,
            short_names=tuple(target.short_names),
            county=target.county or None,
            kind=target.kind,
            includes_villages=target.includes_villages,
            team=str(target.team_id),
            box_hints=hints.get(target.code, ()),
        )
        for target in published.targets
    )


@lru_cache(maxsize=4)
def _route_map(targets: tuple[RouteTarget, ...], issuer: str) -> RouteMap:
    """Indexing the names of a large round takes longer than reading its rows again."""
    return RouteMap(targets, issuer=issuer)
