"""Blocks under a team's name and lines under a label, taken apart into pieces."""

import re

from inspection.contact_kinds import ContactKind
from inspection.parsing.layout.clause_pieces import (
    add_labelled,
    is_told_below,
    may_be_listed,
    take_of_team,
    take_sentences,
)
from inspection.parsing.layout.pieces import Walk
from inspection.parsing.layout.subjects import Clause, clauses, sentences
from inspection.parsing.names import regions, team_names
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, strip_number

_COUNTY = re.compile(
    r"^(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,3}\))?([\u4e00-\u9fff]{1,8}(?:县|区|市|旗))(?:\(\d{0,3}处?个?\))?(:?)(.*)$"
)
_OPENS_BLOCK = re.compile(r"^\s*$|^\s*[:—–(|-]|^\s+\S")
_WORDS = re.compile(r"[、,;\s]+")
_LONGEST_DATE = 40
_NO_LIST = re.compile(r"受理|截[止至]|邮戳|范围|规定|欢迎|\d月")


def opens_block(text: str) -> bool:
    """Whether a line that begins with a team's name is the head of its block, no sentence."""
    size = team_names.length_at_start(text)
    rest = text[size:]
    if not size:
        return False
    if _OPENS_BLOCK.match(rest) or labels.split_label(rest) is not None or is_told_below(rest):
        return True
    words = [word for word in _WORDS.split(rest.rstrip("。;")) if word]
    return bool(words) and len(rest) < 200 and all(map(may_be_listed, words))


def take_team(walk: Walk, line: Line, text: str) -> None:
    """A line that begins with a team's name opens the block of that team."""
    named = team_names.find_named(text)
    name, size = named[0].names[0], named[0].stops
    label = walk.label if walk.label_team is None else ""
    walk.county = None
    walk.enter_team(name, line.number)
    if len(named) > 1:
        take_sentences(walk, line, text, label)
        if opens_block(text[named[1].begins :]):
            walk.leave()
            return
    else:
        take_of_team(walk, line.number, text[size:], label)
    walk.label = label if labels.is_told_by_team(label) else ""


def take_text(walk: Walk, line: Line) -> None:
    """A line of a county, of labelled facts, of sentences, or of a list that goes on."""
    text = line.text
    _leave_before_sentence(walk, text)
    if _take_county(walk, line.number, text):
        return
    if text.endswith(":") and len(text) <= 12 and labels.kind_of(text) == "none":
        walk.county = None
        return
    if labels.is_bare_label(text):
        _maybe_leave_team(walk, compact(text).rstrip(":"))
        walk.label, walk.label_team = compact(text).rstrip(":"), walk.team
        is_about_inspectors = labels.kind_of(walk.label) == ContactKind.SUPERVISION
        walk.heading = walk.label if is_about_inspectors else walk.heading
        return
    subjects = _subjects(text)
    if subjects and labels.kind_of(labels.first_label(text)) in {"none", "targets", "team"}:
        _take_line_of_teams(walk, line, text, subjects)
    else:
        _take_parts(walk, line, text)


def _subjects(text: str) -> list[Clause]:
    """The clauses of a line that are about teams."""
    if not team_names.find_named(text):
        return []
    return [clause for sentence in sentences(text) for clause in clauses(sentence) if clause.teams]


def _take_line_of_teams(walk: Walk, line: Line, text: str, subjects: list[Clause]) -> None:
    """Sentences about teams; those behind the only team of a paragraph are about it too."""
    first = strip_number(sentences(text)[0])
    is_its_own = len(subjects) == 1 and team_names.at_start(first) is not None
    before = walk.team
    label = walk.label if labels.is_told_by_team(walk.label) else ""
    for index, sentence in enumerate(sentences(text)):
        if index == 0 or not is_its_own:
            walk.team = before
        take_sentences(walk, line, strip_number(sentence), label)
        if is_its_own and index == 0:
            walk.team = subjects[0].teams[0] if len(subjects[0].teams) == 1 else None
    walk.leave()


def _take_parts(walk: Walk, line: Line, text: str) -> None:
    for part in labels.split_labelled(text):
        found = labels.split_label(strip_number(part))
        if found is None:
            _take_unlabelled(walk, line.number, part)
            continue
        label = compact(found[0])
        _maybe_leave_team(walk, label)
        walk.label, walk.label_team = label, walk.team
        add_labelled(walk, line.number, label, found[1])


def _take_unlabelled(walk: Walk, number: int, part: str) -> None:
    """Words without a label: they go on with what is above, if they are no sentences."""
    is_said = "。" in part[:-1] or ("," in part and len(part) > 20)
    kind = labels.kind_of(walk.label)
    is_date = kind in {"accepts", "period", "hours"} and len(part) < _LONGEST_DATE
    is_list = kind in {"box", "targets"} and not _NO_LIST.search(part)
    goes_on = not part.endswith("。") or is_list or is_date
    label = walk.label if goes_on else ""
    for sentence in sentences(part):
        walk.add(number, label, sentence, is_carried=bool(label), is_said=is_said or not goes_on)


def _take_county(walk: Walk, number: int, text: str) -> bool:
    """A line that is the name of a county, or begins with one and a colon."""
    match = _COUNTY.match(compact(text)) if len(text) < 400 else None
    if match is None or not (match[2] or (not match[3] and not _lists_targets(walk))):
        return False
    if match[2] and labels.kind_of(match[1]) != "none":
        return False
    walk.county = regions.county_named(match[1])
    if match[3]:
        walk.add(number, walk.label, match[3])
    return True


def _lists_targets(walk: Walk) -> bool:
    return labels.kind_of(walk.label) == "targets" or (walk.team is not None and not walk.label)


def _leave_before_sentence(walk: Walk, text: str) -> None:
    """A whole sentence without a label belongs to no team's block and to no list."""
    is_sentence = text.endswith("。") and len(text) > 25 and "," in text
    if not is_sentence or labels.split_label(text) is not None:
        return
    if labels.kind_of(walk.heading) == ContactKind.SUPERVISION:
        walk.heading = ""
    if walk.team is not None or not re.match(r"\d{1,3}[.、]", text):
        walk.leave()


def _maybe_leave_team(walk: Walk, label: str) -> None:
    """A label that no earlier team's block had belongs to all teams."""
    kind = labels.kind_of(label)
    if walk.team is None:
        return
    if len(walk.teams) == 1 or walk.team == walk.teams[0]:
        walk.first_kinds.add(kind)
    elif kind not in walk.first_kinds:
        walk.leave()
