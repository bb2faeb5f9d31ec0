"""Which of the notice's focuses an item belongs to. Pure.

The notice speaks officially and reporters do not: a bridge says which of their words mean which of
its; and a longer phrase that stands in both needs no bridge.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from intake.casework.proposing.words.word_rules import MOST_SHOWN, Fit, WordRule, fits
from intake.casework.proposing.written import Found, Passage

# So many characters that stand in both are no accident, unless any notice is full of them.
_SHARED = 4
_EVERYWHERE = re.compile(
    "巡察|巡视|党组织|领导班子|党委|情况|问题|突出|重点|查看|落实|工作|习近平|中央|市委|县委|省委"
    "|全面|履行|职能|职责|有关|建设|群众反映|责任"
)


@dataclass(frozen=True, slots=True)
class FocusText:
    """A focus of the notice as far as words are compared; `code` is any key of its row."""

    code: str
    heading: str
    items: tuple[str, ...] = ()


# Patterns of the notice's heading, the codes of the problems that it means, and further words of
# reporters.
BRIDGES = (
    (
        re.compile("重大决策部署|决策部署|政策落实"),
        (),
        WordRule(
            "decisions",
            "",
            strong="""
                上级政策 政策[^,。]{0,8}(?:没有?落实|不落实|走样) 做样子 走过场 形式主义 环保督察
                安全生产 安全(?:检查|培训|隐患) 意识形态 国企改革
            """,
        ),
    ),
    (re.compile("群众身边"), ("integrity", "masses", "bribery"), None),
    (
        re.compile("软弱涣散|组织力|选人用人|基层党组织"),
        ("organisation",),
        WordRule(
            "organisation",
            "",
            strong="""
                选人用人 发展党员 党费 三会一课 软弱涣散 支部[^,。]{0,6}(?:不开会|没开过会)
            """,
        ),
    ),
    (
        re.compile("整改"),
        (),
        WordRule(
            "old_findings",
            "",
            strong="""
                (?:没有?|未|不)?整改 (?:上次|上轮|上一轮)[^,。]{0,3}巡[察视]
                审计[^,。]{0,8}(?:发现|指出|查出)
            """,
        ),
    ),
)


def focus_fits(
    texts: Sequence[Passage], focuses: Sequence[FocusText], problems: Sequence[Fit]
) -> list[tuple[FocusText, tuple[Found, ...]]]:
    """The focuses that fit, in the notice's order, each with the words that tell it."""
    found = ((focus, _found(focus, texts, problems)) for focus in focuses)
    return [(focus, places) for focus, places in found if places]


def _found(
    focus: FocusText, texts: Sequence[Passage], problems: Sequence[Fit]
) -> tuple[Found, ...]:
    places: list[Found] = []
    for clue, codes, rule in BRIDGES:
        if clue.search(focus.heading):
            over = [fit for fit in problems if fit.rule.code in codes]
            over += fits([rule], texts) if rule else []
            places += [place for fit in over for place in fit.found]
    return tuple((places or _shared(focus, texts))[:MOST_SHOWN])


def _shared(focus: FocusText, texts: Sequence[Passage]) -> list[Found]:
    """Phrases of the focus that stand in the words as they are."""
    said = ",".join((focus.heading, *focus.items))
    parts = {said[at : at + _SHARED] for at in range(len(said) - _SHARED + 1)}
    phrases = {
        part for part in parts if re.fullmatch("[一-鿿]{4}", part) and not _EVERYWHERE.search(part)
    }
    return [
        text.found(at, at + _SHARED)
        for text in texts
        for phrase in sorted(phrases)
        if (at := text.folded.find(phrase)) >= 0
    ]
