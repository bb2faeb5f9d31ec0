"""Rules of words: a code is proposed where its words stand and nothing denies them. Pure.

No pattern holds an unbounded repetition, so that the time to read a text grows with its length
alone.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice

from intake.casework.proposing.written import Found, Passage

STRONG, WEAK = 3, 1
# One strong word, or three different weak ones.
ENOUGH = 3
# Of one rule in one field; more tell nothing new.
MOST_HITS = 40
# What a page shows as the reason.
MOST_SHOWN = 5

_CLAUSE_END = re.compile(r"[,。;:!?、\n()\"“”…]")
# A denial right before the words. '不但', '没少', '不知', '未经' and the like deny nothing.
_DENIED = re.compile(
    "(?:没有(?!经|开会|少)|没(?![有少经收])|未(?![经必批])|不(?![但仅光只管断停时知止少顾久过]))"
    "[^就却还而并也便]{0,2}$"
    "|(?:从来不|从不|从未|从没|并非|并不|不是|不存在|没听说|没见过?|严禁|禁止|杜绝|不准|不得|不允许|防止)"
    "[^就却还而并也便]{0,4}$"
    "|(?:诬陷|诬告|冤枉|造谣说?)[^,。]{0,8}$"
)
_DENIAL_LENGTH = 14


@dataclass(frozen=True)
class WordRule:
    """What is proposed, its word for people, and its words: strong ones count alone.

    The words are patterns with spaces between them.
    """

    code: str
    label: str
    strong: str
    weak: str = ""
    patterns: tuple[tuple[int, re.Pattern[str]], ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        pairs = ((STRONG, self.strong), (WEAK, self.weak))
        made = tuple(
            (weight, re.compile("|".join(words.split()))) for weight, words in pairs if words
        )
        object.__setattr__(self, "patterns", made)


@dataclass(frozen=True, slots=True, repr=False)
class Fit:
    """How well a rule fits, and where its words stand, in their order."""

    rule: WordRule
    score: int
    found: tuple[Found, ...]


def is_denied(folded: str, start: int) -> bool:
    """Whether the words before this place, in the same clause, deny what follows."""
    before = _CLAUSE_END.split(folded[max(0, start - _DENIAL_LENGTH) : start])[-1]
    return bool(_DENIED.search(before))


def fits(rules: Iterable[WordRule], texts: Sequence[Passage]) -> list[Fit]:
    """The rules that fit, the best first; of equals the first of the table."""
    found = (_fit(rule, texts) for rule in rules)
    return sorted((fit for fit in found if fit.score >= ENOUGH), key=lambda fit: -fit.score)


def _fit(rule: WordRule, texts: Sequence[Passage]) -> Fit:
    """The same words count once, however often they stand; denied once they do not count."""
    weights: dict[str, int] = {}
    places: dict[str, Found] = {}
    denied: set[str] = set()
    for text in texts:
        for weight, pattern in rule.patterns:
            for hit in islice(pattern.finditer(text.folded), MOST_HITS):
                if is_denied(text.folded, hit.start()):
                    denied.add(hit[0])
                places.setdefault(hit[0], text.found(*hit.span()))
                weights[hit[0]] = max(weight, weights.get(hit[0], 0))
    told = [words for words in places if words not in denied]
    shown = tuple(places[words] for words in told[:MOST_SHOWN])
    return Fit(rule, sum(weights[words] for words in told), shown)
