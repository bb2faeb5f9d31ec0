"""The page of the ledger: the list's own filters, both editions, what goes wrong said in words."""

import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from html import unescape
from typing import Any
from urllib.parse import unquote
from zipfile import BadZipFile

import pytest
from django.contrib.sessions.models import Session
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.ledger import giving_out
from intake.casework.ledger import exporting, runs
from intake.casework.ledger.ledger_columns import COLUMNS, in_words
from intake.casework.ledger.working_ledgers import VIEWS
from intake.choices import Action, Handling, RunState, Status, WorkingLedger
from intake.models import AuditEvent, LedgerRun, Submission
from intake.papers.sheets import flowing_workbook
from intake.papers.sheets.sheet_columns import Kind
from tests.intake.casework.ledger.ledger_world import World as Rows
from tests.intake.casework.ledger.ledger_world import make_world as make_rows
from tests.intake.casework.transfers.list_world import ORIGINAL, PHONE, REPORTER
from tests.intake.papers.sheets.reading_back import rows_in, sheets_in, told_in
from tests.logging_in import log_in
from tests.making import INSIDE
from tests.many_items import make_many_items
from tests.running.files.written_files import written_files
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LEDGER, LIST = "/admin/ledger/", "/admin/intake/submission/"
DEFAULT = {"edition": "default"}
COMPLETE = {"edition": "complete", "reason": "filling_in"}
PLACES = {"team": 0, "other": 1, "office": 2, "head": 3}
QUERIES = (
    *("?status__exact=closed", "?scope__exact=in", "?way__exact=letter&is_late__exact=1"),
    *("?due=overdue", "?received=week", "?q=1-0001", "?o=1", "?o=-1&status__exact=to_assess"),
    *(f"?ledger={view.code.value}" for view in VIEWS),
)


@dataclass
class World:
    rows: Rows
    clients: dict[str, Client]


def make_world() -> World:
    rows = make_rows()
    make_many_items(rows.lists.intake, 40, days=20)
    send(rows.lists.intake, about_inspectors=True)
    members = {"team": rows.team, "other": rows.other_team, "office": rows.office}
    members |= {"head": rows.head}
    return World(rows, {name: log_in(Client(), user) for name, user in members.items()})


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def content_of(answer: HttpResponse) -> bytes:
    assert answer.status_code == 200, answer.content.decode()
    return b"".join(answer) if answer.streaming else answer.content


def list_of(client: Client, query: str) -> tuple[int, set[str]]:
    """How many the list says there are, and the numbers on its pages."""
    first = client.get(f"{LIST}{query}")
    shown = first.context["cl"]
    numbers = {row.display_number or "待登记" for row in shown.queryset}
    return shown.result_count, numbers


def as_printed(table: list[dict[str, Any]]) -> list[dict[str, str]]:
    """Each row as the printed page writes it: in words, and nothing of what is empty."""
    moments = {one.heading for one in COLUMNS if one.kind is Kind.MOMENT}
    rows = []
    for row in table:
        read = {
            head: value.date() if isinstance(value, datetime) and head not in moments else value
            for head, value in row.items()
        }
        rows.append({head: said for head, value in read.items() if (said := in_words(value))})
    return rows


@pytest.mark.parametrize("who", ["team", "other", "office", "head"])
def test_list_page_table_and_print_are_of_the_same_items(world: World, who: str):
    client = world.clients[who]
    # Each filter is one role's; all of them take the whole list.
    for query in ("", *QUERIES[PLACES[who] :: len(PLACES)]):
        count, numbers = list_of(client, query)
        page = client.get(f"{LEDGER}{query}")
        assert page.context["chosen"].count == count, query
        table = rows_in(content_of(client.post(f"{LEDGER}{query}", DEFAULT)))
        assert len(table) == count and {row["信访编号"] for row in table} == numbers, query
        event = AuditEvent.objects.latest("sequence")
        assert (event.action, event.detail["count"]) == (Action.EXPORT_LEDGER, count)
        assert "1-0001" not in str(event.detail)
        printed = client.post(f"{LEDGER}print/{query}", DEFAULT).context["rows"]
        shown = [{head: said for part in row for head, said in part} for row in printed]
        assert shown == as_printed(table), query


