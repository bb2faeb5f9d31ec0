"""'李也打开着这一件' on every page that opens an item, for the own desk, until it is left."""

import re
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.fixtures import Settings

from intake.models import Presence
from tests.intake.casework.transfers.list_world import LATER, make_world
from tests.logging_in import log_in
from tests.making import make_clerk
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LI = "李（演示）"
WORDS = f"{LI}也打开着这一件"
ITEMS = "/admin/intake/submission/"


@dataclass
class World:
    """Two clerks of the office and one of the items' team; `pages` of items by what they are."""

    li: Client
    wang: Client
    team: Client
    pages: dict[str, str]


def make() -> World:
    lists = make_world()
    waiting, item = send(lists.intake, lists.intake.targets[0]), lists.item()
    row = lists.gather(item)
    pages = {
        "registering": reverse("admin:intake_submission_web", args=[waiting.pk]),
        "correcting": reverse("admin:intake_submission_correct", args=[item.pk]),
        "repeats": reverse("admin:intake_submission_repeats", args=[item.pk]),
        "abstract": f"/admin/intake/transferlist/{row.pk}/entry/{row.entries.get().pk}/",
    }
    li, wang = (
        make_clerk(lists.intake, lists.intake.office, full_name=name) for name in (LI, "王")
    )
    team = make_clerk(lists.intake, item.desk)
    li_in, wang_in, team_in = (log_in(Client(), one) for one in (li, wang, team))
    return World(li_in, wang_in, team_in, pages)


standing = standing_world(make, at=LATER)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = LATER
    return standing()


@pytest.mark.parametrize("name", ["registering", "correcting", "repeats", "abstract"])
def test_whoever_else_opens_it_is_told_until_the_page_is_left(world: World, name: str):
    page = world.pages[name]
    mine = world.li.get(page)
    assert mine.status_code == 200 and WORDS not in text_of(mine)
    assert WORDS in text_of(world.wang.get(page))
    assert WORDS in text_of(world.wang.get(ITEMS))
    assert WORDS not in text_of(world.team.get(ITEMS))
    found = re.search(r'data-leave="([^"]*)" data-opened="([^"]*)"', mine.content.decode())
    assert found and "intake/leaving" in mine.content.decode()
    assert world.li.post(found[1], {"opened": found[2]}).status_code == 204
    assert WORDS not in text_of(world.wang.get(page))


def test_it_goes_with_the_session(world: World):
    world.li.get(world.pages["registering"])
    assert Presence.objects.filter(user__full_name=LI).exists()
    world.li.post(reverse("admin:logout"))
    assert not Presence.objects.filter(user__full_name=LI).exists()
