"""axe finds nothing on any page in any state, in every scheme of colours."""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.states import STATES, State

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCHEMES: list[dict[str, Any]] = [
    {"color_scheme": "light", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "no-preference", "forced_colors": "none"},
    {"color_scheme": "dark", "contrast": "more", "forced_colors": "none"},
    {"color_scheme": "light", "contrast": "more", "forced_colors": "active"},
]
ONLY_COLOURS = {"runOnly": {"type": "rule", "values": ["color-contrast", "link-in-text-block"]}}


def violations(page: Page) -> list[str]:
    """What axe finds on the page, in each scheme of colours, once for every element."""
    found = []
    for number, scheme in enumerate(SCHEMES):
        page.emulate_media(**scheme)
        results = Axe().run(page, options=ONLY_COLOURS if number else None)
        assert results.response["passes"], "axe looked at nothing"
        found += [
            f"{violation['id']} {list(scheme.values())}: {node['html'][:160]}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
    return found


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_citizens_pages_keep_nobody_out(browser: Browser, sites: dict[str, str], state: State):
    with open_page(browser, javascript=True) as page:
        state.show(page, sites)

        assert violations(page) == []


def test_the_login_page_keeps_nobody_out(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280, javascript=True) as page:
        page.goto(f"{site.url}/admin/login/")
        assert violations(page) == []

        page.click("form[method=post] [type=submit]")
        page.wait_for_load_state()
        assert violations(page) == []


def test_the_staffs_pages_keep_nobody_out(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280, javascript=True) as page:
        log_in(page, site, site.login("office"))
        found = violations(page)
        page.goto(f"{site.url}/admin/intake/submission/")
        found += violations(page)
        page.locator("#result_list tbody tr a").first.click()
        page.wait_for_load_state()
        found += violations(page)

        assert found == []
