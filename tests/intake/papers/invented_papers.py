"""One of each paper, filled with invented words."""

import io
from collections.abc import Callable
from dataclasses import replace
from functools import cache

import docx
from docx.document import Document
from docx.oxml.ns import qn

from intake.papers.item_on_paper import (
    AccusedOnPaper,
    CallOnPaper,
    ItemOnPaper,
    MaterialOnPaper,
    ReporterOnPaper,
    StepOnPaper,
    VisitOnPaper,
)
from intake.papers.letters import registers
from intake.papers.letters.call_record import call_record
from intake.papers.letters.fix_notice import FixNotice, fix_notice
from intake.papers.letters.opening_record import OpeningOnPaper, opening_record
from intake.papers.letters.registration_form import registration
from intake.papers.letters.sheet_of_items import (
    ListLine,
    ListOnPaper,
    acknowledgement,
    transfer_list,
)
from intake.papers.letters.transfer_letter import TransferLetter, transfer_letter
from intake.papers.letters.visit_record import visit_record
from intake.papers.letters.whole_set import whole_set
from intake.papers.marked_paper import Paper, finish

ORGAN = "岚台市委巡察工作领导小组办公室"
NUMBER = "20250415-K7M4Q2"
LONG_NAME = "某" * 200
ITEM = ItemOnPaper(
    number="8-0063",
    round_title="岚台市委第八轮巡察（演示）",
    team="第一巡察组",
    way="来信",
    origin="本级自收",
    received="2025年4月8日",
    postmarked="2025年4月5日",
    registered="2025年4月8日 13:20",
    registered_by="王（演示）",
    signature="署名待核",
    signers="3",
    reporter=ReporterOnPaper("张演示", "13900001234", "青石村（演示）", "李演示、赵演示"),
    target="岚台水务集团有限公司",
    place="青石村",
    accused=(
        AccusedOnPaper("钱演示", "书记", "青石村", "村（社区）干部", "中共党员"),
        AccusedOnPaper("孙演示", "会计", "青石村"),
    ),
    nature="检举控告",
    main_problem="群众纪律",
    scope="范围内",
    repeat="初件",
    is_important="是",
    subject="村书记",
    happened="去年七月",
    narrative="修村里那条路，只挖了一层就铺，下了两场雨就裂了。（演示）",
    abstract="反映青石村道路质量问题。（演示）",
    materials=(MaterialOnPaper("合同照片.jpg", "照片", "1"), MaterialOnPaper("账页.pdf", "PDF")),
    materials_noted="收据2页（演示）",
    materials_told="收据2页（演示）；扫描件2份",
    proposal="建议了解。",
    proposed_by="王（演示）　2025年4月9日",
    approval="同意。",
    approved_by="马（演示）　2025年4月10日",
    handled_as="了解",
    due="2025年4月30日",
    steps=(StepOnPaper("2025年4月8日 13:20", "王（演示）", "登记"),),
    call=CallOnPaper("09:05", "09:20", "是", "13900001234"),
    visit=VisitOnPaper(6, "张演示、李演示", "王（演示）、马（演示）"),
)
LINE = ListLine(
    number="8-0063",
    origin="本级自收",
    received="2025-04-08",
    reporter="不附（本人要求）",
    accused="青石村书记钱演示",
    abstract="反映青石村道路质量问题。（演示）",
    nature="检举控告",
    materials="照片1张",
    reason="属于你单位职责",
    feedback="签收之日起 3 个月内",
    remark="",
)
LIST = ListOnPaper(
    ORGAN, "岚巡办函〔2025〕1号", "岚台市信访局", "2025年4月15日", "王（演示）", [LINE] * 3
)
LETTER = TransferLetter(
    organ=ORGAN,
    document_number="岚巡办函〔2025〕1号",
    receiver="岚台市信访局",
    count=3,
    matter="信访事项",
    sent_on="2025年4月15日",
    feedback="签收之日起 3 个月内",
    objection_days=5,
    names_withheld=1,
)
NOTICE = FixNotice(
    receiver="青石镇党委",
    document_number="岚巡一组〔2025〕1号",
    team="第一巡察组",
    sent_on="2025年4月15日",
    due_on="2025年5月10日",
    matters=["村里道路开裂，影响通行。（演示）", "低保没有公示。（演示）"],
)
OPENING = OpeningOnPaper(
    round_title="岚台市委第八轮巡察（演示）",
    box="8号箱",
    location="青石镇政府门口",
    opened="2025年4月15日 9:00",
    count="3 件",
    numbers="37 至 39",
    damage="",
    recorded_by="王（演示）",
    confirmed_by="马（演示）",
    registered="3 件",
)
APPRAISED = ["8-0010", "2025年4月1日", "来信", "无实质内容", "1", ""]
# How many sheets each takes.
PAGES = {
    "registration": 1,
    "call": 1,
    "visit": 1,
    "set": 5,
    "loan": 1,
    "fix-notice": 1,
    "letter": 1,
    "list": 1,
    "acknowledgement": 1,
    "opening": 1,
    "sealed": 1,
    "not-archived": 1,
}


MADE_BY: dict[str, Callable[[ItemOnPaper], Document]] = {
    "registration": registration,
    "call": call_record,
    "visit": visit_record,
    "set": whole_set,
    "loan": lambda item: registers.loans(item.round_title, item.number, "来信原件3页"),
    "fix-notice": lambda item: fix_notice(NOTICE),
    "letter": lambda item: transfer_letter(LETTER),
    "list": lambda item: transfer_list(LIST),
    "acknowledgement": lambda item: acknowledgement(LIST),
    "opening": lambda item: opening_record(OPENING),
    "sealed": lambda item: registers.sealed_matters(item.round_title, []),
    "not-archived": lambda item: registers.not_archived(item.round_title, [APPRAISED]),
}


@cache
def paper(code: str, item: ItemOnPaper = ITEM) -> Paper:
    """A finished one."""
    return finish(MADE_BY[code](item), kind=code, name=code, number=NUMBER)


def long_item() -> ItemOnPaper:
    """As long as anything may be: ten thousand characters, a name of two hundred."""
    accused = tuple(AccusedOnPaper(LONG_NAME, "书记") for _ in range(12))
    return replace(ITEM, narrative="长" * 10_000, accused=accused, abstract="摘" * 2000)


LONG_LIST = replace(
    LIST, receiver=LONG_NAME, lines=[replace(LINE, accused=LONG_NAME, abstract="摘" * 300)] * 6
)


def long_papers() -> dict[str, bytes]:
    """A list over several sheets and its letter, to a receiver with a name of two hundred."""
    made = {
        "long-list": ("list", transfer_list(LONG_LIST)),
        "long-letter": (
            "letter",
            transfer_letter(replace(LETTER, organ=ORGAN * 3, receiver=LONG_NAME)),
        ),
        "long-receipt": ("acknowledgement", acknowledgement(LONG_LIST)),
    }
    return {
        name: finish(document, kind=kind, name=kind, number=NUMBER).content
        for name, (kind, document) in made.items()
    }


def words_in(content: bytes) -> str:
    """All that stands in the body of a docx."""
    body = docx.Document(io.BytesIO(content)).element.body
    return "".join(one.text or "" for one in body.iter(qn("w:t")))
