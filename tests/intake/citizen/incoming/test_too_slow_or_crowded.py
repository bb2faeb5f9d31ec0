"""What a person is told whose report came in too slowly, or in too large a crowd."""

from datetime import datetime, timedelta
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.handlers.wsgi import WSGIHandler
from pytest_django.fixtures import Settings

from intake.arriving.reception import Reception
from intake.models import Submission
from tests.making import INSIDE, Intake, make_intake
from tests.sending import NARRATIVE, filled_in

pytestmark = pytest.mark.django_db(transaction=True)

CLOSES = datetime.fromisoformat("2025-06-21T00:00:00+08:00")
BOUNDARY = "a-boundary"
URL_ENCODED = "application/x-www-form-urlencoded"
MULTIPART = f"multipart/form-data; boundary={BOUNDARY}"


class Line:
    """A sender's line, and the clock beside it: it stands still for some seconds on the way."""

    def __init__(self, *, after: int, seconds: float) -> None:
        self.body = BytesIO()
        self.after = after
        self.seconds = seconds

    def now(self) -> float:
        return self.seconds if self.body.tell() > self.after else 0.0

    def read(self, size: int) -> bytes:
        return self.body.read(size)


QUICK = Line(after=0, seconds=0)


@pytest.fixture(autouse=True)
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def reception(line: Line = QUICK) -> Reception:
    """The site as the server calls it."""
    return Reception(WSGIHandler(), now=line.now)


def post(
    served: Reception, body: bytes, kind: str, line: Line = QUICK
) -> tuple[str, dict[str, str], str]:
    """Status, headers and page of an answer."""
    answered: list[Any] = []
    line.body = BytesIO(body)
    environ = {
        **{"REQUEST_METHOD": "POST", "PATH_INFO": "/report/", "REMOTE_ADDR": "203.0.113.7"},
        **{"SERVER_NAME": "testserver", "SERVER_PORT": "80", "wsgi.url_scheme": "http"},
        **{"CONTENT_TYPE": kind, "CONTENT_LENGTH": str(len(body)), "wsgi.input": line},
        "wsgi.errors": BytesIO(),
    }
    response = served(environ, lambda status, headers, *_: answered.extend([status, headers]))
    page = b"".join(response).decode()
    response.close()  # type: ignore[attr-defined]
    return answered[0], dict(answered[1]), page


def multipart(more: bytes = b"") -> bytes:
    parts = "".join(
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in filled_in().items()
    )
    file = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="attachments"; filename="a.jpg"'
    end = f"\r\n--{BOUNDARY}--\r\n".encode()
    return parts.encode() + f"{file}\r\n\r\n".encode() + b"\xff\xd8\xff\xe0" + more + end


def urlencoded() -> bytes:
    return urlencode(filled_in()).encode()


@pytest.mark.parametrize("size", [100, 3_000_000], ids=["small", "large"])
def test_a_report_with_a_file_is_stored(size: int):
    assert post(reception(), multipart(bytes(size)), MULTIPART)[0] == "200 OK"
    assert Submission.objects.count() == 1


def test_what_was_begun_in_time_is_in_time(settings: Settings):
    """A short form is read before the site runs; a long one while it does."""
    settings.SIMULATED_NOW = CLOSES + timedelta(minutes=10)
    line = Line(after=100, seconds=30 * 60)
    assert post(reception(line), urlencoded(), URL_ENCODED, line)[0] == "200 OK"
    assert Submission.objects.get().received_at < CLOSES


def test_what_was_begun_too_late_is_too_late(settings: Settings):
    settings.SIMULATED_NOW = CLOSES + timedelta(minutes=10)
    assert post(reception(), urlencoded(), URL_ENCODED)[0] == "403 Forbidden"


def test_a_crowd_at_one_address_is_told_to_wait():
    served = reception()
    served.crowd.most_of_one = 0
    status, headers, page = post(served, urlencoded(), URL_ENCODED)
    assert (status[:3], headers["Retry-After"]) == ("429", "60")
    assert "等一分钟" in page
    assert "再提交一次" not in page
    assert not Submission.objects.exists()


def test_files_that_find_no_room_are_dropped_and_the_words_stay():
    served = reception()
    served.crowd.most_bytes = 0
    status, _, page = post(served, multipart(bytes(2_000_000)), MULTIPART)
    assert status[:3] == "503"
    assert NARRATIVE in page
    assert "请重新选一次" in page
    assert post(served, urlencoded(), URL_ENCODED)[0] == "200 OK"


def test_words_that_came_before_the_patience_ended_are_given_back():
    line = Line(after=1_000_000, seconds=4_000)
    status, _, page = post(reception(line), multipart(bytes(2_000_000)), MULTIPART, line)
    assert status[:3] == "400"
    assert "网络太慢" in page
    assert NARRATIVE in page
    assert not Submission.objects.exists()
