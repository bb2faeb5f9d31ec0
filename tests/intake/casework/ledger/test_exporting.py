"""The ledger's rows: each column's value, both editions, what is not the member's, and the log."""

from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext

from intake.casework.ledger import exporting, runs
from intake.casework.ledger.exporting import TooMany, Wanted, printed
from intake.casework.ledger.ledger_columns import COLUMNS, columns_of
from intake.casework.ledger.reading_items import DAMAGED, LedgerReader
from intake.casework.together import linking
from intake.casework.transfers.list_table import Step
from intake.choices import (
    Action,
    Edition,
    ListKind,
    Role,
    RunState,
    Status,
)
from intake.choices.deadline_lists import RuleCode
from intake.models import AuditEvent, CaseFile, LedgerRun, Recusal, Submission, TransferList
from intake.sealing.sealing import seal
from tests.intake.casework.ledger.ledger_world import (
    ABSTRACT,
    ADDRESS,
    APPROVAL,
    PROPOSAL,
    REMARK,
    RESULT,
    SUBJECT,
    WALL,
    World,
    archive,
    began,
    exported,
    items_of,
    make_world,
    wanted,
)
from tests.intake.casework.transfers.list_world import DAY, ORIGINAL, PHONE, REPORTER
from tests.intake.papers.sheets.reading_back import rows_in, sheets_in, told_in
from tests.making import INSIDE, make_staff
from tests.many_items import make_many_items
from tests.running.standing_world import standing_world
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

# As the office keeps it; the order is the field's own.
HEADINGS = [
    "序号",
    "信访编号",
    "轮次",
    "承办巡察组",
    "信访方式",
    "信访来源",
    "来源细目",
    "收件日期",
    "邮戳日期",
    "登记时间",
    "登记人",
    "署名情况",
    "联名人数",
    "反映人",
    "联系方式",
    "住址或单位",
    "被巡察党组织",
    "村(社区)或下属单位",
    "被反映人",
    "职务",
    "职级",
    "政治面貌",
    "信访件性质",
    "主要问题(一级)",
    "主要问题(二级)",
    "其他问题",
    "四个聚焦",
    "内容摘要",
    "随件材料",
    "受理范围",
    "是否截止后",
    "初件或重件",
    "关联编号",
    "重要件",
    "拟办意见",
    "审批(人、意见、日期)",
    "处理方式",
    "移交去向",
    "清单号",
    "移交日期和签收人",
    "办理期限",
    "办理结果",
    "办结日期",
    "状态",
    "档案号",
    "备注",
]
REPORTERS = {"反映人", "联系方式", "住址或单位"}

# What the row of the item with everything says, but for what its own rows are called.
KNOWN = {
    "序号": 1,
    "信访编号": "1-0001",
    "轮次": "一届市委第一轮",
    "信访方式": "来信",
    "信访来源": "本级自收",
    "来源细目": "市长热线（演示），原编号 热-7",
    "收件日期": datetime(2025, 4, 15),
    "邮戳日期": datetime(2025, 4, 12),
    "登记时间": datetime(2025, 4, 15, 10, 0),
    "登记人": "李（演示）",
    "署名情况": "实名已核",
    "联名人数": 6,
    "反映人": f"{REPORTER}、周演示",
    "联系方式": PHONE,
    "住址或单位": ADDRESS,
    "村(社区)或下属单位": "东山村",
    "被反映人": "钱演示；孙演示",
    "职务": "东山村支书；不详",
    "职级": "村(社区)干部；不详",
    "政治面貌": "中共党员；不详",
    "信访件性质": "申诉",
    "四个聚焦": "聚焦一（演示）",
    "内容摘要": ABSTRACT,
    "随件材料": "收据2页（演示）；扫描件1份；补充材料1份",
    "受理范围": "范围外",
    "是否截止后": "是",
    "初件或重件": "初件",
    "重要件": "是",
    "拟办意见": PROPOSAL,
    "审批(人、意见、日期)": f"李（演示），{APPROVAL}，2025-04-15",
    "处理方式": "移交",
    "移交去向": "岚台市信访局（演示）",
    "清单号": "岚巡办移〔2025〕1号",
    "移交日期和签收人": "2025-04-16 移交，2025-04-16 吴演示签收",
    "办理期限": datetime(2025, 5, 1),
    "办理结果": RESULT,
    "办结日期": datetime(2025, 4, 30),
    "状态": "已归档",
    "档案号": "L032-XF·2025-永久-BGS-0001",
    "备注": f"专题：选人用人；{REMARK}",
}

standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def test_the_columns_stand_in_the_order_of_the_field():
    assert [one.heading for one in COLUMNS] == HEADINGS
    without = [one.heading for one in columns_of(Edition.DEFAULT)]
    assert without == [one for one in HEADINGS if one not in REPORTERS]


def test_each_column_says_what_is_known(world: World):
    item, lists = world.item, world.lists
    row = item.transfer_entries.get().list
    lists.do(row, Step.SIGN, signed_on=DAY, signer="吴演示")
    archive(world)
    clock = {"deadline_rule": RuleCode.PASS_ON, "deadline_from": DAY}
    Submission.objects.filter(pk=item.pk).update(**clock)
    (found,) = rows_in(exported(world.office, Edition.COMPLETE))
    main, other = item.main_problem, item.other_problems.strip("|")
    assert main and main.parent
    assert found == {
        **dict.fromkeys(HEADINGS),
        **KNOWN,
        "承办巡察组": str(item.desk),
        "被巡察党组织": str(item.target),
        "主要问题(一级)": main.parent.name,
        "主要问题(二级)": main.name,
        "其他问题": str(type(main).objects.get(code=other)),
    }
    # A word that looks like a formula is none.
    sheet = sheets_in(exported(world.team)).worksheets[0]
    assert [cell.data_type for cell in sheet[2] if cell.value == ABSTRACT] == ["s"]


def test_a_notice_to_set_right_is_no_transfer(world: World):
    """The item stays with its team; the inspected body is no receiver of it."""
    TransferList.objects.update(kind=ListKind.FIX)
    (row,) = rows_in(exported(world.office))
    for heading in ("移交去向", "清单号", "移交日期和签收人"):
        assert row[heading] is None


def test_the_default_edition_tells_nobody_s_name(world: World):
    content = exported(world.office)
    (found,) = rows_in(content)
    assert not REPORTERS & set(found)
    words = str(found) + str(told_in(content))
    for secret in (REPORTER, PHONE, ADDRESS, "周演示", ORIGINAL):
        assert secret not in words
    assert found["被反映人"] == "钱演示；孙演示"
    # Nor is what a clerk noted of the reporter opened for it.
    reader = LedgerReader(
        keyring_for(world.office), by=world.office, at=INSIDE, with_reporter=False
    )
    with CaptureQueriesContext(connection) as asked:
        list(reader.read([world.item.pk]))
    assert "sealed_reporter" not in str(asked.captured_queries)


def test_the_clerk_s_words_come_before_the_reporter_s(world: World):
    CaseFile.objects.all().delete()
    (found,) = rows_in(exported(world.office))
    assert (found["被反映人"], found["内容摘要"]) == (SUBJECT, None)


def test_what_is_another_desk_s_or_kept_from_a_member_is_not_in_it(world: World):
    at_office = send(world.lists.intake)
    assert [row["信访编号"] for row in rows_in(exported(world.team))] == ["1-0001"]
    assert rows_in(exported(world.other_team)) == []
    assert len(rows_in(exported(world.office))) == 2
    # The queryset is the list's; whatever it held, what is not the member's is not read.
    everything = Submission.objects.order_by("received_at")
    foreign = rows_in(exported(world.other_team, items=everything))
    assert {row["信访编号"] for row in foreign} == {None}
    assert {row["备注"] for row in foreign} == {exporting.GONE}
    Recusal.objects.create(
        submission=at_office,
        user=world.office,
        sealed_reason=b"",
        ordered_by=world.head,
        ordered_at=INSIDE,
    )
    assert len(rows_in(exported(world.office))) == 1


def test_repeats_name_one_another(world: World):
    again = world.lists.item(status=Status.TO_ASSESS)
    linking.link(
        again.pk,
        world.item.pk,
        version=again.version,
        by=world.office,
        at=INSIDE,
        keyring=keyring_for(world.office),
    )
    first, second = rows_in(exported(world.team))
    assert (first["初件或重件"], first["关联编号"]) == ("初件", again.display_number)
    assert (second["初件或重件"], second["关联编号"]) == ("重件", "1-0001")


@pytest.mark.parametrize("fault", ["report", "case"])
def test_what_does_not_open_is_said_in_its_row(world: World, fault: str):
    broken = seal(b"{}", world.lists.intake.desks[0].recipient)
    if fault == "report":
        Submission.objects.filter(pk=world.item.pk).update(sealed=b"damaged")
    else:
        CaseFile.objects.update(sealed=broken)
    (found,) = rows_in(exported(world.office, Edition.COMPLETE))
    assert found["备注"].startswith(DAMAGED)
    assert (found["信访编号"], found["状态"]) == ("1-0001", "已移交待签收")
    assert found["反映人"] is None and found["内容摘要"] is None


