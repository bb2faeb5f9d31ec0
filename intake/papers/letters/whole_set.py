"""The whole set of one item: form, abstract, what was written, attachments, the way it went."""

from docx.document import Document

from intake.papers.item_on_paper import ItemOnPaper
from intake.papers.letters.registration_form import write_registration
from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import grid, line, paragraphs, title


def whole_set(item: ItemOnPaper) -> Document:
    """In the order in which it is filed; sheets are counted through."""
    document = new_document(is_form=True)
    write_registration(document, item)
    _abstract(document, item)
    _original(document, item)
    _materials(document, item)
    _way(document, item)
    return document


def _abstract(document: Document, item: ItemOnPaper) -> None:
    title(document, "信访件摘要", on_a_new_page=True)
    line(document, f"编号：{item.number}")
    paragraphs(document, item.abstract or "（还没有写摘要）")


def _original(document: Document, item: ItemOnPaper) -> None:
    title(document, "反映的内容", on_a_new_page=True)
    for word, words in (
        ("反映的单位", item.target),
        ("具体地点", item.place),
        ("反映的人", item.subject),
        ("时间地点", item.happened),
    ):
        if words:
            line(document, f"{word}：{words}")
    paragraphs(document, item.narrative)
    for added in item.supplements:
        line(document, f"补充（{added.at}）：")
        paragraphs(document, added.words)


def _materials(document: Document, item: ItemOnPaper) -> None:
    title(document, "材料清单", on_a_new_page=True)
    rows = [
        [str(number), one.name, one.kind, one.pages]
        for number, one in enumerate(item.all_materials, 1)
    ]
    if rows:
        grid(document, ["序号", "名称", "种类", "页数"], rows, [0.1, 0.55, 0.2, 0.15])
    else:
        paragraphs(document, "没有随件材料。")


def _way(document: Document, item: ItemOnPaper) -> None:
    title(document, "办理经过", on_a_new_page=True)
    rows = [[one.at, one.who, one.what, one.words] for one in item.steps]
    grid(document, ["时间", "经办人", "事项", "说明"], rows, [0.22, 0.18, 0.2, 0.4])
