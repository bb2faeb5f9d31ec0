"""协办 on the pages: what a helper sees and may press, what the lead and the office are told."""

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.contrib import admin
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoDbBlocker
from pytest_django.fixtures import Settings

from intake import audit
from intake.casework.together import helping, recusing
from intake.models import HelpingDesk, HelpingOpinion, Submission
from tests.intake.casework.together.helped_world import Helped, standing_help
from tests.intake.test_canary import assert_holds_none, dump
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk
from tests.sending import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
HELPED = f"{LIST}helped/"
WHO = ("lead", "helper", "other", "office")
# What an item's helper may ask for; every other address of an item finds nothing.
FOR_HELPERS = {"change", "case", "leave", "reporter", "save_reporter", "opinion"}
FILES = {"view_copy", "take_original", "copies", "copies_progress"}
# A form of the lead by a word that stands in it alone.
LEADS_FORMS = ("/move/", "/judge/", "/pause/", "/scope/", "/reroute/", "/repeats/", "/label/")


@pytest.fixture(scope="module")
def standing(
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[tuple[Helped, dict[str, Client]]]:
    with standing_help(django_db_blocker) as made:
        with django_db_blocker.unblock():
            clients = {who: log_in(Client(), getattr(made, who)) for who in WHO}
        yield made, clients


@pytest.fixture
def helped(standing: tuple[Helped, Any], settings: Settings) -> Helped:
    settings.SIMULATED_NOW = INSIDE
    return standing[0]


@pytest.fixture
def clients(standing: tuple[Helped, dict[str, Client]]) -> dict[str, Client]:
    return standing[1]


def addresses_of(item: Submission) -> Iterator[tuple[str, str]]:
    """Every address of the staff's pages that is below an item, by its short name."""
    attachment = item.attachments.earliest("pk").pk
    for pattern in admin.site.get_model_admin(Submission).get_urls():
        name, route = str(pattern.name or ""), str(pattern.pattern)
        keys: dict[str, Any] = {}
        keys |= {"item_id": item.pk} if "item_id" in route else {}
        keys |= {"object_id": item.pk} if "object_id" in route else {}
        keys |= {"attachment_id": attachment} if "attachment_id" in route else {}
        # No page gave out the address of a copy: helpers and others alike find none.
        keys |= {"part": "1-picture-1"} if "part" in route else {}
        if keys and name:
            yield name.removeprefix("intake_submission_"), reverse(f"admin:{name}", kwargs=keys)


def test_a_helper_finds_only_what_helpers_do(helped: Helped, clients: dict[str, Client]):
    found = set()
    addresses = dict(addresses_of(helped.item))
    for name, address in addresses.items():
        answers = {clients["helper"].get(address).status_code}
        answers.add(clients["helper"].post(address).status_code)
        if answers - {404, 405}:
            found.add(name)
        of_others = {clients["other"].get(address).status_code}
        of_others.add(clients["other"].post(address).status_code)
        assert not of_others - {404, 405} or name == "leave", address
    assert found == FOR_HELPERS | FILES
    assert len(addresses) > 20
    helped.item.refresh_from_db()
    assert helped.item.status == "to_assess"


def test_its_page_has_the_letter_and_none_of_the_lead_s_forms(
    helped: Helped, clients: dict[str, Client]
):
    pages = {who: clients[who].get(helped.item.get_absolute_url()) for who in ("office", "helper")}
    office, helper = (pages[who].content.decode() for who in ("office", "helper"))
    assert pages["helper"].status_code == 200
    for address in LEADS_FORMS:
        assert address in office and address not in helper, address
    for words in ("您的组协办", "保存办理卷", "交给主办", "取原件", "补充（1）"):
        assert words in helper, words
    assert str(helped.intake.desks[1]) in text_of(pages["office"])
    # The lead's log stays with the lead.
    log = helper.partition('id="log"')[2]
    assert "请协办" not in log and "登记" not in log and "启封" in log


def test_an_item_stands_in_the_list_of_its_lead_and_beside_that_of_its_helper(
    helped: Helped, clients: dict[str, Client]
):
    number = helped.item.display_number
    for who, in_list, in_helped in (
        ("lead", True, False),
        ("helper", False, True),
        ("other", False, False),
        ("office", True, False),
    ):
        assert (number in text_of(clients[who].get(LIST))) == in_list, who
        assert (number in text_of(clients[who].get(HELPED))) == in_helped, who
    assert "有协办" in text_of(clients["lead"].get(LIST))
    assert re.search(r"全部\D*1\b", text_of(clients["helper"].get(LIST)))
    jump = clients["helper"].get(f"{LIST}number/?n={number}")
    assert jump.headers["Location"] == helped.item.get_absolute_url()
    assert clients["other"].get(f"{LIST}number/?n={number}").headers["Location"] == "/admin/"
    assert clients["helper"].get(f"{HELPED}?p=1").status_code == 400
    # From the item back to its row.
    assert f'id="item-{helped.item.pk}"' in text_of(clients["helper"].get(HELPED))
    page = text_of(clients["helper"].get(helped.item.get_absolute_url()))
    assert f'href="{HELPED}#item-{helped.item.pk}"' in page


def test_the_start_page_tells_the_helper_until_it_has_answered(
    helped: Helped, clients: dict[str, Client]
):
    waits = "1 件请您的组协办"
    for who in WHO:
        assert (waits in text_of(clients[who].get("/admin/"))) == (who == "helper"), who
    address = f"{LIST}{helped.item.pk}/opinion/"
    empty = clients["helper"].post(address, {"opinion": " "})
    assert empty.status_code == 422 and "请写协办意见。" in text_of(empty)
    assert clients["lead"].post(address, {"opinion": "x"}).status_code == 403
    told = clients["helper"].post(address, {"opinion": "（演示）数字对不上"}, follow=True)
    assert "协办意见已交给主办" in text_of(told) and "（演示）数字对不上" in text_of(told)
    assert waits not in text_of(clients["helper"].get("/admin/"))
    for who in ("lead", "office"):
        page = text_of(clients[who].get(helped.item.get_absolute_url()))
        assert "（演示）数字对不上" in page and "交协办意见" in page, who


def test_the_office_asks_for_help_and_ends_it_by_its_page(
    helped: Helped, clients: dict[str, Client]
):
    office, address = clients["office"], f"{LIST}{helped.item.pk}/helpers/"
    for typed in ({}, {"desk": helped.intake.desks[0].pk}, {"desk": helped.intake.head.pk}):
        assert office.post(address, typed).status_code == 422
    assert office.post(address, {"desk": helped.intake.desks[2].pk}).status_code == 302
    page = text_of(office.get(address))
    assert "正在协办（2）" in page
    item = helped.item.get_absolute_url()
    assert clients["other"].get(item).status_code == 200
    row = HelpingDesk.objects.latest("pk")
    for _ in range(2):
        assert office.post(f"{address}end/", {"helper": row.pk}).status_code == 302
    assert clients["other"].get(item).status_code == 404
    for who in ("lead", "helper"):
        assert clients[who].post(address, {"desk": row.desk_id}).status_code in (403, 404)
    assert audit.verify().problems == ()


def test_a_clerk_of_the_helper_who_is_kept_out_finds_nothing(
    helped: Helped, clients: dict[str, Client]
):
    recusing.order(helped.item, helped.helper, reason="（演示）", by=helped.office, at=INSIDE)
    for name, address in addresses_of(helped.item):
        answer = clients["helper"].get(address)
        assert answer.status_code in (404, 405), name
    for page in ("/admin/", LIST, HELPED):
        words = text_of(clients["helper"].get(page))
        assert helped.item.display_number not in words, page
        assert "件请您的组协办" not in words, page
    colleague = make_clerk(helped.intake, helped.intake.desks[1])
    assert Submission.objects.helped_by(colleague).exists()


def test_who_has_it_open_is_told_at_each_desk_alone(helped: Helped, clients: dict[str, Client]):
    item = helped.item.get_absolute_url()
    colleague = make_clerk(helped.intake, helped.intake.desks[1], full_name="郑（演示）")
    assert log_in(Client(), colleague).get(item).status_code == 200
    assert "郑（演示）也打开着" in text_of(clients["helper"].get(item))
    assert "也打开着" not in text_of(clients["lead"].get(item))


def test_a_help_that_was_ended_meanwhile_is_not_there(helped: Helped, clients: dict[str, Client]):
    helping.end(helped.row, by=helped.office, at=INSIDE)
    for name in ("opinion", "case"):
        typed = {"opinion": "（演示）"}
        assert clients["helper"].post(f"{LIST}{helped.item.pk}/{name}/", typed).status_code == 404
    assert not HelpingOpinion.objects.exists()


def test_what_a_helper_writes_is_nowhere_in_clear(helped: Helped, clients: dict[str, Client]):
    word, name = "金丝雀协办", "金丝雀反映人"
    item, helper = helped.item.get_absolute_url(), clients["helper"]
    page = helper.get(item).content.decode()
    hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))
    written = reverse("admin:written", args=[f"item:{helped.item.pk}"])
    typed = {**hidden, "abstract": word, "note": word}
    assert helper.post(written, typed).status_code == 200
    case = f"{LIST}{helped.item.pk}/case/"
    assert helper.post(case, typed).status_code == 302
    assert helper.post(f"{LIST}{helped.item.pk}/opinion/", {"opinion": word}).status_code == 302
    reporter = {"reason": "call_back", "name": name, "initial-version": "1"}
    asked = helper.post(f"{LIST}{helped.item.pk}/reporter/", reporter)
    reasons = re.findall(r'name="reason" value="([^"]+)"', asked.content.decode())
    saved = helper.post(
        f"{LIST}{helped.item.pk}/reporter/save/", {**reporter, "reason": reasons[0]}
    )
    assert saved.status_code in (302, 409)
    assert word in text_of(helper.get(item))
    for table, words in dump():
        assert_holds_none((word, name), words, table)
    for session in Session.objects.all():
        facts = session.get_decoded()
        messages = json.loads(facts.get("_messages", "[]"))
        assert_holds_none((word, name), f"{facts} {messages}", "a session")
    lead = text_of(clients["lead"].get(item))
    # The opinion is for the lead; the case file is not.
    assert lead.count(word) == 1 and name not in lead