def test_the_list_leads_there_with_its_filters(world: World):
    client = world.clients["office"]
    page = text_of(client.get(f"{LIST}?status__exact=closed&o=-1&p=1"))
    (link,) = set(re.findall(r'href="(/admin/ledger/\?[^"]*)">导出台账', page))
    assert unescape(link) == f"{LEDGER}?status__exact=closed&o=-1"
    page = text_of(client.get(unescape(link)))
    assert "状态：已办结" in page and f"{LIST}?status__exact=closed&o=-1" in unescape(page)
    assert "没有筛选" in text_of(client.get(LEDGER))
    assert 'href="/admin/ledger/"' in text_of(client.get("/admin/"))


@pytest.mark.parametrize(
    "query",
    ["?status__exact=x", "?number=1", "?desk__pk=1", "?ledger=x", "?edition=complete", "?o=99"],
)
def test_what_the_list_does_not_offer_is_a_400(world: World, query: str):
    for client in (world.clients["team"], world.clients["office"]):
        for page in ("", "complete/"):
            assert client.get(f"{LEDGER}{page}{query}").status_code == 400, page
        for page in ("", "print/"):
            assert client.post(f"{LEDGER}{page}{query}", DEFAULT).status_code == 400, page
    assert not AuditEvent.objects.filter(action=Action.EXPORT_LEDGER).exists()


def test_another_desk_cannot_be_asked_for(world: World):
    office = world.rows.lists.intake.office
    answer = world.clients["team"].post(f"{LEDGER}?desk={office.pk}", DEFAULT)
    assert answer.status_code == 400
    assert rows_in(content_of(world.clients["office"].post(f"{LEDGER}?desk={office.pk}", DEFAULT)))


def test_the_complete_edition_asks_each_time_what_for(world: World):
    client = world.clients["team"]
    asked = text_of(client.get(f"{LEDGER}complete/?q=1-0001"))
    assert "确认导出全要素版" in asked and f"{LEDGER}?q=1-0001" in asked
    for typed in ({"edition": "complete"}, {"edition": "complete", "reason": ""}):
        answer = client.post(f"{LEDGER}?q=1-0001", typed)
        assert answer.status_code == 422 and "请选一条事由" in text_of(answer)
    for typed in ({"edition": "complete", "reason": "my own words"}, {"edition": "both"}, {}):
        assert client.post(LEDGER, typed).status_code == 422
        assert client.post(f"{LEDGER}print/", typed).status_code == 422
    assert not AuditEvent.objects.filter(action=Action.EXPORT_LEDGER).exists()
    answer = client.post(f"{LEDGER}?q=1-0001", COMPLETE)
    content = content_of(answer)
    assert REPORTER in str(rows_in(content)) and PHONE in str(rows_in(content))
    name = unquote(answer["Content-Disposition"])
    assert "信访台账 全要素版 2025-04-15.xlsx" in name and "attachment" in name
    assert "no-store" in answer["Cache-Control"] and answer["X-Accel-Buffering"] == "no"
    event = AuditEvent.objects.latest("sequence")
    assert event.detail["asked_for"] == "filling_in" and event.detail["filters"] == "搜索"
    # The next time it is asked anew.
    assert client.post(f"{LEDGER}?q=1-0001", {"edition": "complete"}).status_code == 422


def test_the_default_edition_and_its_print_name_nobody(world: World):
    client = world.clients["office"]
    content = content_of(client.post(LEDGER, {**DEFAULT, "reason": "filling_in"}))
    table = str([[cell.value for cell in row] for row in sheets_in(content).worksheets[0]])
    page = text_of(client.post(f"{LEDGER}print/", DEFAULT))
    for secret in (REPORTER, PHONE, ORIGINAL):
        assert secret not in table and secret not in page
    assert "=摘要（演示）" in page and "<script" not in page.partition("</head>")[2]
    event = AuditEvent.objects.latest("sequence")
    assert event.detail["form"] == "print" and "asked_for" not in event.detail
    named = text_of(client.post(f"{LEDGER}print/?q=1-0001", COMPLETE))
    assert REPORTER in named
    assert told_in(content)["信访台账"] == "隐去反映人版"


