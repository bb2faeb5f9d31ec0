"""The newspaper page as published, against the facts that a person read from it."""

import json
from typing import Any

from tests.reading import DATA, PAGE, read_json

EXPECTED: dict[str, Any] = json.loads((DATA / "liaocheng-expected.json").read_text("utf-8"))
READ = read_json(PAGE)


def paths(value: Any, at: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every single fact of the expected notice."""
    if isinstance(value, dict):
        return [path for key, inner in value.items() for path in paths(inner, (*at, key))]
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [path for index, inner in enumerate(value) for path in paths(inner, (*at, index))]
    return [at]


def at_path(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


def is_read(path: tuple[Any, ...]) -> bool:
    expected = at_path(EXPECTED, path)
    if path[-1] == "short_names_include":
        return set(expected) <= set(at_path(READ, (*path[:-1], "short_names")))
    return bool(at_path(READ, path) == expected)


def test_reads_every_fact():
    assert [".".join(map(str, path)) for path in paths(EXPECTED) if not is_read(path)] == []


def counts(notice: dict[str, Any]) -> dict[str, int]:
    parts = ("teams", "contacts", "drop_boxes", "focus", "special_checks")
    return {part: len(notice[part]) for part in parts} | {
        "targets": sum(len(team["targets"]) for team in notice["teams"])
    }


def test_reads_nothing_beside_the_facts():
    assert counts(READ) == counts(EXPECTED)


def test_names_the_round_by_place_session_and_ordinal():
    assert READ["round"]["slug"] == "liaocheng-14-8"


def test_the_checks_against_itself_agree():
    found = {entry["code"]: entry["severity"] for entry in READ["findings"]}

    assert found == dict.fromkeys(
        ["counts_agree", "boxes_numbered", "targets_have_boxes", "teams_numbered"], "info"
    )


def test_no_short_name_is_as_short_as_two_characters():
    names = [n for team in READ["teams"] for t in team["targets"] for n in t["short_names"]]

    assert min(map(len, names)) >= 3


def test_no_short_name_belongs_to_two_bodies():
    names = [n for team in READ["teams"] for t in team["targets"] for n in t["short_names"]]

    assert len(names) == len(set(names))
