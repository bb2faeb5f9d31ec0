"""Short codes and pinyin for the bodies under inspection. Pure."""

import hashlib
import re
from collections.abc import Collection, Iterable

from inspection.body_search.pinyin import first_letters, syllables

_LONGEST_KEY = 300
_MOST_INITIALS = 8


def target_code(slug: str, name: str, taken: Collection[str]) -> str:
    """A short ASCII name of a body that is the same in every installation.

    It is made of the initials and of a digest, so that it tells two bodies apart without
    a number that would move when the notice's order changes.
    """
    digest = _digest(slug, name)
    start = initials(name)[-_MOST_INITIALS:] or "t"
    for length in range(4, len(digest)):
        code = f"{start}-{digest[:length]}"
        if code not in taken:
            return code
    raise ValueError(f"no free code for a body of {slug}")


def is_code_of(code: str, slug: str, name: str) -> bool:
    """Whether a body got its code under this name."""
    return _digest(slug, name).startswith(code.rpartition("-")[2])


def _digest(slug: str, name: str) -> str:
    return hashlib.sha256(f"{slug}/{name}".encode()).hexdigest()


def search_key(names: Iterable[str]) -> str:
    """Whole pinyin and initials of every name, apart by spaces."""
    words = [word for name in names for word in (pinyin(name), initials(name)) if len(word) > 1]
    key = ""
    for word in dict.fromkeys(words):
        if len(key) + len(word) < _LONGEST_KEY:
            key = f"{key} {word}".strip()
    return key


def pinyin(name: str) -> str:
    """'柳林镇' is 'liulinzhen'."""
    return _letters(syllables(name))


def initials(name: str) -> str:
    """'柳林镇' is 'llz'."""
    return _letters(first_letters(name))


def _letters(parts: Iterable[str]) -> str:
    return re.sub(r"[^a-z0-9]", "", "".join(parts).lower())
