"""移交函 in the form of a letter (信函格式): red name and double lines, no number on sheet one."""

from dataclasses import dataclass

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt, RGBColor
from docx.text.paragraph import Paragraph

from intake.papers.marked_paper import MARK_LINE
from intake.papers.page_layout import SONG_TITLE, in_face, new_document, with_exact_lines
from intake.papers.writing_on_paper import BLANK_DAY, clean, line, paragraphs, title

RED = RGBColor(0xFF, 0, 0)
# The lines are 170 mm long, so that they reach beyond the words on both sides.
BEYOND_LEFT, BEYOND_RIGHT = Mm(-8), Mm(-6)
NAME_FROM_THE_EDGE, LINE_FROM_THE_EDGE = Mm(30), Mm(20)
# Of the name: as large as one line of the lines' length allows, and never smaller than a title.
LARGEST_NAME, SMALLEST_NAME, RULES_LONG = 34, 22, Mm(170)
NAME_LINE, NAME_TO_LINE = 1.15, Mm(4)
THICK, THIN, BETWEEN_RULES = 18, 6, Pt(2)


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
    """The name and a double line above, thick over thin; below one that is thin over thick.

    The mark of the paper comes to stand under the lower line, which keeps its place.
    """
    section = document.sections[0]
    section.different_first_page_header_footer = True
    section.header_distance = NAME_FROM_THE_EDGE
    section.footer_distance = Length(LINE_FROM_THE_EDGE - MARK_LINE)
    head, foot = section.first_page_header, section.first_page_footer
    head.is_linked_to_previous = foot.is_linked_to_previous = False
    size = _size_of(organ)
    name = with_exact_lines(head.paragraphs[0], Length(round(size * NAME_LINE)))
    name.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _beyond(name)
    run = in_face(name.add_run(clean(organ)), SONG_TITLE, size, is_close=False)
    run.font.color.rgb = RED
    upper = _rules(head.add_paragraph(), above=THICK, below=THIN)
    upper.paragraph_format.space_before = NAME_TO_LINE
    _rules(foot.paragraphs[0], above=THIN, below=THICK)


def _size_of(organ: str) -> Length:
    """Of the name's characters, each as wide as it is high."""
    fitting = int(RULES_LONG.pt / max(len(organ), 1))
    return Pt(max(SMALLEST_NAME, min(LARGEST_NAME, fitting)))


def _beyond(paragraph: Paragraph) -> None:
    shape = paragraph.paragraph_format
    shape.left_indent, shape.right_indent = BEYOND_LEFT, BEYOND_RIGHT


def _rules(paragraph: Paragraph, *, above: int, below: int) -> Paragraph:
    """Two lines in eighths of a point, as borders of their own.

    Programs draw a double border of two strengths now this way round and now that.
    """
    _beyond(with_exact_lines(paragraph, BETWEEN_RULES))
    borders = OxmlElement("w:pBdr")
    for side, strength in (("top", above), ("bottom", below)):
        edge = OxmlElement(f"w:{side}")
        for name, value in {"val": "single", "sz": str(strength), "space": "0"}.items():
            edge.set(qn(f"w:{name}"), value)
        edge.set(qn("w:color"), "FF0000")
        borders.append(edge)
    paragraph._p.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:spacing", "w:ind", "w:jc", "w:rPr"
    )
    return paragraph
