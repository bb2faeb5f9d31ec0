"""甄别: what an item is, chosen from lists; every change is told with old and new."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.models import FocusTopic
from intake import audit
from intake.choices import Action, Scope
from intake.choices.deadline_lists import RuleCode
from intake.models import AuditEvent, Problem, Submission
from tests.intake.casework.moving.world import World, inquiring, make_world, now, registered
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk
from tests.sending import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


@pytest.fixture
def world() -> World:
    return make_world()


def judge(client: Client, item: Submission, **typed: Any) -> HttpResponse:
    values = {
        "version": item.version,
        "scope": "in",
        "nature": "accusation",
        "signature": "anonymous",
        **typed,
    }
    return client.post(f"{LIST}{item.pk}/judge/", values)


def code(name: str) -> Problem:
    return Problem.objects.get(code=name)


def test_everything_that_is_judged_is_stored_and_told(world: World):
    item, client = registered(world), log_in(Client(), world.clerk)
    focus = FocusTopic.objects.create(
        round=world.intake.round, order=1, kind="town", heading="聚焦基层（演示）"
    )
    answer = judge(
        client,
        item,
        main_problem=code("bribery").pk,
        other_problems=["bribery", "masses", "work"],
        focus=focus.pk,
        topics=["personnel", "eight_rules"],
        signature="named_checked",
        rank="town",
        is_important="on",
    )
    assert answer.status_code == 302
    item = now(item)
    # The main problem is none of the others.
    assert (item.main_problem, item.other_problems) == (code("bribery"), "|masses|work|")
    assert (item.topics, item.focus, item.is_important) == ("|personnel|eight_rules|", focus, True)
    page = text_of(client.get(f"{LIST}{item.pk}/change/"))
    for words in ("职务违法犯罪·贪污贿赂", "群众纪律、工作纪律", "聚焦基层", "选人用人"):
        assert words in page
    event = AuditEvent.objects.get(action=Action.JUDGE)
    assert event.detail == {
        "nature": "accusation",
        "main_problem": "职务违法犯罪·贪污贿赂",
        "other_problems": "群众纪律、工作纪律",
        "focus": str(focus),
        "topics": "personnel,eight_rules",
        "from_signature": "anonymous",
        "signature": "named_checked",
        "rank": "town",
        "from_is_important": "no",
        "is_important": "yes",
    }
    assert ("重要件", "是") in list(audit.details_of(event))
    assert audit.verify().is_sound


def test_the_nature_decides_the_clock(world: World):
    item, client = inquiring(world), log_in(Client(), world.clerk)
    assert item.deadline_rule == ""
    judge(client, item, nature="appeal", main_problem=code("integrity").pk)
    assert now(item).deadline_rule == RuleCode.SETTLE.value
    assert audit.verify().is_sound


def test_what_stays_as_it_is_leaves_no_event(world: World):
    item, client = registered(world), log_in(Client(), world.clerk)
    judge(client, item, nature="")
    assert not AuditEvent.objects.filter(action=Action.JUDGE).exists()
    assert now(item).version == item.version


@pytest.mark.parametrize(
    "typed",
    [
        {"scope": "nonsense"},
        {"main_problem": "0"},
        {"other_problems": ["nonsense"]},
        {"topics": ["\x00"]},
        {"focus": "x"},
        {"version": ""},
    ],
)
def test_only_what_the_lists_offer_can_be_chosen(world: World, typed: dict[str, Any]):
    item, client = registered(world), log_in(Client(), world.clerk)
    answer = judge(client, item, rank="town", **typed)
    assert answer.status_code == 422
    assert 'value="town" selected' in text_of(answer)
    assert now(item).version == item.version


def test_the_later_saver_sees_field_by_field_what_changed(world: World):
    item, client = registered(world), log_in(Client(), world.clerk)
    judge(log_in(Client(), world.head), item, rank="county")
    late = judge(client, item, rank="town")
    page = text_of(late)
    assert late.status_code == 409
    assert "<td>县处级</td><td>乡科级</td>" in page
    assert page.count("<td>") == 2
    # Whoever sent the same as what stands is led on: there is nothing to decide.
    assert judge(client, item, rank="county").status_code == 302
    assert judge(client, now(item), rank="town").status_code == 302
    assert now(item).rank == "town"


def test_what_the_later_saver_did_not_touch_is_as_the_first_left_it(world: World):
    item, client = registered(world), log_in(Client(), world.clerk)
    shown = sent_back(client.get(f"{LIST}{item.pk}/change/").context["judging_form"])
    judge(log_in(Client(), world.head), item, nature="", topics=["personnel"], rank="county")
    late: Any = judge(client, item, **shown, signature="named_checked", nature="")
    assert late.status_code == 409
    again = {**dict(late.context["form"].data.lists()), "version": now(item).version}
    assert client.post(f"{LIST}{item.pk}/judge/", again).status_code == 302
    item = now(item)
    assert (item.topics, item.rank, item.signature) == ("|personnel|", "county", "named_checked")


def sent_back(form: Any) -> dict[str, Any]:
    """What the page shows in its hidden fields."""
    hidden = re.findall(r'type="hidden" name="(initial-[^"]+)" value="([^"]*)"', str(form))
    assert "initial-scope" in dict(hidden)
    return dict(hidden)


def test_a_problem_that_was_taken_out_stays_where_it_is_and_is_offered_nowhere_else(world: World):
    item, other = registered(world), registered(world)
    client = log_in(Client(), world.clerk)
    judge(client, item, main_problem=code("life").pk)
    Problem.objects.filter(code="life").update(is_active=False)
    assert judge(client, now(item), main_problem=code("life").pk, rank="town").status_code == 302
    assert judge(client, other, main_problem=code("life").pk).status_code == 422


def test_another_desk_cannot_judge_it(world: World):
    item = registered(world)
    stranger = log_in(Client(), make_clerk(world.intake, world.intake.desks[1]))
    assert judge(stranger, item, scope="out").status_code == 404
    assert now(item).scope == Scope.IN
