"""The whole way on a phone without JavaScript: from the notice to the clerk who reads it."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, log_in, open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TEAM = "市县统筹第一巡察组"
OTHER_TEAM = "市县统筹第二巡察组"
NARRATIVE = "（演示）村里的机动地去年发包，没有开会，也没有公示过。"
ADDED = "（演示）补充：合同是前年腊月签的。"


def report(page: Page, site: DemoSite) -> str:
    """Opens the site, finds the body, tells it; returns the receipt's code."""
    page.goto(site.url)
    expect(page.locator("body")).to_have_attribute("data-window", "open")
    page.locator("a[href*='target=']").filter(has_text="梁水镇").first.click()
    expect(page.locator("[name=target] option:checked")).to_contain_text("梁水镇")
    page.fill("[name=narrative]", NARRATIVE)
    page.check("[name=agree_privacy]")
    page.click("form[action*=report] [type=submit], form [type=submit]")
    code = page.locator("#receipt-code").inner_text()
    assert re.fullmatch(r"\d{4}(\s+\d{4}){4}", code.strip())
    return code.strip()


def look_up_and_supplement(page: Page, site: DemoSite, code: str) -> None:
    page.goto(f"{site.url}/receipt/")
    page.fill("[name=code]", code)
    page.click("form [type=submit]")
    expect(page.locator("body")).to_contain_text("2025年4月15日")
    page.fill("[name=narrative]", ADDED)
    page.click("form[action$='/receipt/supplement/'] [type=submit]")
    expect(page.locator("body")).to_contain_text("收到")
    assert "supplement" in page.url
    assert re.sub(r"\D", "", code) not in page.url


def newest_item(page: Page, site: DemoSite) -> str:
    """The address of the item that came in last."""
    page.goto(f"{site.url}/admin/intake/submission/")
    link = page.locator("#result_list tbody tr").first.locator("a").first
    return str(link.get_attribute("href"))


def test_from_the_notice_to_the_clerk_and_to_nobody_else(browser: Browser, site: DemoSite):
    with open_page(browser) as phone:
        code = report(phone, site)
        look_up_and_supplement(phone, site, code)
        assert phone.context.cookies() == []
    with open_page(browser, width=1280) as desk:
        log_in(desk, site, site.login("team", TEAM))
        item = newest_item(desk, site)
        desk.goto(f"{site.url}{item}")
        expect(desk.locator("body")).to_contain_text(NARRATIVE)
        expect(desk.locator("body")).to_contain_text(ADDED)
        expect(desk.locator("body")).to_contain_text("不另外保存")
    with open_page(browser, width=1280) as other:
        log_in(other, site, site.login("team", OTHER_TEAM))
        answer = other.goto(f"{site.url}{item}")
        assert answer is not None
        assert answer.status == 404
        expect(other.locator("body")).not_to_contain_text(NARRATIVE)
