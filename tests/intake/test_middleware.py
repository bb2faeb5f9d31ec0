"""The moment that counts is the one at which a request reaches the first server of ours."""

from datetime import datetime, timedelta

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from inspection import clock
from intake.middleware import LONGEST_WAIT, ReceivedAtMiddleware

SECOND = timedelta(seconds=1)


def received_at(**headers: str) -> datetime:
    """What the middleware notes for a request with these headers."""
    seen: list[datetime] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request.received_at)  # type: ignore[attr-defined]
        return HttpResponse()

    ReceivedAtMiddleware(view)(RequestFactory().get("/", headers=headers))
    return seen[0]


def started(ago: timedelta) -> str:
    return f"t={(clock.real_now() - ago).timestamp():.3f}"


def test_counts_from_the_moment_at_a_trusted_proxy(settings: Settings):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    waited = clock.now() - received_at(x_request_start=started(timedelta(minutes=5)))
    assert abs(waited - timedelta(minutes=5)) < SECOND


def test_believes_no_stranger():
    assert clock.now() - received_at(x_request_start=started(timedelta(minutes=5))) < SECOND


@pytest.mark.parametrize(
    "stated",
    ["", "yesterday", "t=", "t=12", "t=1750435199.1234567", "t=-1750435199"],
)
def test_what_is_no_moment_changes_nothing(settings: Settings, stated: str):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert clock.now() - received_at(x_request_start=stated) < SECOND


@pytest.mark.parametrize("ago", [-timedelta(minutes=1), LONGEST_WAIT + timedelta(minutes=1)])
def test_a_clock_that_is_off_changes_nothing(settings: Settings, ago: timedelta):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    assert abs(clock.now() - received_at(x_request_start=started(ago))) < SECOND


@pytest.mark.parametrize(
    "directive",
    [
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    ],
)
@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/", "/privacy/", "/admin/login/", "/nothing-here/"])
def test_each_page_is_held_to_the_whole_content_policy(address: str, directive: str):
    """Neither falls back to default-src: where forms may go, and what addresses start from."""
    policy = Client().get(address).headers["Content-Security-Policy"]
    assert directive in [part.strip() for part in policy.split(";")]
