"""How many slips lie between what was typed and a name; two swapped neighbours are one slip."""

import re
from collections.abc import Iterable, Sequence

from rapidfuzz import process
from rapidfuzz.distance import OSA

from inspection.body_search.comparable import Body, Spelling, heard, spelling
from inspection.body_search.match_rules import has_letter
from inspection.body_search.sounds import near

# More than any name may have.
TOO_MANY = 99
# How people call the seat of a street.
_OFFICE_END = re.compile("(?:街道)?[办辦]事[处處]$|街道?[办辦]$")
# A name of so many characters is looked for in words that go on behind it.
_NAMES_IN_WORDS = range(3, 6)


def slips_to(body: Body, wanted: str) -> int:
    """The fewest slips that make the words a part of a name; `TOO_MANY` above what is allowed."""
    words = _OFFICE_END.sub("街道", wanted).removeprefix(body.county)
    if len(words) < 2:
        return TOO_MANY
    if has_letter(words):
        return _slips_in_letters(body, spelling(words, body.sounds))
    if len(words) == 2:
        return _slips_of_two(body, words)
    return _slips_in_sounds(body, heard(words, body.sounds))


def _letters_allowed(letters: int) -> int:
    if letters < 5:
        return 0
    return 1 if letters < 8 else 2


def _slips_in_letters(body: Body, word: str) -> int:
    if len(word) < 4:
        return TOO_MANY
    allowed = _letters_allowed(len(word))
    return min(
        _fewest_in(word, body.spellings, allowed),
        _fewest_in(near(word), body.near_spellings, allowed),
    )


def _fewest_in(word: str, spellings: Iterable[Spelling], allowed: int) -> int:
    return min(_fewest(word, one.letters, one.starts, allowed) for one in spellings)


def _slips_of_two(body: Body, words: str) -> int:
    """'良睡' sounds like 梁水镇 begins; '水梁' is one slip from it, '染水' rather two."""
    wanted = heard(words, body.sounds)
    stems = (*body.towns, *body.firms)
    if any(heard(text[:2], body.sounds) == wanted for text in (*body.names, *stems)):
        return 0
    twos = [heard(stem, body.sounds) for stem in stems if len(stem) == 2]
    if wanted[::-1] in twos:
        return 1
    return 2 if any(wanted[0] == a or wanted[1] == b for a, b in twos) else TOO_MANY


def _slips_in_sounds(body: Body, wanted: Sequence[str]) -> int:
    """A character that sounds alike is no slip."""
    allowed = 1 if len(wanted) < 7 else 2
    counts = [
        _fewest(wanted, heard(name, body.sounds), range(len(name)), allowed)
        for name in body.longest
    ]
    counts += [
        _fewest(heard(name, body.sounds), wanted, range(len(wanted)), 1)
        for name in body.names
        if len(name) in _NAMES_IN_WORDS and len(name) + 1 < len(wanted)
    ]
    return min(counts)


def _fewest(wanted: Sequence[str], key: Sequence[str], starts: Iterable[int], allowed: int) -> int:
    """The slips that turn `wanted` into the nearest part of `key` that begins at a start."""
    size = len(wanted)
    parts = [
        key[start:end]
        for start in starts
        for end in range(start + size - allowed, min(start + size + allowed, len(key)) + 1)
    ]
    nearest = process.extractOne(wanted, parts, scorer=OSA.distance, score_cutoff=allowed)
    return nearest[1] if nearest else TOO_MANY
