"""A telephone that gives one file at a time: without scripts further fields take the others."""

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DemoSite, open_page
from tests.browser.way import NARRATIVE

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

FILES = [
    {"name": f"{name}.txt", "mimeType": "text/plain", "buffer": f"（演示）{name}".encode()}
    for name in "一二三"
]


def test_each_further_field_takes_one_more_file(browser: Browser, site: DemoSite):
    with open_page(browser) as page:
        page.goto(f"{site.url}/report/")
        page.fill("[name=narrative]", NARRATIVE)
        page.check("[name=agree_privacy]")
        page.click(".more-files summary")
        expect(page.locator(".more-files .hint")).to_contain_text("会换掉前面选的那个")
        fields = page.locator("#attachments, .more-files [name=attachments]")
        assert fields.count() == 9
        for number, file in enumerate(FILES):
            fields.nth(number * 4).set_input_files(file)
        page.click("#submit")
        code = page.inner_text("#receipt-code")
        page.goto(f"{site.url}/receipt/")
        page.fill("[name=code]", code)
        page.click("main form [type=submit]")

        expect(page.locator("h1")).to_have_text("您的反映已经收到")


def test_scripts_gather_all_files_in_one_field(browser: Browser, site: DemoSite):
    with open_page(browser, javascript=True) as page:
        page.goto(f"{site.url}/report/")
        for file in FILES:
            page.set_input_files("#attachments", [file])
            page.evaluate("document.getElementById('attachments').isReady")

        expect(page.locator(".more-files")).to_have_count(0)
        expect(page.locator(".chosen-files li")).to_have_count(3)
