"""The page of a search inside: hits as they come, escaped and marked, for each role its own."""

import logging
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from intake.admin.finding import search_page
from intake.admin.finding.search_page import GONE
from intake.admin.finding.search_pieces import ENDS
from intake.casework.looking_inside.look import Why
from intake.choices import Action, Role
from intake.models import AuditEvent, RunningSearch, StaffUser, Submission
from tests.intake.test_canary import assert_holds_none, dump, sessions
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake, make_staff
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

SEARCH = "/admin/search/"
CANARY = "金丝雀歌"


@dataclass
class World:
    """A letter at each team; everybody is logged in."""

    intake: Intake
    letters: list[Submission]
    team: Client
    office: Client
    auditor: Client
    administrator: Client


def make_world() -> World:
    intake = make_intake()
    words = f"的事<script>alert(1)</script>，{CANARY}唱得很响，村里人都听见了"
    letters = [
        send(intake, target, narrative=f"单建{end}{words}", at=INSIDE + timedelta(minutes=place))
        for place, (target, end) in enumerate(zip(intake.targets, "国军", strict=True))
    ]
    members = [
        make_clerk(intake, intake.desks[0]),
        make_clerk(intake, intake.office),
        make_staff(Role.AUDITOR),
        make_staff(Role.ADMINISTRATOR),
    ]
    return World(intake, letters, *(log_in(Client(), member) for member in members))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Any) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def pieces(client: Client, words: str, way: str = "", **more: str) -> list[str]:
    response = client.post(f"{SEARCH}{way}", {"words": words, **more})
    assert response.status_code == 200 and response.streaming
    assert "no-store" in response["Cache-Control"] and response["X-Accel-Buffering"] == "no"
    return [piece.decode() for piece in response]


def test_each_desk_is_shown_its_own_items_with_the_words_marked_and_escaped(world: World):
    whole = "".join(pieces(world.team, "单建国"))
    mine, theirs = (letter.get_absolute_url() for letter in world.letters)
    assert f'<a href="{mine}" target="_blank" rel="noopener">' in whole and theirs not in whole
    assert "<mark>单建国</mark>的事&lt;script&gt;" in whole and "<script>alert" not in whole
    assert 'data-opened="1" data-found="1"' in whole and ENDS[Why.COMPLETE][1] in whole
    assert whole.rstrip().endswith("</html>")
    of_office = "".join(pieces(world.office, "单建国"))
    assert of_office.index(theirs) < of_office.index(mine)
    assert "差一个字" in of_office and 'data-opened="2" data-found="2"' in of_office


def test_a_search_stays_within_the_list_that_it_was_started_from(world: World):
    desk = world.intake.desks[1].pk
    whole = "".join(pieces(world.office, "单建国", f"?_changelist_filters=desk%3D{desk}"))
    assert 'data-opened="1" data-found="1"' in whole
    assert world.letters[1].get_absolute_url() in whole
    link = f"{SEARCH}?_changelist_filters=desk%3D{desk}"
    assert link in text_of(world.office.get(f"/admin/intake/submission/?desk={desk}"))
    assert f'href="{SEARCH}"' in text_of(world.office.get("/admin/intake/submission/"))
    gone = world.office.post(f"{SEARCH}?_changelist_filters=desk%3D99999", {"words": "单建国"})
    assert gone.status_code == 422 and GONE in text_of(gone)
    assert AuditEvent.objects.filter(action=Action.SEARCH_SEALED).count() == 1


def test_a_search_that_found_enough_goes_on_behind_its_last_hit(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(search_page, "MOST_HITS", 1)
    first = "".join(pieces(world.office, "单建国"))
    newer, older = (letter.get_absolute_url() for letter in reversed(world.letters))
    assert newer in first and older not in first and ENDS[Why.ENOUGH][1] in first
    (after,) = re.findall(r'form="look" name="after" value="([^"]+)"', first)
    assert after == str(world.letters[1].pk)
    rest = "".join(pieces(world.office, "单建国", after=after))
    assert older in rest and newer not in rest and 'data-opened="1"' in rest
    # One that is not there any more, and what is no key: from the beginning.
    for gone in (str(uuid4()), "x"):
        assert newer in "".join(pieces(world.office, "单建国", after=gone))


@pytest.mark.parametrize("words", ["", "，。", "单", "长" * 10_000])
def test_what_cannot_be_looked_for_is_said_beside_the_field(world: World, words: str):
    response = world.team.post(SEARCH, {"words": words})
    assert response.status_code == 422 and 'aria-invalid="true"' in text_of(response)
    assert not AuditEvent.objects.filter(action=Action.SEARCH_SEALED).exists()


def test_neither_auditor_nor_administrator_search_and_no_address_carries_words(world: World):
    for client in (world.auditor, world.administrator):
        assert client.post(SEARCH, {"words": "单建国"}).status_code == 403
        assert client.post(f"{SEARCH}stop/").status_code == 403
    assert world.team.get(f"{SEARCH}?words=x").status_code == 400


def test_whoever_logs_out_meanwhile_is_shown_nothing_more_and_told_so(world: World):
    answer = iter(world.team.post(SEARCH, {"words": "单建国"}))
    assert 'id="stop-search"' in next(answer).decode()
    world.team.post("/admin/logout/")
    rest = "".join(piece.decode() for piece in answer)
    assert ENDS[Why.LOGGED_OUT][1] in rest and "<mark>" not in rest
    (event,) = AuditEvent.objects.filter(action=Action.SEARCH_SEALED)
    assert event.detail == {"searched": 1, "desks": 1}
    lost = world.team.post(SEARCH, {"words": "单建国"})
    assert lost.status_code == 403 and "单建国" in text_of(lost)


def test_a_press_stops_the_own_search_and_nobody_elses(world: World):
    member = StaffUser.objects.get(role=Role.OFFICE)
    RunningSearch.objects.create(
        user=member, round=world.intake.round, began_at=INSIDE, seen_at=INSIDE
    )
    assert world.team.post(f"{SEARCH}stop/").status_code == 204
    assert not RunningSearch.objects.get().is_stopped
    assert world.office.post(f"{SEARCH}stop/").status_code == 204
    assert RunningSearch.objects.get().is_stopped


def test_the_words_are_found_nowhere_in_clear(world: World, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    assert "<mark>" in "".join(pieces(world.office, CANARY))
    for text in sessions():
        assert_holds_none((CANARY,), text, "a session")
    for table, row in dump():
        assert_holds_none((CANARY,), row, table)
    assert_holds_none((CANARY,), caplog.text, "the log")
