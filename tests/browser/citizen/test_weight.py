"""What a phone must fetch from the notice to the receipt, from a site served as in production."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.benchmarks.servers import run_python, serving, site_environment
from tests.browser.conftest import open_page
from tests.browser.way import report

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_REQUESTS = 8
MOST_BYTES = 100 * 1024


@pytest.fixture(scope="module")
def production(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a site as the README sets one up, behind what speaks https for it."""
    folder = tmp_path_factory.mktemp("production")
    environment = site_environment(f"sqlite:///{folder}/site.sqlite3", folder)
    run_python(environment, str(Path("tests") / "benchmarks" / "prepare_site.py"), str(folder))
    with serving("intake.wsgi:application", environment, "/healthz") as port:
        yield f"http://127.0.0.1:{port}"


def weigh(page: Page) -> dict[str, float]:
    """Fills itself while the page travels: address and number of a request -> bytes on the line."""
    requests: dict[str, str] = {}
    weights: dict[str, float] = {}

    def begin(event: dict[str, Any]) -> None:
        requests[event["requestId"]] = event["request"]["url"]

    def finish(event: dict[str, Any]) -> None:
        # What the browser has kept from the page before costs nothing.
        if event["encodedDataLength"]:
            name = f"{requests[event['requestId']]} {event['requestId']}"
            weights[name] = event["encodedDataLength"]

    session = page.context.new_cdp_session(page)
    session.on("Network.requestWillBeSent", begin)
    session.on("Network.loadingFinished", finish)
    session.send("Network.enable")
    return weights


@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
def test_the_whole_way_is_light(browser: Browser, production: str, javascript: bool):
    """Not even with pages that no proxy compresses it is more."""
    with open_page(browser, javascript=javascript, own_context=True) as page:
        page.set_extra_http_headers({"X-Forwarded-Proto": "https"})
        weights = weigh(page)
        report(page, production)
        page.wait_for_load_state()

    assert len(weights) <= MOST_REQUESTS, weights
    assert sum(weights.values()) <= MOST_BYTES, weights
