"""A citizen keeps the receipt as a file and has it checked, without JavaScript."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Response

from tests.browser.conftest import DemoSite, open_page

pytestmark = pytest.mark.browser


def send_report(page: Page, site: DemoSite) -> None:
    page.goto(f"{site.url}/report/")
    page.fill("textarea[name=narrative]", "（演示）机动地发包没有开会，也没有公示过。")
    page.check("input[name=agree_privacy]")
    page.click("#submit")


def keep_file(page: Page, folder: Path) -> Path:
    with page.expect_download() as download:
        page.click("button:has-text('保存回执文件')")
    file = folder / download.value.suggested_filename
    download.value.save_as(file)
    return file


def check_file(page: Page, site: DemoSite, file: Path) -> Response:
    page.goto(f"{site.url}/receipt/verify/")
    page.set_input_files("#file", file)
    with page.expect_navigation() as answer:
        page.click("button:has-text('核对')")
    return answer.value


def assert_fits(page: Page) -> None:
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wider <= 0


@pytest.mark.parametrize("width", [320, 360, 1280])
def test_a_receipt_is_kept_and_found_genuine(
    browser: Browser, site: DemoSite, tmp_path: Path, width: int
):
    with open_page(browser, width=width) as page:
        send_report(page, site)
        code = page.inner_text("#receipt-code").replace(" ", "")
        file = keep_file(page, tmp_path)
        assert file.name == "回执.txt"
        assert code not in file.read_text(encoding="utf-8-sig")
        assert check_file(page, site, file).status == 200
        assert page.inner_text("h1") == "这份回执是真的"
        assert_fits(page)


def test_a_changed_file_is_told_at_its_field(browser: Browser, site: DemoSite, tmp_path: Path):
    with open_page(browser) as page:
        send_report(page, site)
        file = keep_file(page, tmp_path)
        file.write_bytes(file.read_bytes().replace("一份".encode(), "两份".encode()))
        assert check_file(page, site, file).status == 422
        assert "核对不过" in page.inner_text("#file-error")
        assert page.get_attribute("#file", "aria-invalid") == "true"
        assert_fits(page)


def test_the_page_can_be_read_large(browser: Browser, site: DemoSite):
    with open_page(browser, width=320) as page:
        page.goto(f"{site.url}/receipt/verify/?size=large")
        assert page.locator("html.large").count() == 1
        assert_fits(page)
