"""Privacy, health, the icon, and the headers of every citizen's page."""

from collections.abc import Iterator

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from inspection import current
from inspection.screen.page_frame import page_of
from intake.citizen.views import health
from tests.making import INSIDE, make_contact, make_round

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def standing_still(settings: Settings) -> Iterator[None]:
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    health._migrated.clear()
    yield
    current.forget()


@pytest.mark.parametrize("address", ["/", "/privacy/", "/nowhere/"])
def test_every_page_is_guarded_and_tracks_nobody(client: Client, address: str):
    response = client.get(address)

    headers = response.headers
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["X-Frame-Options"] == "DENY"
    assert "geolocation=()" in headers["Permissions-Policy"]
    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert not response.cookies
    assert "Cookie" not in headers.get("Vary", "")


@pytest.mark.parametrize("address", ["/", "/privacy/", "/nowhere/"])
def test_no_page_asks_a_third_party_or_holds_code(client: Client, address: str):
    make_round()

    page = client.get(address).content.decode()

    assert "<script" not in page
    assert " style=" not in page
    assert "http://" not in page
    assert "https://" not in page
    assert "//" not in page.replace("<!doctype html>", "")


def test_privacy_names_who_collects(client: Client):
    make_contact(make_round(issuer="中共岚台市委巡察办"))

    page = client.get("/privacy/").content.decode()

    assert "中共岚台市委巡察办（电话 0599-1234567）为受理和办理巡察信访" in page
    assert "不能保证" in page


def test_privacy_says_until_when_what_was_written_is_kept(client: Client, settings: Settings):
    words = "。网站不会到时候自动删除，由巡察办按规定归档、销毁。"
    assert f"保存到本轮结束、信访材料归档为止{words}" in client.get("/privacy/").content.decode()
    settings.KEPT_UNTIL = "本轮结束后一年"
    assert f"保存到本轮结束后一年{words}" in client.get("/privacy/").content.decode()


def test_privacy_can_be_read_before_anything_is_published(client: Client):
    response = client.get("/privacy/")

    assert response.status_code == 200
    assert "本站的主办单位" in response.content.decode()
    assert client.post("/privacy/").status_code == 405


def test_the_footer_shows_the_settings_facts(client: Client, settings: Settings):
    make_contact(make_round())
    settings.SITE_OWNER, settings.SITE_PHONE = "某市巡察办", "0599-7654321"
    settings.ICP_NUMBER, settings.SITE_CODE = "某ICP备00000000号", ""

    page = client.get("/").content.decode()

    assert "某市巡察办 · 电话 0599-7654321" in page
    assert "<p>某ICP备00000000号</p>" in page
    assert "本站不记录您的网络地址，不使用 Cookie，不向任何第三方传送信息。" in page


def test_a_simulated_clock_is_announced(client: Client, settings: Settings):
    assert "演示：现在按 2025年4月15日 10:00 计时" in client.get("/privacy/").content.decode()

    settings.SIMULATED_NOW = None

    assert "演示" not in client.get("/privacy/").content.decode()


@pytest.mark.parametrize(
    ("address", "other"),
    [
        ("/privacy/", "/privacy/?size=large"),
        ("/privacy/?size=large", "/privacy/"),
        ("/?q=%E9%95%87&x=1", "/?q=%E9%95%87&amp;size=large"),
    ],
)
def test_the_other_size_is_the_same_page(client: Client, address: str, other: str):
    make_round()

    page = client.get(address).content.decode()

    assert f'<a href="{other}">' in page


def test_the_other_size_never_leads_elsewhere(rf: RequestFactory):
    request = rf.get("/")
    request.path = "//elsewhere.example/"

    assert page_of(request, None).other_size == "/%2Felsewhere.example/?size=large"


def test_health_is_ok_when_the_database_answers(client: Client):
    response = client.get("/healthz")

    assert (response.status_code, response.content) == (200, b"ok")
    assert "no-cache" in response.headers["Cache-Control"]
    assert client.post("/healthz").status_code == 405


def test_health_is_bad_while_a_migration_is_missing(client: Client):
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM django_migrations WHERE app = 'intake'")

    response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"unavailable")


def test_health_is_bad_when_the_database_is_away(client: Client):
    def away(*_: object) -> None:
        raise OperationalError("connection refused")

    with connection.execute_wrapper(away):
        response = client.get("/healthz")

    assert (response.status_code, response.content) == (503, b"unavailable")


def test_the_icon_is_where_old_browsers_look(client: Client):
    response = client.get("/favicon.ico")

    assert response.status_code == 301
    assert response.headers["Location"].endswith("inspection/favicon.svg")
