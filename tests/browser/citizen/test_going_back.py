"""The back button loses nothing, in a browser that remembers pages as those of today do.

Older ones (Chrome before 96) load the page anew, and `autocomplete="off"` keeps them from filling
it in: on a shared phone the next person could otherwise bring the words back.
"""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import CHROMIUM_ARGUMENTS, DemoSite, chromium, open_page
from tests.browser.way import NARRATIVE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPTS = pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
FILE = {"name": "一.txt", "mimeType": "text/plain", "buffer": "（演示）".encode()}


@pytest.fixture(scope="module")
def remembering(browser: Browser) -> Iterator[Browser]:
    """Chromium with its memory for pages, which Playwright and the one without windows lack."""
    started = browser.browser_type.launch(
        executable_path=chromium(with_windows=True),
        args=CHROMIUM_ARGUMENTS,
        ignore_default_args=["--disable-back-forward-cache"],
    )
    yield started
    started.close()


def fill(page: Page, url: str) -> None:
    page.goto(f"{url}/report/")
    page.fill("[name=narrative]", NARRATIVE)
    page.check("[name=agree_privacy]")
    page.set_input_files("#attachments", [FILE])


def assert_as_it_was_left(page: Page) -> None:
    expect(page.locator("[name=narrative]")).to_have_value(NARRATIVE)
    expect(page.locator("[name=agree_privacy]")).to_be_checked()
    assert page.evaluate("document.getElementById('attachments').files[0].name") == "一.txt"


@SCRIPTS
@pytest.mark.parametrize("link", ["公告", "查询回执"])
def test_the_form_is_as_it_was_left(
    remembering: Browser, site: DemoSite, link: str, javascript: bool
):
    with open_page(remembering, javascript=javascript) as page:
        fill(page, site.url)
        page.click(f"nav >> text={link}")
        expect(page.locator("#submit")).to_be_hidden()
        # A remembered page is not loaded: it says nothing of being ready.
        page.go_back(wait_until="commit")

        assert_as_it_was_left(page)


@SCRIPTS
def test_the_same_form_sent_again_is_the_same_report(
    remembering: Browser, site: DemoSite, javascript: bool
):
    with open_page(remembering, javascript=javascript) as page:
        fill(page, site.url)
        page.click("#submit")
        code = page.inner_text("#receipt-code")
        page.go_back(wait_until="commit")
        assert_as_it_was_left(page)
        page.click("#submit")

        expect(page.locator("h1")).to_have_text("这份反映以前已经收到")
        assert page.inner_text("#receipt-code") == code


def test_who_keeps_the_words_goes_on_keeping_them_where_something_is_missing(
    browser: Browser, site: DemoSite
):
    with open_page(browser, javascript=True) as page:
        page.goto(f"{site.url}/report/")
        page.check("#keep-draft")
        page.fill("[name=narrative]", NARRATIVE)
        page.click("#submit")
        expect(page.locator(".summary")).to_be_visible()

        expect(page.locator("#keep-draft")).to_be_checked()
        expect(page.locator(".draft__found")).to_be_hidden()
        page.fill("[name=narrative]", f"{NARRATIVE}后来又想起来的。")
        assert "后来又想起来的" in page.evaluate("JSON.stringify(localStorage)")


def send_report(page: Page, url: str) -> str:
    fill(page, url)
    page.click("#submit")
    return page.inner_text("#receipt-code")


def test_the_receipt_is_back_after_a_reload_and_after_a_step_back(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page:
        code = send_report(page, site.url)
        page.reload()
        assert page.inner_text("#receipt-code") == code
        page.goto(f"{site.url}/privacy/")
        page.go_back()

        assert page.inner_text("#receipt-code") == code


@pytest.mark.parametrize("address", ["/report/", "/report/?sent=1", "the same"])
def test_whoever_opens_the_form_anew_in_the_same_tab_sees_nobodys_code(
    browser: Browser, site: DemoSite, address: str
):
    with open_page(browser, javascript=True) as page:
        code = send_report(page, site.url)
        page.goto(page.url if address == "the same" else f"{site.url}{address}")

        expect(page.locator("[name=narrative]")).to_have_value("")
        assert code not in page.content()
