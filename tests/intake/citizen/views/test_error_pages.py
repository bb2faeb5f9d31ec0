"""Pages for what went wrong: the right status, plain words, no database."""

import logging

import pytest
from django.core.exceptions import PermissionDenied
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path
from pytest_django.fixtures import Settings

from tests.making import make_round


def breaks(request: HttpRequest) -> HttpResponse:
    raise RuntimeError("a fault of ours")


def refuses(request: HttpRequest) -> HttpResponse:
    raise PermissionDenied


def is_without_database(request: HttpRequest) -> HttpResponse:
    raise OperationalError("connection refused")


urlpatterns = [
    path("breaks/", breaks),
    path("refuses/", refuses),
    path("away/", is_without_database),
    path("admin/breaks/", breaks),
    path("", include("intake.urls")),
]
handler400 = "intake.citizen.views.error_pages.bad_request"
handler403 = "intake.citizen.views.error_pages.forbidden"
handler404 = "intake.citizen.views.error_pages.not_found"
handler500 = "intake.citizen.views.error_pages.failed"


@pytest.fixture
def visitor(settings: Settings) -> Client:
    """A client that gets the page where a test client would get the exception."""
    settings.ROOT_URLCONF = __name__
    return Client(raise_request_exception=False)


@pytest.mark.parametrize(
    ("address", "status", "title"),
    [
        ("/breaks/", 500, "网站出了故障"),
        ("/refuses/", 403, "这个页面不能看"),
        ("/away/", 503, "网站暂时不能受理"),
        ("/nowhere/", 404, "没有这个页面"),
    ],
)
def test_each_fault_has_its_page(visitor: Client, address: str, status: int, title: str):
    """Without the `db` fixture a query would raise: no such page asks the database."""
    response = visitor.get(address)

    assert response.status_code == status
    assert f"<h1>{title}</h1>" in response.content.decode()
    assert "Traceback" not in response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.django_db
def test_an_endless_query_is_too_large(visitor: Client):
    make_round()

    response = visitor.get("/?" + "a=1&" * 1001)

    assert response.status_code == 413
    assert "内容太大，没有收下" in response.content.decode()


def test_a_wrong_host_is_a_bad_request(visitor: Client):
    response = visitor.get("/", headers={"host": "elsewhere.example"})

    assert response.status_code == 400
    assert "这次请求读不懂" in response.content.decode()


def test_says_that_nothing_was_taken_only_to_those_who_sent_something(visitor: Client):
    assert "没有提交成功" in visitor.post("/refuses/").content.decode()
    assert "就当作没有交上" in visitor.post("/breaks/").content.decode()
    assert "没有提交成功" not in visitor.get("/refuses/").content.decode()


def test_staff_are_led_back_to_their_own_pages(visitor: Client):
    page = visitor.get("/admin/breaks/").content.decode()

    assert 'href="/admin/">回到工作页面' in page


def test_the_log_of_a_lost_database_has_nothing_that_was_typed(
    visitor: Client, caplog: pytest.LogCaptureFixture
):
    with caplog.at_level(logging.DEBUG):
        visitor.post("/away/", {"narrative": "绝不能进日志的话"})

    assert "the database does not answer" in caplog.text
    assert "绝不能进日志的话" not in caplog.text
