"""Where names from the notice stand in a text, and whether they mean the notice's bodies."""

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import groupby

from intake.routing.normal_words import simplify
from intake.routing.phrases import (
    Home,
    Phrase,
    Sort,
    county_forms,
    county_of,
    home_of,
    phrases_of,
    trades_of,
)
from intake.routing.surroundings import (
    is_elsewhere,
    is_village,
    names_another_body,
    village_follows,
    word_before,
)

# A street with another house number than a box's is another place.
_STREET_END = ("路", "街", "道", "巷")


@dataclass(frozen=True, slots=True)
class RouteTarget:
    """A body under inspection, as far as routing looks at it; `team` is any key of its team."""

    code: str
    name: str
    short_names: tuple[str, ...]
    county: str | None
    kind: str
    includes_villages: bool
    team: str
    box_hints: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """A phrase of one body; `near` are the places that may stand right before it."""

    target: RouteTarget
    phrase: Phrase
    near: tuple[str, ...]

    def counts(self, match: re.Match[str], *, is_place: bool) -> bool:
        """Whether the phrase, found here, is this body's name at all."""
        text, end = match.string, match.end()
        if self.phrase.sort is Sort.HINT:
            is_street = self.phrase.text.endswith(_STREET_END)
            return not (is_street and text[end : end + 1].isdigit())
        if self.phrase.sort is Sort.TRADE:
            return not names_another_body(text, end)
        if self.phrase.only_as_place:
            return is_place and (end == len(text) or village_follows(text, end))
        return not self.phrase.village_must_follow or village_follows(text, end)

    def is_elsewhere(self, before: str, counties: tuple[str, ...], *, is_place: bool) -> bool:
        """Whether the words before it put the name into another place, or into a longer name."""
        if not before or self.phrase.text.startswith(self.near) or before.endswith(self.near):
            return False
        return is_elsewhere(before, self.phrase.sort, counties, is_place=is_place)


@dataclass(frozen=True, slots=True)
class Mention:
    """A name found in a text, and the bodies that it may mean."""

    targets: tuple[RouteTarget, ...]
    label: str
    span: tuple[int, int]
    is_hint: bool
    is_elsewhere: bool
    has_village: bool


@dataclass(frozen=True, slots=True)
class Index:
    """All phrases of a round in one expression, longest first."""

    home: Home
    counties: dict[str, tuple[str, ...]]
    county_forms: tuple[str, ...]
    entries: dict[str, tuple[Entry, ...]]
    unsure: dict[str, str]
    pattern: re.Pattern[str] = field(repr=False)

    def mentions(self, text: str, *, is_place: bool = False) -> list[Mention]:
        """The mentions in a simplified text, in their order."""
        found: list[Mention] = []
        for match in self.pattern.finditer(text):
            entries = [e for e in self.entries[match[0]] if e.counts(match, is_place=is_place)]
            if entries:
                seen_to = found[-1].span[1] if found else 0
                found.append(self._mention(entries, match, seen_to, is_place=is_place))
        return found

    def _mention(
        self, entries: list[Entry], match: re.Match[str], seen_to: int, *, is_place: bool
    ) -> Mention:
        before = word_before(match.string, seen_to, match.start())
        known = self.county_forms
        near = [e for e in entries if not e.is_elsewhere(before, known, is_place=is_place)]
        return Mention(
            targets=tuple(e.target for e in near or entries),
            label=entries[0].phrase.label,
            span=match.span(),
            is_hint=entries[0].phrase.sort is Sort.HINT,
            is_elsewhere=not near,
            has_village=is_village(match[0][-1]) or village_follows(match.string, match.end()),
        )


def build_index(targets: tuple[RouteTarget, ...], issuer: str) -> Index:
    """The index of a round's bodies; the issuer's name tells the city, as the bodies' own do."""
    home = home_of(issuer, [target.name for target in targets])
    entries: dict[str, list[Entry]] = defaultdict(list)
    counties: dict[str, tuple[str, ...]] = {}
    unsure: dict[str, str] = {}
    for target in targets:
        county = county_of(target.name, target.county)
        if county:
            counties[county] = county_forms(county)
        others = "/".join(_names(other) for other in targets if other != target)
        for phrase in _all_phrases(target, county, home, others):
            if phrase.sort is Sort.UNSURE:
                unsure.setdefault(phrase.text, phrase.label)
            elif not any(e.target == target for e in entries[phrase.text]):
                # A province has a firm of every line of business of its own.
                of_home = home.city_forms if phrase.sort is Sort.LINE else home.forms
                near = (*county_forms(county), *of_home)
                entries[phrase.text].append(Entry(target, phrase, near))
    return Index(
        home=home,
        counties=counties,
        county_forms=tuple(form for forms in counties.values() for form in forms),
        entries={text: tuple(found) for text, found in entries.items()},
        unsure=unsure,
        pattern=re.compile(_any_of(sorted(filter(None, entries)))),
    )


def _any_of(texts: list[str]) -> str:
    """An expression for the longest of sorted texts: a tree, so that none is tried twice.

    An expression of nothing would match everywhere; it becomes one that never matches.
    """
    branches = []
    for first, group in groupby(filter(None, texts), key=lambda text: text[0]):
        rests = [text[1:] for text in group]
        tail = _any_of(rests) if any(rests) else ""
        branches.append(re.escape(first) + (f"{tail}?" if tail and "" in rests else tail))
    return f"(?:{'|'.join(branches) or '(?!)'})"


def _all_phrases(
    target: RouteTarget, county: str | None, home: Home, others: str
) -> Iterator[Phrase]:
    yield from phrases_of(target.name, target.short_names, county, home)
    yield from (Phrase(simplify(hint), hint, Sort.HINT) for hint in target.box_hints)
    places, trades = trades_of(target.name, target.short_names, home)
    if not any(trade in others for trade in trades):
        for place in places:
            yield from (Phrase(place + trade, target.name, Sort.TRADE) for trade in trades)


def _names(target: RouteTarget) -> str:
    return simplify("/".join((target.name, *target.short_names)))
