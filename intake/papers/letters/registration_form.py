"""信访件登记表: one item on one form."""

from docx.document import Document

from intake.papers.item_on_paper import ItemOnPaper
from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import Blank, form, line, title


def registration(item: ItemOnPaper) -> Document:
    """The whole form; what the reporter wrote stands on the sheet after it, in the set."""
    document = new_document(is_form=True)
    write_registration(document, item)
    return document


def write_registration(document: Document, item: ItemOnPaper) -> None:
    """At the end of the document."""
    title(document, "信访件登记表")
    line(document, f"编号：{item.number}", to_the_right=True)
    reporter = item.reporter
    form(
        document,
        [
            [Blank("轮次", item.round_title), Blank("承办巡察组", item.team)],
            [
                Blank("信访方式", item.way),
                Blank("信访来源", _with(item.origin, item.origin_detail)),
            ],
            [Blank("收件日期", item.received), Blank("邮戳日期", item.postmarked)],
            [Blank("登记时间", item.registered), Blank("登记人", item.registered_by)],
            [Blank("署名情况", item.signature), Blank("联名人数", item.signers)],
            [
                Blank("反映人", _with(reporter.name, reporter.signers)),
                Blank("联系方式", reporter.phone),
            ],
            [Blank("住址或单位", reporter.address), Blank("原编号", item.original_number)],
            [Blank("被巡察党组织", item.target), Blank("村（社区）或下属单位", item.place)],
            [Blank("被反映人", item.accused_in_words)],
            [Blank("信访件性质", item.nature), Blank("主要问题", item.main_problem)],
            [Blank("其他问题", item.other_problems), Blank("四个聚焦", item.focus)],
            [Blank("受理范围", _with(item.scope, item.is_late)), Blank("初件或重件", item.repeat)],
            [Blank("重要件", item.is_important), Blank("专题", item.topics)],
            [Blank("内容摘要", item.abstract, lines=4)],
            [Blank("随件材料", item.materials_told, lines=2)],
            [Blank("拟办意见", _signed(item.proposal, item.proposed_by), lines=3)],
            [Blank("审批意见", _signed(item.approval, item.approved_by), lines=3)],
            [Blank("处理方式", item.handled_as), Blank("办理期限", item.due)],
            [Blank("办理结果", _signed(item.result, item.closed), lines=2)],
        ],
    )


def _with(first: str, second: str) -> str:
    return "，".join(word for word in (first, second) if word)


def _signed(words: str, by: str) -> str:
    return "\n".join(one for one in (words, by) if one)
