"""来电记录: with start and end; the number only where the caller agreed."""

from docx.document import Document

from intake.papers.item_on_paper import ItemOnPaper
from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import Blank, form, line, title


def call_record(item: ItemOnPaper) -> Document:
    """One form; the words of the call are the item's own."""
    document, call = new_document(is_form=True), item.call
    title(document, "来电记录")
    line(document, f"编号：{item.number}", to_the_right=True)
    form(
        document,
        [
            [Blank("来电日期", item.received), Blank("接听人", item.registered_by)],
            [Blank("开始时间", call.started), Blank("结束时间", call.ended)],
            [Blank("是否录音", call.recorded), Blank("来电号码", call.number)],
            [Blank("反映人", item.reporter.name), Blank("署名情况", item.signature)],
            [Blank("被巡察党组织", item.target), Blank("村（社区）或下属单位", item.place)],
            [Blank("被反映人", item.accused_in_words or item.subject)],
            [Blank("时间、地点", item.happened)],
            [Blank("来电内容", item.narrative, lines=14)],
            [Blank("答复情况", "", lines=3)],
            [Blank("接听人签名", ""), Blank("日期", "")],
        ],
    )
    return document
