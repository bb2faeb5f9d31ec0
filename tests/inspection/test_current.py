"""What a process remembers of the published round, and for how long."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

import pytest
from pytest_django import DjangoAssertNumQueries
from pytest_django.fixtures import Settings

from inspection import current
from inspection.schedule import WindowState
from tests.making import (
    INSIDE,
    SHANGHAI,
    make_box,
    make_contact,
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


def test_supplements_are_taken_while_the_inspection_runs():
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
