"""The microphone is within reach of the two forms alone, and of no other page of the site."""

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, get_resolver
from pytest_django.fixtures import Settings

from tests.making import INSIDE, make_box, make_intake
from tests.sending import code_of, filled_in, look_up_token

pytestmark = pytest.mark.django_db

FOR = {"slug": "nowhere", "number": "1"}


def may_record(page: HttpResponse) -> bool:
    permissions, policy = (
        page.headers[name] for name in ("Permissions-Policy", "Content-Security-Policy")
    )
    for what in ("camera", "geolocation", "payment", "usb"):
        assert f"{what}=()" in permissions
    may = "microphone=(self)" in permissions
    assert may != ("microphone=()" in permissions)
    assert may == ("media-src blob:" in policy)
    assert policy.count("blob:") == int(may)
    return may


def addresses() -> list[str]:
    """Of citizens and of the notice, each filled in with something."""
    patterns = get_resolver().url_patterns
    inner = [one for outer in patterns for one in getattr(outer, "url_patterns", [outer])]
    paths = [str(one.pattern) for one in inner if isinstance(one, URLPattern)]
    filled = [
        path.replace("<slug:slug>", FOR["slug"]).replace("<int:number>", FOR["number"])
        for path in paths
    ]
    return [f"/{path}" for path in filled if "<" not in path and not path.startswith("^")]


def test_only_the_report_s_form_reaches_it_by_its_address(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    make_box(make_intake().round)
    found = addresses()
    assert {"/", "/report/", "/receipt/", "/report/paper/", "/privacy/"} <= set(found)
    client = Client()
    answers = {address: client.get(address) for address in (*found, "/nowhere/", "/admin/login/")}
    assert [address for address, page in answers.items() if may_record(page)] == ["/report/"]


def test_what_is_sent_is_answered_without_it_but_for_the_forms(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    make_intake()
    client = Client()
    receipt = client.post("/report/", filled_in())
    code = code_of(receipt)
    sheet = {"code": code, "form_token": look_up_token(code)}
    pages = {
        "receipt": receipt,
        "form again": client.post("/report/", filled_in(narrative="短")),
        "asked for": client.post("/receipt/", {"code": code}),
        "unknown": client.post("/receipt/", {"code": "0"}),
        "nothing added": client.post("/receipt/supplement/", sheet),
        "added": client.post("/receipt/supplement/", {**sheet, "narrative": "（演示）补充"}),
    }
    may = [name for name, page in pages.items() if may_record(page)]
    assert may == ["form again", "asked for", "nothing added"]


def test_a_closed_window_takes_no_words_and_no_voice(settings: Settings):
    settings.SIMULATED_NOW = INSIDE.replace(year=2026)
    make_intake()
    assert not may_record(Client().get("/report/"))
