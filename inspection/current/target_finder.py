"""The bodies of a round, by a few typed words: a name, a short one, pinyin, a county.

It only suggests; an empty answer never means that the matter is out of scope.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from inspection.body_search import MAX_CHARACTERS, Finder, Searched
from inspection.models import Target

__all__ = ["MAX_CHARACTERS", "Matches", "TargetFinder"]


@dataclass(frozen=True, slots=True)
class Matches:
    """The bodies that may be meant, in the notice's order; not sure where none is named just so."""

    targets: tuple[Target, ...]
    is_sure: bool


class TargetFinder:
    """Finds bodies among some; made once, asked often. Of words it looks at the first `longest`."""

    longest = MAX_CHARACTERS

    def __init__(self, targets: Iterable[Target]) -> None:
        self.targets = tuple(targets)
        self._finder = Finder([_searched(target) for target in self.targets])

    def find(self, words: str) -> Matches:
        found = self._finder.find(words)
        return Matches(tuple(self.targets[at] for at in found.places), found.is_sure)

    @property
    def traditional(self) -> str:
        """For the type-ahead: how the bodies' characters are written traditionally."""
        return self._finder.traditional

    @property
    def sounds(self) -> str:
        """For the type-ahead: how they sound, and what sounds like them."""
        return self._finder.sounds


def _searched(target: Target) -> Searched:
    names = (target.name, *target.short_names)
    return Searched(names, target.county, tuple(target.search_key.lower().split()))
