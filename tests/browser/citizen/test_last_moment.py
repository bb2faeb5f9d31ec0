"""At the real server: what begins before the last moment is taken, what begins after it is not."""

import re
import socket
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import urlopen

import pytest

from tests.browser.conftest import DemoSite, serve_demo

pytestmark = pytest.mark.xdist_group("browser")

JUST_BEFORE = "2025-06-20T23:59:40+08:00"
NARRATIVE = "（演示）最后一刻写的：机动地发包没有公示过。"


def is_open(site: DemoSite) -> bool:
    """Whether the form is given out at this moment."""
    try:
        with urlopen(f"{site.url}/report/") as answer:
            return 'name="form_token"' in answer.read().decode()
    except HTTPError as refused:
        return refused.code != 403


def request_of(site: DemoSite) -> bytes:
    """A whole POST with a token from the form."""
    with urlopen(f"{site.url}/report/") as answer:
        token = re.search(r'name="form_token" value="([^"]+)"', answer.read().decode())
    assert token
    fields = {"narrative": NARRATIVE, "agree_privacy": "on", "form_token": token[1]}
    body = urlencode({**fields, "identity": "anonymous"}).encode()
    head = (
        "POST /report/ HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\n"
        f"Content-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def begin(site: DemoSite, request: bytes) -> socket.socket:
    """Sends the head and the first half of the body."""
    address = urlsplit(site.url)
    connection = socket.create_connection((address.hostname, address.port), timeout=30)
    connection.sendall(request[: len(request) - 200])
    return connection


def finish(connection: socket.socket, request: bytes) -> str:
    """Sends the rest; returns the whole answer."""
    connection.sendall(request[len(request) - 200 :])
    received = b""
    while chunk := connection.recv(65536):
        received += chunk
    connection.close()
    return received.decode()


def test_a_slow_report_begun_in_time_is_taken_and_a_later_one_is_given_back(demo_folder: Path):
    # One process: each has a simulated clock of its own, which starts when it does.
    with serve_demo(demo_folder, JUST_BEFORE, workers=1) as site:
        assert is_open(site)
        request, later = request_of(site), request_of(site)
        slow = begin(site, request)
        while is_open(site):
            time.sleep(0.5)
        accepted = finish(slow, request)
        refused = finish(begin(site, later), later)

    assert accepted.startswith("HTTP/1.1 200")
    assert 'id="receipt-code"' in accepted
    assert refused.startswith("HTTP/1.1 403")
    assert 'data-window="closed"' in refused
    assert NARRATIVE in refused
