"""The text as given without its white space, each character with its place. Pure.

Full-width forms are as the reader takes them, so that words are found across broken lines.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from inspection.parsing.sources.field import Span

_LEFT_OUT = re.compile("[\\s\u00ad\u200b-\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_SHORTEST_TAIL = 2


@dataclass(frozen=True, slots=True)
class Found:
    """Where words stand in the flat text; `lacks` stood before them only somewhere else."""

    start: int
    stop: int
    lacks: str = ""


@dataclass(frozen=True, slots=True)
class FlatText:
    """`places` holds for each character of `text` where it stands in the text as given."""

    text: str
    places: tuple[int, ...]
    start: int = 0
    stop: int = 0

    def within(self, start: int, stop: int) -> "FlatText":
        """The same text, of which only this part is looked through."""
        return FlatText(self.text, self.places, start, stop)

    def span(self, found: Found) -> Span:
        """Where that stands in the text as given."""
        return Span(self.places[found.start], self.places[found.stop - 1] + 1)

    def whole(self) -> Span:
        """All that is looked through."""
        if self.start >= self.stop:
            return Span(0, 0)
        return self.span(Found(self.start, self.stop))

    def find(self, words: str, after: int = 0) -> Found | None:
        """The first time that the words stand behind a place, else the first time at all."""
        bare = flat(words)
        if not bare:
            return None
        at = self.text.find(bare, max(after, self.start), self.stop)
        if at < 0:
            at = self.text.find(bare, self.start, self.stop)
        return Found(at, at + len(bare)) if at >= 0 else None

    def find_tail(self, name: str, after: int = 0, least: int = _SHORTEST_TAIL) -> Found | None:
        """The name, else the longest end of it that stands there: its beginning is inherited."""
        bare = flat(name)
        for lacking in range(max(len(bare) - least, 0) + 1):
            if found := self.find(bare[lacking:], after):
                return Found(found.start, found.stop, bare[:lacking])
        return None

    def find_stretch(self, words: str) -> Found | None:
        """Words between the first and the last of which something else stands."""
        bare = flat(words)
        if found := self.find(bare):
            return found
        first = self.find(bare[:6]) if len(bare) >= 10 else None
        if first is None:
            return None
        furthest = min(first.stop + 3 * len(bare), self.stop)
        last = self.text.find(bare[-4:], first.stop, furthest)
        return Found(first.start, last + 4) if last >= 0 else None

    def matches(self, pattern: str) -> Iterator["re.Match[str]"]:
        """Wherever an expression fits."""
        return re.compile(pattern, re.IGNORECASE).finditer(self.text, self.start, self.stop)

    def everywhere(self, words: str, most: int) -> list[int]:
        """Where the words stand, in order."""
        places: list[int] = []
        bare, at = flat(words), self.start
        while bare and len(places) < most and (at := self.text.find(bare, at, self.stop)) >= 0:
            places.append(at)
            at += len(bare)
        return places


def flat(words: str) -> str:
    """Words as they stand in a flat text."""
    return _LEFT_OUT.sub("", unicodedata.normalize("NFKC", words))


def flat_text(text: str) -> FlatText:
    """Of a whole text."""
    shown = {character: flat(character) for character in set(text)}
    characters: list[str] = []
    places: list[int] = []
    for place, character in enumerate(text):
        for one in shown[character]:
            characters.append(one)
            places.append(place)
    return FlatText("".join(characters), tuple(places), 0, len(characters))


def part_of(whole: FlatText, part: str) -> FlatText:
    """Only where the notice stands on its page; the whole page where that cannot be told."""
    lines = [line for line in part.splitlines() if flat(line)]
    first = whole.find(lines[0]) if lines else None
    if first is None:
        return whole
    ends = [whole.find(line, first.start) for line in lines[-3:]]
    stops = [found.stop for found in ends if found and found.start >= first.start]
    return whole.within(first.start, max(stops)) if stops else whole
