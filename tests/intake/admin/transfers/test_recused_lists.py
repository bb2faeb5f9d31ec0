"""回避 on lists: of an item that is not there for somebody, no list tells its number or words."""

import re
from collections.abc import Callable
from uuid import UUID

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.casework.deadlines.due_lists import DueLists
from intake.casework.together import recusing
from intake.casework.transfers import abstracts
from intake.casework.transfers.list_moves import MayNotDo
from intake.casework.transfers.list_table import Step
from intake.casework.transfers.waiting_lists import Waits, waiting_lists
from intake.choices import ListKind, ListState, Status
from intake.models import Desk, StaffUser, Submission, TransferEntry, TransferList
from intake.report.transfer_words import EntryWords
from tests.intake.casework.transfers.list_world import LATER, SECRET, World, make_world
from tests.logging_in import log_in
from tests.making import make_clerk
from tests.sending import text_of
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

LISTS = "/admin/intake/transferlist/"
Hide = Callable[[Submission, StaffUser, World], object]


@pytest.fixture
def world(settings: Settings) -> World:
    settings.SIMULATED_NOW = LATER
    return make_world()


def counts_of(client: Client) -> list[str]:
    page = client.get(LISTS).content.decode()
    return re.findall(r'class="field-how_many[^"]*">(\d+)<', page)


def notice_of_a_team(world: World) -> tuple[TransferList, StaffUser, Submission, Submission]:
    """A draft with two items, each with an abstract that names it."""
    clerk = make_clerk(world.intake, world.intake.desks[0])
    items = [world.item(status=Status.FIXING) for _ in range(2)]
    row = world.gather(*items, by=clerk, kind=ListKind.FIX, receiver=None)
    for entry in row.entries.all():
        row.refresh_from_db()
        abstracts.write(
            row.pk,
            entry.pk,
            EntryWords(abstract=words_on(entry.submission)),
            version=row.version,
            keyring=keyring_for(clerk),
            by=clerk,
            at=LATER,
        )
    return row, clerk, items[0], items[1]


def words_on(item: Submission) -> str:
    return f"{SECRET}第{item.number}件"


def keep_out(item: Submission, clerk: StaffUser, world: World) -> None:
    recusing.order(item, clerk, reason="（演示）亲属", by=world.clerk, at=LATER)


def draw_to_the_office(item: Submission, clerk: StaffUser, world: World) -> None:
    """As rerouting leaves it."""
    Submission.objects.filter(pk=item.pk).update(desk=world.intake.office)


@pytest.mark.parametrize("hide", [keep_out, draw_to_the_office])
def test_a_list_shows_only_the_items_that_are_there(world: World, hide: Hide):
    row, clerk, first, second = notice_of_a_team(world)
    client, office = log_in(Client(), clerk), log_in(Client(), world.clerk)
    assert counts_of(client) == ["2"]
    hide(first, clerk, world)
    page = text_of(client.get(row.get_absolute_url()))
    for item, is_there in ((first, False), (second, True)):
        assert (item.display_number in page) == (words_on(item) in page) == is_there
    assert "清单里的信访件（1）" in page and "不移交了" not in page
    assert words_on(first) in text_of(office.get(row.get_absolute_url()))
    assert (counts_of(client), counts_of(office)) == (["1"], ["2"])
    hidden = row.entries.get(submission=first)
    address = f"{LISTS}{row.pk}/entry/{hidden.pk}/"
    row.refresh_from_db()
    assert client.get(address).status_code == 404
    assert client.post(f"{address}out/", {"version": row.version}).status_code == 404
    with pytest.raises(MayNotDo):
        world.do(row, Step.DROP, by=clerk)
    # What was taken out of it is neither shown nor counted.
    TransferEntry.objects.filter(pk=hidden.pk).update(is_out=True)
    assert "另有" not in text_of(client.get(row.get_absolute_url()))
    assert "另有 1 件" in text_of(office.get(row.get_absolute_url()))
    TransferEntry.objects.filter(pk=hidden.pk).update(is_out=False)
    hide(second, clerk, world)
    assert counts_of(client) == [] and counts_of(office) == ["2"]
    nowhere = client.get(f"{LISTS}{world.intake.round.pk}/change/")
    assert client.get(row.get_absolute_url()).status_code == nowhere.status_code != 200
    assert not TransferList.objects.visible_to(clerk).exists()


def test_a_list_of_hidden_items_waits_for_nobody_who_does_not_see_them(world: World):
    row, clerk, first, second = notice_of_a_team(world)
    head = make_clerk(world.intake, world.intake.desks[0], may_approve=True)
    proposed = {"state": ListState.PROPOSED, "proposed_by": clerk}
    TransferList.objects.filter(pk=row.pk).update(**proposed)
    own = Desk.objects.visible_to(head).select_related("round")

    def to_approve() -> list[UUID]:
        return waiting_lists(head, own, LATER.date(), DueLists.read())[Waits.APPROVE]

    assert to_approve() == [row.pk]
    for item in (first, second):
        keep_out(item, head, world)
    assert to_approve() == []
