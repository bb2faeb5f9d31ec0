"""Who else has an item open: members of the own desk, while their session lives."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError
from pytest_django import DjangoAssertNumQueries

from intake.casework.writing import opened_with
from intake.models import Presence, StaffUser, Submission
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.staff_work import send

pytestmark = pytest.mark.django_db

IDLE = timedelta(seconds=settings.SESSION_COOKIE_AGE)
LI, WANG = "李（演示）", "王（演示）"


@pytest.fixture
def intake() -> Intake:
    return make_intake()


@pytest.fixture
def item(intake: Intake) -> Submission:
    return send(intake, intake.targets[0])


def seen_by(
    user: StaffUser, *items: Submission, after: timedelta = timedelta(0)
) -> list[list[str]]:
    keys = [item.pk for item in items]
    found = opened_with.others(keys, beside=user, real_at=INSIDE + after)
    return [found.get(key, []) for key in keys]


def test_a_colleague_at_the_own_desk_is_named_and_nobody_oneself(intake: Intake, item: Submission):
    li = make_clerk(intake, intake.desks[0], full_name=LI)
    wang = make_clerk(intake, intake.desks[0], full_name=WANG)
    opened_with.note(item, by=li, real_at=INSIDE)
    assert seen_by(wang, item) == [[LI]]
    assert seen_by(li, item) == [[]]
    opened_with.note(item, by=wang, real_at=INSIDE + timedelta(seconds=1))
    assert seen_by(li, item) == [[WANG]]
    li.is_active = False
    li.save()
    assert seen_by(wang, item) == [[]]


def test_no_desk_sees_another_s(intake: Intake, item: Submission):
    """The office looks into a team's item: only the office is told, and not of the team either."""
    team = make_clerk(intake, intake.desks[0], full_name=LI)
    office = make_clerk(intake, intake.office, full_name=WANG)
    colleague = make_clerk(intake, intake.office)
    opened_with.note(item, by=team, real_at=INSIDE)
    opened_with.note(item, by=office, real_at=INSIDE)
    assert seen_by(team, item) == [[]]
    assert seen_by(office, item) == [[]]
    assert seen_by(colleague, item) == [[WANG]]


def test_it_goes_with_the_session(intake: Intake, item: Submission):
    li = make_clerk(intake, intake.desks[0], full_name=LI)
    wang = make_clerk(intake, intake.desks[0])
    opened_with.note(item, by=li, real_at=INSIDE)
    assert seen_by(wang, item, after=IDLE - timedelta(seconds=1)) == [[LI]]
    assert seen_by(wang, item, after=IDLE) == [[]]
    opened_with.keep_alive(li, real_at=INSIDE + timedelta(minutes=10))
    assert seen_by(wang, item, after=IDLE) == [[LI]]
    opened_with.leave_all(li)
    assert seen_by(wang, item) == [[]]
    opened_with.note(item, by=li, real_at=INSIDE)
    opened_with.note(item, by=wang, real_at=INSIDE + 2 * IDLE)
    assert [row.user for row in Presence.objects.all()] == [wang]


def test_leaving_a_page_does_not_take_away_one_that_was_opened_since(
    intake: Intake, item: Submission
):
    li = make_clerk(intake, intake.desks[0])
    opened_with.note(item, by=li, real_at=INSIDE)
    opened_with.note(item, by=li, real_at=INSIDE + timedelta(seconds=1))
    opened_with.leave(item.pk, by=li, opened_at=INSIDE)
    assert Presence.objects.count() == 1
    opened_with.leave(item.pk, by=li, opened_at=INSIDE + timedelta(seconds=1))
    assert not Presence.objects.exists()


def test_a_page_of_items_takes_one_query(
    intake: Intake, item: Submission, django_assert_num_queries: DjangoAssertNumQueries
):
    li, wang = (make_clerk(intake, intake.desks[0], full_name=LI) for _ in range(2))
    other = send(intake, intake.targets[0])
    for one in (item, other):
        opened_with.note(one, by=li, real_at=INSIDE)
    with django_assert_num_queries(1):
        assert seen_by(wang, item, other) == [[LI], [LI]]


def test_one_person_opens_an_item_once(intake: Intake, item: Submission):
    li = make_clerk(intake, intake.desks[0])
    values = {"user": li, "submission": item, "desk": item.desk}
    moments = {"opened_at": INSIDE, "seen_at": INSIDE}
    Presence.objects.create(**values, **moments)
    with pytest.raises(IntegrityError):
        Presence.objects.create(**values, **moments)
