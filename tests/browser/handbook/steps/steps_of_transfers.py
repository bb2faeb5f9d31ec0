"""移交 and 立行立改: what leaves the round, and what is set right at once."""

from playwright.sync_api import Page, expect

from intake.choices import Status
from tests.browser.handbook.hands import Hands
from tests.browser.handbook.steps.steps_of_handling import approved
from tests.browser.item_steps import on_list, opened, press

TODAY = "2025-04-15"
RECEIVER = "市信访局（演示）"


def transfer(hands: Hands) -> None:
    path = approved(hands, "transfer", Status.TO_TRANSFER, scope="out", nature="appeal")
    page, head = hands.office, hands.office_head
    hands.go(page, path)
    press(page, page.get_by_role("link", name="放进移交清单"))
    form = page.locator("main form.move__form")
    form.locator("[name=receiver]").select_option(label=RECEIVER)
    hands.show("gather", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    address = page.url.removeprefix(hands.site.url)
    write_an_abstract(hands, page, "abstract")
    hands.go(page, address)
    on_list(page, "propose", "proposed")
    hands.go(head, address)
    on_list(head, "approve", "approved", document_number="演示移〔2025〕97号")
    hands.go(page, address)
    on_list(page, "send", "sent", sent_on=TODAY)
    signing = opened(page.locator("#deeds"), "sign")
    signing.locator("[name=signed_on]").fill(TODAY)
    signing.locator("[name=signer]").fill("冯某某（演示）")
    hands.show("sign-for-list", page.locator("#deeds"), mark=signing.locator("[type=submit]"))
    press(page, signing.locator("[type=submit]"))
    on_list(page, "answer", "answered", feedback_on=TODAY, result="（演示）已经答复本人。")


def write_an_abstract(hands: Hands, page: Page, picture: str) -> None:
    press(page, page.get_by_role("link", name="写摘要"))
    page.fill("[name=abstract]", "（演示）请求公开办事的时限和结果。")
    save = page.get_by_role("button", name="保存摘要")
    hands.show(picture, page.locator(".item__facts"), mark=save)
    press(page, save)


def fix_at_once(hands: Hands) -> None:
    path = approved(hands, "fix", Status.FIXING, scope="in", nature="suggestion")
    page, head = hands.clerk, hands.head
    press(page, page.get_by_role("link", name="起草立行立改通知书"))
    press(page, page.locator("main form.move__form [type=submit]"))
    address = page.url.removeprefix(hands.site.url)
    write_an_abstract(hands, page, "notice-words")
    hands.go(page, address)
    on_list(page, "propose", "proposed")
    hands.go(head, address)
    number = opened(head.locator("#deeds"), "approve")
    number.locator("[name=document_number]").fill("演示改〔2025〕97号")
    hands.show("approve-notice", head.locator("#deeds"), mark=number.locator("[type=submit]"))
    press(head, number.locator("[type=submit]"))
    hands.go(page, address)
    on_list(page, "send", "sent", sent_on=TODAY)
    on_list(page, "sign", "signed", signed_on=TODAY, signer="冯某某（演示）")
    hands.go(page, path)
    expect(page.locator("#transfers")).to_contain_text("已签收")
