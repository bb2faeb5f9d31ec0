"""密封件登记, 借阅登记, 不归档鉴定清单: lists that are filled by hand after they are printed."""

from collections.abc import Sequence

from docx.document import Document

from intake.papers.page_layout import new_document
from intake.papers.writing_on_paper import Blank, form, grid, line, title

# So many rows are left for writing on a sheet of a book.
EMPTY_ROWS = 12
_SEALED_HEADS = ("编号", "收件日期", "保管人", "上送日期", "送出人签名", "见证人签名")
_LOAN_HEADS = (
    "序号", "信访编号", "材料和页数", "借阅人和单位", "事由", "批准人", "借出日期", "归还日期",
    "签名",
)  # fmt: skip
_APPRAISED_HEADS = ("序号", "信访编号", "收件日期", "信访方式", "不归档的理由", "页数", "备注")


def sealed_matters(round_title: str, rows: Sequence[Sequence[str]]) -> Document:
    """密封件登记: number, dates and people, and nothing of what such a letter says."""
    document = new_document()
    title(document, "密封件登记")
    line(document, round_title, to_the_right=True)
    shares = (0.14, 0.18, 0.17, 0.18, 0.165, 0.165)
    grid(document, _SEALED_HEADS, rows or [[""] * len(_SEALED_HEADS)] * EMPTY_ROWS, shares)
    return document


def loans(round_title: str, number: str, materials: str) -> Document:
    """借阅登记: the first row is this item's, the rest is left for writing."""
    document = new_document(is_landscape=True, is_form=True)
    title(document, "信访件借阅登记")
    line(document, round_title, to_the_right=True)
    shares = (0.05, 0.11, 0.2, 0.14, 0.14, 0.09, 0.09, 0.09, 0.09)
    empty = [[str(n), *[""] * 8] for n in range(2, EMPTY_ROWS // 2 + 1)]
    grid(document, _LOAN_HEADS, [["1", number, materials, *[""] * 6], *empty], shares)
    return document


def not_archived(
    round_title: str, rows: Sequence[Sequence[str]], *, first: int = 1, total: int | None = None
) -> Document:
    """不归档鉴定清单: listed, signed by two, destroyed; a part says which rows these are."""
    document = new_document(is_landscape=True, is_form=True)
    title(document, "不归档材料鉴定清单")
    count = len(rows) if total is None else total
    which = "" if len(rows) == count else f"，这里是第 {first} 至 {first + len(rows) - 1} 件"
    line(document, f"{round_title}　共 {count} 件{which}", to_the_right=True)
    numbered = [[str(number), *values] for number, values in enumerate(rows, first)]
    shares = (0.06, 0.14, 0.14, 0.12, 0.32, 0.1, 0.12)
    grid(document, _APPRAISED_HEADS, numbered or [[""] * len(_APPRAISED_HEADS)], shares)
    form(
        document,
        [
            [Blank("鉴定人签名", "", lines=2), Blank("鉴定人签名", "", lines=2)],
            [Blank("批准人", ""), Blank("销毁日期", "")],
        ],
    )
    return document
