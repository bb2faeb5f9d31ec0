"""立行立改通知书: what is to be set right at once, rewritten, without any reporter."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document

from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import BLANK_DAY, Blank, form, line, paragraphs, title


@dataclass(frozen=True, slots=True, repr=False)
class FixNotice:
    """`matters` are the clerk's own words; days are written out ('2025年4月15日')."""

    receiver: str
    document_number: str
    team: str
    sent_on: str
    due_on: str
    matters: Sequence[str]


def fix_notice(notice: FixNotice) -> Document:
    """The letter, the signature of the body's head, and the slip that comes back."""
    document = new_document()
    title(document, "立行立改通知书")
    line(document, notice.document_number, to_the_right=True)
    line(document, f"{notice.receiver}：")
    paragraphs(document, "巡察期间收到群众反映的问题，经研究，请你单位立即整改：")
    for number, words in enumerate(notice.matters, 1):
        paragraphs(document, f"{number}. {words}" if len(notice.matters) > 1 else words)
    until = f"请于{notice.due_on}前" if notice.due_on else "请在本轮巡察期间"
    paragraphs(
        document,
        f"{until}整改到位，由主要负责人签字，把整改结果书面报送巡察组。"
        "不得查问、猜测是谁反映的，不得打击报复。本通知内容注意保密，不要扩散。",
    )
    line(document)
    line(document, notice.team, to_the_right=True)
    line(document, notice.sent_on or BLANK_DAY, to_the_right=True)
    form(
        document,
        [
            [Blank("签收单位", notice.receiver), Blank("签收日期", "")],
            [Blank("主要负责人签字", "", lines=2), Blank("联系电话", "")],
            [Blank("整改结果（可以另附）", "", lines=5)],
        ],
    )
    return document
