"""Every address of the staff's site, from the resolver, and how its parameters are filled.

A page of a kind of row that stands in the table is visited without an entry of its own; one of a
kind or parameter that does not stand here has none, and `parameters_without_entry` names it.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product

from tests.intake.addresses_under_admin import in_plain_words, patterns_under_admin
from tests.intake.crawling.crawled_world import NEVER, Visitor, World

_PARAMETER = re.compile(r"<\w+:(\w+)>")
# By model and parameter, the kind of row whose id stands there: a key of `Place.keys`, or of
# `World.shared` for what belongs to no desk.
FILLED = {
    "submission object_id": "submission",
    "submission item_id": "submission",
    "submission attachment_id": "attachment",
    "submission part": "part of a copy",
    "submission scan_id": "scan",
    "transferlist object_id": "transferlist",
    "transferlist list_id": "transferlist",
    "transferlist entry_id": "entry",
    "boxopening object_id": "boxopening",
    "sealedmatter object_id": "sealedmatter",
    "deskaccess object_id": "deskaccess",
    "deskaccess desk_id": "desk",
    "deskaccess member_id": "staffuser",
    "staffuser object_id": "staffuser",
    "staffuser user_id": "staffuser",
    "auditevent object_id": "auditevent",
    "receiver object_id": "receiver",
    "deadlinerule object_id": "deadlinerule",
    "problem object_id": "problem",
    "retentionclass object_id": "retentionclass",
    "ending appraisal_id": "appraisal",
    "round object_id": "round",
    "team object_id": "team",
    "target object_id": "target",
    "contactpoint object_id": "contactpoint",
    "dropbox object_id": "dropbox",
    "focustopic object_id": "focustopic",
    "workcalendarday object_id": "workcalendarday",
    "written place": "place",
    "submission row_id": "submission",
    "submission name": "item paper",
    "transferlist row_id": "transferlist",
    "transferlist name": "list paper",
    "boxopening row_id": "boxopening",
    "boxopening name": "opening paper",
    "papers name": "register",
    "handbook slug": "task",
    "handbook picture": "picture",
    "filters filter_id": "savedfilter",
    "ending round_id": "office_round",
}
# Below these stand no models.
_ONE_OF_A_KIND = ("written", "papers", "handbook", "filters", "ending")
# What is no id of a row.
_WORDS = {
    "place": "register",
    "item paper": "set",
    "part of a copy": "1-picture-1",
    "list paper": "list",
    "opening paper": "opening",
    "register": "sealed",
    "task": "log-in",
    "picture": "log-in",
}
# A key of a number is guessed as a number.
_NUMBERED = ("deskaccess", "desk", "sealedmatter", "entry", "office_round", "appraisal")
_GUESSED = {"savedfilter": "0" * 16, **dict.fromkeys(_NUMBERED, "999999")}


def guess(kind: str) -> str:
    """An id that no row has."""
    return _GUESSED.get(kind, NEVER)


@dataclass(frozen=True)
class Address:
    """One of the resolver's; `path` still has its parameters."""

    name: str
    path: str

    @property
    def model(self) -> str:
        first, *others = self.path.split("/")
        return first if first in _ONE_OF_A_KIND else others[0] if len(others) > 1 else ""

    @cached_property
    def kinds(self) -> dict[str, str]:
        """Parameter and kind of row, empty where the table does not know it."""
        found = _PARAMETER.findall(self.path)
        return {one: FILLED.get(f"{self.model} {one}", "") for one in found}

    def filled(self, keys: dict[str, str]) -> str:
        """With these ids, by kind of row."""
        path = self.path
        for parameter, kind in self.kinds.items():
            path = re.sub(rf"<\w+:{parameter}>", keys[kind], path)
        return f"/admin/{path}"

    def own(self, world: World, visitor: Visitor) -> list[str]:
        """With ids of the visitor's own rows; none where nothing of that kind is the visitor's."""
        kinds = list(dict.fromkeys(self.kinds.values()))
        ids = [_ids(world, visitor, kind) for kind in kinds]
        same = len(set(map(len, ids))) <= 1
        # Ids of the same place stand together, as long as each kind has one there.
        chosen = zip(*ids, strict=True) if ids and same else product(*ids)
        return [self.filled(dict(zip(kinds, keys, strict=True))) for keys in chosen]

    def stolen(self, world: World, visitor: Visitor) -> Iterator[tuple[str, str, tuple[str, str]]]:
        """With an id of somebody else's row, and with one that no row has; and these two ids."""
        kinds = set(self.kinds.values())
        for kind in kinds - world.shared.keys() - _WORDS.keys():
            others = {one: next(iter(_ids(world, visitor, one)), guess(one)) for one in kinds}
            for place in world.robbed(visitor, kind):
                ids = place.keys[kind], guess(kind)
                theirs, none = (self.filled({**others, kind: key}) for key in ids)
                yield theirs, none, ids


def _ids(world: World, visitor: Visitor, kind: str) -> list[str]:
    fixed = _WORDS.get(kind) or world.shared.get(kind)
    return [fixed] if fixed else world.seen(visitor, kind)


@cache
def staff_addresses() -> list[Address]:
    """All under /admin/ but the way out."""
    found = [(name, in_plain_words(path)) for name, path in patterns_under_admin()]
    return [Address(name or path, path) for name, path in found if name != "logout"]


def parameters_without_entry() -> list[str]:
    """What the table does not fill, and what whoever adds such an address has to do."""
    return [
        f"{one.path}: add '{one.model} {parameter}' to FILLED in {__file__}, and put the id of a "
        "marked row of that kind into `Place.keys` in places.py (or `World.shared`)"
        for one in staff_addresses()
        for parameter, kind in one.kinds.items()
        if not kind
    ]
