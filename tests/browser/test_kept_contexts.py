"""A page finds nothing of the page before it, although both live in one context."""

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests.browser.conftest import DemoSite, open_page
from tests.browser.kept_contexts import leave

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

LEAVE_TRACES = """() => {
    localStorage.setItem("a", "1");
    sessionStorage.setItem("a", "1");
    document.cookie = "a=1; max-age=1000";
}"""
TRACES = "() => [Object.keys(localStorage), document.cookie]"


def leave_traces(page: Page, site: DemoSite) -> BrowserContext:
    page.goto(f"{site.url}/privacy/")
    page.evaluate(LEAVE_TRACES)
    assert page.evaluate(TRACES) == [["a"], "a=1"]
    page.context.set_offline(True)
    return page.context


def assert_no_trace(page: Page, site: DemoSite) -> None:
    page.goto(f"{site.url}/privacy/")
    assert page.evaluate(TRACES) == [[], ""]
    assert page.context.cookies() == []


def test_the_next_page_finds_nothing(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page:
        before = leave_traces(page, site)
    with open_page(browser, javascript=True) as page:
        assert page.context == before
        assert page.evaluate("history.length") == 1
        assert_no_trace(page, site)
        assert page.evaluate("sessionStorage.length") == 0


def test_who_comes_to_the_same_page_finds_nothing(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page:
        leave_traces(page, site)
        leave(page)
        assert_no_trace(page, site)


def test_a_failed_test_leaves_no_context(browser: Browser, site: DemoSite):
    with pytest.raises(ZeroDivisionError), open_page(browser, javascript=True) as page:
        before = leave_traces(page, site)
        raise ZeroDivisionError
    with open_page(browser, javascript=True) as page:
        assert page.context != before
        assert_no_trace(page, site)


def test_pages_that_are_open_at_once_share_nothing(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page, open_page(browser, javascript=True) as other:
        leave_traces(page, site)
        assert_no_trace(other, site)
