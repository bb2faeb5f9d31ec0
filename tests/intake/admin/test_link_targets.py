"""A staff page filters, searches and orders by what it offers; anything else is a plain 400."""

import re
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from html import unescape
from typing import Any
from urllib.parse import parse_qsl, quote, urlencode

import pytest
from django.contrib import admin
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection.admin.offered import OfferedOnly
from inspection.models import DropBox, FocusTopic, WorkCalendarDay
from intake.access import TABLE
from tests.logging_in import log_in
from tests.making import (
    INSIDE,
    Intake,
    make_box,
    make_clerk,
    make_contact,
    make_intake,
    make_member,
    make_round,
)
from tests.running.undrawn import undrawn
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

# What no list offers, whatever it lists.
NEVER_OFFERED = (
    "id=1",
    "pk__gt=0",
    "id__in=1,2",
    "password__startswith=a",
    "user__password__regex=(a*)*b",
    "submissions__isnull=0",
    "source_text__regex=(a*)*$",
    "sealed__contains=a",
    "nothing=1",
    "=1",
    "e=1",
    "all=",
    "_popup=1",
    "_to_field=id",
    "_facets=True",
    "_changelist_filters=q%3D1",
    "o=",
    "o=99",
    "o=-",
    "o=1.1",
    "o=password",
    "o=1__2",
    "o=٣",
    "p=0",
    "p=-1",
    "p=x",
    "p=",
    "p=999999",
    "p=1&p=1",
    "q=a&q=b",
    "q=%00",
    "%00=1",
)


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


@pytest.fixture
def intake() -> Intake:
    """Two rounds with a row of each kind, so that every filter has a choice."""
    intake = make_intake()
    make_round()
    send(intake, intake.targets[0])
    make_box(intake.round, county="岚东县", team=intake.teams[0])
    make_contact(intake.round)
    FocusTopic.objects.create(round=intake.round, order=1, kind="town", heading="（演示）")
    make_clerk(intake, intake.desks[0])
    return intake


@pytest.fixture
def clients(intake: Intake) -> dict[str, Client]:
    """One of each role."""
    return {role.value: log_in(Client(), make_member(intake, role)) for role in TABLE}


def lists() -> dict[str, str]:
    """Each list of the staff's site, and the first role of the table that sees it."""
    return {
        opts.label_lower.replace(".", "/"): next(
            role.value
            for role, rules in TABLE.items()
            if f"{opts.app_label}.view_{opts.model_name}" in rules.permissions
        )
        for opts in (model._meta for model in admin.site._registry)
    }


def links_of(client: Client, address: str) -> Iterator[str]:
    """Every address of the staff's site that a page links to."""
    response = client.get(address)
    assert response.status_code == 200, address
    for written in re.findall(r'<a[^>]* href="([^"]*)"', text_of(response)):
        link = unescape(written)
        if link.startswith("?"):
            yield address.partition("?")[0] + link
        elif link.startswith("/admin/"):
            yield link


def answered(client: Client, addresses: Iterable[str], *, but: int) -> dict[str, int]:
    """What was answered otherwise than expected; the notice's own page is no page of the admin."""
    asked = [address for address in addresses if "/preview/" not in address]
    answers = {address: client.get(address).status_code for address in asked}
    return {address: status for address, status in answers.items() if status != but}


def test_every_staff_page_has_the_one_guard():
    for model, page in admin.site._registry.items():
        assert isinstance(page, OfferedOnly), model
        assert type(page).lookup_allowed is OfferedOnly.lookup_allowed, model
        # Its links stand in no filter, so that the guard would not know them.
        assert page.date_hierarchy is None and not page.list_editable, model


def test_what_no_list_offers_is_a_plain_400(clients: dict[str, Client]):
    for name, who in lists().items():
        asked = [f"/admin/{name}/?{query}" for query in NEVER_OFFERED]
        assert answered(clients[who], asked, but=400) == {}
    assert "请回到列表" in text_of(clients["office"].get("/admin/intake/submission/?id=1"))


