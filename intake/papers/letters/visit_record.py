"""来访登记表: people, at most five representatives, two receivers, a list of materials."""

from docx.document import Document

from intake.choices.arrival_lists import COLLECTIVE
from intake.papers.item_on_paper import ItemOnPaper
from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import Blank, form, grid, line, title

EMPTY_ROWS = 3


def visit_record(item: ItemOnPaper) -> Document:
    """One form, and the list of what was handed over under it."""
    document, visit = new_document(is_form=True), item.visit
    title(document, "来访登记表")
    line(document, f"编号：{item.number}", to_the_right=True)
    people = f"{visit.people} 人次" if visit.people else ""
    kind = "集体访" if visit.people >= COLLECTIVE else "个人访"
    form(
        document,
        [
            [Blank("来访日期", item.received), Blank("来访人次", people)],
            [Blank("来访形式", kind if people else ""), Blank("署名情况", item.signature)],
            [Blank("来访人", item.reporter.name), Blank("联系方式", item.reporter.phone)],
            [Blank("住址或单位", item.reporter.address)],
            [Blank("代表（不超过五人）", visit.representatives)],
            [Blank("被巡察党组织", item.target), Blank("村（社区）或下属单位", item.place)],
            [Blank("被反映人", item.accused_in_words or item.subject)],
            [Blank("反映内容", item.narrative, lines=10)],
            [Blank("接待人（二人）", visit.receivers), Blank("接待人签名", "")],
            [Blank("来访人签名", ""), Blank("日期", "")],
        ],
    )
    line(document, "来访人递交的材料：")
    rows = [[str(n), one.name, one.pages, ""] for n, one in enumerate(item.all_materials, 1)]
    rows += [[str(len(rows) + n), "", "", ""] for n in range(1, EMPTY_ROWS + 1)]
    grid(document, ["序号", "材料名称", "页数", "原件或复印件"], rows, [0.1, 0.5, 0.15, 0.25])
    return document
