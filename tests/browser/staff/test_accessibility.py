"""axe finds nothing on the staff's pages, in every scheme of colours."""

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import violations
from tests.browser.conftest import DemoSite, log_in, open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


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