def test_a_ledger_of_nothing_and_of_a_long_name(world: World):
    content = exported(world.other_team)
    assert rows_in(content) == [] and told_in(content)["件数"].startswith("0 件")
    name = "王" * 200
    send(world.lists.intake, reporter_name=name, identity="named", reporter_phone=PHONE)
    assert name in [row["反映人"] for row in rows_in(exported(world.office, Edition.COMPLETE))]


def test_it_is_in_the_log_before_the_first_byte(world: World):
    began(world.office, Edition.COMPLETE)
    event = AuditEvent.objects.latest("sequence")
    assert (event.action, event.actor) == (Action.EXPORT_LEDGER, world.office)
    assert event.object_id == str(world.lists.intake.round.pk)
    assert event.detail == {
        "edition": "complete",
        "form": "table",
        "count": 1,
        "where": str(world.item.desk),
        "asked_for": "filling_in",
        "filters": "状态",
    }


def test_who_may_not_open_items_or_gave_no_reason_gets_none(world: World):
    auditor = make_staff(Role.AUDITOR)
    before = AuditEvent.objects.count()
    with pytest.raises(PermissionDenied):
        began(auditor)
    with pytest.raises(PermissionDenied):
        began(world.office, wanted=Wanted(Edition.COMPLETE))
    assert AuditEvent.objects.count() == before and not LedgerRun.objects.exists()


def test_one_export_a_member_at_a_time(world: World):
    first = began(world.office)
    events = AuditEvent.objects.count()
    with pytest.raises(runs.CannotRun):
        began(world.office)
    assert AuditEvent.objects.count() == events
    # Somebody else's is another matter, and one that died is not waited for.
    began(world.team)
    later = WALL + runs.SILENT
    second = began(world.office, real_now=lambda: later)
    with pytest.raises(runs.Ended) as ended:
        b"".join(first.pieces())
    assert ended.value.state is RunState.LOST
    b"".join(second.pieces())
    run = LedgerRun.objects.get(user=world.office)
    assert (run.state, run.done, run.total) == (RunState.DONE, 1, 1)


def test_only_so_many_at_once(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(runs, "MOST_AT_ONCE", 1)
    began(world.office)
    with pytest.raises(runs.CannotRun, match="好几个人"):
        began(world.team)


@pytest.mark.parametrize("reason", ["asked", "session"])
def test_an_export_that_is_stopped_is_no_file(world: World, reason: str):
    make_many_items(world.lists.intake, 250)
    asked = []

    def goes_on() -> bool:
        asked.append(1)
        if len(asked) == 3 and reason == "asked":
            runs.ask_to_stop(world.office)
        return len(asked) < 3 or reason == "asked"

    export, got = began(world.office, goes_on=goes_on), list[bytes]()
    with pytest.raises(runs.Ended) as ended:
        got += export.pieces()
    state = RunState.STOPPED if reason == "asked" else RunState.LOST
    run = LedgerRun.objects.get(user=world.office)
    assert ended.value.state is state is RunState(run.state)
    assert 0 < run.done < run.total
    with pytest.raises(Exception, match="not a zip"):
        sheets_in(b"".join(got))


def test_who_goes_away_leaves_no_export_running(world: World):
    pieces = began(world.office).pieces()
    next(pieces)
    pieces.close()
    assert LedgerRun.objects.get(user=world.office).state == RunState.LOST


def test_reading_costs_the_same_queries_for_one_and_for_a_hundred(world: World):
    make_many_items(world.lists.intake, 120)
    keys = list(items_of(world.office).values_list("pk", flat=True))
    reader = LedgerReader(keyring_for(world.office), by=world.office, at=INSIDE, with_reporter=True)
    list(reader.read(keys))
    counts = []
    for lot in (keys[:1], keys[:100]):
        with CaptureQueriesContext(connection) as asked:
            assert all(reader.read(lot))
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 6


def test_too_many_are_refused_with_a_sentence(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "MOST_PRINTED", 0)
    keyring = keyring_for(world.team)
    with pytest.raises(TooMany, match="一次最多打印"):
        printed(items_of(world.team), wanted(), keyring, by=world.team, at=INSIDE)


def test_the_print_has_the_rows_of_the_table(world: World):
    items, keyring = items_of(world.office), keyring_for(world.office)
    for edition in Edition:
        rows = printed(items, wanted(edition), keyring, by=world.office, at=INSIDE)
        (table,) = rows_in(exported(world.office, edition, real_now=lambda: WALL + timedelta(1)))
        assert len(rows) == 1 and len(rows[0]) == len(table)
    assert AuditEvent.objects.filter(detail__form="print").count() == 2