def one_of_each(links: Iterable[str]) -> set[str]:
    """One row of a list for all of its rows; one choice for all that ask by the same names."""
    kinds = {}
    for link in sorted(links):
        path, _, query = link.partition("?")
        names = frozenset(name for name, _value in parse_qsl(query, keep_blank_values=True))
        kinds[re.sub(r"/[0-9a-f-]+/change/", "/key/change/", path), names] = link
    return set(kinds.values())


def test_every_link_that_a_list_draws_opens(clients: dict[str, Client]):
    """One page of each kind is drawn."""
    opened: dict[str, set[str]] = {who: set() for who in clients}
    asking = {who: undrawn(client) for who, client in clients.items()}
    for name, who in lists().items():
        links = set(links_of(clients[who], f"/admin/{name}/"))
        # Two filters at once, or an order with them: the links of a page that one link led to.
        filtered = sorted(link for link in links if "?" in link)
        further = set(links_of(clients[who], filtered[-1])) if filtered else set()
        new = (links | further) - opened[who]
        drawn = one_of_each(new)
        assert answered(clients[who], drawn, but=200) == {}
        assert answered(asking[who], new - drawn, but=200) == {}
        opened[who] |= new


def test_every_link_of_the_start_page_opens(clients: dict[str, Client]):
    """What it counts it links to, by the filters that the lists have."""
    for who, client in clients.items():
        links = set(links_of(client, "/admin/"))
        asking = [link for link in links if "__exact=" in link]
        assert (who in ("office", "team")) == bool(asking), who
        assert answered(client, links, but=200) == {}


def test_a_choice_that_a_filter_does_not_have_is_a_plain_400(clients: dict[str, Client]):
    """What it would find, an address must not ask: not even whether it finds nothing."""
    values = ("987654", "x", "\x00", "True,False", "9" * 400, "(a*)*b")
    for name, who in lists().items():
        specs = clients[who].get(f"/admin/{name}/").context["cl"].filter_specs
        parameters = [one for spec in specs for one in spec.expected_parameters()]
        asked = [urlencode({one: value}) for one in parameters for value in values]
        addresses = [f"/admin/{name}/?{query}" for query in asked]
        assert answered(clients[who], addresses, but=400) == {}


def test_refused_before_the_database_is_asked_for_rows(clients: dict[str, Client]):
    with CaptureQueriesContext(connection) as queries:
        assert clients["office"].get("/admin/inspection/round/?source_text__regex=a").status_code
    assert not any("regexp" in query["sql"].lower() for query in queries)


def test_most_is_refused_before_a_filter_looks_for_its_choices(clients: dict[str, Client]):
    with CaptureQueriesContext(connection) as queries:
        for asked in ("id=1", "o=x", "p=0", "user__password__regex=a"):
            answer = clients["office"].get(f"/admin/intake/submission/?{asked}")
            assert answer.status_code == 400, asked
    tables = ('"intake_submission"', '"intake_desk"', '"inspection_target"')
    assert [query["sql"] for query in queries if any(one in query["sql"] for one in tables)] == []


def test_a_list_is_ordered_by_headers_that_are_links(clients: dict[str, Client]):
    fine = {"intake/submission": ("1", "-8.2"), "inspection/contactpoint": ("0.1", "-2")}
    refused = {"intake/submission": ("0", "3", "2.-2"), "inspection/contactpoint": ("3", "4")}
    for table, status in ((fine, 200), (refused, 400)):
        for name, orders in table.items():
            asked = [f"/admin/{name}/?o={order}" for order in orders]
            assert answered(clients["office"], asked, but=status) == {}


def test_a_page_that_there_is_opens(clients: dict[str, Client]):
    day = date(2031, 1, 1)
    days = [WorkCalendarDay(date=day + timedelta(n), is_workday=True) for n in range(101)]
    WorkCalendarDay.objects.bulk_create(days)
    address, client = (
        "/admin/inspection/workcalendarday/?is_workday__exact=1&q=203",
        clients["office"],
    )
    assert f"{address.partition('?')[2]}&amp;p=2".split("&")[0] in text_of(client.get(address))
    assert client.get(f"{address}&p=2").status_code == 200
    assert client.get(f"{address}&p=3").status_code == 400


