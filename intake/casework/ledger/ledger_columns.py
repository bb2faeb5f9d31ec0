"""The columns of 信访台账, in their order: one table, of which both editions are made."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from intake.casework.ledger import accused_values as w
from intake.casework.ledger import column_values as v
from intake.casework.ledger.ledger_item import LedgerItem
from intake.choices import Edition
from intake.papers.sheets.sheet_columns import Kind, SheetColumn, Value

Finds = Callable[[LedgerItem], Value]


@dataclass(frozen=True, slots=True)
class LedgerColumn:
    """What stands in it, and whether it tells who the reporter is.

    `part` names the column of the printed sheet in which it stands with others.
    """

    heading: str
    width: float
    value: Finds
    part: str
    kind: Kind = Kind.WORDS
    is_reporters: bool = False

    @property
    def sheet_column(self) -> SheetColumn:
        return SheetColumn(self.heading, self.width, self.kind, self.heading == REMARKS)


REMARKS, PLACE = "备注", "序号"
_DAY, _MOMENT, _COUNT = Kind.DATE, Kind.MOMENT, Kind.COUNT
_C = LedgerColumn
COLUMNS: tuple[LedgerColumn, ...] = (
    _C(PLACE, 6, v.nothing, "编号", _COUNT),
    _C("信访编号", 12, v.number, "编号"),
    _C("轮次", 20, v.round_name, "编号"),
    _C("承办巡察组", 18, v.desk, "编号"),
    _C("信访方式", 10, v.way, "来件"),
    _C("信访来源", 10, v.origin, "来件"),
    _C("来源细目", 16, v.origin_detail, "来件"),
    _C("收件日期", 11, v.received_on, "来件", _DAY),
    _C("邮戳日期", 11, v.postmarked_on, "来件", _DAY),
    _C("登记时间", 16, v.registered_at, "来件", _MOMENT),
    _C("登记人", 10, v.registered_by, "来件"),
    _C("署名情况", 10, v.signature, "反映人"),
    _C("联名人数", 8, v.signers, "反映人", _COUNT),
    _C("反映人", 14, v.reporter_names, "反映人", is_reporters=True),
    _C("联系方式", 16, v.reporter_phones, "反映人", is_reporters=True),
    _C("住址或单位", 20, v.reporter_addresses, "反映人", is_reporters=True),
    _C("被巡察党组织", 20, v.target, "被反映人"),
    _C("村(社区)或下属单位", 18, v.place, "被反映人"),
    _C("被反映人", 14, w.accused, "被反映人"),
    _C("职务", 18, w.posts, "被反映人"),
    _C("职级", 12, w.ranks, "被反映人"),
    _C("政治面貌", 10, w.political, "被反映人"),
    _C("信访件性质", 11, v.nature, "性质和问题"),
    _C("主要问题(一级)", 14, v.main_problem, "性质和问题"),
    _C("主要问题(二级)", 16, v.main_problem_below, "性质和问题"),
    _C("其他问题", 18, v.other_problems, "性质和问题"),
    _C("四个聚焦", 20, v.focus, "性质和问题"),
    _C("内容摘要", 44, v.abstract, "内容摘要"),
    _C("随件材料", 16, v.materials, "内容摘要"),
    _C("受理范围", 10, v.scope, "性质和问题"),
    _C("是否截止后", 8, v.is_late, "来件"),
    _C("初件或重件", 8, v.first_or_repeated, "性质和问题"),
    _C("关联编号", 12, v.linked_numbers, "性质和问题"),
    _C("重要件", 8, v.is_important, "性质和问题"),
    _C("拟办意见", 26, v.proposal, "拟办和审批"),
    _C("审批(人、意见、日期)", 26, v.approval, "拟办和审批"),
    _C("处理方式", 10, v.handled_as, "处理"),
    _C("移交去向", 18, v.receiver, "处理"),
    _C("清单号", 18, v.list_number, "处理"),
    _C("移交日期和签收人", 20, v.handed_over, "处理"),
    _C("办理期限", 11, v.due, "办理"),
    _C("办理结果", 30, v.result, "办理"),
    _C("办结日期", 11, v.closed_on, "办理", _DAY),
    _C("状态", 12, v.status, "办理"),
    _C("档案号", 18, v.archive_number, "办理"),
    _C(REMARKS, 30, v.remarks, "办理"),
)


def columns_of(edition: Edition) -> tuple[LedgerColumn, ...]:
    """Those of an edition, in the same order."""
    is_whole = edition is Edition.COMPLETE
    return tuple(one for one in COLUMNS if is_whole or not one.is_reporters)


def cells_of(one: LedgerItem, place: int, columns: tuple[LedgerColumn, ...]) -> list[Value]:
    """A row; its first cell says where it stands."""
    return [place if column.heading == PLACE else column.value(one) for column in columns]


def parts_of(cells: list[Value], columns: tuple[LedgerColumn, ...]) -> list[list[tuple[str, str]]]:
    """The same row as it is printed: column by column its facts, each with its heading."""
    parts: dict[str, list[tuple[str, str]]] = {column.part: [] for column in columns}
    for column, value in zip(columns, cells, strict=True):
        if words := in_words(value):
            parts[column.part].append((column.heading, words))
    return list(parts.values())


def in_words(value: Value) -> str:
    """A value as it is read; '' for nothing."""
    if isinstance(value, datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value:%Y-%m-%d}" if isinstance(value, date) else str(value or "")
