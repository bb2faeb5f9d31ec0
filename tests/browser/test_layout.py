"""Room for every width and finger, few bytes, and everything by keyboard."""

import gzip

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.states import NARRATIVE, STATES, State, form_with_errors

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# 640 and 320 px are also what is left of 1280 px at 200 % and 400 % zoom.
WIDTHS = [320, 360, 640, 1280]
LEAST_TARGET = 44
MOST_REQUESTS = 8
MOST_BYTES = 100 * 1024

WIDER_THAN_THE_SCREEN = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = document.documentElement.scrollWidth > width;
    return !scrolls ? [] : [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > width)
        .map(e => e.outerHTML.slice(0, 120));
}"""

# A link in a sentence is as high as its line; WCAG excepts it. A button, a row of a list or of
# the navigation is pressed on its own. A choice is pressed on its label.
LOW_TARGETS = """least => {
    const seen = e => e.getClientRects().length && !e.closest('.trap, .skip, .unseen');
    const inSentence = a => [...a.parentElement.childNodes]
        .some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const own = a => !inSentence(a) || a.classList.contains('button');
    const targets = [
        ...document.querySelectorAll('button, select, textarea, summary, [role=option]'),
        ...document.querySelectorAll('.choice label'),
        ...document.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox])'),
        ...[...document.querySelectorAll('a[href]')].filter(own),
    ];
    return targets.filter(seen)
        .filter(e => e.getBoundingClientRect().height < least - 0.5)
        .map(e => e.getBoundingClientRect().height + ' ' + e.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_fits_every_width_and_every_finger(browser: Browser, sites: dict[str, str], state: State):
    with open_page(browser, javascript=True) as page:
        state.show(page, sites)

        assert page.evaluate(LOW_TARGETS, LEAST_TARGET) == []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert (width, page.evaluate(WIDER_THAN_THE_SCREEN)) == (width, [])


def weigh(route: Route, weights: list[tuple[str, int]]) -> None:
    """Notes what an answer weighs compressed, as the proxy and WhiteNoise send it."""
    answer = route.fetch()
    headers = sum(len(name) + len(value) + 4 for name, value in answer.headers.items())
    weights.append((route.request.url, headers + len(gzip.compress(answer.body(), 6))))
    route.fulfill(response=answer)


def test_the_whole_way_is_light(browser: Browser, site: DemoSite):
    weights: list[tuple[str, int]] = []
    with open_page(browser) as page:
        page.route("**/*", lambda route: weigh(route, weights))
        page.goto(site.url)
        page.locator("a[href*='target=']").first.click()
        page.fill("[name=narrative]", NARRATIVE)
        page.check("[name=agree_privacy]")
        page.click("#submit")
        expect(page.locator("#receipt-code")).to_be_visible()

    once = dict(weights)
    assert len(once) <= MOST_REQUESTS, once
    assert sum(once.values()) <= MOST_BYTES, once


def focused(page: Page) -> str:
    """The id, or else the words, of what the keyboard stands on."""
    words = page.evaluate("document.activeElement.id || document.activeElement.innerText || ''")
    return str(words).strip()


def tab_to(page: Page, wanted: str) -> None:
    """Presses Tab until it is reached; the outline must show at every stop."""
    for _ in range(40):
        page.keyboard.press("Tab")
        if focused(page) == wanted:
            return
        assert page.evaluate(OUTLINED), focused(page)
    pytest.fail(f"Tab does not reach {wanted}")


OUTLINED = """() => {
    const e = document.activeElement;
    const seen = e.matches('.choice input') ? e.nextElementSibling : e;
    return getComputedStyle(seen).outlineStyle !== 'none';
}"""


def test_a_report_by_keyboard_alone(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280, javascript=True) as page:
        page.goto(f"{site.url}/report/")
        page.keyboard.press("Tab")
        assert focused(page) == "跳到正文"
        page.keyboard.press("Enter")
        assert focused(page) == "main"
        tab_to(page, "narrative")
        page.keyboard.type(NARRATIVE)
        tab_to(page, "agree_privacy")
        page.keyboard.press("Space")
        tab_to(page, "submit")
        page.keyboard.press("Enter")

        expect(page.locator("#receipt-code")).to_be_visible()


def test_the_summary_leads_to_the_field(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page:
        form_with_errors(page, site.url)
        for link in page.locator(".summary a").all():
            field = str(link.get_attribute("href")).removeprefix("#")
            link.focus()
            page.keyboard.press("Enter")
            assert page.evaluate("document.activeElement.id") == field
