"""What a clerk prints: sheets filled from the first on, heads on each, and nothing to press."""

import math
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.paper.test_printing import MILLIMETRE, printed

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# What the margins leave of A4, in the browser's pixels.
WIDE, HIGH = round(180 * MILLIMETRE), 267 * MILLIMETRE
LONG = "\n\n".join("（演示）机动地发包没有开会，也没有公示。" * 12 for _ in range(9))
# Boxes that a browser does not divide between sheets, with their names.
UNDIVIDED = """() => [...document.querySelectorAll(".content, .content *")].filter(e => {
  const style = getComputedStyle(e), high = e.getBoundingClientRect().height > 300;
  return high && (["grid", "flex"].includes(style.display) || style.breakInside === "avoid"
    || style.overflowX === "auto" || style.overflowX === "scroll");
}).map(e => e.className || e.tagName)"""
TO_PRESS = """() => [...document.querySelectorAll("button, .button, .files a, summary, input")]
  .filter(e => e.getClientRects().length).map(e => e.textContent || e.name)"""


@pytest.fixture(scope="module")
def clerk(browser: Browser, site: DemoSite) -> Iterator[Page]:
    """The office, after a long report came in; as wide as paper."""
    with open_page(browser, width=WIDE) as page:
        page.goto(f"{site.url}/report/")
        page.fill("textarea[name=narrative]", LONG)
        page.check("input[name=agree_privacy]")
        page.locator("main form [type=submit]").last.click()
        page.wait_for_selector("#receipt-code")
        log_in(page, site, site.login("office"))
        yield page


def longest_item(folder: Path) -> UUID:
    """Other tests send reports to this demo too, some of them at a later moment."""
    with sqlite3.connect(folder / "site.sqlite3") as database:
        rows = database.execute("SELECT id FROM intake_submission ORDER BY length(sealed) DESC")
        return UUID(rows.fetchone()[0])


def test_a_long_item_fills_its_sheets_from_the_first_on(
    clerk: Page, site: DemoSite, demo_folder: Path
):
    clerk.goto(f"{site.url}/admin/intake/submission/{longest_item(demo_folder)}/change/")
    assert clerk.locator(".letter").inner_text().startswith("（演示）机动地发包")
    clerk.emulate_media(media="print")
    high = clerk.evaluate("document.documentElement.scrollHeight")
    assert high > 2 * HIGH
    assert len(printed(clerk)) <= math.ceil(high / HIGH)
    assert clerk.evaluate(UNDIVIDED) == []
    assert clerk.evaluate(TO_PRESS) == []
    clerk.emulate_media(media="screen")


@pytest.mark.parametrize("address", ["/admin/", "/admin/intake/submission/"])
def test_tables_have_their_head_on_each_sheet_and_nothing_to_press(
    clerk: Page, site: DemoSite, address: str
):
    clerk.goto(f"{site.url}{address}")
    clerk.emulate_media(media="print")
    head = clerk.locator(".list thead").first
    assert head.evaluate("e => getComputedStyle(e).display") == "table-header-group"
    assert clerk.evaluate(UNDIVIDED) == []
    assert clerk.evaluate(TO_PRESS) == []
    clerk.emulate_media(media="screen")
