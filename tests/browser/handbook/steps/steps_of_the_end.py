"""汇总 and 轮次结束: the ledger, what is archived, and what is held back."""

from playwright.sync_api import Page, expect

from intake.choices import Status
from tests.browser.handbook.hands import Hands
from tests.browser.handbook.steps.steps_of_handling import approved
from tests.browser.item_steps import move, press


def export_the_ledger(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/")
    press(page, page.locator("nav.side").get_by_role("link", name="信访台账"))
    export = page.get_by_role("button", name="导出（隐去反映人版）")
    what = page.locator("section[aria-labelledby=what]")
    hands.show("ledger", what, page.locator("section[aria-labelledby=working]"), mark=export)
    with page.expect_download() as download:
        export.click()
    assert download.value.suggested_filename.endswith(".xlsx")


def read_statistics(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/")
    press(page, page.locator("nav.side").get_by_role("link", name="信访举报统计表"))
    figures = page.locator("section.figures").first
    hands.show("statistics", page.locator(".figures__days"), figures.locator("thead"))
    press(page, figures.locator("tbody a").first)
    expect(page.locator("h1")).to_contain_text("信访件")


def archive_items(hands: Hands) -> None:
    approved(hands, "inquire", Status.INQUIRING)
    move(hands.clerk, Status.CLOSED, result="（演示）看了台账，已经公示。")
    page, head = hands.office, hands.office_head
    hands.go(page, "/admin/intake/retentionclass/")
    press(page, page.locator("#result_list tbody a").first)
    retention = page.input_value("[name=name]")
    page.fill("[name=fonds]", "0001")
    press(page, page.locator("[name=_save]"))
    to_the_round(hands, page)
    press(page, page.get_by_role("link", name="成批归档、不归档（清单和签名）"))
    form = page.locator("form.card").first
    form.locator("input[name$=items]").first.check()
    form.locator("input[name$=kind][value=kept]").check()
    classes = form.locator("select[name$=retention]")
    chosen = classes.locator("option").filter(has_text=retention).first
    classes.select_option(value=chosen.get_attribute("value"))
    hands.show("archive-list", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    if not page.locator("[name=deed][value=sign]").count():
        press(page, page.locator("section.card a").first)
    address = page.url.removeprefix(hands.site.url)
    sign(page, hands.password("office"))
    hands.go(head, address)
    hands.show("archive-second", head.locator("form:has([name=deed][value=sign])"))
    sign(head, hands.password("office", approves=True))
    hands.go(head, address)
    expect(head.locator("main")).to_contain_text("签完")


def to_the_round(hands: Hands, page: Page) -> None:
    hands.go(page, "/admin/")
    press(page, page.locator("nav.side").get_by_role("link", name="轮次结束"))
    press(page, page.locator("main a.button").first)


def sign(page: Page, password: str) -> None:
    form = page.locator("form:has([name=deed][value=sign])")
    form.locator("[name=password]").fill(password)
    press(page, form.locator("[type=submit]"))


def hold_back(hands: Hands) -> None:
    """As far as a round that still runs lets anybody go."""
    page = hands.office_head
    to_the_round(hands, page)
    left = page.locator("section[aria-labelledby=in-the-way]")
    hands.show("end-of-round", left.locator("h2"), left.locator("li").nth(4))
    form = page.locator("form:has([name=deed][value=hold])")
    form.locator("[name=reason]").fill("（演示）有关案件还没有办完。")
    hands.show("hold", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    press(page, page.get_by_role("button", name="解除暂缓").first)
    hands.show("purge", page.locator("section[aria-labelledby=purge]"))
