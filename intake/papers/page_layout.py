"""The page of an official paper, as GB/T 9704-2012 lays it down, for WPS and Word.

A4 with 156 x 225 mm for words: 22 lines of 28 characters. Lines have an exact height and
characters an exact distance, so that any font that stands in for a missing one keeps both; a
grid of the document would undo that, so there is none.
"""

from dataclasses import dataclass
from typing import Any

import docx
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_LINE_SPACING
from docx.opc.oxml import serialize_part_xml
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.section import Section
from docx.shared import Length, Mm, Pt
from docx.text.paragraph import Paragraph
from docx.text.run import Run

PAGE_WIDTH, PAGE_HEIGHT = Mm(210), Mm(297)
TOP, LEFT, BOTTOM, RIGHT = Mm(37), Mm(28), Mm(35), Mm(26)
# From the edge to the foot's words: 7 mm below the words of the page.
FOOT = Mm(25)
FORM_EDGE = Mm(22)
LINE = Pt(28.95)
# In twentieths of a point: a quarter of one less between characters.
CLOSER = "-5"
BODY = Pt(16)


@dataclass(frozen=True, slots=True)
class Face:
    """A font as offices have it; `instead` are those that stand in for it, in their order."""

    name: str
    instead: str


SONG_TITLE = Face("方正小标宋简体", "方正小标宋_GBK,小标宋体,宋体")
FANG_SONG = Face("仿宋_GB2312", "仿宋,FangSong,STFangsong")
HEI = Face("黑体", "SimHei,STHeiti")
# Of the second level, which an office writes into a paper itself.
KAI = Face("楷体_GB2312", "楷体,KaiTi,STKaiti")
FACES = (SONG_TITLE, FANG_SONG, HEI, KAI)


def new_document(*, is_landscape: bool = False, is_form: bool = False) -> Document:
    """An empty document of one section, without the grid and the words of the template.

    A form is the office's own and no letter: its sheet is used further towards the edges.
    """
    document = docx.Document()
    _name_the_faces(document)
    _set_the_ground(document)
    lay_out(document.sections[0], is_landscape=is_landscape, is_form=is_form)
    return document


def lay_out(section: Section, *, is_landscape: bool = False, is_form: bool = False) -> None:
    """A4, upright or lying; a lying page is the upright one turned to its left."""
    width, height, edges = PAGE_WIDTH, PAGE_HEIGHT, (TOP, RIGHT, BOTTOM, LEFT)
    if is_form:
        edges = (FORM_EDGE, RIGHT, FORM_EDGE, LEFT)
    if is_landscape:
        width, height = PAGE_HEIGHT, PAGE_WIDTH
        edges = (edges[3], edges[0], edges[1], edges[2])
    section.orientation = WD_ORIENT.LANDSCAPE if is_landscape else WD_ORIENT.PORTRAIT
    section.page_width, section.page_height = width, height
    top, right, bottom, left = edges
    section.top_margin, section.right_margin = top, right
    section.bottom_margin, section.left_margin = bottom, left
    section.footer_distance = Length(min(bottom - Mm(10), FOOT))
    for grid in section._sectPr.findall(qn("w:docGrid")):
        section._sectPr.remove(grid)


def width_for_words(section: Section) -> Length:
    """Between the margins of the section."""
    edges = (section.left_margin or Mm(0)) + (section.right_margin or Mm(0))
    return Length((section.page_width or PAGE_WIDTH) - edges)


def in_face(run: Run, face: Face, size: Length = BODY, *, is_close: bool = True) -> Run:
    """The run in this font; Chinese characters have a font of their own in the format."""
    run.font.name, run.font.size = face.name, size
    properties = run._r.get_or_add_rPr()
    _in_every_script(properties, face)
    if is_close:
        spacing = OxmlElement("w:spacing")
        spacing.set(qn("w:val"), CLOSER)
        for size_of_it in properties.findall(qn("w:sz")):
            size_of_it.addprevious(spacing)
    return run


def with_exact_lines(paragraph: Paragraph, line: Length = LINE) -> Paragraph:
    """Each of its lines is so high, whatever font stands in; nothing above and below."""
    shape = paragraph.paragraph_format
    shape.line_spacing_rule, shape.line_spacing = WD_LINE_SPACING.EXACTLY, line
    shape.space_before = shape.space_after = Pt(0)
    shape.widow_control = False
    return paragraph


def indented(paragraph: Paragraph, characters: int = 2) -> Paragraph:
    """The first line begins so many characters later, however large they are."""
    indent = paragraph._p.get_or_add_pPr().get_or_add_ind()
    indent.set(qn("w:firstLineChars"), str(characters * 100))
    indent.set(qn("w:firstLine"), str(round(characters * BODY.pt * 20)))
    return paragraph


def _set_the_ground(document: Document) -> None:
    style: Any = document.styles["Normal"]
    style.font.name, style.font.size = FANG_SONG.name, BODY
    _in_every_script(style.element.get_or_add_rPr(), FANG_SONG)


def _in_every_script(properties: Any, face: Face) -> None:
    """Chinese characters have an entry of their own beside the letters' font."""
    for fonts in properties.findall(qn("w:rFonts")):
        for script in ("w:eastAsia", "w:hAnsi", "w:cs"):
            fonts.set(qn(script), face.name)


def _name_the_faces(document: Document) -> None:
    """Into the table of fonts: who lacks one takes what is named as its other name."""
    (part,) = [
        one for one in document.part.package.iter_parts() if one.partname.endswith("/fontTable.xml")
    ]
    table = parse_xml(part.blob)
    for face in FACES:
        table.append(
            parse_xml(
                f'<w:font {nsdecls("w")} w:name="{face.name}">'
                f'<w:altName w:val="{face.instead}"/><w:charset w:val="86"/>'
                f'<w:family w:val="auto"/><w:pitch w:val="variable"/></w:font>'
            )
        )
    part._blob = serialize_part_xml(table)
