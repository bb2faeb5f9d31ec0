"""The normal form in which typed words and names from the notice are compared."""

import re
import unicodedata

from inspection.body_search import SIMPLIFIED

# What may stand inside a name without being part of it: spaces, brackets, quotes, dashes, dots.
_INSIDE = re.compile(
    r"[ \t\u00ad\u3000\u200b-\u200f\u2028-\u202f\u2060-\u206f\ufeff"
    r"()\[\]{}<>\"'`“”‘’「」『』【】〔〕〈〉《》·•‧_\-\u2010-\u2015~*#]+"
)
_TRADITIONAL = re.compile("[" + "".join(map(chr, SIMPLIFIED)) + "]")
# Any other sign ends a thought: a name never runs across it.
NOT_A_WORD = re.compile(r"[^0-9a-z\u3400-\u9fff]+")


# The full-width signs of ordinary Chinese text. Replacing them first spares nearly every text
# the slow full normalisation.
_FULL_WIDTH = (
    ("，", ","),
    ("；", ";"),
    ("：", ":"),
    ("？", "?"),
    ("！", "!"),
    ("（", "("),
    ("）", ")"),
)


def simplify(text: str) -> str:
    """Half-width, lower-case, simplified, without what may stand inside a name."""
    if not text:
        return text
    for full, half in _FULL_WIDTH:
        text = text.replace(full, half)
    if not unicodedata.is_normalized("NFKC", text):
        text = unicodedata.normalize("NFKC", text)
    bare = _INSIDE.sub("", text).lower()
    return bare.translate(SIMPLIFIED) if _TRADITIONAL.search(bare) else bare


def join(simplified: str) -> str:
    """All signs dropped: a place is one thing, however it is punctuated."""
    return NOT_A_WORD.sub("", simplified)
