"""The form without its scripts, or without one of them."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.scripts.form import choose_files, code_of, fill

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_without_scripts_nothing_of_theirs_is_shown(browser: Browser, site: DemoSite):
    with open_page(browser) as page:
        page.goto(f"{site.url}/report/")
        for helper in (".picker", ".chosen-files", ".draft", "[data-shown=not-sent]"):
            expect(page.locator(helper)).to_be_hidden()
        expect(page.locator("noscript a")).to_have_attribute("href", "/#find")


@pytest.mark.parametrize("broken", ["picker", "files", "keeping"])
def test_a_script_that_fails_takes_nothing_with_it(browser: Browser, site: DemoSite, broken: str):
    with open_page(browser, javascript=True) as page:
        page.route(
            f"**/{broken}*.js",
            lambda route: route.fulfill(content_type="text/javascript", body="throw Error('x')"),
        )
        page.goto(f"{site.url}/report/")
        fill(page)
        choose_files(page, ("一.txt", "text/plain", "（演示）".encode()))
        page.click("#submit")

        code_of(page)
