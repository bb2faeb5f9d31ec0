"""Everybody sees the own last logins and what failed since, and of nobody else."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake.choices import Action, Role
from intake.models import AuditEvent, StaffUser
from intake.staff.entering.own_logins import own_logins
from tests.intake.audit.watching.events_of_people import Done, store
from tests.logging_in import log_in
from tests.making import INSIDE, make_staff
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/logins/"


@dataclass
class World:
    members: list[StaffUser]
    clients: list[Client]


def make_world() -> World:
    members = [make_staff(role) for role in Role]
    return World(members, [log_in(Client(), one) for one in members])


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def test_every_role_sees_the_own_logins_and_of_nobody_else(world: World):
    first, second = world.members[:2]
    at = INSIDE - timedelta(days=3)
    store([Done(Action.LOGIN_FAILED, None, at, second), Done(Action.LOGIN, second, at, second)])
    for member, client in zip(world.members, world.clients, strict=True):
        page = text_of(client.get(PAGE))
        assert "改密码" in page
        assert ("2025-04-12 10:00" in page) == (member == second), member
    assert "这是您留下记录的第一次登录。" in text_of(world.clients[0].get(PAGE))
    assert own_logins(first).failures == 0


def test_failures_since_the_last_login_are_counted_and_older_ones_are_not(world: World):
    user = world.members[0]
    AuditEvent.objects.all().delete()
    days = [INSIDE - timedelta(days=n) for n in (5, 4, 3, 2, 1)]
    failed = (Action.LOGIN_FAILED, Action.LOGIN_LOCKED, Action.NOT_SIGNED)
    store([Done(Action.LOGIN_FAILED, None, days[0], user), Done(Action.LOGIN, user, days[1], user)])
    store([Done(action, None, days[2], user) for action in failed])
    store([Done(Action.LOGIN, user, days[3], user), Done(Action.LOGIN_FAILED, None, days[4], user)])
    store([Done(Action.LOGOUT, user, days[4], user), Done(Action.OPEN, user, days[4], user)])
    told = own_logins(user)
    assert told.before is not None
    assert told.before.at == days[1]
    assert told.failures == 4
    assert [one.is_failure for one in told.entrances] == [
        True,
        False,
        True,
        True,
        True,
        False,
        True,
    ]
    page = text_of(world.clients[0].get(PAGE))
    assert "2025年4月11日 10:00" in page
    assert "一共 4 次" in page


def test_a_flood_of_failures_is_said_to_be_more(world: World):
    user = world.members[0]
    store([Done(Action.LOGIN_FAILED, None, INSIDE, user) for _ in range(100)])
    with CaptureQueriesContext(connection) as asked:
        told = own_logins(user)
    assert len(asked) == 1
    assert told.has_more
    assert "次以上" in text_of(world.clients[0].get(PAGE))


def test_the_start_page_tells_of_the_login_before_and_what_failed_since(
    world: World, settings: Settings
):
    user, first = world.members[0], text_of(world.clients[0].get("/admin/"))
    assert "这是您留下记录的第一次登录。" in first and "没有成功" not in first
    store([Done(Action.LOGIN_FAILED, None, INSIDE, user) for _ in range(2)])
    settings.SIMULATED_NOW = INSIDE + timedelta(days=1)
    again = text_of(log_in(Client(), user).get("/admin/"))
    assert "您上次登录：2025-04-15 10:00。" in again and "有 2 次没有成功" in again
    other = text_of(log_in(Client(), world.members[1]).get("/admin/"))
    assert "您上次登录：2025-04-15 10:00。" in other and "没有成功" not in other


def test_nothing_can_be_asked_for(world: World):
    other = world.members[1]
    assert world.clients[0].get(PAGE, {"user": str(other.pk)}).status_code == 400
