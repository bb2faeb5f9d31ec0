"""Large type in the middle of the form: nothing that was typed is lost."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.way import BODY, NARRATIVE, report

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

SCRIPTS = pytest.mark.parametrize("javascript", [False, True], ids=["plain", "scripts"])
FILE = {"name": "一.txt", "mimeType": "text/plain", "buffer": "（演示）".encode()}


def fill(page: Page) -> None:
    page.fill("[name=narrative]", NARRATIVE)
    page.fill("[name=place]", "（演示）某村")
    page.check("[name=identity][value=named]")
    page.fill("[name=reporter_name]", "（演示）张三")
    page.check("[name=agree_privacy]")


def assert_all_kept(page: Page) -> None:
    expect(page.locator("[name=narrative]")).to_have_value(NARRATIVE)
    expect(page.locator("[name=place]")).to_have_value("（演示）某村")
    expect(page.locator("[name=identity][value=named]")).to_be_checked()
    expect(page.locator("[name=reporter_name]")).to_have_value("（演示）张三")
    expect(page.locator("[name=agree_privacy]")).to_be_checked()


def press_size(page: Page, words: str) -> None:
    page.click(f"nav >> text={words}")
    expect(page.locator("html.large")).to_have_count(1 if words == "大字" else 0)


@SCRIPTS
def test_the_sheet_grows_and_shrinks_with_all_that_was_typed(
    browser: Browser, site: DemoSite, javascript: bool
):
    with open_page(browser, javascript=javascript) as page:
        page.goto(f"{site.url}/")
        page.locator("a[href*='target=']").filter(has_text=BODY).first.click()
        fill(page)
        press_size(page, "大字")

        assert_all_kept(page)
        expect(page.locator("#target option:checked")).to_contain_text(BODY)
        expect(page.locator("[aria-invalid]")).to_have_count(0)
        press_size(page, "正常字")
        assert_all_kept(page)


@SCRIPTS
def test_a_sheet_with_errors_grows_with_its_errors(
    browser: Browser, site: DemoSite, javascript: bool
):
    with open_page(browser, javascript=javascript) as page:
        page.goto(f"{site.url}/report/")
        fill(page)
        page.click("#submit")
        expect(page.locator(".summary")).to_be_visible()
        press_size(page, "大字")

        assert_all_kept(page)
        expect(page.locator(".summary")).to_be_visible()
        expect(page.locator("[name=reporter_phone][aria-invalid]")).to_have_count(1)


@SCRIPTS
def test_what_is_sent_from_the_large_sheet_is_answered_large(
    browser: Browser, site: DemoSite, javascript: bool
):
    with open_page(browser, javascript=javascript) as page:
        page.goto(f"{site.url}/report/")
        press_size(page, "大字")
        page.fill("[name=narrative]", NARRATIVE)
        page.check("[name=agree_privacy]")
        page.click("#submit")

        expect(page.locator("#receipt-code")).to_be_visible()
        expect(page.locator("html.large")).to_have_count(1)
        expect(page.locator("nav a").first).to_have_attribute("href", "/?size=large")


@SCRIPTS
def test_a_supplement_grows_too(browser: Browser, site: DemoSite, javascript: bool):
    with open_page(browser, javascript=javascript) as page:
        code = report(page, site.url)
        page.goto(f"{site.url}/receipt/")
        page.fill("[name=code]", code)
        page.click("main form [type=submit]")
        page.fill("[name=narrative]", NARRATIVE)
        press_size(page, "大字")

        expect(page.locator("[name=narrative]")).to_have_value(NARRATIVE)
        page.click("#submit")
        expect(page.locator("h1")).to_have_text("补充材料已经收到")


def test_files_stay_chosen_where_scripts_run(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page:
        page.goto(f"{site.url}/report/")
        page.set_input_files("#attachments", [FILE])
        press_size(page, "大字")

        assert page.evaluate("document.getElementById('attachments').files[0].name") == "一.txt"
