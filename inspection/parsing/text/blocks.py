"""Blocks under a team's name and lines under a label, taken apart into pieces."""

import re

from inspection.parsing.names import regions, team_names
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, strip_number
from inspection.parsing.text.pieces import Walk

_COUNTY = re.compile(
    r"^(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]+\))?([\u4e00-\u9fff]{1,8}(?:县|区|市|旗))(?:\(\d*处?个?\))?(:?)(.*)$"
)
_ABOUT_TEAM = re.compile(r"^\s*(?:[:,—-]+|的)?\s*")
_PERSONS = re.compile(r"^\(?(?:组长|副组长)")


def take_team(walk: Walk, line: Line, text: str) -> None:
    """A line that begins with a team's name opens the block of that team."""
    teams = team_names.find(text)
    if len(teams) > 1 and are_sentences(text, teams):
        take_sentences(walk, line, teams, text)
        return
    name = team_names.at_start(text) or teams[0][2]
    label = walk.label
    walk.county = None
    walk.enter_team(name, line.number)
    _take_of_team(walk, line.number, text[len(name) :], label)
    walk.label = label if labels.is_told_by_team(label) else ""


def _take_of_team(walk: Walk, number: int, rest: str, label: str) -> None:
    """What stands on a team's line behind its name."""
    if note := re.match(r"^\s*\(([^()]{1,20})\)", rest):
        rest = rest[note.end() :]
        if team_names.series_in(note[1]):
            walk.add(number, "巡察类型", note[1])
    rest = _ABOUT_TEAM.sub("", rest, count=1).strip()
    if not rest or (_PERSONS.match(rest) and ":" not in rest):
        return
    for part in labels.split_labelled(rest):
        if found := labels.split_label(part):
            _add_labelled(walk, number, compact(found[0]), found[1])
        elif re.search(r"\d{5,}|@", part):
            carried = label if labels.kind_of(label) != "targets" else ""
            walk.add(number, carried, part, is_carried=True)
        elif labels.kind_of(label) in {"box", "reception", "postal"}:
            walk.add(number, label, part, is_carried=True)
        else:
            walk.add(number, "巡察对象", part)
    if walk.team == walk.teams[0]:
        walk.first_kinds |= {piece.kind for piece in walk.pieces if piece.team == walk.team}


def are_sentences(text: str, teams: list[tuple[int, int, str]]) -> bool:
    """Whether each team named in a line is followed by words about it alone."""
    ends = [start for start, _, _ in teams[1:]] + [len(text)]
    return all(
        len(text[stop:end].strip("、,和及与至-—~ ")) >= 3
        for (_, stop, _), end in zip(teams, ends, strict=True)
    )


def take_sentences(
    walk: Walk, line: Line, teams: list[tuple[int, int, str]], text: str | None = None
) -> None:
    """A line that names several teams: each has the words behind its name."""
    text = line.text if text is None else text
    ends = [start for start, _, _ in teams[1:]] + [len(text)]
    label = walk.label
    if before := text[: teams[0][0]].strip():
        walk.add(line.number, label, before, team=None)
    for (_, stop, name), end in zip(teams, ends, strict=True):
        walk.enter_team(name, line.number)
        _take_of_team(walk, line.number, text[stop:end].strip(",;。、 "), label)
    walk.leave()


def take_text(walk: Walk, line: Line) -> None:
    """A line of a county, of labelled facts, or of a list that goes on."""
    text = line.text
    _leave_before_sentence(walk, text)
    match = _COUNTY.match(compact(text))
    if match and (match[2] or (not match[3] and not _lists_targets(walk))):
        walk.county = regions.county_named(match[1])
        if match[3]:
            walk.add(line.number, walk.label, match[3])
        return
    if text.endswith(":") and len(text) <= 12 and labels.kind_of(text) == "none":
        walk.county = None
        return
    for part in labels.split_labelled(text):
        found = labels.split_label(strip_number(part))
        if found is None:
            walk.add(line.number, walk.label, part, is_carried=True)
            continue
        label = compact(found[0])
        _maybe_leave_team(walk, label)
        walk.label = label
        _add_labelled(walk, line.number, label, found[1])


def _add_labelled(walk: Walk, number: int, label: str, text: str) -> None:
    value, rest = labels.value_and_rest(labels.kind_of(label), text)
    walk.add(number, label, value)
    if rest:
        walk.add(number, "", rest)


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
