"""The notice as pieces: each says under which label, team and heading it stands.

Tables, blocks under a team's name and plain sentences all become pieces, so that the
readers of teams, contacts, boxes and dates need not know how a notice is laid out.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from inspection.parsing.names import team_names
from inspection.parsing.text import labels, tables
from inspection.parsing.text.blocks import are_sentences, take_sentences, take_team, take_text
from inspection.parsing.text.page_lines import Line, compact, strip_number
from inspection.parsing.text.pieces import Piece, Walk

_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SUBSECTION = re.compile(r"^\([一二三四五六七八九十]{1,3}\)")


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
        take_team(walk, line, text)
    elif len(teams := team_names.find(line.text)) > 1 and are_sentences(line.text, teams):
        take_sentences(walk, line, teams)
    else:
        take_text(walk, line)


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
