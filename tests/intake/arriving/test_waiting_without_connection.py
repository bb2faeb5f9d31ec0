"""Whoever waits for a slow sender holds no connection to the database: the pool has all of them."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client
from pytest_django.fixtures import Settings

from intake.arriving.reception import Reception
from intake.report.report_limits import MEGABYTE
from tests.intake.arriving.decoding.streamed_forms import Sent, Streamed, pieces_of, request_of
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.sending import filled_in

pytestmark = pytest.mark.django_db(transaction=True)

LARGE = Sent("a.jpg", 2 * MEGABYTE)


class Slow(Streamed):
    """A sender's line, on which it is told what the request holds whenever it is waited for."""

    held: bool = False
    count: int = 0
    queries: int = 0

    def read(self, size: int) -> bytes:
        self.count += 1
        self.queries = self.queries or len(connection.queries_log)
        self.held |= connection.connection is not None or not pool_is_whole()
        return super().read(size)


def pool_is_whole() -> bool:
    """Whether every connection of the pool comes to its place; SQLite has no pool."""
    pool = getattr(connection, "pool", None)
    if pool is None:
        return True
    # What is given back is looked at by a thread of the pool before it has its place again.
    for _ in range(1000):
        stats = pool.get_stats()
        if stats["pool_size"] == stats["pool_available"]:
            return True
        time.sleep(0.01)
    return False


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def to_the_report(intake: Intake) -> dict[str, Any]:
    return {"PATH_INFO": "/report/"}


def to_the_scans(intake: Intake) -> dict[str, Any]:
    """The staff's: whose session it is, is asked before the body is read."""
    client = log_in(Client(), make_clerk(intake, intake.office))
    cookies = "; ".join(f"{name}={one.value}" for name, one in client.cookies.items())
    return {"PATH_INFO": "/admin/intake/submission/add/scans/", "HTTP_COOKIE": cookies}


@pytest.mark.parametrize("told", [to_the_report, to_the_scans])
def test_no_connection_is_held_while_a_sender_sends(
    intake: Intake, told: Callable[[Intake], dict[str, Any]]
):
    request, slow = request_of(filled_in(), [LARGE]), Slow(pieces_of(filled_in(), [LARGE]))
    environ = {
        **{"REQUEST_METHOD": "POST", "REMOTE_ADDR": "203.0.113.7"},
        **{"SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": "http"},
        **request,
        **told(intake),
        **{"wsgi.input": slow, "wsgi.errors": BytesIO()},
    }
    connection.close()
    connection.force_debug_cursor = True
    connection.queries_log.clear()
    try:
        answer = Reception(WSGIHandler())(environ, lambda *_: None)
        b"".join(answer)
    finally:
        connection.force_debug_cursor = False
    assert slow.count > 30
    assert not slow.held
    # What asks nothing beforehand would hold nothing in any case.
    assert (slow.queries > 0) == (told is to_the_scans)
