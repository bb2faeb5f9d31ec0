"""Two clerks wrote the same words: what each changed, and both together. Nothing is lost."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from intake.report.case_words import CaseWords, Reporter
from intake.report.transfer_words import EntryWords

Words = TypeVar("Words", CaseWords, Reporter, EntryWords)


@dataclass(frozen=True, slots=True, repr=False)
class Difference:
    """A field that somebody else changed since the page was opened.

    `before` is None where nobody knows any more what the page had shown.
    """

    field: str
    before: Any
    theirs: Any
    mine: Any

    @property
    def is_to_decide(self) -> bool:
        """Whether both changed it, each in another way."""
        return self.mine not in (self.theirs, self.before)


def changed_fields(names: Iterable[str], before: Words, after: Words) -> list[str]:
    """The fields that are not the same in both."""
    return [name for name in names if getattr(before, name) != getattr(after, name)]


def differences(
    names: Iterable[str], *, before: Words | None, theirs: Words, mine: Words
) -> list[Difference]:
    """What somebody else changed meanwhile and is not what I wrote myself."""
    found = []
    for name in names:
        was = getattr(before, name) if before is not None else None
        one = Difference(name, was, getattr(theirs, name), getattr(mine, name))
        if one.theirs not in (was, one.mine):
            found.append(one)
    return found


def merged(found: Iterable[Difference], *, mine: Words) -> Words:
    """Mine, with what others changed and I did not touch."""
    taken = {one.field: one.theirs for one in found if not one.is_to_decide}
    return replace(mine, **taken)


def filled(own: Words, other: Words, names: Iterable[str]) -> Words:
    """The own words, and the other's where there are none."""
    empty = {name: getattr(other, name) for name in names if not getattr(own, name)}
    return replace(own, **empty)
