"""Each line of the start page is the number of items in the list that it leads to."""

import re
import uuid
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection.schedule import ONE_DAY
from intake.admin.start.waiting_items import WAITS
from intake.choices import Handling, ListKind, Status
from intake.choices.deadline_lists import RuleCode
from intake.models import StaffUser, Submission, TransferList, Voiding
from tests.intake.casework.transfers.list_world import lay_on_a_list
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
MOST_QUERIES = 12
# No year of the calendar.
UNKNOWN_FROM = date(2031, 12, 1)
CHORE = (
    r'<p class="chore"><span[^>]*>([^<]*)</span> <span[^>]*>(\d+) [^<]*</span> <a href="([^"]*)"'
)


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def put(intake: Intake, place: int, status: Status, number: int, **values: object) -> Submission:
    """An item as moves leave it, for a test that is about lists alone."""
    item = send(intake, intake.targets[place])
    put = {"status": status, "number": number, "registered_at": INSIDE, **values}
    Submission.objects.filter(pk=item.pk).update(**put)
    return Submission.objects.get(pk=item.pk)


def many(intake: Intake, clerk: StaffUser, other: StaffUser) -> None:
    """At each of two desks one item of all that can wait."""
    for place in (0, 1):
        send(intake, intake.targets[place])
        proposal = {"proposed": Handling.KEEP, "proposed_at": INSIDE}
        first = 10 * place
        for number, by in ((1, clerk), (2, other)):
            put(intake, place, Status.TO_APPROVE, first + number, proposed_by=by, **proposal)
        for number, days in ((3, 0), (4, 4), (5, 9), (6, 40)):
            begun = {"deadline_from": INSIDE.date() - days * ONE_DAY}
            values = {"deadline_rule": RuleCode.PASS_ON, **begun}
            item = put(intake, place, Status.TO_ASSESS, first + number, **values)
        Voiding.objects.create(submission=item, asked_by=other, asked_at=INSIDE)
        # The calendar ends with this year.
        begun = {"deadline_from": UNKNOWN_FROM}
        values = {"deadline_rule": RuleCode.OBJECTION, **begun}
        put(intake, place, Status.TO_ASSESS, first + 106, **values)
        item = put(intake, place, Status.TO_ASSESS, first + 7)
        Voiding.objects.create(submission=item, asked_by=clerk, asked_at=INSIDE)
        put(intake, place, Status.RETURNED, first + 8)
        # To be told on the fifteenth working day, which is over, is soon, and is far.
        for number, days in ((301, 40), (302, 20), (303, 1)):
            begun = {"telling_from": INSIDE.date() - days * ONE_DAY}
            put(intake, place, Status.TO_ASSESS, first + number, **begun)
        decided = {"handled_as": Handling.TRANSFER, **proposal, "proposed_by": clerk}
        decided |= {"approved_by": other, "approved_at": INSIDE}
        put(intake, place, Status.TO_TRANSFER, first + 9, **decided)
        # What is on a draft already is no more to be put on one.
        on_it = put(intake, place, Status.TO_TRANSFER, first + 200, **decided)
        lay_on_a_list(on_it, intake.office)
        fixed = {**decided, "handled_as": Handling.FIX}
        put(intake, place, Status.FIXING, first + 201, **fixed)
        on_it = put(intake, place, Status.FIXING, first + 202, **fixed)
        notice = lay_on_a_list(on_it, intake.desks[place]).list
        TransferList.objects.filter(pk=notice.pk).update(kind=ListKind.FIX)


def lines_of(client: Client) -> dict[str, tuple[int, str]]:
    """By the tag: the number that the start page says, and where it leads."""
    found = re.findall(CHORE, text_of(client.get("/admin/")))
    return {tag: (int(count), unescape(url)) for tag, count, url in found}


@pytest.mark.parametrize("who", ["office", "team"])
@pytest.mark.parametrize("is_head", [True, False])
def test_each_line_counts_the_list_that_it_leads_to(who: str, is_head: bool):
    intake = make_intake()
    desk = intake.office if who == "office" else intake.desks[0]
    clerk = make_clerk(intake, desk, may_approve=is_head)
    other = make_clerk(intake, intake.desks[0])
    many(intake, clerk, other)
    client = log_in(Client(), clerk)
    lines = lines_of(client)
    own = {wait.tag for wait in WAITS if clerk.may(wait.deed)} - {"新补充", "待核"}
    assert set(lines) >= own - {"今天到期"}, own - set(lines)
    shown = {
        tag: client.get(url).context["cl"].result_count for tag, (_count, url) in lines.items()
    }
    assert shown == {tag: count for tag, (count, _url) in lines.items()}
    desks = 2 if who == "office" else 1
    assert lines["待作废"][0] == lines["待登记"][0] == desks
    assert lines.get("待审批", (0, ""))[0] == (desks if is_head else 0)
    assert lines["待通知"][0] == desks and lines.get("待移交", (desks,))[0] == desks
    assert ("退回" in lines) == ("待移交" in lines) == (who == "office")


def test_each_bar_leads_to_the_list_of_its_day():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    for back, count in ((0, 2), (3, 1), (9, 3)):
        for _ in range(count):
            send(intake, intake.targets[0], at=INSIDE - back * ONE_DAY)
    client = log_in(Client(), clerk)
    bars = re.findall(
        r'<a href="([^"]*)" aria-label="[^："]*：(\d+) 件"', text_of(client.get("/admin/"))
    )
    assert [int(count) for _url, count in bars] == [3, 1, 2]
    for url, count in bars:
        assert client.get(unescape(url)).context["cl"].result_count == int(count)


def test_only_who_approves_can_ask_for_what_waits_for_an_approval():
    intake = make_intake()
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    assert client.get(f"{LIST}?mine=approve").status_code == 400
    assert client.get(f"{LIST}?mine=void").status_code == 200


@pytest.mark.parametrize("who", ["office", "team"])
def test_as_many_queries_for_many_items_as_for_few_and_at_most_twelve(who: str):
    intake = make_intake()
    clerk = make_clerk(intake, intake.office if who == "office" else intake.desks[0])
    other = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), clerk)
    for _ in range(6):
        send(intake, intake.targets[0], at=INSIDE - timedelta(days=1))
    many(intake, clerk, other)
    addresses = ("/admin/", LIST, f"{LIST}?due=overdue", f"{LIST}?mine=void&o=-2")
    few = {address: queries_of(client, address) for address in addresses}
    row = Submission.objects.filter(status=Status.UNREGISTERED).earliest("received_at")
    copies = [copy_of(row) for _ in range(150)]
    Submission.objects.bulk_create(copies, batch_size=100)
    assert {address: queries_of(client, address) for address in addresses} == few
    assert max(few.values()) <= MOST_QUERIES, few


def copy_of(row: Submission) -> Submission:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    own = {"id": uuid.uuid4(), "idempotency_key": uuid.uuid4().hex, "receipt_digest": None}
    return Submission(**{**values, **own})


def queries_of(client: Client, address: str) -> int:
    """All of them, with what every page of the staff asks."""
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert client.get(address).status_code == 200, address
    return len(queries)
