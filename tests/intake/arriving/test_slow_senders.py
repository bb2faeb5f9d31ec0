"""A real server under senders who never finish, and under a flood that both workers see."""

import http.client
import selectors
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from pathlib import Path
from urllib.parse import urlencode

import pytest
from django.conf import settings

from intake.arriving import serving
from intake.report.report_limits import MOST_BODIES_OF_ONE
from tests.benchmarks.servers import run_python
from tests.benchmarks.servers import serving as running_server
from tests.running.serving_site import site_environment

WORKERS = 2
AT_ONCE = 8
# How much of one address a process keeps to itself, see intake/abuse/floods.py.
PORTION = 10
LONGER_THAN_ANY_ANSWER = 120
HALF_A_FORM = "--x\r\nContent-Disposition: form-data; name="


@pytest.fixture(scope="module")
def environment(site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Of a site that takes reports, under a clock inside the window."""
    return site_environment(site, tmp_path_factory.mktemp("site"))


@pytest.fixture(scope="module")
def port(environment: dict[str, str]) -> Iterator[int]:
    """The server as in production: two workers on one database."""
    with running_server(serving.APPLICATION, environment, "/healthz") as running:
        yield running


@pytest.fixture(scope="module")
def tokens(environment: dict[str, str]) -> Iterator[str]:
    """Form tokens, one for each report."""
    printed = run_python(environment, "-m", "tests.benchmarks.make_tokens", "600")
    return iter(printed.split())


def ask(
    port: int, method: str, path: str, sender: str, fields: dict[str, str] | None = None
) -> int:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGER_THAN_ANY_ANSWER)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Forwarded-For": sender,
        "Connection": "close",
    }
    try:
        connection.request(method, path, urlencode(fields or {}), headers)
        return connection.getresponse().status
    finally:
        connection.close()


def report(port: int, token: str, sender: str) -> int:
    narrative = f"（演示）这一封信写的是自己的事，编号{token[-20:]}。"
    fields = {"narrative": narrative, "agree_privacy": "on", "form_token": token}
    return ask(port, "POST", "/report/", sender, fields)


def begin(port: int, sender: str, length: int) -> socket.socket:
    """A report of which only the beginning ever comes."""
    begun = socket.create_connection(("127.0.0.1", port), timeout=LONGER_THAN_ANY_ANSWER)
    head = (
        f"POST /report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Forwarded-For: {sender}\r\n"
        f"Content-Type: multipart/form-data; boundary=x\r\nContent-Length: {length}\r\n\r\n"
    )
    begun.sendall((head + HALF_A_FORM).encode())
    return begun


def all_are_served(port: int, tokens: Iterator[str]) -> bool:
    """Whether people elsewhere can read, open the form and send it."""
    pages = [ask(port, "GET", path, "198.51.100.1") for path in ("/", "/report/", "/receipt/") * 3]
    reports = [report(port, next(tokens), f"198.51.100.{n}") for n in range(6)]
    return {*pages, *reports} == {200}


@pytest.mark.parametrize("length", [5_000, 30_000_000], ids=["a text", "30 MB"])
def test_senders_who_never_finish_hold_nobody_up(port: int, tokens: Iterator[str], length: int):
    with ExitStack() as stack:
        for number in range(100):
            stack.enter_context(begin(port, f"203.0.113.{number}", length))
        assert all_are_served(port, tokens)


def test_one_address_does_not_take_all_the_room(port: int, tokens: Iterator[str]):
    too_many = 20
    with ExitStack() as stack, selectors.DefaultSelector() as answers:
        for _ in range(MOST_BODIES_OF_ONE * WORKERS + too_many):
            begun = stack.enter_context(begin(port, "203.0.113.200", 5_000))
            answers.register(begun, selectors.EVENT_READ)
        refused: set[bytes] = set()
        for _ in range(too_many):
            ready, *_rest = answers.select(LONGER_THAN_ANY_ANSWER)
            answers.unregister(ready[0].fileobj)
            refused.add(ready[0].fileobj.recv(12))  # type: ignore[union-attr]
        assert refused == {b"HTTP/1.1 429"}
        assert all_are_served(port, tokens)


def test_a_flood_over_both_workers_is_refused_for_its_sender_alone(
    port: int, tokens: Iterator[str]
):
    most = settings.FLOOD_REPORTS_OF_ONE
    with ThreadPoolExecutor(AT_ONCE) as pool:
        flood = [next(tokens) for _ in range(most + 100)]
        answers = list(pool.map(lambda token: report(port, token, "203.0.113.7"), flood))
    assert set(answers) == {200, 429}
    # Each worker knows of the other's reports but for the last few.
    assert most <= answers.count(200) <= most + WORKERS * PORTION + AT_ONCE
    assert all_are_served(port, tokens)
