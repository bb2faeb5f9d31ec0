"""Each line about transfer lists is the number of lists that it leads to."""

from datetime import date, timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.start.transfer_chores import LINES
from intake.admin.transfers.waiting_filter import WORDS
from intake.casework.transfers.waiting_lists import Waits
from intake.choices import ListState
from intake.models import StaffUser, TransferList
from tests.intake.admin.start.test_waiting_items import MOST_QUERIES, lines_of, queries_of
from tests.intake.casework.transfers.list_world import World, lay_on_a_list, make_world
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk

pytestmark = pytest.mark.django_db

TODAY = date(2025, 9, 1)
LIST = "/admin/intake/transferlist/"


@pytest.fixture(autouse=True)
def in_september(settings: Settings):
    settings.SIMULATED_NOW = INSIDE.replace(month=9, day=1)


def put(world: World, state: ListState, by: StaffUser, **values: object) -> TransferList:
    """A list as its deeds leave it, for a test that is about lines alone."""
    row = lay_on_a_list(world.item(), world.intake.office).list
    put = {"state": state, "proposed_by": by, "proposed_at": INSIDE}
    if state != ListState.PROPOSED:
        put |= {"approved_by": world.head, "approved_at": INSIDE, "document_number": row.pk.hex}
        put |= {"document_number": f"{row.pk}"}
    TransferList.objects.filter(pk=row.pk).update(**{**put, **values})
    return row


def lists_of_every_kind(world: World) -> None:
    lay_on_a_list(world.item(), world.intake.office)
    put(world, ListState.PROPOSED, world.clerk)
    put(world, ListState.PROPOSED, world.head)
    put(world, ListState.APPROVED, world.clerk)
    sent = {"sent_on": date(2025, 4, 16)}
    put(world, ListState.SENT, world.clerk, **sent)
    put(world, ListState.OBJECTED, world.clerk, **sent, objection_on=date(2025, 4, 17))
    for signed in ("2025-05-01", "2025-05-02", "2025-06-10", "2025-08-30"):
        row = put(world, ListState.SIGNED, world.clerk, **sent, signed_on=signed)
        if signed == "2025-05-02":
            row.reminders.create(
                reminded_on=TODAY - timedelta(days=1), reminded_by=world.clerk, recorded_at=INSIDE
            )


def test_each_line_counts_the_lists_that_it_leads_to_with_one_query():
    world = make_world()
    head, clerk = log_in(Client(), world.head), log_in(Client(), world.clerk)
    lists_of_every_kind(world)
    tags = {line.tag for line in LINES.values()}
    lines = {tag: line for tag, line in lines_of(head).items() if tag in tags}
    counts = {LINES[waits].tag: 1 for waits in Waits} | {LINES[Waits.OVERDUE].tag: 2}
    assert {tag: count for tag, (count, _url) in lines.items()} == counts
    for tag, (count, url) in lines.items():
        assert url.startswith(f"{LIST}?waits="), tag
        assert head.get(url).context["cl"].result_count == count, tag
    assert set(lines_of(clerk)) & tags == tags - {LINES[Waits.APPROVE].tag}
    assert clerk.get(f"{LIST}?waits=approve").status_code == 400
    assert queries_of(head, "/admin/") <= MOST_QUERIES
    many = queries_of(head, "/admin/")
    lists_of_every_kind(world)
    assert queries_of(head, "/admin/") == many


def test_a_team_is_told_of_no_list_of_the_office():
    world = make_world()
    lists_of_every_kind(world)
    client = log_in(Client(), make_clerk(world.intake, world.intake.desks[0], may_approve=True))
    assert not set(lines_of(client)) & {line.tag for line in LINES.values()}


def test_no_kind_of_waiting_is_forgotten():
    assert set(LINES) == set(WORDS) == set(Waits)
