"""What was written, folded so that rules can read it; places lead back to the written. Pure."""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from inspection.body_search import SIMPLIFIED
from intake.casework.proposing.people.surnames import SINGLE
from intake.report.report_limits import LONGEST

FIELDS = ("subject", "place", "happened", "narrative")

# '李 四' is one name; between longer words a space parts them.
_SPACE_IN_NAME = re.compile(f"(?<=[{SINGLE}])[ \u3000](?=[\u4e00-\u9fff](?![\u4e00-\u9fff]))")
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True, slots=True, repr=False)
class Written:
    """The words of a reporter or of a clerk, by the fields of the form."""

    narrative: str = ""
    subject: str = ""
    place: str = ""
    happened: str = ""


@dataclass(frozen=True, slots=True, repr=False)
class Found:
    """Where something was found: the field, from and to in it, and the words that stand there."""

    field: str
    span: tuple[int, int]
    words: str


@dataclass(frozen=True, slots=True, repr=False)
class Passage:
    """One field, folded: simplified, half-width, without what nobody sees.

    `places` are those of each folded character in the written text.
    """

    field: str
    written: str
    folded: str
    places: tuple[int, ...]

    def found(self, start: int, end: int) -> Found:
        """What stands at these places of the folded text, as it was written."""
        first, last = self.places[start], self.places[end - 1] + 1
        return Found(self.field, (first, last), self.written[first:last])


def passages(written: Written) -> list[Passage]:
    """Each field, no further than the form takes it."""
    return [_fold(field, getattr(written, field)[: LONGEST[field]]) for field in FIELDS]


def _fold(field: str, written: str) -> Passage:
    plain = "".join(map(_plain, written))
    skipped = {found.start() for found in _UNSEEN.finditer(plain)}
    skipped |= {found.start() for found in _SPACE_IN_NAME.finditer(plain)}
    places = tuple(at for at in range(len(written)) if at not in skipped)
    return Passage(field, written, "".join(map(plain.__getitem__, places)), places)


@lru_cache(maxsize=8192)
def _plain(character: str) -> str:
    """One character for one, so that places stay."""
    narrow = unicodedata.normalize("NFKC", character)
    return (narrow if len(narrow) == 1 else character).lower().translate(SIMPLIFIED)
