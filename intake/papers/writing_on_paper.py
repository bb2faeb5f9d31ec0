"""Titles, paragraphs, tables and signatures of a paper."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from docx.document import Document
from docx.enum.table import WD_ROW_HEIGHT_RULE, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.shared import Length, Mm, Pt
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from intake.papers.page_layout import (
    FANG_SONG,
    HEI,
    SONG_TITLE,
    Face,
    in_face,
    indented,
    width_for_words,
    with_exact_lines,
)

TITLE = Pt(22)
# In the cells of a form or table.
SMALL = Pt(12)
SMALL_LINE = Pt(19)
LABEL_SHARE = 0.17
# What the format cannot hold at all; a paste from elsewhere brings such.
_NOT_IN_XML = {code: None for code in range(32) if chr(code) not in "\t\n"} | {
    0xFFFE: None,
    0xFFFF: None,
}
NOTHING = "—"
# To be filled in by hand, where a paper is printed before its day is known.
BLANK_DAY = "　　　　年　　月　　日"


@dataclass(frozen=True, slots=True, repr=False)
class Blank:
    """A field of a form: its word and what stands in it; `lines` are kept free for writing."""

    label: str
    words: str = ""
    lines: int = 1


def clean(words: str) -> str:
    """Without characters that no document can hold; nothing else is changed."""
    return words.replace("\r\n", "\n").replace("\r", "\n").translate(_NOT_IN_XML)


def title(document: Document, words: str, *, on_a_new_page: bool = False) -> None:
    """In the middle, two characters larger than the rest."""
    paragraph = with_exact_lines(document.add_paragraph(), Pt(36))
    paragraph.paragraph_format.page_break_before = on_a_new_page
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    in_face(paragraph.add_run(clean(words)), SONG_TITLE, TITLE, is_close=False)


def line(document: Document, words: str = "", *, to_the_right: bool = False) -> Paragraph:
    """One line without an indent."""
    paragraph = with_exact_lines(document.add_paragraph())
    if to_the_right:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    in_face(paragraph.add_run(clean(words)), FANG_SONG)
    return paragraph


def paragraphs(document: Document, words: str) -> None:
    """Each line of the words is a paragraph that begins two characters later."""
    for one in clean(words).split("\n"):
        if one.strip():
            paragraph = indented(with_exact_lines(document.add_paragraph()))
            in_face(paragraph.add_run(one.strip()), FANG_SONG)


def form(document: Document, rows: Sequence[Sequence[Blank]]) -> None:
    """A form: in each row one field over the whole width, or two side by side."""
    table = _table(document, [LABEL_SHARE, 0.5 - LABEL_SHARE] * 2)
    for blanks in rows:
        row = table.add_row()
        row.height_rule = WD_ROW_HEIGHT_RULE.AT_LEAST
        row.height = Length(max(Mm(8), SMALL_LINE * max(blank.lines for blank in blanks)))
        cells = list(row.cells)
        if len(blanks) == 1:
            cells[1].merge(cells[3])
        for place, blank in zip((0, 2), blanks, strict=False):
            write_in(cells[place], blank.label, face=HEI, is_in_the_middle=True)
            write_in(cells[place + 1], blank.words)


def grid(
    document: Document,
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    shares: Sequence[float],
) -> None:
    """A table whose heads stand again on each sheet. `shares` of the width add up to one."""
    table = _table(document, shares)
    top = table.add_row()
    repeated = OxmlElement("w:tblHeader")
    top._tr.get_or_add_trPr().append(repeated)
    for cell, words in zip(top.cells, heads, strict=True):
        write_in(cell, words, face=HEI, is_in_the_middle=True)
    for values in rows:
        row = table.add_row()
        whole = OxmlElement("w:cantSplit")
        row._tr.get_or_add_trPr().append(whole)
        for cell, words in zip(row.cells, values, strict=True):
            write_in(cell, words)


def write_in(
    cell: _Cell, words: str, *, face: Face = FANG_SONG, is_in_the_middle: bool = False
) -> None:
    """Into an empty cell, a paragraph a line."""
    for number, one in enumerate(clean(words).split("\n")):
        paragraph = cell.paragraphs[0] if number == 0 else cell.add_paragraph()
        with_exact_lines(paragraph, SMALL_LINE)
        if is_in_the_middle:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
        in_face(paragraph.add_run(one), face, SMALL, is_close=False)


def _table(document: Document, shares: Sequence[float]) -> Any:
    """Its widths stand in the grid and in each cell, and no program may change them."""
    whole = width_for_words(document.sections[-1])
    widths = [Length(round(whole * share)) for share in shares]
    table = document.add_table(rows=0, cols=len(widths), style="Table Grid")
    table.alignment = WD_TABLE_ALIGNMENT.CENTER
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
    return table
