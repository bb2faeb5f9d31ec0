"""Words as they are looked for: half-width, small letters, simplified, without signs and spaces.

Every character is folded by itself, so that a place in the folded words leads back to one in what
was written. Pure.
"""

from inspection.body_search import SIMPLIFIED
from inspection.body_search.characters import compared

# Between two texts that are looked through in one go; no word holds it.
BETWEEN = "\0"


class _Folded(dict[int, str]):
    """Of each character what is left of it; found once, when it is first met."""

    def __missing__(self, code: int) -> str:
        character = chr(code)
        left = character if character == BETWEEN else compared(character).translate(SIMPLIFIED)
        self[code] = left
        return left


_FOLDED = _Folded()


def folded(words: str) -> str:
    """'Zhāng 三，豐' is 'zhang三丰'."""
    return words.translate(_FOLDED)


def places_in(words: str) -> list[int]:
    """Of each character of the folded words, at which place of the words it stood."""
    return [place for place, one in enumerate(words) for _ in _FOLDED[ord(one)]]
