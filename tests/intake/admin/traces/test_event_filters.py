"""The auditor's list is narrowed by days, sorts, places and one row, and refuses all else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake import audit
from intake.admin.items.list_paging import BoundedPaginator
from intake.admin.traces.days_form import NO_DAY, REVERSED
from intake.admin.traces.event_list import AuditEventAdmin
from intake.choices import Action, Role
from intake.models import AuditEvent, StaffUser, Submission
from tests.logging_in import log_in
from tests.making import INSIDE, SHANGHAI, Intake, make_clerk, make_intake, make_staff
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

EVENTS = "/admin/intake/auditevent/"
FIND = f"{EVENTS}find/"


@dataclass
class World:
    """An item that two clerks opened on two days; one of them took something out."""

    intake: Intake
    other: Intake
    item: Submission
    clerks: list[StaffUser]
    auditor: Client


def record(action: Action, by: StaffUser, at: datetime, item: Submission, **detail: str) -> None:
    with transaction.atomic():
        audit.record(action, by=by, at=at, obj=item, desk=item.desk, **detail)


def make_world() -> World:
    intake, other = make_intake(), make_intake(title="二届市委第一轮巡察公告")
    item, far = send(intake, intake.targets[0]), send(other, other.targets[0])
    clerks = [make_clerk(intake, intake.desks[0], username=name) for name in ("wang-yi", "li-er")]
    # The last moment of a day in Shanghai, and the first of the next.
    last = datetime(2025, 4, 10, 23, 59, 59, tzinfo=SHANGHAI)
    record(Action.OPEN, clerks[0], last, item)
    record(Action.OPEN, clerks[1], last + timedelta(seconds=1), item)
    record(Action.OPEN, clerks[1], last + timedelta(days=2), far)
    record(Action.SHOW_REPORTER, clerks[0], INSIDE, item, asked_for="asking")
    return World(intake, other, item, clerks, log_in(Client(), make_staff(Role.AUDITOR)))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def shown(world: World, **asked: str) -> list[AuditEvent]:
    answer = world.auditor.get(EVENTS, asked)
    assert answer.status_code == 200, text_of(answer)
    return list(reversed(answer.context["cl"].result_list))


def test_the_days_are_those_of_the_round_s_clocks(world: World):
    wang, li = world.clerks
    assert [event.actor for event in shown(world, sort="read", until="2025-04-10")] == [wang]
    first, *_ = shown(world, sort="read", since="2025-04-11")
    assert first.actor == li
    both = shown(world, sort="read", since="2025-04-10", until="2025-04-11")
    assert [event.actor for event in both] == [wang, li]
    assert shown(world, since="2025-04-11", until="2025-04-10") == []


def test_one_row_one_round_and_one_desk(world: World):
    about = f"submission.{world.item.pk}"
    assert len(shown(world, about=about)) == 3
    assert len(shown(world, about=about, actor__id__exact=str(world.clerks[0].pk))) == 2
    assert len(shown(world, place=f"round-{world.other.round.pk}", sort="read")) == 1
    assert len(shown(world, place=f"desk-{world.intake.desks[0].pk}", sort="read")) == 3
    assert len(shown(world, q=world.item.pk.hex)) == 3
    assert {event.actor for event in shown(world, q="li-er", sort="read")} == {world.clerks[1]}


@pytest.mark.parametrize(
    "asked",
    [
        {"since": "2025-02-30"},
        {"since": "20250410"},
        {"until": ""},
        {"until": "9999-12-31"},
        {"sort": "all"},
        {"place": "round-0"},
        {"about": "submission.1"},
        {"about": f"staffuser.{2**64}"},
        {"about": "staffuser.１"},
        {"about": "session.1"},
        {"at__gte": "2025-04-10"},
        {"actor__password": "x"},
    ],
)
def test_what_fits_no_filter_is_a_plain_400(world: World, asked: dict[str, str]):
    assert world.auditor.get(EVENTS, asked).status_code == 400


def test_the_form_leads_to_the_list_of_what_was_asked(world: World):
    wang = world.clerks[0]
    asked = {"q": "wang", "actor": str(wang.pk), "since": "2025-04-01", "until": "2025-04-10"}
    asked |= {"sort": "read", "action": "open", "place": f"desk-{world.intake.desks[0].pk}"}
    answer = world.auditor.get(FIND, asked, follow=True)
    assert answer.redirect_chain
    assert [event.actor for event in answer.context["cl"].result_list] == [wang]
    assert "查找操作" in text_of(world.auditor.get(FIND))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2025-05-01", "until": "2025-04-01"}, REVERSED),
        ({"since": "五月"}, NO_DAY),
        ({"until": "9999-12-31"}, NO_DAY),
    ],
)
def test_bad_days_are_said_at_their_field(world: World, asked: dict[str, str], sentence: str):
    answer = world.auditor.get(FIND, asked)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_a_log_without_end_is_counted_no_further_than_its_bound(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    """No page counts a million rows; what lies behind the counted ones is reached page by page."""
    monkeypatch.setattr(AuditEventAdmin, "list_per_page", 5)
    monkeypatch.setattr(BoundedPaginator, "most", 10)
    for place in range(20):
        record(Action.OPEN, world.clerks[place % 2], INSIDE, world.item)
    with CaptureQueriesContext(connection) as asked:
        first = world.auditor.get(EVENTS)
    counts = [one["sql"] for one in asked if one["sql"].startswith("SELECT COUNT(*)")]
    assert len(counts) == 1 and counts[0].endswith("LIMIT 11) subquery")
    assert "超过 10 条，没有全数" in text_of(first) and "p=2" in text_of(first)
    every = list(AuditEvent.objects.order_by("-sequence").values_list("pk", flat=True))
    shown: list[int] = []
    for page in range(1, (len(every) + 4) // 5 + 1):
        listed = world.auditor.get(EVENTS, {"p": page})
        shown += [event.pk for event in listed.context["cl"].result_list]
        assert (f"p={page + 1}" in text_of(listed)) == (len(shown) < len(every)), page
    assert shown == every
    assert world.auditor.get(EVENTS, {"p": page + 1}).status_code in (302, 400)
