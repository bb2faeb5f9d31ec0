"""Blocks under a team's name and lines under a label, taken apart into pieces."""

import re

from inspection.parsing.layout.pieces import Walk
from inspection.parsing.layout.subjects import Clause, clauses, sentences
from inspection.parsing.names import regions, team_names
from inspection.parsing.names.body_names import is_whole
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, strip_number

_COUNTY = re.compile(
    r"^(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]{1,3}\))?([\u4e00-\u9fff]{1,8}(?:县|区|市|旗))(?:\(\d{0,3}处?个?\))?(:?)(.*)$"
)
_ABOUT_TEAM = re.compile(r"^\s*(?:[:,、—–-]{1,3}|的)?\s*")
_PERSONS = re.compile(r"^[(\s]{0,3}(?:巡[察视]组)?(?:组长|副组长|联络员|成员)")
_NOTE = re.compile(r"^\s*\(([^()]{1,30})\)")
_OPENS_BLOCK = re.compile(r"^\s*$|^\s*[:—–(|-]|^\s+\S")
_WORDS = re.compile(r"[、,;\s]+")
_LONGEST_DATE = 40
_NUMBER_OR_ADDRESS = re.compile(r"\d{5,}|@")


def opens_block(text: str) -> bool:
    """Whether a line that begins with a team's name is the head of its block, no sentence."""
    size = team_names.length_at_start(text)
    rest = text[size:]
    if not size:
        return False
    if _OPENS_BLOCK.match(rest) or labels.split_label(rest) is not None or _is_told(rest):
        return True
    words = [word for word in _WORDS.split(rest.rstrip("。;")) if word]
    return bool(words) and len(rest) < 200 and all(map(_may_be_listed, words))


def _is_told(rest: str) -> bool:
    """'联系方式' behind a team's name: its facts stand below."""
    return labels.is_bare_label(rest)


def _may_be_listed(word: str) -> bool:
    return is_whole(word) and not word.startswith(("对", "巡", "负责", "进驻", "在", "于"))


def take_team(walk: Walk, line: Line, text: str) -> None:
    """A line that begins with a team's name opens the block of that team."""
    named = team_names.find_named(text)
    name, size = named[0].names[0], named[0].stops
    label = walk.label
    walk.county = None
    walk.enter_team(name, line.number)
    if len(named) > 1:
        _take_sentences(walk, line, text, label)
        if opens_block(text[named[1].begins :]):
            walk.leave()
            return
    else:
        _take_of_team(walk, line.number, text[size:], label)
    walk.label = label if labels.is_told_by_team(label) else ""


def _take_of_team(walk: Walk, number: int, rest: str, label: str) -> None:
    """What stands on a team's line behind its name."""
    if note := _NOTE.match(rest):
        rest = rest[note.end() :]
        if team_names.series_in(note[1]):
            walk.add(number, "巡察类型", note[1])
        elif all(map(_may_be_listed, _WORDS.split(note[1]))):
            walk.add(number, "巡察对象", note[1])
    rest = _ABOUT_TEAM.sub("", rest, count=1).strip()
    if not rest or _is_told(rest) or (_PERSONS.match(rest) and ":" not in rest):
        return
    for part in labels.split_labelled(rest):
        if found := labels.split_label(part):
            add_labelled(walk, number, compact(found[0]), found[1])
        elif _NUMBER_OR_ADDRESS.search(part) and len(part) < 60:
            carried = label if labels.kind_of(label) != "targets" else ""
            walk.add(number, carried, part, is_carried=True)
        elif labels.kind_of(label) in {"box", "reception", "postal"}:
            walk.add(number, label, part, is_carried=True)
        else:
            _add_told(walk, number, part)
    if walk.teams and walk.team == walk.teams[0]:
        walk.first_kinds |= {piece.kind for piece in walk.pieces if piece.team == walk.team}


def _add_told(walk: Walk, number: int, part: str) -> None:
    """Words behind a team without a label: a list of bodies, or sentences about the team."""
    words = [word for word in _WORDS.split(part.rstrip("。;")) if word]
    if words and _may_be_listed(words[0]) and "。" not in part[:-1]:
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


def _take_sentences(walk: Walk, line: Line, text: str, label: str = "") -> None:
    """A line of sentences, some of which name teams that do something."""
    for sentence in sentences(text):
        outside = walk.team
        for clause in clauses(sentence):
            if len(clause.teams) == 1:
                walk.enter_team(clause.teams[0], line.number)
                _take_of_team(walk, line.number, clause.text.rstrip(",;。、 "), label)
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
            walk.add(
                number, label, part, is_carried=bool(label), is_said=True, ahead=clause.ahead
            )


def _add_sentence(walk: Walk, number: int, sentence: str) -> None:
    for part in labels.split_labelled(sentence):
        found = labels.split_label(strip_number(part))
        if found is None:
            walk.add(number, "", part, is_said=True)
        else:
            _add_value(walk, number, compact(found[0]), found[1])


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
        walk.label = compact(text).rstrip(":")
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
    return [
        clause for sentence in sentences(text) for clause in clauses(sentence) if clause.teams
    ]


def _take_line_of_teams(walk: Walk, line: Line, text: str, subjects: list[Clause]) -> None:
    """Sentences about teams; those behind the only team of a paragraph are about it too."""
    first = strip_number(sentences(text)[0])
    is_its_own = len(subjects) == 1 and team_names.at_start(first) is not None
    before = walk.team
    label = walk.label if labels.is_told_by_team(walk.label) else ""
    for index, sentence in enumerate(sentences(text)):
        if index == 0 or not is_its_own:
            walk.team = before
        _take_sentences(walk, line, strip_number(sentence), label)
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
        walk.label = label
        add_labelled(walk, line.number, label, found[1])


def _take_unlabelled(walk: Walk, number: int, part: str) -> None:
    """Words without a label: they go on with what is above, if they are no sentences."""
    is_said = "。" in part[:-1] or ("," in part and len(part) > 20)
    kind = labels.kind_of(walk.label)
    is_date = kind in {"accepts", "period", "hours"} and len(part) < _LONGEST_DATE
    goes_on = not part.endswith("。") or kind in {"box", "targets"} or is_date
    label = walk.label if goes_on else ""
    for sentence in sentences(part):
        walk.add(number, label, sentence, is_carried=bool(label), is_said=is_said or not goes_on)


def _add_value(walk: Walk, number: int, label: str, value: str) -> None:
    """A label's value; where it names teams, each has what stands behind its name."""
    kind = labels.kind_of(label)
    told = [clause for clause in clauses(value)] if team_names.find_named(value) else []
    if not any(len(clause.teams) == 1 for clause in told) or kind in {"postal", "accepts", "period"}:
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
