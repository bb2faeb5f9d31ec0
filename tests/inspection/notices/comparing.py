"""What was read against what a clerk would write: each fact right, wrong or missing. Pure.

A key that the wanted JSON leaves out is not judged. What is wanted to be null and is null counts
as nothing; read instead it is wrong.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, TypeAlias

Verdict = Literal["right", "wrong", "missing"]
Json: TypeAlias = Mapping[str, Any]

# What a list's entry is known by; of what is left over, the first of the same sort is its pair.
KNOWN_BY: dict[str, tuple[str, ...]] = {
    "teams": ("name",),
    "targets": ("name",),
    "contacts": ("kind", "value"),
    "drop_boxes": ("location",),
    "focus": ("kind", "heading"),
    "special_checks": ("by", "what"),
    "counts_stated": ("kind", "count"),
}
SAME_SORT = {"targets": "team", "contacts": "kind"}
# These are no facts of their own: null, empty and 'no' all say that the notice is silent.
SILENT: tuple[Any, ...] = (None, [], {}, ())


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: where it stands, what is wanted, what was read."""

    field: str
    wanted: Any
    read: Any
    verdict: Verdict

    def __str__(self) -> str:
        wanted, read = (json.dumps(one, ensure_ascii=False) for one in (self.wanted, self.read))
        return f"{self.field}: wanted {wanted}, read {read}"


def compare(wanted: Json, read: Json | None) -> list[Fact]:
    """Every judged fact of a notice; `read` None for a text that was refused."""
    read = read or {}
    return [
        *_scalars("round", _flat_round(wanted), _flat_round(read)),
        *_teams(wanted, read),
        *(
            fact
            for part in ("contacts", "drop_boxes", "focus", "special_checks")
            if part in wanted
            for fact in _entries(part, wanted[part], read.get(part, []))
        ),
        *_counts(wanted, read),
        *_scalars("rules", _rules(wanted), _rules(read)),
    ]


def differences(facts: Iterable[Fact]) -> list[str]:
    """What is not right, a line each."""
    return [f"{fact.verdict} {fact}" for fact in facts if fact.verdict != "right"]


def _flat_round(notice: Json) -> dict[str, Any]:
    """The round's scalars; a period is its two ends, its words are the reader's own."""
    round_ = dict(notice.get("round", {}))
    round_.pop("counts_stated", None)
    return _flat(round_)


def _flat(entry: Mapping[str, Any]) -> dict[str, Any]:
    flat = dict(entry)
    if "period" in flat:
        period = flat.pop("period") or {}
        flat |= {f"period.{end}": period.get(end) for end in ("starts", "ends")}
    return flat


def _rules(notice: Json) -> dict[str, Any]:
    rules = dict(notice.get("rules", {}))
    if "channels" in rules:
        rules["channels"] = sorted(rules["channels"])
    # A notice that invites nobody to report on inspectors is silent about it.
    if rules.get("supervise_inspectors") is False:
        rules["supervise_inspectors"] = None
    return rules


def _scalars(field: str, wanted: Json, read: Json) -> Iterator[Fact]:
    for key, value in wanted.items():
        if fact := _fact(f"{field}.{key}", value, read.get(key)):
            yield fact


def _fact(field: str, wanted: Any, read: Any) -> Fact | None:
    if wanted in SILENT and read in SILENT:
        return None
    if wanted == read:
        return Fact(field, wanted, read, "right")
    return Fact(field, wanted, read, "missing" if _is_less(read, wanted) else "wrong")


def _is_less(read: Any, wanted: Any) -> bool:
    """Whether what was read is nothing, or a part of a list that is wanted, and nothing wrong."""
    if read in SILENT:
        return True
    both_lists = isinstance(read, list) and isinstance(wanted, list)
    return both_lists and all(isinstance(one, str) and one in wanted for one in read)


def _teams(wanted: Json, read: Json) -> Iterator[Fact]:
    if "teams" not in wanted:
        return
    named = [team for team in wanted["teams"] if team["name"] is not None]
    found = [team for team in read.get("teams", []) if team["name"] is not None]
    yield from _entries("teams", [{"name": t["name"]} for t in named], found)
    by_name = {team["name"]: team for team in read.get("teams", [])}
    for team in named:
        of_its_own = {key: team[key] for key in team if key not in ("name", "targets")}
        other = by_name.get(team["name"], {})
        yield from _scalars(f"teams[{team['name']}]", _flat(of_its_own), _flat(other))
    yield from _entries("targets", _bodies(wanted["teams"]), _bodies(read.get("teams", [])))


def _bodies(teams: Sequence[Json]) -> list[dict[str, Any]]:
    """All bodies, each with its team."""
    return [{"team": team["name"], **body} for team in teams for body in team.get("targets", [])]


def _counts(wanted: Json, read: Json) -> Iterator[Fact]:
    if "counts_stated" in wanted.get("round", {}):
        stated = read.get("round", {}).get("counts_stated", [])
        yield from _entries("counts_stated", wanted["round"]["counts_stated"], stated)


def _entries(part: str, wanted: Sequence[Json], read: Sequence[Json]) -> Iterator[Fact]:
    """Each entry of a list is one fact; those read too much are wrong, those left out missing."""
    left = list(read)
    unmet: list[Json] = []
    met: list[int] = []
    for entry in wanted:
        same_name = [one for one in left if _name(part, one) == _name(part, entry)]
        pair = next((one for one in same_name if _is_right(entry, one)), None) or (
            same_name[0] if same_name else None
        )
        if pair is None:
            unmet.append(entry)
            continue
        left = [one for one in left if one is not pair]
        met.append(next(index for index, one in enumerate(read) if one is pair))
        yield _entry(part, entry, pair)
    yield from _unpaired(part, unmet, left)
    if met != sorted(met):
        yield Fact(f"{part}.order", "as in the text", [read[at] for at in met], "wrong")


def _unpaired(part: str, unmet: Sequence[Json], left: list[Json]) -> Iterator[Fact]:
    sort = SAME_SORT.get(part)
    for entry in unmet:
        like = [one for one in left if sort is None or one.get(sort) == entry.get(sort)]
        if like:
            left = [one for one in left if one is not like[0]]
            yield _entry(part, entry, like[0])
        else:
            yield Fact(_place(part, entry), dict(entry), None, "missing")
    for one in left:
        yield Fact(_place(part, one), None, dict(one), "wrong")


def _entry(part: str, wanted: Json, read: Json) -> Fact:
    """One entry against another: what the wanted one does not name is not judged."""
    judged = {key: read.get(key) for key in wanted}
    verdict: Verdict = "right" if _is_right(wanted, read) else "wrong"
    return Fact(_place(part, wanted), dict(wanted), judged, verdict)


def _is_right(wanted: Json, read: Json) -> bool:
    return all(
        read.get(key) == value or (read.get(key) in SILENT and value in SILENT)
        for key, value in wanted.items()
    )


def _name(part: str, entry: Json) -> tuple[Any, ...]:
    return tuple(entry.get(key) for key in KNOWN_BY[part])


def _place(part: str, entry: Json) -> str:
    return f"{part}[{' '.join(str(word) for word in _name(part, entry) if word is not None)}]"
