"""A clerk's saved filters: kept under the own key, applied by one press, and nobody else's."""

from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.finding.filters_page import NOT_OFFERED, NOTHING_ASKED
from intake.casework import saved_filters
from intake.casework.saved_filters import LONGEST_NAME, MOST
from intake.models import OwnFilters, StaffUser
from tests.intake.test_canary import assert_holds_none, dump, sessions
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

START, LIST, FILTERS = "/admin/", "/admin/intake/submission/", "/admin/filters/"
ASKED = "status__exact=unregistered&q=%E9%87%91%E4%B8%9D%E9%9B%80%E9%95%87&o=2"
SAVE = f"{FILTERS}?_changelist_filters={quote(ASKED + '&p=1', safe='')}"
CANARY = ("金丝雀", "%E9%87%91")


@dataclass
class World:
    intake: Intake
    clerk: StaffUser
    client: Client
    colleague: Client


def make_world() -> World:
    intake = make_intake()
    send(intake, intake.targets[0])
    clerk, colleague = (make_clerk(intake, intake.desks[0]) for _ in range(2))
    return World(intake, clerk, log_in(Client(), clerk), log_in(Client(), colleague))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def save(world: World, name: str = "金丝雀镇的") -> str:
    answer = world.client.post(SAVE, {"name": name})
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?{ASKED}")
    return saved_filters.saved_by(keyring_for(world.clerk))[-1].key


def test_what_was_saved_is_one_press_away_on_list_and_start_page_and_nobody_elses(world: World):
    link = f"{FILTERS}{save(world)}/"
    for page in (LIST, START):
        assert f'href="{link}">金丝雀镇的</a>' in text_of(world.client.get(page))
        assert link not in text_of(world.colleague.get(page))
    answer = world.client.get(link)
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}?{ASKED}")
    assert world.client.get(answer["Location"]).status_code == 200
    assert world.colleague.get(link).status_code == 404
    for deed in ("rename", "delete"):
        assert world.colleague.post(f"{link}{deed}/", {"name": "别人的"}).status_code == 404
    assert len(saved_filters.saved_by(keyring_for(world.clerk))) == 1


def test_it_is_renamed_and_deleted(world: World):
    link = f"{FILTERS}{save(world)}/"
    assert world.client.post(f"{link}rename/", {"name": " 每天  看的 "}).status_code == 302
    assert "每天 看的" in text_of(world.client.get(FILTERS))
    assert world.client.post(f"{link}delete/").status_code == 302
    assert "还没有存下的" in text_of(world.client.get(FILTERS))


def test_what_does_not_fit_is_said(world: World):
    key = save(world, "甲")
    for name in ("", "\u200b ", "甲", "长" * (LONGEST_NAME + 1)):
        assert world.client.post(SAVE, {"name": name}).status_code == 422, name
    assert NOTHING_ASKED in text_of(world.client.post(FILTERS, {"name": "乙"}))
    strange = f"{FILTERS}?_changelist_filters=sealed__contains%3Da"
    assert world.client.post(strange, {"name": "乙"}).status_code == 422
    keyring = keyring_for(world.clerk)
    saved_filters.rename(key, "甲", keyring=keyring, at=INSIDE)
    for number in range(MOST - 1):
        saved_filters.save(f"第{number}个", ASKED, keyring=keyring, at=INSIDE)
    full = world.client.post(SAVE, {"name": "再一个"})
    assert full.status_code == 422 and str(MOST) in text_of(full)


def test_a_filter_that_the_list_has_no_more_is_said_and_not_applied(world: World):
    for asked in ("desk=1", "target=999999", "gone=1"):
        kept = saved_filters.save(asked, asked, keyring=keyring_for(world.clerk), at=INSIDE)
        answer = world.client.get(f"{FILTERS}{kept.key}/", follow=True)
        assert answer.redirect_chain == [(FILTERS, 302)]
        assert NOT_OFFERED in text_of(answer)


def test_neither_name_nor_words_stand_anywhere_in_clear_and_another_key_opens_none(world: World):
    link = f"{FILTERS}{save(world)}/"
    world.client.get(link)
    world.client.post(f"{link}rename/", {"name": "金丝雀乡的"})
    for text in sessions():
        assert_holds_none(CANARY, text, "a session")
    for table, row in dump():
        assert_holds_none(CANARY, row, table)
    OwnFilters.objects.update(user=StaffUser.objects.exclude(pk=world.clerk.pk).get())
    assert "还没有存下的" in text_of(world.colleague.get(FILTERS))
