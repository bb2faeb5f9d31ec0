"""移交函 in the form of a letter (信函格式): red name and double lines, no number on sheet one."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from intake.papers.page_layout import SONG_TITLE, in_face, new_document, with_exact_lines
from intake.papers.writing_on_paper import BLANK_DAY, clean, line, paragraphs, title

RED = RGBColor(0xFF, 0, 0)
# The lines are 170 mm long, so that they reach beyond the words on both sides.
BEYOND_LEFT, BEYOND_RIGHT = Mm(-8), Mm(-6)
NAME_FROM_THE_EDGE, LINE_FROM_THE_EDGE = Mm(30), Mm(20)
NAME_SIZE, NAME_LINE = Pt(34), Pt(40)


@dataclass(frozen=True, slots=True, repr=False)
class TransferLetter:
    """Of one list to one receiver; days are written out, `count` items are on the list.

    `feedback` is by when: '2025年7月15日前', or '签收之日起 3 个月内' before it is signed for.
    """

    organ: str
    document_number: str
    receiver: str
    count: int
    matter: str
    sent_on: str
    feedback: str
    objection_days: int
    names_withheld: int


def transfer_letter(letter: TransferLetter) -> Document:
    """The letter; its list is a paper of its own."""
    document = new_document()
    _head_and_foot(document, letter.organ)
    line(document, letter.document_number, to_the_right=True)
    line(document)
    title(document, f"关于移交{letter.matter}的函")
    line(document)
    line(document, f"{letter.receiver}：")
    paragraphs(
        document,
        f"现将巡察期间收到的{letter.matter} {letter.count} 件移交你单位，"
        "件数和内容见所附移交清单，请按职责和规定办理。",
    )
    for number, words in enumerate(_requirements(letter), 1):
        paragraphs(document, f"{number}. {words}")
    line(document)
    paragraphs(document, "附件：移交清单")
    line(document)
    line(document, letter.organ, to_the_right=True)
    line(document, letter.sent_on or BLANK_DAY, to_the_right=True)
    return document


def _requirements(letter: TransferLetter) -> list[str]:
    until = f"请在{letter.feedback}" if letter.feedback else "请"
    found = [
        f"认为不属于本单位职责的，请在收到之日起 {letter.objection_days} 个工作日内书面说明理由，"
        "经我办同意后退回；不要自行转送。",
        f"{until}把办理结果书面反馈我办。",
        "不得把内容和反映人的情况透露给被反映的单位和人，不得让他们办理。",
    ]
    if letter.names_withheld:
        found.append(
            f"其中 {letter.names_withheld} 件不附反映人姓名和电话，无法向本人答复的，在反馈中注明。"
        )
    return found


def _head_and_foot(document: Document, organ: str) -> None:
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance, section.footer_distance = NAME_FROM_THE_EDGE, LINE_FROM_THE_EDGE
    head = section.first_page_header
    head.is_linked_to_previous = False
    name = with_exact_lines(head.paragraphs[0], NAME_LINE)
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    run = in_face(name.add_run(clean(organ)), SONG_TITLE, NAME_SIZE, is_close=False)
    run.font.color.rgb = RED
    _red_line(name, "bottom", "thickThinSmallGap", Mm(4).pt)
    foot = section.first_page_footer
    foot.is_linked_to_previous = False
    _red_line(with_exact_lines(foot.paragraphs[0], Pt(4)), "top", "thinThickSmallGap", 1)


def _red_line(paragraph: Paragraph, side: str, kind: str, away: float) -> None:
    """A double line over the width of the letter, so many points from the words."""
    shape = paragraph.paragraph_format
    shape.left_indent, shape.right_indent = BEYOND_LEFT, BEYOND_RIGHT
    borders = OxmlElement("w:pBdr")
    edge = OxmlElement(f"w:{side}")
    values = {"val": kind, "sz": "18", "space": str(round(away)), "color": "FF0000"}
    for name, value in values.items():
        edge.set(qn(f"w:{name}"), value)
    borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
