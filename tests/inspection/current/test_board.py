"""What a process remembers of the published round, and for how long."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

import pytest
from django.db import transaction
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from inspection import current
from inspection.models import FocusTopic, Team, WorkCalendarDay
from inspection.schedule import WindowState
from intake.sealing.sealing import new_identity
from tests.making import (
    INSIDE,
    SHANGHAI,
    make_box,
    make_contact,
    make_desk,
    make_round,
    make_target,
    make_team,
)

pytestmark = pytest.mark.django_db
MIDNIGHT = datetime(2025, 6, 21, tzinfo=SHANGHAI)


@pytest.fixture(autouse=True)
def remembering(settings: Settings) -> Iterator[None]:
    settings.NOTICE_MAX_AGE_SECONDS = 3600
    current.forget()
    yield
    current.forget()


def test_nothing_published_is_none():
    assert current.current_round(INSIDE) is None


def test_a_second_reading_asks_the_database_nothing(
    django_assert_num_queries: DjangoAssertNumQueries,
):
    team = make_team(make_round())
    target = make_target(team)
    make_box(team.round, target=target, team=team)
    make_contact(team.round, team=team)
    first = current.current_round(INSIDE)

    with django_assert_num_queries(0):
        again = current.current_round(INSIDE + timedelta(seconds=1))
        assert again is not None
        assert again is first
        assert again.target(target.code) == target
        assert again.boxes[0].target.team.round == team.round  # type: ignore[union-attr]
        assert again.contacts[0].team == team
        assert again.targets[0].team.window().contains(INSIDE)


def test_reads_again_when_it_may_not_remember(settings: Settings):
    settings.NOTICE_MAX_AGE_SECONDS = 0
    round_ = make_round()
    current.current_round(INSIDE)
    round_.title = "更正后的标题"
    round_.save()

    published = current.current_round(INSIDE)

    assert published is not None
    assert published.round.title == "更正后的标题"


@pytest.mark.parametrize("moment", [MIDNIGHT, datetime(2025, 3, 28, tzinfo=SHANGHAI)])
def test_never_remembers_across_the_end_of_a_window(moment: datetime):
    make_round()
    before = current.current_round(moment - timedelta(microseconds=1))

    after = current.current_round(moment)

    assert before is not after


def test_never_remembers_across_the_end_of_another_round():
    make_round(title="甲")
    make_round(title="乙", accepts_until=date(2025, 7, 1))
    first = current.current_round(datetime(2025, 7, 1, 23, 59, tzinfo=SHANGHAI))
    before = current.current_round(INSIDE)

    after = current.current_round(MIDNIGHT)

    assert first is not before
    assert before is not after


def test_the_window_lasts_until_the_latest_team_is_done():
    round_ = make_round()
    make_team(round_, accepts_until=date(2025, 5, 1))
    make_team(round_, accepts_until=date(2025, 6, 25))

    published = current.current_round(INSIDE)

    assert published is not None
    assert published.window.last_day == date(2025, 6, 25)
    assert published.state(MIDNIGHT) == WindowState.OPEN


def test_the_inspection_runs_until_its_last_possible_day():
    make_round()
    published = current.current_round(INSIDE)

    assert published is not None
    assert published.is_running(datetime(2025, 6, 30, 23, 59, tzinfo=SHANGHAI))
    assert not published.is_running(datetime(2025, 7, 1, 0, 0, tzinfo=SHANGHAI))


def test_what_was_read_last_needs_no_database(django_assert_num_queries: DjangoAssertNumQueries):
    assert current.last_read() is None
    make_round()
    published = current.current_round(INSIDE)

    with django_assert_num_queries(0):
        assert current.last_read() is published


def test_asks_only_for_the_edition_as_long_as_nothing_changed(
    settings: Settings, django_assert_num_queries: DjangoAssertNumQueries
):
    settings.NOTICE_MAX_AGE_SECONDS = 0
    make_team(make_round())
    first = current.current_round(INSIDE)

    with django_assert_num_queries(1):
        again = current.current_round(INSIDE)

    assert again is first


CHANGES: dict[str, Callable[[Team], object]] = {
    "saved": lambda team: team.save(),
    "many updated": lambda team: Team.objects.filter(pk=team.pk).update(series="甲"),
    "many updated through the round": lambda team: team.round.teams.update(series="甲"),
    "many saved": lambda team: Team.objects.bulk_update([team], ["series"]),
    "many created": lambda team: Team.objects.bulk_create([Team(round=team.round, order=9)]),
    "deleted": lambda team: team.delete(),
    "many deleted": lambda team: Team.objects.filter(pk=team.pk).delete(),
    "a round": lambda team: team.round.save(),
    "a body": make_target,
    "a box": lambda team: make_box(team.round),
    "a contact": lambda team: make_contact(team.round),
    "a topic": lambda team: FocusTopic.objects.create(round=team.round, order=1, heading="甲"),
    "a working day": lambda team: WorkCalendarDay.objects.create(
        date=date(2027, 1, 1), is_workday=False
    ),
    "a desk": lambda team: make_desk(team.round, team, new_identity()),
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_every_change_of_an_announced_fact_is_read(
    settings: Settings, change: Callable[[Team], object]
):
    settings.NOTICE_MAX_AGE_SECONDS = 0
    team = make_team(make_round())
    before = current.current_round(INSIDE)

    change(team)

    assert current.current_round(INSIDE) is not before


def test_a_change_taken_back_is_not_announced(settings: Settings):
    settings.NOTICE_MAX_AGE_SECONDS = 0
    round_ = make_round()
    before = current.current_round(INSIDE)

    with transaction.atomic():
        round_.save()
        transaction.set_rollback(True)

    assert current.current_round(INSIDE) is before


def test_what_is_made_once_stays_bounded():
    make_round()
    published = current.current_round(INSIDE)
    assert published is not None

    made = [published.remember(number, object) for number in range(current.MOST_REMEMBERED)]

    assert published.remember(0, object) is made[0]
    assert published.remember("one more", object) is published.remember("one more", object)
    assert published.remember(0, object) is not made[0]
