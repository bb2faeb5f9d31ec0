"""A paper that somebody brings, against what the log says of its printing."""

import io
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from docx import Document

from intake.casework.printing.checking_papers import check_paper
from intake.casework.printing.giving_papers import paper_of_item
from intake.casework.printing.paper_table import Of, paper_kind
from intake.models import AuditEvent
from intake.papers.marked_paper import Paper, finish
from tests.intake.casework.transfers.list_world import World, make_world
from tests.making import INSIDE
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def printed(world: World) -> Paper:
    kind, keyring = paper_kind("registration", Of.ITEM), keyring_for(world.clerk)
    assert kind
    return paper_of_item(kind, world.item(), keyring, purpose=None, by=world.clerk, at=INSIDE)


def test_a_paper_is_checked_against_the_log(world: World, tmp_path: Path):
    paper = printed(world)
    checked = check_paper(paper.content)
    assert checked.is_genuine and checked.number == paper.number
    assert checked.printed_by == str(world.clerk)
    document = Document(io.BytesIO(paper.content))
    document.tables[0].rows[0].cells[1].paragraphs[0].runs[0].text = "另一轮"
    held = io.BytesIO()
    document.save(held)
    assert check_paper(held.getvalue()).differs == ("文字：和打印时不一样，后来改动过",)
    foot = Document(io.BytesIO(paper.content))
    foot.sections[0].footer.paragraphs[-1].runs[0].text = f"编号 {paper.number}　核对码 另一个"
    other = io.BytesIO()
    foot.save(other)
    assert check_paper(other.getvalue()).differs == ("页脚：名称、编号或者核对码和打印时不一样",)
    file = tmp_path / "一份.docx"
    file.write_bytes(paper.content)
    call_command("verify_paper", str(file))
    file.write_bytes(held.getvalue())
    with pytest.raises(CommandError, match="文字"):
        call_command("verify_paper", str(file))
    document.core_properties.subject = "20250415-222222"
    held = io.BytesIO()
    document.save(held)
    file.write_bytes(held.getvalue())
    with pytest.raises(CommandError, match="编号"):
        call_command("verify_paper", str(file))
    file.write_bytes(b"not a paper")
    with pytest.raises(CommandError, match="不是本站"):
        call_command("verify_paper", str(file))
    with pytest.raises(CommandError, match="打不开"):
        call_command("verify_paper", str(tmp_path / "没有.docx"))


def test_a_paper_of_before_heads_counted_is_genuine_and_one_of_today_needs_its_head(world: World):
    paper = printed(world)
    headed = Document(io.BytesIO(paper.content))
    headed.sections[0].header.paragraphs[0].text = "中共演示市委巡察工作领导小组办公室"
    held = io.BytesIO()
    headed.save(held)
    # What is in the log was made without a head, as it was for every letter of before.
    assert check_paper(held.getvalue()).is_genuine
    mine = finish(headed, kind=paper.kind, name="x", number=paper.number)
    AuditEvent.objects.filter(detail__paper_number=paper.number).update(
        detail={"paper": paper.kind, "paper_number": paper.number, "paper_digest": mine.digest}
    )
    altered = Document(io.BytesIO(mine.content))
    altered.sections[0].header.paragraphs[0].text = "另一个机关"
    held = io.BytesIO()
    altered.save(held)
    assert "文字：和打印时不一样，后来改动过" in check_paper(held.getvalue()).differs
