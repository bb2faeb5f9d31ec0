"""What waits too long is ended, others rest meanwhile, and what may be lost waits for nobody."""

import socket

import pytest
from django.db import connection
from django.utils import timezone

from intake.abuse import counters
from intake.keeping.both_hosts.base import writes
from intake.keeping.both_hosts.confirming import UNWAITED, settle, unwaited
from intake.keeping.both_hosts.resting import REST_SECONDS, Rest
from intake.keeping.both_hosts.watching_waits import Watch
from tests.making import INSIDE


def test_a_wait_that_is_over_meets_the_end_of_its_socket():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        watch = Watch()
        with watch.over(ours.fileno(), seconds=0.1) as wait:
            assert ours.recv(1) == b""
            assert wait.is_ended
        # Afterwards the descriptor is left alone, whatever it is by then.
        assert not watch._waits


def test_a_wait_that_ends_in_time_leaves_its_socket_open():
    ours, theirs = socket.socketpair()
    with ours, theirs:
        with Watch().over(ours.fileno(), seconds=60) as wait:
            theirs.sendall(b"x")
            assert ours.recv(1) == b"x"
        theirs.sendall(b"y")
        assert ours.recv(1) == b"y"
        assert not wait.is_ended


def test_after_a_wait_in_vain_one_tries_for_all():
    at = [0.0]
    rest = Rest(now=lambda: at[0])
    assert rest.may_try()
    at[0] = 100.0
    rest.failed()
    assert not rest.may_try()
    at[0] += REST_SECONDS
    assert [rest.may_try() for _ in range(3)] == [True, False, False]
    rest.undecided()
    assert [rest.may_try() for _ in range(2)] == [True, False]
    rest.failed()
    assert not rest.may_try()
    at[0] += REST_SECONDS
    assert rest.may_try()
    rest.done()
    assert all(rest.may_try() for _ in range(3))


@pytest.mark.parametrize(
    ("statement", "must_wait"),
    [
        ("INSERT INTO a VALUES (1)", True),
        ("  update a SET b = 1", True),
        ("DELETE FROM a", True),
        ("SELECT 1 FROM a FOR UPDATE OF a", True),
        ("SELECT 1 FROM a FOR NO KEY UPDATE", True),
        ("\n  SELECT 1", False),
        ("(SELECT 1) UNION (SELECT 2)", False),
        ('SAVEPOINT "s1"', False),
        ("ROLLBACK TO SAVEPOINT s1", False),
        (f"{UNWAITED}INSERT INTO a SELECT 1 FROM unwaited", False),
    ],
)
def test_which_statements_have_something_to_wait_for(statement: str, must_wait: bool):
    assert writes(statement) is must_wait


@pytest.mark.django_db(transaction=True)
def test_counters_count_alone_and_inside_of_a_transaction():
    at = timezone.now()
    assert [counters.hit("a", seconds=60, at=at) for _ in range(3)] == [1, 2, 3]
    counters.take_back("a")
    counters.hold("b", 5, seconds=60, at=at)
    assert counters.peek("a", at=at) == 2
    assert counters.take("a") == 2
    assert counters.take("a") == 0
    settle()
    with unwaited(), unwaited():
        assert counters.hit("c", seconds=60, at=at) == 1
    assert counters.hit("c", seconds=60, at=at) == 2


@pytest.mark.skipif("connection.vendor != 'postgresql'", reason="only there is a commit told how")
@pytest.mark.django_db(transaction=True)
def test_what_is_not_waited_for_says_so_of_its_own_transaction_alone():
    def how() -> str:
        with connection.cursor() as cursor:
            cursor.execute("SELECT current_setting('synchronous_commit')")
            return str(cursor.fetchone()[0])

    assert how() == "on"
    with unwaited():
        assert how() == "off"
    assert how() == "on"
    counters.hit("d", seconds=60, at=INSIDE)
    assert how() == "on"
    with connection.cursor() as cursor:
        cursor.execute(f"{UNWAITED}SELECT current_setting('synchronous_commit') FROM unwaited")
        assert cursor.fetchone()[0] == "off"
    assert how() == "on"
