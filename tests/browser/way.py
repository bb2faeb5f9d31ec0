"""The whole way of a person: the notice, the form, the receipt, looking it up, adding to it."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

BODY = "梁水镇"
NARRATIVE = "（演示）村里的机动地去年发包，没有开会，也没有公示过。"
ADDED = "（演示）补充：合同是前年腊月签的。"
CODE = re.compile(r"\d{4}(\s+\d{4}){4}")

Look = Callable[[Page], None]


def look_away(page: Page) -> None:
    """What a test does at each stop that is interested in the end alone."""


def report(page: Page, url: str, look: Look = look_away, *, narrative: str = NARRATIVE) -> str:
    """From the notice over the form to the receipt; returns its code."""
    page.goto(url)
    look(page)
    page.locator("a[href*='target=']").filter(has_text=BODY).first.click()
    page.wait_for_selector("#submit")
    expect(page.locator("#target option:checked")).to_contain_text(BODY)
    look(page)
    page.fill("[name=narrative]", narrative)
    page.check("[name=agree_privacy]")
    page.click("#submit")
    code = page.wait_for_selector("#receipt-code.code")
    look(page)
    assert code is not None
    assert CODE.fullmatch(code.inner_text().strip())
    return re.sub(r"\s", "", code.inner_text())


def add_to_it(page: Page, url: str, code: str, look: Look = look_away) -> None:
    """Asks for the report by its code and adds to it."""
    page.goto(f"{url}/receipt/")
    look(page)
    page.fill("[name=code]", code)
    page.click("main form [type=submit]")
    page.wait_for_selector("dl #receipt-code")
    look(page)
    page.fill("[name=narrative]", ADDED)
    page.click("#submit")
    page.wait_for_selector("h1:has-text('补充材料已经收到')")
    look(page)


def whole_way(page: Page, url: str, look: Look = look_away) -> None:
    """All of it; `look` is called at each of the six stops."""
    add_to_it(page, url, report(page, url, look), look)
