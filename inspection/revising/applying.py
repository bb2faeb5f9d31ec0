"""What a person decided, laid over what was read.

    revised = revise(notice, edits)

What a decision is about may have gone from the text: such decisions are told, and change nothing.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from inspection.notice import Finding, Notice, Severity
from inspection.revising.contradictions import RECHECKED, contradictions
from inspection.revising.edits import ADDED, Edits, Place
from inspection.revising.revisable import FIELDS, Key, Thing, WrongValue, read_texts
from inspection.revising.things import Found, notice_of_things, things_of

CHECKED = "（已由工作人员核对）"


@dataclass(frozen=True, slots=True)
class Revised:
    """`things` are those of the notice as it is now, each under the key by which it was read."""

    notice: Notice
    things: tuple[Found, ...]
    read: Mapping[Place, Found]
    lost: tuple[Place, ...]

    def at(self, place: Place) -> Found | None:
        """The thing as it is now."""
        return next((one for one in self.things if (one.thing, one.key) == place), None)


def revise(notice: Notice, edits: Edits) -> Revised:
    """The notice with all decisions in it, and its errors looked for anew."""
    read = {(one.thing, one.key): one for one in things_of(notice)}
    kept = [_changed(one, edits) for place, one in read.items() if place not in edits.dropped]
    kept += [
        _made(thing, key, values)
        for (thing, key), values in edits.changed.items()
        if key[:1] == (ADDED,)
    ]
    things = _followed(kept, read)
    lost = tuple(
        place
        for place in (*edits.changed, *edits.dropped)
        if place not in read and place[1][:1] != (ADDED,)
    )
    if not edits:
        return Revised(notice, tuple(things), read, lost)
    now = notice_of_things(notice, things)
    return Revised(replace(now, findings=_findings(now, edits)), tuple(things), read, lost)


def differing(place: Place, read: Found | None, texts: Mapping[str, str]) -> dict[str, str]:
    """Of what was typed for a thing only what differs from what was read. Raises WrongValue."""
    values = read_texts(place[0], texts)
    if read is None:
        return dict(texts)
    return {name: text for name, text in texts.items() if values.get(name) != read.values.get(name)}


def _changed(one: Found, edits: Edits) -> Found:
    texts = edits.changed.get((one.thing, one.key))
    return replace(one, values={**one.values, **_values(one.thing, texts)}) if texts else one


def _made(thing: Thing, key: Key, texts: Mapping[str, str]) -> Found:
    every = {one.name: texts.get(one.name, _blank(thing, one.name)) for one in FIELDS[thing]}
    return Found(thing, key, _values(thing, every))


def _blank(thing: Thing, name: str) -> str:
    choices = next(one.choices for one in FIELDS[thing] if one.name == name)
    codes = [code for code, _ in choices]
    return codes[-1] if codes and "" not in codes else ""


def _values(thing: Thing, texts: Mapping[str, str]) -> dict[str, Any]:
    """What was stored was checked when it was typed; what is wrong all the same is left out."""
    found: dict[str, Any] = {}
    for name, text in texts.items():
        try:
            found |= read_texts(thing, {name: text})
        except WrongValue:
            found[name] = text
    return found


def _followed(things: list[Found], read: Mapping[Place, Found]) -> list[Found]:
    """A team or body that was renamed is named so wherever it is meant; one that went, nowhere."""
    names: dict[str, dict[str, str | None]] = {"team": {}, "target": {}}
    here = {(one.thing, one.key) for one in things}
    for place, one in read.items():
        if place[0] in (Thing.TEAM, Thing.BODY) and place not in here and one.values["name"]:
            names[_REFERS[place[0]]].setdefault(one.values["name"], None)
    for one in things:
        was = read.get((one.thing, one.key))
        if one.thing in _REFERS and was and was.values["name"]:
            names[_REFERS[one.thing]][was.values["name"]] = one.values["name"]
    for one in things:
        # Of two of one name that were told apart, who kept it is meant.
        if one.thing in _REFERS and one.values["name"]:
            names[_REFERS[one.thing]][one.values["name"]] = one.values["name"]
    return [
        replace(
            one,
            values={
                name: names[name].get(value, value) if name in names and value else value
                for name, value in one.values.items()
            },
        )
        for one in things
    ]


_REFERS = {Thing.TEAM: "team", Thing.BODY: "target"}


def _findings(notice: Notice, edits: Edits) -> tuple[Finding, ...]:
    """What can be checked again is; of the rest a person may have said that it is right."""
    kept = [one for one in notice.findings if one.code not in RECHECKED]
    return tuple(
        replace(one, severity=Severity.INFO, message=one.message + CHECKED)
        if one.severity == Severity.ERROR and one.message in edits.checked
        else one
        for one in (*kept, *contradictions(notice))
    )
