"""查找和打印: an item is found again, and what is printed can be told from what is forged."""

from playwright.sync_api import expect

from intake.choices import Status
from tests.browser.handbook.hands import ITEMS, PATIENCE, Hands
from tests.browser.handbook.steps.steps_of_registering import registered
from tests.browser.item_steps import press


def keep_a_filter(hands: Hands) -> None:
    page = hands.clerk
    hands.go(page, ITEMS)
    page.locator("details.filters > summary").click()
    press(page, page.locator(".filters__all").get_by_role("link", name="待研判").first)
    page.locator("details.save-filter > summary").click()
    page.fill("#filter-name", "等我研判的")
    saving = page.locator("details.save-filter")
    hands.show("save-filter", saving, mark=saving.get_by_role("button", name="存下"))
    press(page, saving.get_by_role("button", name="存下"))
    hands.go(page, ITEMS)
    press(page, page.get_by_role("link", name="等我研判的"))
    assert str(Status.TO_ASSESS) in page.url


def search_inside(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    hands.go(page, ITEMS)
    press(page, page.get_by_role("link", name="查封存的内容"))
    page.fill("#id_words", "机动地")
    page.locator("form.looking-for [type=submit]").click()
    expect(page.locator("#search-end")).to_be_visible(timeout=PATIENCE)
    hands.show("search-inside", page.locator(".looking-for"), page.locator(".hit").first)


def print_papers(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    press(page, page.get_by_role("link", name="打印文书"))
    papers = page.locator("main section.card")
    button = page.get_by_role("button", name="下载《信访件登记表》")
    hands.show("print-papers", papers.nth(0), papers.nth(1), mark=button)
    with page.expect_download() as download:
        button.click()
    assert download.value.suggested_filename.endswith(".docx")


def verify_a_paper(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    press(page, page.get_by_role("link", name="打印文书"))
    with page.expect_download() as download:
        page.get_by_role("button", name="下载《信访件登记表》").click()
    hands.go(page, "/admin/papers/")
    page.set_input_files("#id_paper", download.value.path())
    check = page.get_by_role("button", name="核对")
    press(page, check)
    expect(page.locator(".message--success")).to_contain_text("核对通过")
    hands.show("verify-paper", page.locator("section[aria-labelledby=check]"))
