"""The pages of papers: what is offered, one download by POST, clear words where there is none."""

from urllib.parse import unquote

import pytest
from django.test import Client

from intake.choices import Action, ReporterPurpose, Status
from intake.models import AuditEvent, Submission
from tests.intake.casework.transfers.list_world import PHONE, REPORTER, World, make_world
from tests.intake.papers.invented_papers import words_in
from tests.logging_in import log_in
from tests.making import make_clerk
from tests.sending import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> World:
    return make_world()


def papers(item: Submission, name: str = "") -> str:
    return f"/admin/intake/submission/{item.pk}/papers/{f'{name}/' if name else ''}"


def test_the_papers_of_an_item(world: World):
    item, waiting = world.item(), world.item(number=None, status=Status.UNREGISTERED)
    client = log_in(Client(), world.clerk)
    assert papers(item) in text_of(client.get(item.get_absolute_url()))
    page = text_of(client.get(papers(item)))
    assert "下载《信访件登记表》" in page and "下载《整套材料》" in page and "来电记录" not in page
    assert REPORTER not in page
    answer = client.post(papers(item, "registration"))
    assert answer.status_code == 200
    assert f"信访件登记表 {item.display_number}.docx" in unquote(answer["Content-Disposition"])
    assert "no-store" in answer["Cache-Control"]
    named = client.post(papers(item, "registration"), {"reason": ReporterPurpose.FILLING_IN.value})
    words = words_in(named.content)
    assert REPORTER in words and PHONE in words
    refused = client.post(papers(item, "registration"), {"reason": "other words"})
    assert refused.status_code == 422 and "请从列出的事由里选一条" in text_of(refused)
    early = client.post(papers(waiting, "registration"))
    assert early.status_code == 422 and "请先登记" in text_of(early)
    assert "请先登记" in text_of(client.get(papers(waiting)))
    assert client.get(papers(item, "registration")).status_code == 405
    assert client.post(papers(item, "letter")).status_code == 404
    assert client.post(papers(item, "no-such-paper")).status_code == 404


def test_a_lost_session_and_another_desk_get_no_paper(world: World):
    item = world.item()
    other = log_in(Client(), make_clerk(world.intake, world.intake.desks[1]))
    for address in (papers(item), papers(item, "set")):
        answer = other.get(address) if address.endswith("papers/") else other.post(address)
        assert answer.status_code == 404
    lost = Client().post(papers(item, "set"))
    assert lost.status_code in (302, 403)
    assert not AuditEvent.objects.filter(action=Action.PRINT_PAPER).exists()


def test_the_papers_of_a_list(world: World):
    row = world.sent(world.item())
    client = log_in(Client(), world.clerk)
    address = f"/admin/intake/transferlist/{row.pk}/papers/"
    assert address in text_of(client.get(row.get_absolute_url()))
    page = text_of(client.get(address))
    for name in ("移交函", "移交清单", "签收回执"):
        assert f"下载《{name}》" in page
    for code in ("letter", "list", "acknowledgement"):
        answer = client.post(f"{address}{code}/")
        assert answer.status_code == 200, code
        assert answer.content[:2] == b"PK"
