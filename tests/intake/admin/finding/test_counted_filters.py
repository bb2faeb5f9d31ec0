"""What figures lead to: filters that only an address asks, each with what it finds and no more."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection.models import FocusTopic
from intake.admin.finding.counted_filters import ASKED
from intake.choices import Handling, Rank, Status, Topic, Way
from intake.models import Problem, RepeatLink, StaffUser, Submission
from intake.models.codes_field import as_codes
from tests.intake.admin.finding.asking_lists import LIST, AskingLists
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_head, make_intake
from tests.running.standing_world import standing_world
from tests.running.undrawn import undrawn
from tests.staff_work import send

pytestmark = pytest.mark.django_db


@dataclass
class World:
    """Items by a word, and who looks at them."""

    intake: Intake
    items: dict[str, Submission]
    focus: FocusTopic
    head: StaffUser
    team: StaffUser
    client: Client


def make_world() -> World:
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    heading = "（演示）聚焦群众身边的问题"
    focus = FocusTopic.objects.create(round=intake.round, order=1, kind="town", heading=heading)
    child = Problem.objects.get(code="bribery")
    made: dict[str, dict[str, Any]] = {
        "first": {"main_problem": child, "nature": "accusation", "rank": Rank.TOWN},
        "repeat": {"other_problems": as_codes(["integrity"]), "topics": as_codes([Topic.IDEOLOGY])},
        "visit": {"way": Way.VISIT, "people": 5, "signers": 2, "handled_as": Handling.INQUIRE},
        "small": {"way": Way.VISIT, "people": 4, "signers": 1, "focus": focus},
        "done": {"status": Status.CLOSED, "closed_at": INSIDE, "number": 1},
        "voided": {"status": Status.VOIDED, "number": 2},
        "kept": {"status": Status.KEPT, "handled_as": Handling.KEEP, "number": 3},
        "elsewhere": {},
    }
    items = {}
    for days, (name, changes) in enumerate(made.items()):
        target = intake.targets[1 if name == "elsewhere" else 0]
        item = send(intake, target, at=INSIDE - timedelta(days=days))
        Submission.objects.filter(pk=item.pk).update(**changes)
        items[name] = item
    links = {"lead": items["first"], "repeat": items["repeat"]}
    RepeatLink.objects.create(**links, made_by=clerk, made_at=INSIDE)
    team = make_clerk(intake, intake.desks[0])
    return World(intake, items, focus, make_head(intake), team, log_in(Client(), team))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def found(world: World, user: StaffUser, query: str) -> set[str]:
    names = {item.pk: name for name, item in world.items.items()}
    return {names[row.pk] for row in AskingLists(user).listed(query)}


def test_each_choice_finds_its_items(world: World):
    """Of the team's own seven."""
    own = set(world.items) - {"elsewhere"}
    expected = {
        f"counted={world.intake.round.slug}": own - {"voided"},
        "from=2025-04-12": {"first", "repeat", "visit", "small"},
        "until=2025-04-12": own - {"first", "repeat", "visit"},
        "from=2025-04-14&until=2025-04-14": {"repeat"},
        "repeat=first": own - {"repeat"},
        "repeat=lead": {"first"},
        "repeat=repeat": {"repeat"},
        "joint=yes": {"visit"},
        "gathering=yes": {"visit"},
        "progress=done": {"done"},
        "progress=resting": {"kept"},
        "progress=running": own - {"done", "kept"},
        "unjudged=nature": own - {"first"},
        "unjudged=problem": own - {"first", "repeat"},
        "unjudged=rank": own - {"first"},
        "unjudged=handling": own - {"visit", "kept"},
        "rank=town": {"first"},
        "topic=ideology": {"repeat"},
        "main_problem=bribery": {"first"},
        "main_problem=duty_crime": {"first"},
        "main_problem=integrity": set(),
        "problem=integrity": {"repeat"},
        "problem=duty_crime": {"first"},
        f"focus={world.focus.pk}": {"small"},
        "focus=none": own - {"small"},
        "target=else": set(),
        f"desk={world.intake.desks[0].pk}": own,
    }
    assert {query: found(world, world.team, query) for query in expected} == expected
    assert {one.parameter for one in ASKED} <= {query.partition("=")[0] for query in expected}


def test_what_no_figure_asks_is_a_plain_400(world: World):
    """Of each of them: no other value, and nothing of another desk or round."""
    other = make_intake().round
    values = (
        "",
        "x",
        "0",
        "987654",
        "2025-4-1",
        "1999-12-31",
        "2100-01-01",
        "２０２５-04-01",
        other.slug,
    )
    asked = [f"{one.parameter}={value}" for one in ASKED for value in values]
    asked += ["from=2025-04-01&from=2025-04-02", "from__gte=2025-04-01", "repeats=first"]
    asked += [f"desk={world.intake.desks[1].pk}", f"desk={world.intake.office.pk}"]
    client = undrawn(world.client)
    assert {query for query in asked if client.get(f"{LIST}?{query}").status_code != 400} == set()


def test_the_heads_desk_is_in_no_figure(world: World):
    item = send(world.intake, about_inspectors=True)
    world.items["of inspectors"] = item
    assert item.desk == world.intake.head
    assert "of inspectors" in found(world, world.head, "")
    counted = found(world, world.head, f"counted={world.intake.round.slug}")
    assert counted == set(world.items) - {"voided", "of inspectors"}


def test_they_cost_nothing_before_they_are_asked_for(world: World):
    with CaptureQueriesContext(connection) as queries:
        page = world.client.get(LIST)
    tables = ("intake_problem", "inspection_focustopic")
    assert not [one["sql"] for one in queries if any(table in one["sql"] for table in tables)]
    assert "还没有判定" not in page.content.decode()
    assert "还没有判定" in world.client.get(f"{LIST}?unjudged=rank").content.decode()
