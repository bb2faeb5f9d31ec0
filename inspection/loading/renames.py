"""Which team or body of today a published name means, after staff gave it another one. Pure.

    renames = find_renames(last, now, new, published_names)
    merge(renames.follow(last), now, renames.follow(new))

A body is known by its code, which is made of its published name and never changes. A team
is known by what it still holds: bodies, contacts and boxes of the last reading.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from inspection.loading.differences import Facts, Key, Record

_TEAM, _BODY, _CONTACT, _BOX = "巡察组", "巡察对象", "联系方式", "举报箱"
Pairs = Counter[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Renames:
    """Published name -> the name that staff gave; '' is the team without a name."""

    teams: dict[str, str] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)

    def follow(self, facts: Facts) -> Facts:
        """The facts of a published text under the names of today."""
        return {self._key(key): self._record(key, record) for key, record in facts.items()}

    def corrections(self, new: Facts) -> list[str]:
        """Where the text still prints the published name, as Chinese lines for a clerk."""
        groups = ((_TEAM, self.teams), (_BODY, self.bodies))
        return [
            f"{group} {name or '（没有名称）'}：更正为{today}"
            for group, names in groups
            for name, today in names.items()
            if (group, name) in new
        ]

    def _key(self, key: Key) -> Key:
        if key[0] == _TEAM:
            return (_TEAM, self.teams.get(key[1], key[1]))
        if key[0] == _BODY:
            return (_BODY, self.bodies.get(key[1], key[1]))
        if key[0] == _CONTACT and key[3]:
            return (*key[:3], self.teams.get(key[3], key[3]))
        return key

    def _record(self, key: Key, record: Record) -> Record:
        if key[0] not in {_BODY, _BOX}:
            return record
        changed = dict(record)
        # A box without a team belongs to none; a body without one to the team without a name.
        if record["team"] or key[0] == _BODY:
            changed["team"] = self.teams.get(record["team"] or "", record["team"])
        if record.get("target"):
            changed["target"] = self.bodies.get(record["target"], record["target"])
        return changed


def find_renames(
    last: Facts, now: Facts, new: Facts, published_names: Mapping[str, str]
) -> Renames:
    """What staff renamed since the last reading, as far as it is certain.

    `published_names` tells of bodies of today under which name their code was made.
    """
    bodies = {
        name: today
        for today, name in published_names.items()
        if (_BODY, name) in last and (_BODY, name) not in now and (_BODY, today) not in last
    }
    teams = _renamed_teams(Renames(bodies=bodies).follow(last), now)
    return Renames(_still_printed(_TEAM, teams, new), _still_printed(_BODY, bodies, new))


def _still_printed(group: str, names: dict[str, str], new: Facts) -> dict[str, str]:
    """A name that the text no longer prints is dropped, and one of two printed is itself."""
    return {
        name: today
        for name, today in names.items()
        if ((group, name) in new) != ((group, today) in new)
    }


def _renamed_teams(last: Facts, now: Facts) -> dict[str, str]:
    """Pairs of which each holds more of the other than of any third."""
    missing = [name for name in _teams(last) if (_TEAM, name) not in now]
    # Contacts of a team whose name was taken away look as if they were shared by all.
    added = [name for name in _teams(now) if name and (_TEAM, name) not in last]
    shared = _shared_holdings(last, now, missing, added)
    if len(_teams(last)) == len(_teams(now)):
        shared += _bare_teams_in_place(last, now)
    forth = {
        name: _foremost({b: n for (a, b), n in shared.items() if a == name}) for name in missing
    }
    back = {name: _foremost({a: n for (a, b), n in shared.items() if b == name}) for name in added}
    return {name: today for name, today in forth.items() if today and back.get(today) == name}


def _teams(facts: Facts) -> list[str]:
    return [key[1] for key in facts if key[0] == _TEAM]


def _shared_holdings(last: Facts, now: Facts, missing: list[str], added: list[str]) -> Pairs:
    """How many bodies, contacts and boxes of a missing team an added one holds."""
    before, today = _holders(last), _holders(now)
    return Counter(
        (name, other)
        for thing in before.keys() & today.keys()
        for name in before[thing] & set(missing)
        for other in today[thing] & set(added)
    )


def _holders(facts: Facts) -> dict[Key, set[str]]:
    holders: dict[Key, set[str]] = defaultdict(set)
    for thing, team in _holdings(facts):
        holders[thing].add(team)
    return holders


def _holdings(facts: Facts) -> Iterator[tuple[Key, str]]:
    """Whatever belongs to a team, with the team's name."""
    for key, record in facts.items():
        if key[0] == _BODY:
            yield key, record["team"] or ""
        elif key[0] == _CONTACT and key[3]:
            yield key[:3], key[3]
        elif key[0] == _BOX and record["team"]:
            yield key, record["team"]


def _bare_teams_in_place(last: Facts, now: Facts) -> Pairs:
    """Teams at one place in the list that hold nothing by which they could be told."""
    before = {team for _, team in _holdings(last)}
    today = {team for _, team in _holdings(now)}
    places = zip(_teams(last), _teams(now), strict=True)
    return Counter(
        (name, other)
        for name, other in places
        if name != other and name not in before and other not in today
    )


def _foremost(counts: Mapping[str, int]) -> str | None:
    """The name with the highest count, unless two share it; None where none has any."""
    best = [name for name, count in counts.items() if count == max(counts.values())]
    return best[0] if len(best) == 1 else None
