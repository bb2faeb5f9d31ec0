"""Addresses that were forwarded with something behind them lead to the page that is meant."""

import pytest
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from intake.citizen.pages.misaddressed import meant_by
from tests.making import INSIDE, Intake, make_intake
from tests.sending import text_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


@pytest.mark.parametrize(
    "page", ["/report/", "/receipt/", "/privacy/", "/poster/", "/receipt/verify/"]
)
@pytest.mark.parametrize(
    "end", ["。", "，请大家反映", "）", "》。", "”", "！", ".", "…", " ", "\u3000", ");"]
)
def test_leads_to_the_page_meant(page: str, end: str):
    for address in (f"{page}{end}", f"{page.rstrip('/')}{end}"):
        response = Client().get(address, follow=True)

        assert response.status_code == 200, address
        assert response.redirect_chain[-1][0].split("?")[0] == page


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("/。", "/"),
        ("/notice.json。", "/notice.json"),
        ("/REPORT/", "/report/"),
        ("/report/paper/。", "/report/paper/"),
        ("／report／。", "/report/"),
        ("/report//", "/report/"),
        ("/receipt//verify///。", "/receipt/verify/"),
        ("/notice.json/", "/notice.json"),
    ],
)
def test_finds_other_pages_too(typed: str, meant: str):
    response = Client().get(typed)

    assert (response.status_code, response.headers["Location"]) == (302, meant)


def test_a_round_is_found(intake: Intake):
    address = intake.round.get_absolute_url()
    response = Client().get(f"{address}。")

    assert (response.status_code, response.headers["Location"]) == (302, address)


def test_the_chosen_body_stays_chosen(intake: Intake):
    code = intake.targets[0].code
    for address in (
        f"/report/。?target={code}",
        f"/report/?target={code}。",
        f"/report/?target={code}）",
    ):
        page = text_of(Client().get(address, follow=True))

        assert f'value="{code}" selected' in page, address


def test_a_poster_is_of_the_body_meant(intake: Intake):
    response = Client().get(f"/poster/?target={intake.targets[0].code}。")

    assert intake.targets[0].name in text_of(response)


@pytest.mark.parametrize(
    "address",
    [
        "/nothing",
        "/nothing/。",
        "/巡察",
        "/report/nothing/",
    ],
)
def test_what_means_no_page_is_still_not_found(address: str):
    assert Client().get(address).status_code == 404


def test_a_post_is_led_nowhere():
    assert Client().post("/report/。", {"narrative": "（演示）"}).status_code == 404


@pytest.mark.parametrize("path", ["//evil.example/report/。", "/admin/login/。", "/" + "a" * 400])
def test_leads_to_no_other_site_and_to_no_page_of_the_staff(rf: RequestFactory, path: str):
    request = rf.get("/")
    request.path_info = path

    assert meant_by(request) == ""
