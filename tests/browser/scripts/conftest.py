"""The blank form with its scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.conftest import DemoSite, open_page


@pytest.fixture
def page(browser: Browser, site: DemoSite) -> Iterator[Page]:
    """The blank form; whatever a script or the policy complains about fails the test."""
    complaints: list[str] = []

    def hear(message: ConsoleMessage) -> None:
        # What the browser itself says about answers that are not 200 is no complaint of ours.
        if message.type == "error" and not message.text.startswith("Failed to load resource"):
            complaints.append(message.text)

    with open_page(browser, javascript=True) as opened:
        opened.on("console", hear)
        opened.on("pageerror", lambda error: complaints.append(str(error)))
        opened.goto(f"{site.url}/report/")
        expect(opened.locator("#target-find")).to_be_visible()
        yield opened
        assert complaints == []
