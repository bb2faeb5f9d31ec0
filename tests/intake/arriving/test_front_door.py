"""Whatever a request's head says, it gets a page of ours with the headers that all pages have."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_started
from django.db import close_old_connections
from django.test import Client
from pytest_django.fixtures import Settings

from intake.arriving.front_door import FrontDoor
from tests.making import INSIDE, make_intake

pytestmark = pytest.mark.django_db

ALWAYS = {
    "Content-Security-Policy",
    "Permissions-Policy",
    "Referrer-Policy",
    "X-Content-Type-Options",
    "X-Frame-Options",
}
KINDS = [
    "multipart/form-data; boundary*=foo''x",
    "multipart/form-data; boundary*0*=foo''x; boundary*1=y",
    "multipart/form-data; boundary=x; charset*=nonsense''utf-8",
    "text/plain; charset=\x00",
    "application/x-www-form-urlencoded; charset=\u4e2d",
    "multipart/form-data; boundary*=utf-8''%ff%fe",
    'multipart/form-data; boundary="' + "x" * 300,
    "; ; =",
    "multipart/form-data; charset=idna; boundary=x",
    "application/x-www-form-urlencoded; charset=rot13",
]


@pytest.fixture(autouse=True)
def one_connection() -> Iterator[None]:
    """A request must not close the connection that the test's transaction stands in."""
    request_started.disconnect(close_old_connections)
    yield
    request_started.connect(close_old_connections)


def ask(site: Any, **environ: Any) -> tuple[int, set[str], bytes]:
    """Status, names of the headers, and the page."""
    told: list[Any] = []
    asked = {
        **{"REQUEST_METHOD": "POST", "PATH_INFO": "/report/", "SERVER_NAME": "testserver"},
        **{"SERVER_PORT": "80", "wsgi.url_scheme": "http", "CONTENT_LENGTH": "5"},
        **{"wsgi.input": BytesIO(b"words"), "REMOTE_ADDR": "203.0.113.7"},
        **environ,
    }
    page = b"".join(FrontDoor(site)(asked, lambda status, headers: told.extend((status, headers))))
    return int(told[0][:3]), {name for name, _ in told[1]}, page


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("path", ["/report/", "/receipt/", "/receipt/verify/", "/admin/login/"])
def test_a_kind_of_body_that_cannot_be_read_is_no_fault_of_ours(
    kind: str, path: str, settings: Settings
):
    settings.SIMULATED_NOW = INSIDE
    make_intake()
    status, headers, _ = ask(WSGIHandler(), CONTENT_TYPE=kind, PATH_INFO=path)
    assert 400 <= status < 500
    assert headers >= ALWAYS


def test_what_crashes_before_the_site_is_told_with_the_headers_of_every_page():
    def crashed(environ: Any, start_response: Any) -> Any:
        raise RuntimeError("words of a person")

    status, headers, page = ask(crashed)
    assert status == 500
    assert headers >= ALWAYS
    assert "不是您的问题" in page.decode()
    assert b"words" not in page


@pytest.mark.parametrize("host", ["evil.example", "a b", "testserver:x", "[", "x" * 300, "-"])
@pytest.mark.parametrize("is_redirecting", [True, False])
def test_a_strange_host_gets_the_headers_too(host: str, is_redirecting: bool, settings: Settings):
    settings.SECURE_SSL_REDIRECT = is_redirecting
    response = Client().get("/", HTTP_HOST=host)
    assert response.status_code == 400
    assert set(response.headers) >= ALWAYS
