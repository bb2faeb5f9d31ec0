"""Where the words that are looked for stand in an item's texts, and what stands around. Pure."""

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import accumulate

from rapidfuzz.distance import Levenshtein

from intake.casework.search.folding import BETWEEN, folded, places_in
from intake.casework.search.looked_for import Word

# Shown of each item, and so many characters on each side of one.
MOST_PLACES = 3
AROUND = 24
# From so many characters on one may also be missing, or one too many.
_ANY_SLIP = 4


class How(Enum):
    """In which way a word was found; the surest first."""

    WRITTEN = "written"
    HEARD = "heard"
    SLIP = "slip"


@dataclass(frozen=True, slots=True, repr=False)
class Hit:
    """One place: in which text, the words there, and those around them."""

    text: int
    before: str
    found: str
    after: str
    how: How


def find(texts: Sequence[str], words: Sequence[Word]) -> list[Hit]:
    """Some of the places, if every word stands somewhere in these texts of one item; else none."""
    together = folded(BETWEEN.join(texts))
    found = []
    for word in words:
        how, spans = _spans(together, word)
        if how is None:
            return []
        found.append((how, spans))
    return list(_shown(texts, found))


def _spans(text: str, word: Word) -> tuple[How | None, list[tuple[int, int]]]:
    """The first places of a word in the surest way in which it is there at all."""
    if exact := list(_written(text, word.folded)):
        return How.WRITTEN, exact
    if word.sounds:
        heard = [match.span() for _, match in zip(range(MOST_PLACES), word.sounds.finditer(text))]  # noqa: B905
        return (How.HEARD, heard) if heard else (None, [])
    slips = _slips(text, word.folded) if word.may_have_slip else []
    return (How.SLIP, slips) if slips else (None, [])


def _written(text: str, word: str) -> Iterator[tuple[int, int]]:
    start = text.find(word)
    for _ in range(MOST_PLACES):
        if start < 0:
            return
        yield start, start + len(word)
        start = text.find(word, start + len(word))


def _slips(text: str, word: str) -> list[tuple[int, int]]:
    """With one slip, one half of the word still stands there as it is."""
    half = len(word) // 2
    found: dict[int, tuple[int, int]] = {}
    for part, offset in ((word[:half], 0), (word[half:], half)):
        at = text.find(part)
        while at >= 0 and len(found) < MOST_PLACES:
            if span := _nearest(text, word, at, offset):
                found.setdefault(at - offset, span)
            at = text.find(part, at + 1)
    return sorted(set(found.values()))


def _nearest(text: str, word: str, at: int, offset: int) -> tuple[int, int] | None:
    """The stretch around a half that is one slip from the word."""
    size = len(word)
    for longer in (0, 1, -1) if size >= _ANY_SLIP else (0,):
        start = at - offset - (longer if offset else 0)
        end = start + size + longer
        if start < 0 or end > len(text) or BETWEEN in text[start:end]:
            continue
        stretch = text[start:end]
        if size < _ANY_SLIP:
            is_near = sum(a != b for a, b in zip(stretch, word, strict=True)) == 1
        else:
            is_near = Levenshtein.distance(stretch, word, score_cutoff=1) <= 1
        if is_near:
            return start, end
    return None


def _shown(
    texts: Sequence[str], found: Sequence[tuple[How, list[tuple[int, int]]]]
) -> Iterator[Hit]:
    """Of each word its first place, then further ones, as many as are shown."""
    places = [places_in(text) for text in texts]
    # At which place of the folded whole each text begins; one sign stands between two.
    starts = list(accumulate((len(one) + 1 for one in places), initial=0))[:-1]
    ranked = [(turn, how, span) for how, spans in found for turn, span in enumerate(spans)]
    for _turn, how, (start, end) in sorted(ranked, key=lambda one: one[0])[:MOST_PLACES]:
        number = bisect_right(starts, start) - 1
        of_text, first = places[number], start - starts[number]
        yield _hit(texts[number], number, of_text[first], of_text[end - starts[number] - 1], how)


def _hit(text: str, number: int, first: int, last: int, how: How) -> Hit:
    before, after = text[max(first - AROUND, 0) : first], text[last + 1 : last + 1 + AROUND]
    start, end = "…" if first > AROUND else "", "…" if last + 1 + AROUND < len(text) else ""
    return Hit(number, start + before.lstrip(), text[first : last + 1], after.rstrip() + end, how)
