"""移交清单 on a lying sheet, and 签收回执."""

from collections.abc import Sequence
from dataclasses import dataclass

from docx.document import Document

from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import (
    BLANK_DAY,
    Blank,
    form,
    grid,
    line,
    paragraphs,
    title,
)

HEADS = (
    "序号", "信访编号", "来源", "收件日期", "反映人", "被反映单位、人和职务", "内容摘要", "类别",
    "材料和页数", "移交理由", "反馈时限", "备注",
)  # fmt: skip
SHARES = (0.04, 0.07, 0.05, 0.08, 0.11, 0.12, 0.21, 0.06, 0.06, 0.08, 0.08, 0.04)
WITHOUT_NAME = "不附（本人要求）"


@dataclass(frozen=True, slots=True, repr=False)
class ListLine:
    """One item as the receiver reads of it; in the order of the heads, without the first."""

    number: str
    origin: str
    received: str
    reporter: str
    accused: str
    abstract: str
    nature: str
    materials: str
    reason: str
    feedback: str
    remark: str

    @property
    def cells(self) -> tuple[str, ...]:
        """As they stand in the row."""
        return (
            self.number, self.origin, self.received, self.reporter, self.accused, self.abstract,
            self.nature, self.materials, self.reason, self.feedback, self.remark,
        )  # fmt: skip


@dataclass(frozen=True, slots=True, repr=False)
class ListOnPaper:
    """A list and what its receipt says; `sender` is who hands it over."""

    organ: str
    document_number: str
    receiver: str
    sent_on: str
    sender: str
    lines: Sequence[ListLine]


def transfer_list(of: ListOnPaper) -> Document:
    """The table, and under it the three who sign."""
    document = new_document(is_landscape=True, is_form=True)
    title(document, "信访件移交清单")
    line(document, f"移交单位：{of.organ}　接收单位：{of.receiver}　文号：{of.document_number}")
    rows = [[str(number), *one.cells] for number, one in enumerate(of.lines, 1)]
    grid(document, HEADS, rows, SHARES)
    line(document, f"共 {len(of.lines)} 件。")
    form(
        document,
        [
            [Blank("移交人", of.sender), Blank("接收人", "")],
            [Blank("监交人", ""), Blank("日期", of.sent_on)],
        ],
    )
    return document


def acknowledgement(of: ListOnPaper) -> Document:
    """签收回执: it says how many and which numbers, and nothing of their content."""
    document = new_document()
    title(document, "签收回执")
    line(document, f"{of.organ}：")
    number = f"（{of.document_number}）" if of.document_number else ""
    numbers = "、".join(one.number for one in of.lines)
    paragraphs(
        document,
        f"你单位{of.sent_on or BLANK_DAY}移交的信访件{number}共 {len(of.lines)} 件"
        f"（编号：{numbers}）收到，已当面点清。",
    )
    form(
        document,
        [
            [Blank("接收单位", of.receiver), Blank("签收日期", "")],
            [Blank("接收人签名", "", lines=2), Blank("联系电话", "")],
            [Blank("不属于本单位职责的（编号和理由）", "", lines=4)],
        ],
    )
    paragraphs(document, "请签收后把回执退给移交单位。")
    return document
