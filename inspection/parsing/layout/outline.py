"""The notice as pieces: each says under which label, team and heading it stands.

Tables, blocks under a team's name and plain sentences all become pieces, so that the
readers of teams, contacts, boxes and dates need not know how a notice is laid out.
"""

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace

from inspection.parsing.layout import tables
from inspection.parsing.layout.blocks import opens_block, take_team, take_text
from inspection.parsing.layout.pieces import Piece, Walk
from inspection.parsing.names import team_names
from inspection.parsing.text import labels
from inspection.parsing.text.page_lines import Line, compact, strip_number

_FEWEST_COLUMNS = 2
_ENOUGH_TO_DOUBT = 2
# '第一组' is whatever team has the same number.
_BARE_TEAM = re.compile(r"第[^巡]{1,3}组")
_SECTION = re.compile(r"^[一二三四五六七八九十]{1,3}、")
_SUBSECTION = re.compile(r"^\([一二三四五六七八九十]{1,3}\)")
_BLACK = re.compile(r"[【\[]([^【】\[\]]{2,12})[】\]]:?")
# '写信——县第15号信箱'
_DASHED = re.compile(r"^([\u4e00-\u9fff]{2,8})\s?(?:—|–|--|─){1,2}\s?(?=\S)")
_HEADED = re.compile(r"^([^:。,;]{1,26})[:。]\s*(.*)$")


def outline(body: Sequence[Line]) -> list[Piece]:
    """All pieces of a notice's body, in order."""
    walk = Walk()
    lines = tables.unflattened(body)
    for line in lines:
        _take(walk, line)
    names = _whole_names(walk.teams)
    return [_with_whole_names(piece, names) for piece in walk.pieces]


def _with_whole_names(piece: Piece, names: dict[str, str]) -> Piece:
    if piece.group:
        return replace(piece, group=tuple(names.get(name, name) for name in piece.group))
    return replace(piece, team=names[piece.team]) if piece.team else piece


def _whole_names(teams: list[str]) -> dict[str, str]:
    """'第一巡察组' is 县委第一巡察组 where the notice names only one team that ends so."""
    ends: dict[str, list[str]] = defaultdict(list)
    numbered: dict[int | None, list[str]] = defaultdict(list)
    for name in teams:
        number = team_names.ordinal(name)
        for start in range(1, len(name) - 1):
            ends[name[start:]].append(name)
        if "巡" in name and len(numbered[number]) < _ENOUGH_TO_DOUBT:
            numbered[number].append(name)
    whole = {}
    for name in teams:
        number = team_names.ordinal(name)
        longer = {other for other in ends.get(name, ()) if team_names.ordinal(other) == number}
        if _BARE_TEAM.fullmatch(name):
            longer |= set(numbered[number])
        whole[name] = longer.pop() if len(longer) == 1 else name
    heads = {name.partition("第")[0] for name in teams if "委第" in name or "党组第" in name}
    if len(heads) == 1:
        (head,) = heads
        for name in teams:
            if name == whole[name] and name.startswith("第") and "巡" in name:
                whole[name] = f"{head}{name}"
    return whole


def _take(walk: Walk, line: Line) -> None:
    line = _unbracketed(line)
    if _take_heading(walk, line) or _take_header(walk, line):
        return
    if walk.header and _take_row(walk, line):
        return
    if _take_columns(walk, line):
        return
    text = strip_number(line.text)
    if (found := labels.split_label(text)) and labels.kind_of(found[0]) == "team":
        text = found[1] if _is_team(found[1]) else text
    if team_names.at_start(text) and opens_block(text):
        take_team(walk, line, text)
    else:
        take_text(walk, line)


def _unbracketed(line: Line) -> Line:
    """'【受理时间】截至…' and '(电话:… 信箱:…)' are labels with their values."""
    text = _BLACK.sub(lambda match: f"{match[1]}:" if match[1] else "", line.text)
    if (dashed := _DASHED.match(text)) and labels.kind_of(dashed[1]) != "none":
        text = f"{dashed[1]}:{text[dashed.end() :]}"
    if text.startswith("(") and text.endswith(")") and text.count("(") == 1:
        text = text[1:-1] if labels.split_label(text[1:-1]) else text
    return line if text == line.text else replace(line, text=text, cells=(text,))


def _take_heading(walk: Walk, line: Line) -> bool:
    text = line.text
    bare = strip_number(text)
    if team_names.at_start(bare) and opens_block(bare):
        return False
    if _SECTION.match(text):
        walk.leave()
        walk.heading = ""
        walk.section, rest = _heading_and_rest(text)
        _open_heading(walk, line, walk.section, rest)
        return True
    if text.startswith("附件"):
        walk.leave()
        walk.section, walk.heading = text, ""
        return True
    if _SUBSECTION.match(text) and len(text) < 40 and "," not in text:
        walk.leave()
        walk.heading, rest = _heading_and_rest(text)
        _open_heading(walk, line, walk.heading, rest)
        return True
    return False


def _open_heading(walk: Walk, line: Line, title: str, rest: str) -> None:
    """What a heading promises holds for the lines under it."""
    if not re.search(r"\d{5,}", title):
        walk.add(line.number, "", title)
    promised = strip_number(title)
    is_label = labels.kind_of(title) in {"box", "targets", "reception", "accepts"}
    walk.label_team = None
    walk.label = promised if is_label and len(promised) <= 14 else ""
    if rest:
        _take(walk, replace(line, text=rest, cells=(rest,)))


def _heading_and_rest(text: str) -> tuple[str, str]:
    """A heading and the text that follows it on its line."""
    match = _HEADED.match(text)
    if match:
        if labels.kind_of(match[1]) == "none":
            return match[1], match[2]
        return match[1], f"{strip_number(match[1])}:{match[2]}" if match[2] else ""
    return (text, "") if len(text) <= 40 else ("", strip_number(text))


def _take_header(walk: Walk, line: Line) -> bool:
    for cells in (line.cells, tuple(line.text.split())):
        if labels.is_header(cells):
            walk.leave()
            walk.header = cells
            return True
    return False


def _take_columns(walk: Walk, line: Line) -> bool:
    """Teams side by side: each line below holds a cell for each of them."""
    cells = line.cells
    if len(cells) > 1 and all(_is_team(cell) for cell in cells):
        walk.leave()
        walk.columns = tuple(cells)
        return True
    if len(cells) < _FEWEST_COLUMNS or len(cells) != len(walk.columns):
        walk.columns = ()
        return False
    for team, cell in zip(walk.columns, cells, strict=True):
        walk.enter_team(team, line.number)
        take_text(walk, replace(line, text=cell, cells=(cell,)))
    walk.leave()
    return True


def _is_team(cell: str) -> bool:
    return bool(cell) and team_names.length_at_start(cell) == len(cell)


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
