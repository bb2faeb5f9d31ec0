"""How much of two texts is the same, and which passages. Pure.

Texts are ranked by their trigrams: sets are compared in a time that grows with the text alone, so a
list of candidates costs little. rapidfuzz has no measure of trigrams; its longest common
subsequence, which keeps the order, finds the passages of the two texts that are shown side by side.
"""

import re
import unicodedata
from collections.abc import Iterable
from heapq import nlargest
from itertools import islice
from typing import TypeVar

from rapidfuzz.distance import LCSseq

from inspection.body_search import SIMPLIFIED

Key = TypeVar("Key")

# The longest report with its short fields; more is not compared.
LONGEST = 12_000
# So many opened items are compared with one; the caller gives the likeliest first.
MOST_CANDIDATES = 500
MOST_SHOWN = 10
# Of fewer characters any two texts about a village are alike.
SHORTEST = 20
# The shares from which on the words agree: in part, and substantially.
IN_PART, SUBSTANTIALLY = 0.25, 0.5
# A passage of fewer characters is chance.
SHORTEST_PASSAGE = 8

_SIGNS = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]+")
# What stands in any letter says nothing of its matter.
_COURTESIES = re.compile(
    r"(?:尊敬的)?(?:市委|县委|区委|各位|巡[察视]组|巡[察视]办)*(?:领导|同志)们?您?你?们?好?"
    r"|您好|你们好|此致|敬礼|(?:恳请|恳求|请求|希望|望)(?:上级|组织|巡[察视]组|各位|领导|有关部门|予以|给予|依法|严肃|彻底|认真|调查|核实|查处|查清|处理|解决)+"
    r"|(?:我|现)?(?:向你们|向您|实名|匿名)*(?:反映|举报)(?:如下|以下)?(?:问题|情况)?"
)


def normal_text(words: str) -> str:
    """Without signs, spaces and courtesies, half-width, simplified."""
    plain = unicodedata.normalize("NFKC", words[:LONGEST]).lower().translate(SIMPLIFIED)
    return _COURTESIES.sub("", _SIGNS.sub("", plain))


def trigrams(words: str) -> frozenset[str]:
    """Each three neighbouring characters of a text; none of one that is too short to compare."""
    text = normal_text(words)
    if len(text) < SHORTEST:
        return frozenset()
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


def passages(words: str) -> frozenset[str]:
    """Each passage of the shortest length that is no chance; none of a text that is too short."""
    text = normal_text(words)
    if len(text) < SHORTEST:
        return frozenset()
    last = len(text) - SHORTEST_PASSAGE
    return frozenset(text[at : at + SHORTEST_PASSAGE] for at in range(last + 1))


def share_of_words(one: frozenset[str], other: frozenset[str]) -> float:
    """Dice's measure, between 0 and 1."""
    return 2 * len(one & other) / (len(one) + len(other)) if one and other else 0.0


def share_of_shorter(one: frozenset[str], other: frozenset[str]) -> float:
    """How much of the shorter text stands in the longer one."""
    return len(one & other) / min(len(one), len(other)) if one and other else 0.0


def most_alike(words: str, opened: Iterable[tuple[Key, str]]) -> list[tuple[Key, float]]:
    """The opened items whose words agree at least in part, the most alike first, with the share."""
    own = trigrams(words)
    shares = (
        (key, share_of_shorter(own, trigrams(other)))
        for key, other in islice(opened, MOST_CANDIDATES)
    )
    likely = [(key, share) for key, share in shares if share >= IN_PART]
    return nlargest(MOST_SHOWN, likely, key=lambda found: found[1])


def shared_passages(one: str, other: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """The passages that stand in both texts in the same order: start and end in each, to mark them.

    Only what is written alike, but for width of signs and traditional characters.
    """
    blocks = LCSseq.opcodes(_same_length(one), _same_length(other))
    return [
        ((block.src_start, block.src_end), (block.dest_start, block.dest_end))
        for block in blocks
        if block.tag == "equal" and block.src_end - block.src_start >= SHORTEST_PASSAGE
    ]


def _same_length(words: str) -> str:
    """Every character by itself, so that places in it are places in what was written."""
    narrow = (
        one if len(one) == 1 else kept
        for kept in words[:LONGEST]
        for one in (unicodedata.normalize("NFKC", kept),)
    )
    return "".join(narrow).translate(SIMPLIFIED)
