"""The notice as pieces: each says under which label, team and heading it stands.

Tables, blocks under a team's name and plain sentences all become pieces, so that the
readers of teams, contacts, boxes and dates need not know how a notice is laid out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from inspection.parsing.names import regions, team_names
from inspection.parsing.text import labels, tables
from inspection.parsing.text.page_lines import Line, compact, strip_number
from inspection.parsing.text.pieces import Piece, Walk

_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SUBSECTION = re.compile(r"^\([一二三四五六七八九十]{1,3}\)")
_COUNTY = re.compile(
    r"^(?:\d{1,2}[.、]|\([一二三四五六七八九十\d]+\))?([\u4e00-\u9fff]{1,8}(?:县|区|市|旗))(?:\(\d*处?个?\))?(:?)(.*)$"
)
_ABOUT_TEAM = re.compile(r"^\s*(?:[:,—-]+|的)?\s*")
_PERSONS = re.compile(r"^\(?(?:组长|副组长)")


def outline(body: Sequence[Line]) -> list[Piece]:
    """All pieces of a notice's body, in order."""
    walk = Walk()
    for line in body:
        _take(walk, line)
    names = _whole_names(walk.teams)
    return [
        replace(piece, team=names[piece.team]) if piece.team else piece for piece in walk.pieces
    ]


def _whole_names(teams: list[str]) -> dict[str, str]:
    """'第一巡察组' is 县委第一巡察组 where the notice names only one team that ends so."""
    whole = {}
    for name in teams:
        longer = [other for other in teams if other != name and other.endswith(name)]
        whole[name] = longer[0] if len(longer) == 1 else name
    return whole


def _take(walk: Walk, line: Line) -> None:
    if _take_heading(walk, line) or _take_header(walk, line):
        return
    if walk.header and _take_row(walk, line):
        return
    text = strip_number(line.text)
    if team_names.at_start(text):
        _take_team(walk, line, text)
    elif len(teams := team_names.find(line.text)) > 1 and _are_sentences(line.text, teams):
        _take_sentences(walk, line, teams)
    else:
        _take_text(walk, line)


def _take_heading(walk: Walk, line: Line) -> bool:
    text = line.text
    if _SECTION.match(text):
        walk.leave()
        walk.heading = ""
        title, rest = _heading_and_rest(text)
        walk.section = title
        walk.add(line.number, "", title)
        walk.label = title if labels.kind_of(title) == "box" else ""
        if rest:
            _take(walk, replace(line, text=rest, cells=(rest,)))
        return True
    if text.startswith("附件"):
        walk.leave()
        walk.section, walk.heading = text, ""
        return True
    if _SUBSECTION.match(text) and not team_names.at_start(strip_number(text)) and len(text) < 40:
        walk.leave()
        walk.heading, rest = _heading_and_rest(text)
        walk.add(line.number, "", walk.heading)
        walk.label = walk.heading if labels.kind_of(walk.heading) == "box" else ""
        if rest:
            _take(walk, replace(line, text=rest, cells=(rest,)))
        return True
    return False


def _heading_and_rest(text: str) -> tuple[str, str]:
    """A heading and the text that follows it on its line."""
    match = re.match(r"^([^:。,;]{1,26})[:。]\s*(.*)$", text)
    if match:
        return match[1], match[2] if labels.kind_of(
            match[1]
        ) == "none" else f"{strip_number(match[1])}:{match[2]}"
    return (text, "") if len(text) <= 40 else ("", strip_number(text))


def _take_header(walk: Walk, line: Line) -> bool:
    for cells in (line.cells, tuple(line.text.split())):
        if labels.is_header(cells):
            walk.leave()
            walk.header = cells
            return True
    return False


def _take_row(walk: Walk, line: Line) -> bool:
    """A row under a table's head, or the rest of one; False where the table has ended."""
    cells = tables.row_cells(walk.header, line)
    if cells is None:
        walk.leave()
        return False
    by_kind = [(head, cell) for head, cell in zip(walk.header, cells, strict=False) if cell]
    for head, cell in by_kind:
        if labels.kind_of(head) == "team" and (team := tables.team_in(cell)):
            walk.enter_team(team, line.number)
    for head, cell in by_kind:
        if labels.kind_of(head) != "team":
            walk.add(line.number, compact(head), cell)
    return True


def _take_team(walk: Walk, line: Line, text: str) -> None:
    teams = team_names.find(text)
    if len(teams) > 1 and _are_sentences(text, teams):
        _take_sentences(walk, line, teams, text)
        return
    name = team_names.at_start(text) or teams[0][2]
    label = walk.label
    walk.county = None
    walk.enter_team(name, line.number)
    _take_of_team(walk, line.number, text[len(name) :], label)
    walk.label = (
        label if labels.kind_of(label) in {"phone", "sms", "postal", "email", "box"} else ""
    )


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


def _are_sentences(text: str, teams: list[tuple[int, int, str]]) -> bool:
    """Whether each team named in a line is followed by words about it alone."""
    ends = [start for start, _, _ in teams[1:]] + [len(text)]
    return all(
        len(text[stop:end].strip("、,和及与至-—~ ")) >= 3
        for (_, stop, _), end in zip(teams, ends, strict=True)
    )


def _take_sentences(
    walk: Walk, line: Line, teams: list[tuple[int, int, str]], text: str | None = None
) -> None:
    text = line.text if text is None else text
    ends = [start for start, _, _ in teams[1:]] + [len(text)]
    label = walk.label
    if before := text[: teams[0][0]].strip():
        walk.add(line.number, label, before, team=None)
    for (_, stop, name), end in zip(teams, ends, strict=True):
        walk.enter_team(name, line.number)
        _take_of_team(walk, line.number, text[stop:end].strip(",;。、 "), label)
    walk.leave()


def _take_text(walk: Walk, line: Line) -> None:
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
