"""Bodies and typed words, ready to be compared: how they are written, spelt and heard."""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate

from inspection.body_search.sounds import near

_TOWN_END = re.compile(r"(?:街道办事处|街道|镇|乡)$")
_FIRM_END = re.compile(r"(?:集团公司|集团|公司)$")

# Each character with its sounds, the usual one first.
Sounds = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Searched:
    """What is known of a body: its names, the full one first, and their pinyin and initials."""

    names: tuple[str, ...]
    county: str = ""
    spelt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Spelling:
    """A name as letters; `starts` are the places at which a character's sound begins."""

    letters: str
    starts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Body:
    """`towns` are the names without 镇 and the like, `firms` those without 集团 and the like,
    `longest` those that are part of no other."""

    names: tuple[str, ...]
    county: str
    spelt: tuple[str, ...]
    towns: tuple[str, ...]
    firms: tuple[str, ...]
    longest: tuple[str, ...]
    spellings: tuple[Spelling, ...]
    near_spellings: tuple[Spelling, ...]
    sounds: Sounds


def body_of(names: Iterable[str], county: str, spelt: tuple[str, ...], sounds: Sounds) -> Body:
    """A body whose names and county are written as they are compared."""
    names = tuple(dict.fromkeys(names))
    longest = tuple(n for n in names if not any(n != other and n in other for other in names))
    parts = [[_sound(one, sounds) for one in name] for name in longest]
    return Body(
        names=names,
        county=county,
        spelt=spelt,
        towns=_stems(names, _TOWN_END),
        firms=_stems(names, _FIRM_END),
        longest=longest,
        spellings=tuple(map(_spelling, [*([word] for word in spelt), *parts])),
        near_spellings=tuple(
            _spelling([near(part) for part in one]) for one in [*([word] for word in spelt), *parts]
        ),
        sounds=sounds,
    )


def spelling(text: str, sounds: Sounds) -> str:
    """A text in letters, as far as its characters' sounds are known."""
    return "".join(_sound(one, sounds) for one in text)


def heard(text: str, sounds: Sounds) -> tuple[str, ...]:
    """A text as it sounds, a sound for each character."""
    return tuple(near(_sound(one, sounds)) for one in text)


def _sound(character: str, sounds: Sounds) -> str:
    return sounds.get(character, (character,))[0]


def _stems(names: Sequence[str], end: re.Pattern[str]) -> tuple[str, ...]:
    stems = (end.sub("", name) for name in names)
    return tuple(dict.fromkeys(stem for stem in stems if len(stem) > 1))


def _spelling(parts: Sequence[str]) -> Spelling:
    starts = accumulate((len(part) for part in parts[:-1]), initial=0)
    return Spelling("".join(parts), tuple(starts))
