"""Looks for a body: the first rule that finds any decides."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from inspection.body_search.characters import SIMPLIFIED, compared, traditional_pairs
from inspection.body_search.comparable import Body, Searched, body_of
from inspection.body_search.match_rules import LIKELY, SURE, is_of_its_county
from inspection.body_search.slips import TOO_MANY, slips_to
from inspection.body_search.sounds import read_table, sound_table

MAX_CHARACTERS = 40
MOST_SIMILAR = 8

Places = tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """The places of the bodies that may be meant; not sure means that no name is just so."""

    places: Places = ()
    is_sure: bool = True


class Finder:
    """The bodies of a round, made ready once.

    `traditional` and `sounds` are all that the rules know of characters, so that whoever
    follows the same rules with the same tables finds the same bodies.
    """

    def __init__(self, searched: Sequence[Searched]) -> None:
        written = [[(name, _simple(name)) for name in one.names] for one in searched]
        counties = [_simple(one.county) for one in searched]
        pairs = [pair for names in written for pair in names]
        self.traditional = traditional_pairs("".join([*(name for _, name in pairs), *counties]))
        self.sounds = sound_table(pairs)
        self._simpler = str.maketrans(
            dict(zip(self.traditional[::2], self.traditional[1::2], strict=True))
        )
        sounds = read_table(self.sounds)
        self._bodies = [
            body_of((name for _, name in names), county, one.spelt, sounds)
            for one, names, county in zip(searched, written, counties, strict=True)
        ]

    def find(self, words: str) -> Found:
        """The bodies that fit best, in their order; of those that are only likely, a few."""
        wanted = compared(words[:MAX_CHARACTERS]).translate(self._simpler)
        if len(wanted) < 2:
            return Found()
        for rule in SURE:
            if found := self._by(rule, wanted):
                return Found(found)
        for rule in LIKELY:
            if found := self._by(rule, wanted):
                return _only_likely(found)
        return _only_likely(self._nearest(wanted) or self._by(is_of_its_county, wanted))

    def _by(self, rule: Callable[[Body, str], bool], wanted: str) -> Places:
        return tuple(at for at, body in enumerate(self._bodies) if rule(body, wanted))

    def _nearest(self, wanted: str) -> Places:
        """The bodies with the fewest slips; none where even these are too many."""
        counts = [slips_to(body, wanted) for body in self._bodies]
        fewest = min(counts, default=TOO_MANY)
        if fewest == TOO_MANY:
            return ()
        return tuple(at for at, count in enumerate(counts) if count == fewest)


def _only_likely(found: Places) -> Found:
    return Found(found[:MOST_SIMILAR], is_sure=not found)


def _simple(name: str) -> str:
    return compared(name).translate(SIMPLIFIED)
