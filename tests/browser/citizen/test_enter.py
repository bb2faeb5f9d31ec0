"""Enter in a field of the form sends nothing, with scripts and without."""

import pytest
from playwright.sync_api import Browser, Page, Request, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.way import NARRATIVE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPTS = pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
# Everything in which Enter is known to press a button of the form.
LINES = "#sheet input:not([type=hidden], [type=file], [type=checkbox], [type=radio])"
TICKS = "#sheet :is([type=checkbox], [type=radio])"


def posts_of(page: Page) -> list[str]:
    """Fills itself with the addresses that anything is sent to."""
    sent: list[str] = []

    def hear(request: Request) -> None:
        if request.method == "POST":
            sent.append(request.url)

    page.on("request", hear)
    return sent


def press_enter_in(page: Page, fields: str) -> int:
    """Presses it in each one that is seen; gives how many these are."""
    count = page.locator(fields).count()
    shown = [number for number in range(count) if page.locator(fields).nth(number).is_visible()]
    for number in shown:
        page.locator(fields).nth(number).press("Enter")
        page.wait_for_load_state()
    page.wait_for_timeout(300)
    return len(shown)


def fill(page: Page) -> None:
    page.fill("[name=narrative]", NARRATIVE)
    page.fill("[name=subject]", "（演示）某人")
    page.check("[name=agree_privacy]")


@SCRIPTS
def test_enter_in_a_line_sends_nothing(browser: Browser, site: DemoSite, javascript: bool):
    with open_page(browser, javascript=javascript) as page:
        page.goto(f"{site.url}/report/")
        fill(page)
        sent = posts_of(page)

        assert press_enter_in(page, LINES) >= 4
        assert sent == []
        expect(page.locator("[name=subject]")).to_have_value("（演示）某人")
        page.click("#submit")
        expect(page.locator("#receipt-code")).to_be_visible()


@SCRIPTS
def test_enter_on_a_tick_sends_no_report(browser: Browser, site: DemoSite, javascript: bool):
    """Without scripts Chromium presses some button: one that gives the same sheet back."""
    with open_page(browser, javascript=javascript) as page:
        page.goto(f"{site.url}/report/")
        fill(page)

        assert press_enter_in(page, TICKS) >= 4
        expect(page.locator("#receipt-code")).to_have_count(0)
        expect(page.locator("[name=narrative]")).to_have_value(NARRATIVE)
        expect(page.locator("[name=agree_privacy]")).to_be_checked()
        expect(page.locator("[aria-invalid]")).to_have_count(0)


@SCRIPTS
def test_enter_in_a_sheet_with_errors_sends_nothing(
    browser: Browser, site: DemoSite, javascript: bool
):
    with open_page(browser, javascript=javascript) as page:
        page.goto(f"{site.url}/report/")
        page.click("#submit")
        expect(page.locator(".summary")).to_be_visible()
        sent = posts_of(page)

        assert press_enter_in(page, LINES) >= 4
        assert sent == []


@pytest.mark.parametrize("composing", [{"isComposing": True}, {"keyCode": 229}])
def test_the_enter_that_ends_composing_chooses_nothing(
    browser: Browser, site: DemoSite, composing: dict[str, object]
):
    with open_page(browser, javascript=True) as page:
        page.goto(f"{site.url}/report/")
        page.fill("#target-find", "梁水")
        page.press("#target-find", "ArrowDown")
        event = {"key": "Enter", "bubbles": True, "cancelable": True, **composing}

        prevented = page.evaluate(
            """(event) => !document.getElementById("target-find")
                .dispatchEvent(new KeyboardEvent("keydown", event))""",
            event,
        )

        assert not prevented
        expect(page.locator("#target")).to_have_value("")


@SCRIPTS
def test_enter_in_the_code_asks_and_the_size_keeps_it(
    browser: Browser, site: DemoSite, javascript: bool
):
    with open_page(browser, javascript=javascript) as page:
        page.goto(f"{site.url}/receipt/")
        page.fill("[name=code]", "1234 5678")
        page.click(".nav__size")
        expect(page.locator("html")).to_have_class("large")
        expect(page.locator("[name=code]")).to_have_value("1234 5678")
        page.press("[name=code]", "Enter")

        expect(page.locator("#code-error")).to_be_visible()
