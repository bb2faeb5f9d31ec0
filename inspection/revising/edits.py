"""A person's decisions about a notice, and their way through a form. Pure.

edits = edits.put(Thing.BODY, ("柳泉乡", "县委第二巡察组"), {"name": "柳泉镇"})
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Self

from inspection.revising.revisable import FIELDS, LISTS, Key, Thing, Values

MOST_EDITS = 2000
_LONGEST = 600
Place = tuple[Thing, Key]
# What a person added is known by this and a number.
ADDED = "+"


@dataclass(frozen=True, slots=True)
class Edits:
    """`changed` holds what was corrected or, under a key of its own, added; `dropped` what went.

    `checked` are the errors of which a person said that what was read is right.
    """

    changed: Mapping[Place, Values] = field(default_factory=dict)
    dropped: tuple[Place, ...] = ()
    checked: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.changed or self.dropped or self.checked)

    def __len__(self) -> int:
        return len(self.changed) + len(self.dropped) + len(self.checked)

    def put(self, thing: Thing, key: Key, values: Values) -> Self:
        """These values for a thing; with none it is again as it was read."""
        changed = {place: one for place, one in self.changed.items() if place != (thing, key)}
        if values:
            changed[(thing, key)] = dict(values)
        return replace(self, changed=changed)

    def add(self, thing: Thing, values: Values) -> Self:
        """One more thing."""
        numbers = [int(key[1]) for _, key in self.changed if key[:1] == (ADDED,)]
        return self.put(thing, (ADDED, str(max(numbers, default=0) + 1)), values)

    def drop(self, thing: Thing, key: Key) -> Self:
        """It is none; one that was added is as if it had never been."""
        bare = self.put(thing, key, {})
        if key[:1] == (ADDED,):
            return bare
        return replace(bare, dropped=tuple(dict.fromkeys((*self.dropped, (thing, key)))))

    def keep(self, thing: Thing, key: Key) -> Self:
        """It is one after all."""
        return replace(self, dropped=tuple(one for one in self.dropped if one != (thing, key)))

    def check(self, message: str) -> Self:
        """An error that a person looked at."""
        return replace(self, checked=tuple(dict.fromkeys((*self.checked, message))))

    def to_json(self) -> str:
        """For a hidden field."""
        whole = [
            [[thing, list(key), dict(values)] for (thing, key), values in self.changed.items()],
            [[thing, list(key)] for thing, key in self.dropped],
            list(self.checked),
        ]
        return json.dumps(whole, ensure_ascii=False, separators=(",", ":"))

    @classmethod
    def from_json(cls, typed: str) -> Self:
        """What `to_json` made. Raises ValueError for anything else."""
        if not typed:
            return cls()
        try:
            changed, dropped, checked = json.loads(typed)
            found = cls(
                {place_of(thing, key): _values(thing, values) for thing, key, values in changed},
                tuple(place_of(thing, key) for thing, key in dropped),
                tuple(_text(one) for one in checked),
            )
        except (TypeError, RecursionError) as error:
            raise ValueError("no edits") from error
        if len(found) > MOST_EDITS:
            raise ValueError("too many edits")
        return found


def place_of(thing: Any, key: Any) -> Place:
    """Checked. Raises ValueError or TypeError."""
    return Thing(thing), tuple(_text(one) for one in key)


def place_json(thing: Thing, key: Key) -> str:
    """For the value of a button."""
    return json.dumps([thing, list(key)], ensure_ascii=False, separators=(",", ":"))


def place_in(typed: str) -> Place | None:
    """What `place_json` made; None for anything else."""
    try:
        thing, key = json.loads(typed)
        found = place_of(thing, key)
    except (ValueError, TypeError, RecursionError):
        return None
    return found if found[1] or found[0] not in LISTS else None


def _values(thing: Any, values: Any) -> dict[str, str]:
    names = {one.name for one in FIELDS[Thing(thing)]}
    if not isinstance(values, dict) or not set(values) <= names:
        raise ValueError("no such field")
    return {name: _text(value) for name, value in values.items()}


def _text(value: Any) -> str:
    if not isinstance(value, str) or len(value) > _LONGEST:
        raise ValueError("no text")
    return value
