"""A session's end in a real browser: it is warned of, and nothing that was typed is lost."""

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, forget_codes, log_in, open_page
from tests.browser.staff.test_staff_pages import WIDTHS, faults, listening

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

WARNING = "#session-warning"
TYPED = "0635-7654321，东街3号院里"


def in_the_office(page: Page, site: DemoSite) -> None:
    log_in(page, site, site.login("office"))


def test_two_minutes_before_the_end_the_page_warns_and_a_press_keeps_the_session(
    browser: Browser, site: DemoSite
):
    # The clock is the whole context's.
    with (
        open_page(browser, width=1280, javascript=True, own_context=True) as page,
        listening(page) as said,
    ):
        in_the_office(page, site)
        page.clock.install()
        page.goto(f"{site.url}/admin/")
        expect(page.locator(WARNING)).to_be_hidden()
        page.clock.fast_forward("12:30")
        expect(page.locator(WARNING)).to_be_hidden()
        page.clock.fast_forward("00:40")
        expect(page.locator(WARNING)).to_contain_text("再过2分钟没有操作，就要重新登录")
        assert page.locator(WARNING).get_attribute("role") == "alert"
        wrong = [fault for width in WIDTHS for fault in faults(page, width)]
        page.get_by_role("button", name="继续登录").click()
        expect(page.locator(WARNING)).to_be_hidden()
        page.clock.fast_forward("12:30")
        expect(page.locator(WARNING)).to_be_hidden()
        page.clock.fast_forward("03:00")
        expect(page.locator(WARNING)).to_contain_text("登录已经到时")
    assert wrong + said == []


def test_work_in_another_page_of_the_browser_puts_the_warning_off(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280, javascript=True, own_context=True) as page:
        in_the_office(page, site)
        page.clock.install()
        page.goto(f"{site.url}/admin/")
        page.clock.fast_forward("12:30")
        other = page.context.new_page()
        other.goto(f"{site.url}/admin/")
        expect(other.locator("#session-end")).to_be_visible()
        page.clock.fast_forward("10:00")
        expect(page.locator(WARNING)).to_be_hidden()
        page.clock.fast_forward("03:10")
        expect(page.locator(WARNING)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_what_was_typed_after_the_end_is_given_back_and_saved(
    browser: Browser, site: DemoSite, javascript: bool
):
    with open_page(browser, width=360, javascript=javascript) as page, listening(page) as said:
        in_the_office(page, site)
        page.goto(f"{site.url}/admin/inspection/contactpoint/add/")
        page.select_option("select[name=kind]", "email")
        page.fill("[name=value]", TYPED)
        page.context.clear_cookies(name="sessionid")
        page.click("button[name=_save]")
        expect(page.locator("#not-done")).to_contain_text("没有保存")
        forget_codes(site.folder)
        in_place(page, site)
        expect(page.locator("main")).to_contain_text(TYPED)
        wrong = [fault for width in WIDTHS for fault in faults(page, width)] if javascript else []
        page.click("main button[type=submit]")
        expect(page.locator(".message--success")).to_be_visible()
    # The login page that stands in place of the form is a refusal, which the browser notes.
    assert wrong + [words for words in said if " 403 " not in words] == []


def in_place(page: Page, site: DemoSite) -> None:
    """Logs in on the page that is shown, whatever it carries along."""
    from tests.browser.conftest import one_time_code

    login = site.login("office")
    page.fill("input[name=username]", login["username"])
    page.fill("input[name=password]", login["password"])
    page.fill("input[name=otp_token]", one_time_code(login))
    page.click("main form[method=post] [type=submit]")