def test_the_five_working_ledgers_count_and_lead(world: World):
    client = world.clients["office"]
    page = client.get(LEDGER)
    for line in page.context["working"]:
        query = line.url.removeprefix(LEDGER)
        assert list_of(client, query)[0] == line.count
        assert line.list_url == f"{LIST}{query}"
    counts = {line.name: line.count for line in page.context["working"]}
    assert counts["隐患排查台账"] == 1 and counts["办结反馈台账"] == 20
    voided = Submission.objects.filter(status=Status.TO_ASSESS).earliest("pk")
    Submission.objects.filter(pk=voided.pk).update(status=Status.VOIDED)
    again = {line.name: line.count for line in client.get(LEDGER).context["working"]}
    assert again["受理台账"] == counts["受理台账"] - 1


def test_each_working_ledger_holds_what_it_says(world: World):
    """By known items: one that was voided after it had been approved is in none of them."""
    states: dict[str, dict[str, Any]] = {
        "out": {"status": world.rows.item.status},
        "voided": {"status": Status.VOIDED},
        "unjudged": {"status": Status.TO_ASSESS, "handled_as": ""},
        "kept": {"status": Status.KEPT, "handled_as": Handling.KEEP},
        "answered": {"status": Status.ANSWERED},
    }
    held = {}
    for name, state in states.items():
        values = {"handled_as": Handling.TRANSFER, **state}
        Submission.objects.filter(pk=world.rows.item.pk).update(**values)
        found = Submission.objects.filter(pk=world.rows.item.pk)
        held[name] = {view.code for view in VIEWS if found.filter(view.finds).exists()}
    ledgers, always = WorkingLedger, {WorkingLedger.ACCEPTED, WorkingLedger.RISKS}
    assert held == {
        "out": {*always, ledgers.ASSIGNED, ledgers.FOLLOWED},
        "voided": set(),
        "unjudged": always,
        "kept": {*always, ledgers.ASSIGNED},
        "answered": {*always, ledgers.ASSIGNED, ledgers.FINISHED},
    }


def test_a_long_one_flows_and_is_the_same_table(world: World, request: pytest.FixtureRequest):
    client = world.clients["office"]
    answer = client.post(LEDGER, DEFAULT)
    whole = rows_in(content_of(answer))
    assert not answer.streaming
    request.getfixturevalue("in_small_pieces")
    answer = client.post(LEDGER, DEFAULT)
    assert answer.streaming and rows_in(content_of(answer)) == whole
    run = LedgerRun.objects.get(user=world.rows.office)
    assert (run.state, run.done) == (RunState.DONE, len(whole))


@pytest.mark.usefixtures("in_small_pieces")
def test_what_leaves_the_site_touches_no_disk(world: World):
    """Ledger, its print, statistics and papers: not even a file that is gone again."""
    client, item = world.clients["office"], world.rows.item
    papers, row = f"{LIST}{item.pk}/papers", item.transfer_entries.get().list
    with written_files() as written:
        for edition in (DEFAULT, COMPLETE):
            assert rows_in(content_of(client.post(LEDGER, edition)))
            assert content_of(client.post(f"{LEDGER}print/", edition))
        assert content_of(client.get("/admin/statistics/?format=xlsx"))
        assert content_of(client.post(f"{papers}/set/", {"reason": "filling_in"}))
        for name in ("letter", "list", "acknowledgement"):
            address = f"/admin/intake/transferlist/{row.pk}/papers/{name}/"
            assert content_of(client.post(address, {"reason": "filling_in"}))
    assert written == []


@contextmanager
def at_the_second_note(deed: Callable[[], object]) -> Iterator[None]:
    """Something happens elsewhere while a request works: when it notes how far it is again."""
    noted = []

    def watch(execute: Callable[..., Any], sql: str, *more: Any) -> Any:
        if sql.startswith("UPDATE") and '"intake_ledgerrun"' in sql and '"done"' in sql:
            noted.append(sql)
            if len(noted) == 2:
                deed()
        return execute(sql, *more)

    with connection.execute_wrapper(watch):
        yield


