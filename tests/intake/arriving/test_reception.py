"""Slow senders hold no place and no memory; how long they took counts for them."""

import threading
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from io import BytesIO
from typing import Any

import pytest
from pytest_django.fixtures import Settings

from intake.arriving.arrivals import Arrival, Crowd
from intake.arriving.reception import Body, Reception
from intake.report.report_limits import LONGEST_WITHOUT_FILES

MB = 1024 * 1024
LONGER_THAN_A_TEST = 60


class Sender:
    """A stream and the clock beside it: so many bytes a second come, and so many in all."""

    def __init__(self, rate: float, length: int) -> None:
        self.rate = rate
        self.left = length
        self.clock = 0.0

    def now(self) -> float:
        return self.clock

    def read(self, size: int) -> bytes:
        given = min(size, self.left)
        self.left -= given
        self.clock += given / self.rate
        return b"x" * given


def waiting(count: int) -> Crowd:
    """A crowd of which so many wait already."""
    return Crowd(count=count)


def receive(sender: Sender, length: int, *, crowd: Crowd) -> tuple[int, Arrival]:
    """How much of a body comes in, and what is known of it then."""
    arrival = Arrival(sender.now)
    return len(Body(sender, length, arrival, crowd).read(length)), arrival


def test_a_body_comes_in_whole():
    body = Body(BytesIO(b"0123456789" * 20_000 + b"beyond"), 200_000, Arrival(), Crowd())
    assert [len(body.read(70_000)) for _ in range(4)] == [70_000, 70_000, 60_000, 0]


def test_a_body_that_ends_early_ends():
    body = Body(BytesIO(b"0123"), 10, Arrival(), Crowd())
    assert [body.read(10), body.read(10)] == [b"0123", b""]


@pytest.mark.parametrize("rate", [500, 9_000])
def test_the_weakest_line_is_waited_for_in_any_crowd(rate: int):
    length = 3_000 * rate
    count, arrival = receive(Sender(rate, length), length, crowd=waiting(400))
    assert (count, arrival.is_too_slow) == (length, False)


def test_byte_by_byte_is_given_up_on_when_others_wait():
    count, arrival = receive(Sender(1, 5_000), 5_000, crowd=waiting(400))
    assert arrival.is_too_slow
    # The first piece is judged when it is there; no more than two are waited for.
    assert count <= 128


def test_byte_by_byte_is_waited_for_when_nobody_else_is_there():
    count, arrival = receive(Sender(1, 3_000), 3_000, crowd=waiting(1))
    assert (count, arrival.is_too_slow) == (3_000, False)


def test_nobody_is_waited_for_longer_than_an_hour():
    count, arrival = receive(Sender(60, 300_000), 300_000, crowd=waiting(1))
    assert arrival.is_too_slow
    assert count < 300_000


def from_(network: str) -> Arrival:
    return Arrival(network=network)


def test_one_sender_s_bodies_are_bounded_and_others_are_not():
    crowd = Crowd(most_of_one=1)
    arrivals = [from_("203.0.113.7"), from_("203.0.113.7"), from_("203.0.113.8"), from_("")]
    with ExitStack() as stack:
        for arrival in arrivals:
            stack.enter_context(crowd.with_one_more(arrival))
        assert [arrival.is_refused for arrival in arrivals] == [False, True, False, False]
        assert crowd.count == 3
    assert (crowd.count, dict(crowd.count_of)) == (0, {})


def test_all_bodies_together_are_bounded():
    crowd, second = Crowd(most=1), Arrival()
    with crowd.with_one_more(Arrival()), crowd.with_one_more(second):
        assert second.is_refused


def test_there_is_room_until_it_is_full_and_less_for_one_sender():
    crowd = Crowd(most_bytes=60 * MB, most_bytes_of_one=30 * MB)
    first, again, other, last = map(from_, ("203.0.113.7", "203.0.113.7", "203.0.113.8", ""))
    with ExitStack() as stack:
        for arrival in (first, again, other, last):
            stack.enter_context(crowd.with_one_more(arrival))
            crowd.grow(arrival, 25 * MB)
        has_room = [arrival.has_room for arrival in (first, again, other, last)]
        assert has_room == [True, False, False, False]
    assert (crowd.bytes, dict(crowd.bytes_of)) == (0, {})


