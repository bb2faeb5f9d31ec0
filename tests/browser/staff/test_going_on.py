"""A long task in a real browser: a script goes on by itself, a link pauses, a button goes on."""

import re

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.staff.test_staff_pages import WIDTHS, faults, listening

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

KEYS = "/admin/intake/deskaccess/keys/"
SETTLING = "等刚才正在提交的都存好"
COUNT = "[data-stepping] [role=status]"


def test_a_desk_is_rotated_by_itself_until_it_is_paused_and_goes_on_without_a_script(
    browser: Browser, site: DemoSite
):
    with open_page(browser, width=1280, javascript=True) as page, listening(page) as said:
        log_in(page, site, site.login("office"))
        page.goto(site.url + KEYS)
        wrong = [fault for width in WIDTHS for fault in faults(page, width)]
        page.get_by_role("link", name="更换密钥").last.click()
        wrong += [fault for width in WIDTHS for fault in faults(page, width)]
        page.check("[name=begin]")
        page.get_by_role("button", name="开始更换").click()
        expect(page.locator(COUNT)).to_contain_text(SETTLING, timeout=120_000)
        wrong += [fault for width in WIDTHS for fault in faults(page, width)]
        address = page.url
        page.get_by_role("link", name="先停下").click()
        expect(page.get_by_role("heading", name="还没有做完")).to_be_visible()
        with open_page(browser, width=360, javascript=False) as plain:
            head = next(one for one in site.logins if one["role"] == "office" and one["approves"])
            log_in(plain, site, head)
            plain.goto(address)
            plain.get_by_role("button", name="继续").click()
            expect(plain.locator(COUNT)).to_have_text(re.compile(SETTLING))
    assert wrong + said == []