@pytest.fixture
def in_small_pieces(monkeypatch: pytest.MonkeyPatch) -> None:
    """So that few items are a long ledger, with a middle."""
    monkeypatch.setattr(giving_out, "WHOLE_UP_TO", 0)
    monkeypatch.setattr(exporting, "AT_ONCE", 5)
    monkeypatch.setattr(flowing_workbook, "_PIECE", 100)
    monkeypatch.setattr(flowing_workbook, "_LEVEL", 0)


def test_a_session_that_is_lost_in_a_short_one_is_answered_by_a_page(world: World):
    client = world.clients["office"]
    with at_the_second_note(Session.objects.all().delete):
        answer = client.post(LEDGER, DEFAULT)
    assert answer.status_code == 403 and "登录已经到时" in text_of(answer)
    client = log_in(Client(), world.rows.office)
    assert "没有导出完" in text_of(client.get(LEDGER))


@pytest.mark.usefixtures("in_small_pieces")
def test_a_session_that_is_lost_in_a_long_one_leaves_a_file_that_does_not_open(world: World):
    answer = world.clients["office"].post(LEDGER, DEFAULT)
    assert answer.streaming
    pieces = iter(answer)
    got = [next(pieces)]
    Session.objects.all().delete()
    got += pieces
    with pytest.raises(BadZipFile):
        sheets_in(b"".join(got))
    assert LedgerRun.objects.get().state == RunState.LOST


@pytest.mark.usefixtures("in_small_pieces")
def test_another_page_says_how_far_it_is_and_stops_it(world: World):
    client, user = world.clients["office"], world.rows.office
    assert client.get(f"{LEDGER}progress/").json() == {"is_running": False}
    pieces = iter(client.post(LEDGER, DEFAULT))
    got = [next(pieces)]
    told = client.get(f"{LEDGER}progress/").json()
    assert told["is_running"] and told["words"].startswith(f"正在导出：已写 {told['done']} 件")
    assert client.post(LEDGER, DEFAULT).status_code == 422
    assert "停下" in text_of(client.get(LEDGER))
    # Somebody else's is nobody's business.
    team = world.clients["team"]
    assert team.get(f"{LEDGER}progress/").json() == {"is_running": False}
    team.post(f"{LEDGER}stop/")
    assert not LedgerRun.objects.get(user=user).is_to_stop
    assert client.post(f"{LEDGER}stop/").status_code == 302
    got += pieces
    with pytest.raises(BadZipFile):
        sheets_in(b"".join(got))
    done = client.get(f"{LEDGER}progress/").json()
    assert not done["is_running"] and "停下" in done["words"]
    # The next is whole again.
    assert rows_in(content_of(client.post(LEDGER, DEFAULT)))


def test_a_short_one_that_is_stopped_is_a_sentence(world: World):
    client, user = world.clients["office"], world.rows.office
    with at_the_second_note(lambda: runs.ask_to_stop(user)):
        answer = client.post(LEDGER, DEFAULT)
    assert answer.status_code == 409 and "已按您的要求停下" in text_of(answer)


def test_too_many_to_print_are_refused_in_words(world: World, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(exporting, "MOST_PRINTED", 3)
    answer = world.clients["office"].post(f"{LEDGER}print/", DEFAULT)
    assert answer.status_code == 422 and "一次最多打印 3 件" in text_of(answer)


def test_nothing_of_it_lies_in_a_session_or_a_log(world: World, caplog: pytest.LogCaptureFixture):
    content = content_of(world.clients["office"].post(LEDGER, COMPLETE))
    assert REPORTER in str(rows_in(content))
    assert REPORTER not in caplog.text
    assert REPORTER not in str([one.get_decoded() for one in Session.objects.all()])
    assert REPORTER not in str(list(AuditEvent.objects.values_list("detail", flat=True)))