def test_long_words_are_not_read_further_where_there_is_no_room():
    crowd, arrival = Crowd(most_bytes=MB), from_("203.0.113.7")
    body = Body(BytesIO(bytes(3 * MB)), 3 * MB, arrival, crowd, has_files=False)
    with crowd.with_one_more(arrival), pytest.raises(ConnectionAbortedError):
        body.read(3 * MB)
    assert arrival.is_crowded_out
    assert MB < arrival.count < 1.2 * MB


def test_an_ordinary_report_is_read_however_little_room_there_is():
    arrival = Arrival(has_room=False)
    body = Body(BytesIO(b"x" * 30_000), 30_000, arrival, Crowd(most_bytes=1), has_files=False)
    assert len(body.read(30_000)) == 30_000


class Long:
    """An answer that gives back what came, until it has been sent."""

    def __iter__(self) -> Iterator[bytes]:
        yield b"words"

    def when_sent(self, then: Callable[[], None]) -> None:
        self.is_sent = then


def test_an_answer_that_gives_words_back_counts_until_it_was_sent():
    answer = Long()
    served = Reception(lambda environ, start_response: answer)
    served(request(5, BytesIO(b"words")), None)
    assert served.crowd.bytes == served.crowd.bytes_of["203.0.113.7"] == 5
    answer.is_sent()
    assert (served.crowd.bytes, served.crowd.count) == (0, 0)


def test_what_was_only_announced_takes_no_room():
    crowd = Crowd(most_bytes=60 * MB)
    arrivals = [Arrival() for _ in range(10)]
    with ExitStack() as stack:
        for arrival in arrivals:
            stack.enter_context(crowd.with_one_more(arrival))
            Body(BytesIO(b"a beginning"), 30 * MB, arrival, crowd).read(MB)
        assert all(arrival.has_room for arrival in arrivals)


class Held:
    """A stream that gives nothing until it is let go, and tells that somebody waits for it."""

    def __init__(self) -> None:
        self.is_waited_for = threading.Event()
        self.may_go_on = threading.Event()

    def read(self, size: int) -> bytes:
        self.is_waited_for.set()
        assert self.may_go_on.wait(LONGER_THAN_A_TEST)
        return b""


def request(length: int, stream: Any) -> dict[str, Any]:
    return {"CONTENT_LENGTH": str(length), "wsgi.input": stream, "REMOTE_ADDR": "203.0.113.7"}


@pytest.mark.parametrize("length", [100, LONGEST_WITHOUT_FILES + 1], ids=["small", "large"])
def test_whoever_waits_for_a_sender_holds_no_place(length: int, settings: Settings):
    read = []

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        read.append(environ["wsgi.input"].read())
        return []

    served, held = Reception(site, places=1), Held()
    slow = threading.Thread(target=served, args=(request(length, held), None))
    slow.start()
    try:
        assert held.is_waited_for.wait(LONGER_THAN_A_TEST)
        served(request(5, BytesIO(b"quick")), None)
        assert read == [b"quick"]
    finally:
        held.may_go_on.set()
        slow.join(LONGER_THAN_A_TEST)
    assert read == [b"quick", b""]


def test_a_place_is_given_back_when_the_site_fails():
    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        raise RuntimeError("an invented fault")

    served = Reception(site, places=1)
    for _ in range(3):
        with pytest.raises(RuntimeError, match="invented"):
            served({}, None)
    assert served.crowd.count == 0


def test_no_more_run_than_there_are_places():
    running, most = [], []
    lock = threading.Lock()

    def site(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        with lock:
            running.append(1)
            most.append(len(running))
        with lock:
            running.pop()
        return []

    served = Reception(site, places=2)
    threads = [threading.Thread(target=served, args=({}, None)) for _ in range(30)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(LONGER_THAN_A_TEST)
    assert len(most) == 30
    assert max(most) <= 2
