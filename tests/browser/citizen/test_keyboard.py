"""Everything by keyboard alone, and the focus to be seen wherever it stands."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.states import form_with_errors
from tests.browser.way import ADDED, BODY, NARRATIVE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MOST_STOPS = 80
OUTLINED = """() => {
    const e = document.activeElement;
    const seen = e.matches('.choice input') ? e.nextElementSibling : e;
    return getComputedStyle(seen).outlineStyle !== 'none';
}"""
FOCUSED = """() => {
    const e = document.activeElement;
    return e.id || e.getAttribute('aria-label') || e.innerText || '';
}"""


def focused(page: Page) -> str:
    """The id, or else the words, of what the keyboard stands on."""
    return " ".join(str(page.evaluate(FOCUSED)).split())


def tab_to(page: Page, wanted: str) -> None:
    """Presses Tab until it is reached; the outline must show at every stop."""
    for _ in range(MOST_STOPS):
        page.keyboard.press("Tab")
        assert page.evaluate(OUTLINED), focused(page)
        if wanted in focused(page):
            return
    pytest.fail(f"Tab does not reach {wanted}")


def press(page: Page, key: str, then: str) -> None:
    """Presses a key that leads to what `then` selects."""
    page.keyboard.press(key)
    expect(page.locator(then)).to_be_visible()


@pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
def test_the_whole_way_by_keyboard_alone(browser: Browser, site: DemoSite, javascript: bool):
    with open_page(browser, width=1280, javascript=javascript) as page:
        page.goto(site.url)
        tab_to(page, BODY)
        press(page, "Enter", "#submit")
        expect(page.locator("#target option:checked")).to_contain_text(BODY)
        tab_to(page, "narrative")
        page.keyboard.type(NARRATIVE)
        tab_to(page, "agree_privacy")
        page.keyboard.press("Space")
        tab_to(page, "submit")
        press(page, "Enter", "#receipt-code.code")
        tab_to(page, "查一查，补充材料")
        press(page, "Enter", "dl #receipt-code")
        tab_to(page, "narrative")
        page.keyboard.type(ADDED)
        tab_to(page, "submit")
        press(page, "Enter", "h1:has-text('补充材料已经收到')")


def test_the_first_press_skips_to_the_content(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280) as page:
        page.goto(f"{site.url}/report/")
        page.keyboard.press("Tab")
        assert focused(page) == "跳到正文"
        page.keyboard.press("Enter")

        assert focused(page) == "main"


def test_names_are_reached_once_they_are_wanted(browser: Browser, site: DemoSite):
    """A choice between two is one stop; the arrows change it."""
    with open_page(browser, width=1280, javascript=True) as page:
        page.goto(f"{site.url}/report/")
        tab_to(page, "identity-anonymous")
        page.keyboard.press("ArrowDown")
        assert focused(page) == "identity-named"
        tab_to(page, "reporter_name")

        expect(page.locator("#reporter_name")).to_be_visible()


def test_the_summary_leads_to_the_field(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page:
        form_with_errors(page, site.url)
        for link in page.locator(".summary a").all():
            field = str(link.get_attribute("href")).removeprefix("#")
            link.focus()
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == field
