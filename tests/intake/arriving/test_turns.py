"""Work that takes long goes one piece at a time, behind a short queue, and holds no place."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection

from intake.arriving.reception import Reception
from intake.arriving.turns import NoTurn, Turns
from intake.models import Counter

LONGER_THAN_A_TEST = 60.0


def a_queue(most: int = 4) -> Turns:
    return Turns(most=most, longest_seconds=LONGER_THAN_A_TEST)


@contextmanager
def somebody_with_a_turn(turns: Turns, served: Reception | None = None) -> Iterator[None]:
    """Another thread has the turn, in a request where there is a Reception."""
    has_it, may_end = threading.Event(), threading.Event()

    def work(environ: Any, start_response: Any) -> list[bytes]:
        with turns.one():
            has_it.set()
            assert may_end.wait(LONGER_THAN_A_TEST)
        return []

    if served:
        served.application = work
    thread = threading.Thread(target=served or work, args=({}, None))
    thread.start()
    try:
        assert has_it.wait(LONGER_THAN_A_TEST)
        yield
    finally:
        may_end.set()
        thread.join(LONGER_THAN_A_TEST)


def test_whoever_has_a_turn_holds_no_place():
    served, answered = Reception(lambda environ, start_response: [], places=1), threading.Event()

    def answer(environ: Any, start_response: Any) -> list[bytes]:
        answered.set()
        return []

    with somebody_with_a_turn(a_queue(), served):
        served.application = answer
        visit = threading.Thread(target=served, args=({}, None))
        visit.start()
        assert answered.wait(LONGER_THAN_A_TEST)
    visit.join(LONGER_THAN_A_TEST)


def test_whoever_waits_for_a_turn_holds_no_place():
    turns, answered, begins_to_wait = a_queue(), threading.Event(), threading.Event()

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        if environ["PATH_INFO"] == "/page/":
            answered.set()
            return []
        begins_to_wait.set()
        with turns.one():
            return []

    served = Reception(site, places=1)
    visits = [
        threading.Thread(target=served, args=({"PATH_INFO": path}, None))
        for path in ("/work/", "/page/")
    ]
    with somebody_with_a_turn(turns):
        visits[0].start()
        assert begins_to_wait.wait(LONGER_THAN_A_TEST)
        visits[1].start()
        assert answered.wait(LONGER_THAN_A_TEST)
        assert visits[0].is_alive()
    for visit in visits:
        visit.join(LONGER_THAN_A_TEST)


def test_a_place_is_taken_again_after_a_turn():
    turns, places_free = a_queue(), []

    def work(environ: Any, start_response: Any) -> list[bytes]:
        with turns.one():
            places_free.append(served.places.free.qsize())
        places_free.append(served.places.free.qsize())
        return []

    served = Reception(work, places=1)
    served({}, None)
    assert (places_free, served.places.free.qsize()) == ([1, 0], 1)


def test_one_piece_is_done_at_a_time():
    turns, running, most = a_queue(most=30), [], []

    def work() -> None:
        with turns.one():
            running.append(1)
            most.append(len(running))
            threading.Event().wait(0.001)
            running.pop()

    threads = [threading.Thread(target=work) for _ in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGER_THAN_A_TEST)
    assert most == [1] * 20


def test_a_full_queue_is_told_at_once():
    turns = a_queue(most=1)
    with somebody_with_a_turn(turns), pytest.raises(NoTurn), turns.one():
        pytest.fail("two had a turn")
    with turns.one():
        pass


def test_whoever_waits_too_long_is_told():
    turns = Turns(most=4, longest_seconds=0.01)
    with somebody_with_a_turn(turns), pytest.raises(NoTurn), turns.one():
        pytest.fail("two had a turn")


def test_a_turn_ends_when_the_work_fails():
    turns = a_queue(most=1)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="invented"), turns.one():
            raise RuntimeError("an invented fault")


@pytest.mark.django_db(transaction=True)
def test_whoever_has_a_turn_holds_no_connection():
    Counter.objects.count()
    assert connection.connection is not None
    with a_queue().one():
        assert connection.connection is None
    assert Counter.objects.count() == 0


@pytest.mark.django_db
def test_an_open_transaction_goes_on():
    with a_queue().one():
        assert connection.connection is not None
