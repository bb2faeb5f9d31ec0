"""The case file in a real browser: kept while it is typed, and whole without a script."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.page_fit import WIDER_THAN_THE_SCREEN
from tests.browser.staff.test_staff_pages import WIDTHS, faults, listening

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

TYPED = "（演示）写了一半的摘要"
OFFER = "上次没有保存的内容"


def open_an_item(page: Page, site: DemoSite, role: str, address: str = "") -> str:
    """Logs in and opens the form of the newest item's case file; gives its address."""
    log_in(page, site, site.login(role))
    if not address:
        page.goto(f"{site.url}/admin/intake/submission/")
        page.locator("#result_list tbody a").first.click()
        address = page.url
    page.goto(address)
    page.get_by_text("修改办理卷", exact=True).click()
    return address


def test_what_is_typed_outlives_the_session(browser: Browser, site: DemoSite):
    with (
        open_page(browser, width=1280, javascript=True) as page,
        listening(page) as said,
    ):
        address = open_an_item(page, site, "team")
        page.locator("[name=abstract]").fill(TYPED)
        kept = page.locator(".case__form [data-written-status]")
        expect(kept).to_contain_text("已封存保留", timeout=60000)
        page.context.clear_cookies(name="sessionid")
        open_an_item(page, site, "team", address)
        expect(page.locator(".written")).to_contain_text(OFFER)
        page.get_by_role("button", name="放回去").click()
        expect(page.locator("[name=abstract]")).to_have_value(TYPED)
        wrong = [fault for width in WIDTHS for fault in faults(page, width)]
        page.set_viewport_size({"width": 1280, "height": 740})
        page.get_by_role("button", name="保存办理卷").click()
        expect(page.locator(".messages")).to_contain_text("办理卷已保存")
        expect(page.locator(".written")).to_have_count(0)
        expect(page.locator(".case .facts").first).to_contain_text(TYPED)
    assert wrong + said == []


def test_all_of_it_works_without_scripts(browser: Browser, site: DemoSite):
    with open_page(browser, width=360) as page, listening(page) as said:
        address = open_an_item(page, site, "office")
        page.get_by_role("button", name="再加两行").click()
        page.locator("[name=accused-1-name]").fill("李某某（演示）")
        page.locator("[name=main][value='1']").check()
        page.locator("[name=accused-2-name]").fill("李某某（演示）")
        page.get_by_role("button", name="保存办理卷").click()
        expect(page.locator("#id_accused-2-name_error")).to_contain_text("前面已经写过一次")
        wrong = page.evaluate(WIDER_THAN_THE_SCREEN)
        page.locator("[name=accused-2-DELETE]").check()
        page.get_by_role("button", name="保存办理卷").click()
        expect(page.locator(".case .facts").first).to_contain_text("李某某（演示）")
        page.get_by_role("link", name="要看，先选事由").click()
        page.get_by_label("核对署名").check()
        page.get_by_role("button", name="查看反映人").click()
        expect(page.locator("main")).to_contain_text("这次查看已留痕")
        wrong += page.evaluate(WIDER_THAN_THE_SCREEN)
        page.goto(address)
    assert wrong + said == []


def test_the_words_of_a_deed_come_back_into_their_form(browser: Browser, site: DemoSite):
    """By the one mark that every other form has; folded parts of the page open for the offer."""
    with (
        open_page(browser, width=360, javascript=True) as page,
        listening(page) as said,
    ):
        log_in(page, site, site.login("team"))
        page.goto(f"{site.url}/admin/intake/submission/?status__exact=to_assess")
        page.locator("#result_list tbody a").first.click()
        page.get_by_text("退回、作废", exact=True).click()
        form = page.locator("form", has=page.locator("[name=to][value=voided]"))
        page.locator("details.move", has=form).locator("summary").click()
        form.locator("[name=reason]").fill(TYPED)
        expect(form.locator("[data-written-status]")).to_contain_text("已封存保留", timeout=60000)
        page.reload()
        expect(form.locator("[data-written-offer]")).to_contain_text(OFFER)
        form.get_by_role("button", name="放回去").click()
        expect(form.locator("[name=reason]")).to_have_value(TYPED)
        wrong = page.evaluate(WIDER_THAN_THE_SCREEN)
        page.reload()
        form.get_by_role("button", name="不要了，删掉").click()
        expect(page.locator("[data-written-offer]")).to_have_count(0)
        page.reload()
        expect(page.locator("[data-written-offer]")).to_have_count(0)
    assert wrong + said == []
