"""A notice as a list of things with a key each, and back. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from inspection.body_kinds import BodyKind
from inspection.contact_kinds import ContactKind
from inspection.notice import Contact, DropBoxEntry, Notice, TargetEntry, TeamEntry
from inspection.revising.revisable import FIELDS, Key, Thing, keys_of, texts_of


@dataclass(frozen=True, slots=True)
class Found:
    """A thing: `values` are those that a person may correct, `whole` what it was read as."""

    thing: Thing
    key: Key
    values: Mapping[str, Any]
    whole: Any = None


def things_of(notice: Notice) -> list[Found]:
    """In the notice's order; bodies stand after all teams."""
    bodies = [(team.name, target) for team in notice.teams for target in team.targets]
    return [
        Found(Thing.ROUND, (), _picked(Thing.ROUND, notice.round), notice.round),
        Found(Thing.RULES, (), _picked(Thing.RULES, notice.rules), notice.rules),
        *_listed(Thing.TEAM, [(team, {}) for team in notice.teams]),
        *_listed(Thing.BODY, [(target, {"team": team}) for team, target in bodies]),
        *_listed(Thing.CONTACT, [(contact, {}) for contact in notice.contacts]),
        *_listed(Thing.BOX, [(box, {}) for box in notice.drop_boxes]),
    ]


def _picked(thing: Thing, whole: Any, **more: Any) -> dict[str, Any]:
    return {
        one.name: more[one.name] if one.name in more else getattr(whole, one.name)
        for one in FIELDS[thing]
    }


def _listed(thing: Thing, rows: list[tuple[Any, dict[str, Any]]]) -> Iterator[Found]:
    values = [_picked(thing, whole, **more) for whole, more in rows]
    keys = keys_of(thing, [texts_of(thing, one) for one in values])
    for key, (whole, _), one in zip(keys, rows, values, strict=True):
        yield Found(thing, key, one, whole)


def notice_of_things(notice: Notice, things: list[Found]) -> Notice:
    """The notice with these things in the place of its own."""
    of = {thing: [one for one in things if one.thing is thing] for thing in Thing}
    bodies = [(one.values["team"], _body(one)) for one in of[Thing.BODY]]
    names = [one.values["name"] for one in of[Thing.TEAM]]
    # A body of a team that is not there, or of none, stands under the team without a name.
    orphans = tuple(body for team, body in bodies if team not in names)
    teams = [
        replace(
            _team(one),
            targets=tuple(body for team, body in bodies if team == one.values["name"]),
        )
        for one in of[Thing.TEAM]
    ]
    nameless = [TeamEntry(None, targets=orphans)] if orphans else []
    return replace(
        notice,
        round=replace(notice.round, **of[Thing.ROUND][0].values),
        rules=replace(notice.rules, **of[Thing.RULES][0].values),
        teams=(*teams, *nameless),
        contacts=tuple(map(_contact, of[Thing.CONTACT])),
        drop_boxes=tuple(map(_box, of[Thing.BOX])),
    )


def _team(one: Found) -> TeamEntry:
    return replace(one.whole or TeamEntry(None), **one.values)


def _body(one: Found) -> TargetEntry:
    values = {name: value for name, value in one.values.items() if name != "team"}
    return replace(one.whole or TargetEntry("", BodyKind.OTHER), **values)


def _contact(one: Found) -> Contact:
    return replace(one.whole or Contact(ContactKind.PHONE, ""), **one.values)


def _box(one: Found) -> DropBoxEntry:
    return replace(one.whole or DropBoxEntry(None, ""), **one.values)