def test_a_page_beside_a_list_takes_nothing_but_the_way_back(
    clients: dict[str, Client], intake: Intake
):
    queries = ["_popup=1", "_to_field=id", "round=1", "q=1", "x=%00", "e=1", "="]
    queries += ["_changelist_filters=%00", "_changelist_filters=a&_changelist_filters=b"]
    key = intake.teams[0].pk
    for page in ("add", f"{key}/change", f"{key}/delete", f"{key}/history"):
        asked = [f"/admin/inspection/team/{page}/?{query}" for query in queries]
        assert answered(clients["office"], asked, but=400) == {}


def test_an_opened_item_and_its_log_take_nothing_else_either(
    clients: dict[str, Client], intake: Intake
):
    item = intake.round.submissions.get()
    for page in ("change", "history"):
        address = f"/admin/intake/submission/{item.pk}/{page}/"
        assert clients["office"].get(f"{address}?desk__recipient=a").status_code == 400
    way = quote(f"desk={item.desk_id}&o=-2", safe="")
    opened = f"/admin/intake/submission/{item.pk}/change/?_changelist_filters={way}"
    assert clients["office"].get(opened).status_code == 200


def test_a_correction_leads_back_to_the_list_as_it_was(clients: dict[str, Client]):
    answer = corrected(clients["office"], way="county=岚东县", county="岚东县")
    assert answer == "/admin/inspection/dropbox/?county=%E5%B2%9A%E4%B8%9C%E5%8E%BF"


def test_the_way_back_leaves_out_what_the_list_does_not_offer_any_more(
    clients: dict[str, Client],
):
    answer = corrected(clients["office"], way="county=岚东县", county="岚西县")
    assert answer == "/admin/inspection/dropbox/"
    assert clients["office"].get(answer).status_code == 200


def test_the_way_back_asks_for_no_other_column(clients: dict[str, Client]):
    address = f"/admin/inspection/dropbox/{DropBox.objects.get().pk}/change/"
    way = quote("round__source_text__regex=a", safe="")
    assert clients["office"].get(f"{address}?_changelist_filters={way}").status_code == 400


def corrected(client: Client, *, way: str, county: str) -> str:
    """Corrects the box, coming from a list with filters; where it leads back to."""
    box = DropBox.objects.get()
    typed: dict[str, Any] = {"order": box.order, "number": box.number, "location": box.location}
    address = (
        f"/admin/inspection/dropbox/{box.pk}/change/?{urlencode({'_changelist_filters': way})}"
    )
    response = client.post(address, {**typed, "county": county, "team": box.team_id})
    assert response.status_code == 302, text_of(response)
    return str(response["Location"])


def test_a_ticked_row_that_is_no_key_is_a_plain_400(clients: dict[str, Client]):
    for ticked in ("x", "1", "\x00", "9" * 400):
        posted = {"action": "register_selected", "index": "0", "_selected_action": ticked}
        assert clients["office"].post("/admin/intake/submission/", posted).status_code == 400


def test_a_row_that_cannot_be_is_not_there(clients: dict[str, Client]):
    keys = ("x", "9" * 30, "9" * 5000, "%00", "-1")
    for name, who in lists().items():
        for key in keys:
            answer = clients[who].get(f"/admin/{name}/{key}/change/")
            assert answer.status_code == 404, (name, key[:40])


def test_nothing_completes_what_somebody_types(clients: dict[str, Client]):
    asked = "app_label=intake&model_name=submission&field_name=desk&term=a"
    for client in clients.values():
        assert client.get(f"/admin/autocomplete/?{asked}").status_code == 404


def test_a_long_search_breaks_nothing(clients: dict[str, Client]):
    for name, who in lists().items():
        page = clients[who].get(f"/admin/{name}/")
        if page.context["cl"].search_fields:
            answer = clients[who].get(f"/admin/{name}/", {"q": "a " * 1500})
            assert answer.status_code == 200, name
