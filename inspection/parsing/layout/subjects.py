"""Sentences that say something of teams: cut so that each clause stands under its own."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from inspection.parsing.names import team_names
from inspection.parsing.names.team_names import Named
from inspection.parsing.words.team_words import NO_STATEMENT, REACHED_BEHIND

_ITS_WAY = re.compile(r"的[^,。;]{0,6}(?:电话|邮箱|手机|信箱|地址|联系方式)")
_JOINED = re.compile(r"[、,和及与以]{0,3}")


# Behind the last of several teams a sentence goes on about all of them.
_OF_ALL = re.compile(
    r"[,;](?=(?:上述|以上|电话)?(?:均|都|每天|每日|工作日|接听|也可|受理|同时|还|时间|接待|值班|巡[察视]组))|;(?=[^;]{0,200}$)"
)


@dataclass(frozen=True, slots=True)
class Clause:
    """A part of a sentence, and the teams that it is about; none where it names none.

    `ahead` is what the sentence says behind it.
    """

    teams: tuple[str, ...]
    text: str
    ahead: str = ""


def clauses(sentence: str) -> Iterator[Clause]:
    """The sentence cut before each team, or run of teams, that does something in it."""
    groups = _groups(sentence)
    if not groups:
        yield Clause((), sentence)
        return
    if before := sentence[: groups[0][0].begins].strip():
        yield Clause((), before, sentence[groups[0][0].begins :][:80])
    for index, group in enumerate(groups):
        is_last = index + 1 == len(groups)
        stop = len(sentence) if is_last else groups[index + 1][0].begins
        names = _with_committee([name for one in group for name in one.names])
        text = sentence[group[-1].stops : stop]
        tail = _OF_ALL.search(text) if is_last and len(groups) > 1 else None
        if tail and len(text[: tail.start()].strip()) >= 3:
            yield Clause(names, text[: tail.start()])
            yield Clause((), text[tail.end() :])
        else:
            yield Clause(names, text)


def _with_committee(names: list[str]) -> tuple[str, ...]:
    """'县委第一巡察组、第二巡察组' are both of the committee that the first names."""
    head = names[0].partition("第")[0]
    return tuple(f"{head}{name}" if name.startswith("第") else name for name in names)


def _groups(sentence: str) -> list[list[Named]]:
    """The teams that are subjects; those told in one breath stand together."""
    groups: list[list[Named]] = []
    for one in team_names.find_named(sentence):
        between = sentence[groups[-1][-1].stops : one.begins] if groups else ""
        if groups and len(between) <= 3 and _JOINED.fullmatch(between):
            groups[-1].append(one)
        elif _is_subject(sentence, one):
            groups.append([one])
    return groups


def _is_subject(sentence: str, one: Named) -> bool:
    before, after = sentence[: one.begins], sentence[one.stops :]
    is_note = before.endswith("(") and after.startswith(")")
    tells_way = bool(_ITS_WAY.match(after))
    if is_note or (after.startswith(NO_STATEMENT) and not tells_way):
        return False
    return not before.removesuffix("中共").endswith(REACHED_BEHIND)


def sentences(text: str) -> list[str]:
    """A text cut behind each full stop that stands in no brackets or quotes."""
    parts, start, depth = [], 0, 0
    for at, char in enumerate(text):
        if char in "(“《":
            depth += 1
        elif char in ")”》":
            depth = max(0, depth - 1)
        elif char == "。" and depth == 0:
            parts.append(text[start : at + 1])
            start = at + 1
    return [part for part in (*parts, text[start:]) if part.strip()]
