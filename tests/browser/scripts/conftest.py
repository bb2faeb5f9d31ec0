"""The blank form with its scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DemoSite, open_page
from tests.browser.scripts.form import open_form


@pytest.fixture
def page(browser: Browser, site: DemoSite) -> Iterator[Page]:
    """The blank form; whatever a script or the policy complains about fails the test."""
    with open_page(browser, javascript=True) as opened, open_form(opened, site.url):
        yield opened
