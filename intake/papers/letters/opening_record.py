"""举报箱开箱记录: two people, time, count, numbers, damage."""

from dataclasses import dataclass

from docx.document import Document

from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import Blank, form, line, title


@dataclass(frozen=True, slots=True, repr=False)
class OpeningOnPaper:
    """All in words; '' where it is not known or not yet signed."""

    round_title: str
    box: str
    location: str
    opened: str
    count: str
    numbers: str
    damage: str
    recorded_by: str
    confirmed_by: str
    registered: str
    explanation: str = ""
    explained_by: str = ""
    agreed_by: str = ""


def opening_record(opening: OpeningOnPaper) -> Document:
    """One form; both sign it by hand too."""
    document = new_document(is_form=True)
    title(document, "举报箱开箱记录")
    line(document, opening.round_title, to_the_right=True)
    form(
        document,
        [
            [Blank("举报箱", opening.box), Blank("开箱时间", opening.opened)],
            [Blank("位置", opening.location)],
            [Blank("取出件数", opening.count), Blank("起止编号", opening.numbers)],
            [Blank("箱体、封条情况", opening.damage or "完好", lines=2)],
            [Blank("已登记件数", opening.registered), Blank("说明人", opening.explained_by)],
            [Blank("件数不一致的说明", opening.explanation, lines=3)],
            [Blank("记录人", opening.recorded_by), Blank("确认人", opening.confirmed_by)],
            [Blank("记录人签名", "", lines=2), Blank("确认人签名", "", lines=2)],
            [Blank("同意说明的人", opening.agreed_by), Blank("日期", "")],
        ],
    )
    return document
