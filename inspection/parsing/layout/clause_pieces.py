"""Sentences, and the words behind a label or a team's name, gathered as pieces."""

import re

from inspection.parsing.layout.pieces import Walk
from inspection.parsing.layout.subjects import Clause, clauses, sentences
from inspection.parsing.names import team_names
from inspection.parsing.names.body_names import is_whole
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, strip_number

_ABOUT_TEAM = re.compile(r"^\s*(?:[:,、—–-]{1,3}|的)?\s*")
_PERSONS = re.compile(r"^[(\s]{0,3}(?:巡[察视]组)?(?:组长|副组长|联络员|成员)")
_NOTE = re.compile(r"^\s*\(([^()]{1,30})\)")
_WORDS = re.compile(r"[、,;\s]+")
_NUMBER_OR_ADDRESS = re.compile(r"\d{5,}|@")


def is_told_below(rest: str) -> bool:
    """'联系方式' behind a team's name: its facts stand below."""
    return labels.is_bare_label(rest)


def may_be_listed(word: str) -> bool:
    return is_whole(word) and not word.startswith(("对", "巡", "负责", "进驻", "在", "于"))


def take_of_team(walk: Walk, number: int, rest: str, label: str) -> None:
    """What stands on a team's line behind its name."""
    if note := _NOTE.match(rest):
        rest = rest[note.end() :]
        if team_names.series_in(note[1]):
            walk.add(number, "巡察类型", note[1])
        elif all(map(may_be_listed, _WORDS.split(note[1]))):
            walk.add(number, "巡察对象", note[1])
    rest = _ABOUT_TEAM.sub("", rest, count=1).strip()
    if not rest or is_told_below(rest) or (_PERSONS.match(rest) and ":" not in rest):
        return
    for part in labels.split_labelled(rest):
        if found := labels.split_label(part):
            add_labelled(walk, number, compact(found[0]), found[1])
        elif len(words := part.split()) > 1 and may_be_listed(_WORDS.split(words[0])[0]):
            _add_row(walk, number, words)
        elif _NUMBER_OR_ADDRESS.search(part) and len(part) < 60:
            carried = label if labels.kind_of(label) != "targets" else ""
            walk.add(number, carried, part, is_carried=True)
        elif labels.kind_of(label) in {"box", "reception", "postal"}:
            walk.add(number, label, part, is_carried=True)
        else:
            _add_told(walk, number, part)
    if walk.teams and walk.team == walk.teams[0]:
        walk.first_kinds |= {piece.kind for piece in walk.pieces if piece.team == walk.team}


def _add_row(walk: Walk, number: int, words: list[str]) -> None:
    """Bodies and numbers in a row behind a team's name, with only spaces between them."""
    for word in words:
        first = _WORDS.split(word)[0]
        walk.add(number, "巡察对象" if first and may_be_listed(first) else "", word)


def _add_told(walk: Walk, number: int, part: str) -> None:
    """Words behind a team without a label: a list of bodies, or sentences about the team."""
    words = [word for word in _WORDS.split(part.rstrip("。;")) if word]
    if words and may_be_listed(words[0]) and "。" not in part[:-1]:
        walk.add(number, "巡察对象", part)
        return
    for sentence in sentences(part):
        walk.add(number, "", sentence, is_said=True)


def add_labelled(walk: Walk, number: int, label: str, text: str) -> None:
    """A label's value, and what is said behind it."""
    value, rest = labels.value_and_rest(labels.kind_of(label), text)
    _add_value(walk, number, label, value)
    for sentence in sentences(rest):
        _add_sentence(walk, number, sentence)


def take_sentences(walk: Walk, line: Line, text: str, label: str = "") -> None:
    """A line of sentences, some of which name teams that do something."""
    for sentence in sentences(text):
        outside = walk.team
        for clause in clauses(sentence):
            if len(clause.teams) == 1:
                walk.enter_team(clause.teams[0], line.number)
                take_of_team(walk, line.number, clause.text.rstrip(",;。、 "), label)
            else:
                walk.team = outside
                _add_clause(walk, line.number, clause, label)


def _add_clause(walk: Walk, number: int, clause: Clause, label: str) -> None:
    text = clause.text
    if clause.teams:
        walk.add(number, "", text, team=None, group=clause.teams, is_said=True)
        return
    for part in labels.split_labelled(text):
        if found := labels.split_label(strip_number(part)):
            walk.add(number, compact(found[0]), found[1])
        else:
            walk.add(number, label, part, is_carried=bool(label), is_said=True, ahead=clause.ahead)


def _add_sentence(walk: Walk, number: int, sentence: str) -> None:
    for part in labels.split_labelled(sentence):
        found = labels.split_label(strip_number(part))
        if found is None:
            walk.add(number, "", part, is_said=True)
        else:
            _add_value(walk, number, compact(found[0]), found[1])


def _add_value(walk: Walk, number: int, label: str, value: str) -> None:
    """A label's value; where it names teams, each has what stands behind its name."""
    kind = labels.kind_of(label)
    told = list(clauses(value)) if team_names.find_named(value) else []
    if not any(len(clause.teams) == 1 for clause in told) or kind in {
        "postal",
        "accepts",
        "period",
    }:
        walk.add(number, label, value)
        return
    before = walk.team
    for clause in told:
        if len(clause.teams) == 1:
            walk.enter_team(clause.teams[0], number)
            walk.add(number, label, clause.text.strip(" :,;、。"), is_carried=True)
        else:
            walk.team = before
            walk.add(number, label, clause.text, is_carried=True, is_said=True)
    walk.team = before
