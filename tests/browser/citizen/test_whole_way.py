"""The whole way on every width, magnified, and over a weak connection, with scripts and without."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.way import whole_way

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPTS = pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
WIDTHS = [320, 360, 1280]
FULL_WIDTH = 1280
# What can be pressed or typed into; what only a keyboard's first press shows is left out.
CONTROLS = (
    "main a, main button, main select, main textarea, main summary, "
    "main input:not([type=hidden], .trap *)"
)
# What a finger that presses the middle of a control would not reach, or press in vain; the label
# of a choice is pressed for it.
NOT_PRESSED = """(controls) => [...document.querySelectorAll(controls)]
    .filter((e) => e.checkVisibility({ visibilityProperty: true }))
    .filter((e) => {
        const box = () => [...e.getClientRects()].find(({ width, height }) => width && height);
        if (!box()) return false;
        e.scrollIntoView({ block: 'center', inline: 'center', behavior: 'instant' });
        const { left, top, width, height } = box();
        const hit = document.elementFromPoint(left + width / 2, top + height / 2);
        const parts = [e, ...(e.labels || [])];
        return e.disabled || !hit || !parts.some((part) => part.contains(hit));
    })
    .map((e) => e.outerHTML.slice(0, 120))"""
# Slow 3G as browsers' tools know it: 400 kbit/s both ways, 400 ms until an answer begins.
SLOW_3G = {
    "offline": False,
    "latency": 400,
    "downloadThroughput": 50_000,
    "uploadThroughput": 50_000,
}
# Generous: how fast it is decides nothing here, only that it comes to an end.
PATIENCE = 120_000


def assert_fits(page: Page) -> None:
    """Nothing sticks out sideways, and nothing is cut off where it does not fit."""
    assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
    cut = page.evaluate(
        """() => [...document.querySelectorAll('main *')]
            .filter(e => getComputedStyle(e).overflowX === 'hidden' && !e.closest('.trap, .unseen'))
            .filter(e => e.scrollWidth > e.clientWidth + 1)
            .map(e => e.outerHTML.slice(0, 120))"""
    )
    assert cut == []


def words_of(page: Page) -> str:
    return re.sub(r"\s", "", page.inner_text("body"))


def assert_nothing_is_lost(page: Page) -> None:
    """Magnified, the page says the same as at its full width, and all of it can be pressed."""
    assert_fits(page)
    assert page.evaluate(NOT_PRESSED, CONTROLS) == []
    narrow, size = words_of(page), page.viewport_size
    assert size is not None
    page.set_viewport_size({"width": FULL_WIDTH, "height": 800})
    wide = words_of(page)
    page.set_viewport_size(size)
    assert narrow == wide


def assert_fits_every_width(page: Page) -> None:
    size = page.viewport_size
    assert size is not None
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": size["height"]})
        assert_fits(page)
    page.set_viewport_size(size)


@SCRIPTS
def test_fits_every_width(browser: Browser, site: DemoSite, javascript: bool):
    """Gone it is at 320 pixels magnified, at 360 over a weak connection, at 1280 by keyboard."""
    with open_page(browser, javascript=javascript) as page:
        whole_way(page, site.url, assert_fits_every_width)


@SCRIPTS
@pytest.mark.parametrize("zoom", [2, 4], ids=["200%", "400%"])
def test_goes_magnified(browser: Browser, site: DemoSite, zoom: int, javascript: bool):
    """A magnified page of 1280 x 800 has fewer, larger pixels, as here; CSS's `zoom` keeps the
    conditions of the style sheet as they are, and CDP's page scale is the pinch of two fingers,
    which lays nothing out anew.
    """
    with open_page(
        browser, width=FULL_WIDTH // zoom, height=800 // zoom, scale=zoom, javascript=javascript
    ) as page:
        whole_way(page, site.url, assert_nothing_is_lost)


@SCRIPTS
def test_goes_over_a_weak_connection(browser: Browser, site: DemoSite, javascript: bool):
    with open_page(browser, javascript=javascript) as page:
        page.set_default_timeout(PATIENCE)
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.send("Network.emulateNetworkConditions", SLOW_3G)
        whole_way(page, site.url)

        expect(page.locator("h1")).to_have_text("补充材料已经收到")
