"""The page as GB/T 9704-2012 wants it, read back out of the docx."""

import io
import zipfile
from typing import Any

import pytest
from docx import Document
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from intake.papers.letters.transfer_letter import THICK, THIN
from intake.papers.page_layout import FACES, LINE
from tests.intake.papers.invented_papers import LINE as ENTRY
from tests.intake.papers.invented_papers import MADE_BY, PAGES, paper

LETTERS = ("fix-notice", "letter", "acknowledgement")
LYING = ("list", "loan", "not-archived")


def opened(code: str) -> Any:
    return Document(io.BytesIO(paper(code).content))


def test_every_paper_is_made_here():
    assert MADE_BY.keys() == PAGES.keys()


@pytest.mark.parametrize("code", LETTERS)
def test_a_letter_has_the_margins_of_official_papers(code: str):
    section = opened(code).sections[0]
    edges = (section.top_margin, section.left_margin, section.bottom_margin, section.right_margin)
    for edge, millimetres in zip(edges, (37, 28, 35, 26), strict=True):
        assert edge == pytest.approx(Mm(millimetres), abs=700)
    assert section.page_width == pytest.approx(Mm(210), abs=700)
    assert section.page_height == pytest.approx(Mm(297), abs=700)


def test_a_page_takes_22_lines_of_28_characters():
    height, width = Mm(297 - 37 - 35), Mm(210 - 28 - 26)
    assert int(height / LINE) == 22
    assert int(width.pt / (16 - 0.25)) == 28
    paragraph = next(one for one in opened("letter").paragraphs if "移交你单位" in one.text)
    assert paragraph.paragraph_format.line_spacing == pytest.approx(Pt(28.95), abs=700)
    run = paragraph.runs[0]
    assert run.font.size == Pt(16)
    assert run._r.rPr.find(qn("w:spacing")).get(qn("w:val")) == "-5"
    assert paragraph._p.pPr.ind.get(qn("w:firstLineChars")) == "200"


@pytest.mark.parametrize("code", PAGES)
def test_no_grid_moves_the_lines_and_every_run_names_its_chinese_font(code: str):
    document = opened(code)
    body = document.element.body
    assert list(body.iter(qn("w:docGrid"))) == []
    faces = {face.name for face in FACES}
    parts = [body, *(section.footer._element for section in document.sections)]
    runs = [
        run for part in parts for run in part.iter(qn("w:r")) if run.find(qn("w:t")) is not None
    ]
    assert runs
    for run in runs:
        assert run.rPr.rFonts.get(qn("w:eastAsia")) in faces


@pytest.mark.parametrize("code", PAGES)
def test_the_widths_of_a_table_stand_in_grid_and_cells(code: str):
    document = opened(code)
    section = document.sections[0]
    room = section.page_width - section.left_margin - section.right_margin
    for table in document.tables:
        assert table.autofit is False
        grid = [column.width for column in table.columns]
        assert sum(grid) == pytest.approx(room, rel=0.01)
        for row in table.rows:
            cells = row._tr.tc_lst
            assert sum(cell.width for cell in cells) == pytest.approx(room, rel=0.01)


@pytest.mark.parametrize("code", LYING)
def test_lists_lie(code: str):
    section = opened(code).sections[0]
    assert section.page_width > section.page_height


def test_who_lacks_a_font_is_told_another():
    with zipfile.ZipFile(io.BytesIO(paper("letter").content)) as held:
        table = held.read("word/fontTable.xml").decode()
    for face in FACES:
        assert f'w:name="{face.name}"' in table
        assert f'w:val="{face.instead}"' in table


def test_a_letter_has_the_red_name_and_lines_and_no_page_number_on_its_first_sheet():
    section = opened("letter").sections[0]
    name = section.first_page_header.paragraphs[0]
    assert name.text == "岚台市委巡察工作领导小组办公室"
    assert str(name.runs[0].font.color.rgb) == "FF0000"
    borders = [
        (edge.get(qn("w:val")), int(edge.get(qn("w:sz"))))
        for part in (section.first_page_header, section.first_page_footer)
        for edge in part._element.iter(qn("w:bottom"), qn("w:top"))
        if edge.get(qn("w:color")) == "FF0000"
    ]
    assert borders == [("single", one) for one in (THICK, THIN, THIN, THICK)]
    assert "PAGE" not in "".join(section.first_page_footer._element.itertext())
    assert "PAGE" in "".join(section.footer._element.itertext())


@pytest.mark.parametrize("code", PAGES)
def test_page_numbers_stand_outside_a_character_from_the_edge(code: str):
    document = opened(code)
    section = document.sections[0]
    assert document.settings.odd_and_even_pages_header_footer
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert "PAGE" in "".join(even._p.itertext())
    for one, side, indent in ((odd, "right", "right"), (even, "left", "left")):
        assert one._p.pPr.jc.get(qn("w:val")) == side
        assert int(one._p.pPr.ind.get(qn(f"w:{indent}"))) == 14 * 20


def test_the_list_has_the_columns_of_the_office_in_their_order():
    table = opened("list").tables[0]
    heads = "序号 信访编号 来源 收件日期 反映人 被反映单位、人和职务 内容摘要 类别 材料和页数 "
    heads += "移交理由 反馈时限 备注"
    assert [cell.text for cell in table.rows[0].cells] == heads.split()
    assert [cell.text for cell in table.rows[1].cells] == ["1", *ENTRY.cells]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None
