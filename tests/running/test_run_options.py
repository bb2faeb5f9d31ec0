"""What runs on PostgreSQL too: every test that may touch the database, and no other."""

import pytest

from tests.running.run_options import touches_the_database


@pytest.fixture
def rows(db: None) -> None:
    """Stands between a test and the database."""


@pytest.mark.django_db
def test_a_mark_opens_the_database(request: pytest.FixtureRequest):
    assert touches_the_database(request.node)


def test_a_fixture_behind_a_fixture_opens_it(rows: None, request: pytest.FixtureRequest):
    assert touches_the_database(request.node)


def test_what_pytest_django_keeps_away_is_left_out(request: pytest.FixtureRequest):
    from intake.models import Submission

    assert not touches_the_database(request.node)
    with pytest.raises(RuntimeError, match="Database access not allowed"):
        Submission.objects.exists()
