"""What belongs to the round and to no item goes into its archive in parts of bounded size."""

import io
import json
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from docx import Document

from intake.casework.ending import appraising, archive_parts, archived_papers
from intake.casework.ending.appraising import Judged
from intake.choices import Action, NotKeptReason
from intake.models import AuditEvent, TransferList
from intake.report.transfer_words import EntryWords
from tests.intake.casework.ending.ended_world import (
    CANARY,
    SIGNED,
    World,
    appraise,
    close,
    make_world,
)
from tests.intake.casework.ending.reading_archives import cells_of, everything_in
from tests.intake.casework.transfers.list_world import lay_on_a_list
from tests.running.standing_world import standing_world
from tests.staff_work import send

pytestmark = pytest.mark.django_db
standing = standing_world(make_world)
TO_THE_RECEIVER = f"{CANARY}摘要给接收单位"


@pytest.fixture
def world(standing: Callable[[], World]) -> World:
    return standing()


def make_draft(world: World) -> TransferList:
    words = EntryWords(abstract=TO_THE_RECEIVER)
    return lay_on_a_list(world.named, world.intake.office, words).list


def test_what_belongs_to_the_round_comes_in_parts_of_bounded_size(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(archive_parts.LOTS, "ledger", 2)
    monkeypatch.setitem(archive_parts.LOTS, "appraisals", 2)
    monkeypatch.setitem(archive_parts.LOTS, "register", 1)
    second = send(world.intake, narrative=f"{CANARY}也没有内容。")
    close(second, 9)
    left_out = Judged(reason=NotKeptReason.EMPTY)
    appraise(world, world.intake.office, second, left_out)
    archive = world.archived(tmp_path / "out")
    found = everything_in(archive, world.archive_key, tmp_path)

    ledgers = ("信访台账（全要素版）.xlsx", "信访台账（全要素版）（续2）.xlsx")
    sheets = [openpyxl.load_workbook(io.BytesIO(found[name])).worksheets[0] for name in ledgers]
    rows = [row[:2] for one in sheets for row in one.iter_rows(min_row=2, values_only=True)]
    in_order = archived_papers.items_of(world.intake.round)
    assert rows == [(place, one.display_number) for place, one in enumerate(in_order, start=1)]
    lists = [found[f"归档和不归档清单{one}.csv"].decode("utf-8-sig") for one in ("", "（续2）")]
    assert [text.count("有效") for text in lists] == [2, 2]
    register = [found[f"不归档材料鉴定清单{one}.docx"] for one in ("", "（续2）")]
    numbers = [str(world.dropped), str(second)]
    assert [[n in cells_of(paper) for n in numbers] for paper in register] == [
        [True, False],
        [False, True],
    ]
    words = [one.text for one in Document(io.BytesIO(register[1])).paragraphs]
    assert any(one.endswith("共 2 件，这里是第 2 至 2 件") for one in words)
    events = AuditEvent.objects.filter(action=Action.EXPORT_LEDGER)
    assert [one.detail["count"] for one in events.order_by("sequence")] == [2, 2]


def test_lists_that_were_not_approved_or_given_up_go_along(world: World, tmp_path: Path):
    office, judged = world.intake.office, Judged(reason=NotKeptReason.EMPTY, words=f"{CANARY}撤")
    second = send(world.intake, narrative="（演示）没有内容。")
    close(second, 9)
    given_up = appraising.make(office, [second.pk], judged, by=world.deputy, at=SIGNED)
    appraising.drop(given_up.pk, by=world.deputy, at=SIGNED)
    appraise(world, office, second, judged)
    draft = make_draft(world)
    found = everything_in(world.archived(tmp_path / "out"), world.archive_key, tmp_path)

    rows = found["归档和不归档清单.csv"].decode("utf-8-sig").splitlines()
    (dropped,) = [row for row in rows if row.startswith(f"{given_up},")]
    assert f"{CANARY}撤" in dropped and dropped.endswith("清单已作废")
    told = json.loads(found[f"{draft}/清单.json"])
    assert told["状态"] == draft.get_state_display()
    assert [(one["信访编号"], one["abstract"]) for one in told["信访件"]] == [
        (str(world.named), TO_THE_RECEIVER)
    ]
    assert not any(name.startswith(f"{draft}/") and name.endswith(".docx") for name in found)
