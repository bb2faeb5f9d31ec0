"""What closed lists are made of: members with facts, and clues to them in words. Pure."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any, Self, TypeVar

Kind = TypeVar("Kind")


class Coded(StrEnum):
    """A closed list: each member is its code, and carries what is true of it as `facts`."""

    facts: Any

    # A member is looked up by its code alone, which a type checker takes for the making of one.
    def __new__(cls, code: str, facts: Any = None) -> Self:
        member = str.__new__(cls, code)
        member._value_ = code
        member.facts = facts
        return member


@dataclass(frozen=True)
class Clue:
    """A pattern, and its rank among those of other kinds: of all that fit the lowest counts."""

    rank: int
    pattern: str

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        return re.compile(self.pattern)


def in_order(clues: Mapping[Kind, Clue | None]) -> list[tuple[Kind, re.Pattern[str]]]:
    """The kinds that have a clue, the particular before the general."""
    having = [(kind, clue) for kind, clue in clues.items() if clue is not None]
    return [(kind, clue.compiled) for kind, clue in sorted(having, key=lambda one: one[1].rank)]


def first_fitting(clues: Iterable[tuple[Kind, re.Pattern[str]]], words: str) -> Kind | None:
    """The first kind whose clue stands in the words."""
    return next((kind for kind, pattern in clues if pattern.search(words)), None)
