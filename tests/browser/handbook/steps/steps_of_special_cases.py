"""少见的事: what goes up unread, who must not see, what was void, what was registered wrongly."""

from playwright.sync_api import expect

from intake.choices import Status
from tests.browser.handbook.hands import Hands
from tests.browser.handbook.steps.steps_of_registering import registered
from tests.browser.item_steps import opened, press, stands


def keep_sealed_matters(hands: Hands) -> None:
    page, other = hands.office, hands.office_head
    hands.go(page, "/admin/intake/sealedmatter/")
    press(page, page.get_by_role("link", name="新增密封件"))
    page.select_option("[name=keeper]", index=1)
    form = page.locator("main form[method=post]")
    hands.show("sealed-matter", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    address = page.url.removeprefix(hands.site.url)
    sending = page.locator("form:has([name=deed][value=send])")
    sending.locator("[name=password]").fill(hands.password("office"))
    hands.show("send-up", sending, mark=sending.locator("[type=submit]"))
    press(page, sending.locator("[type=submit]"))
    hands.go(other, address)
    witness = other.locator("form:has([name=deed][value=witness])")
    witness.locator("[name=password]").fill(hands.password("office", approves=True))
    press(other, witness.locator("[type=submit]"))
    expect(other.locator("h1")).to_contain_text("已上送")


def keep_somebody_out(hands: Hands) -> None:
    path, page = registered(hands, hands.clerk), hands.office
    hands.go(page, path)
    press(page, page.get_by_role("link", name="让一个人回避"))
    form = page.locator("main form.move__form")
    form.locator("[name=clerk]").select_option(index=1)
    form.locator("[name=reason]").fill("（演示）和被反映人是亲属。")
    hands.show("recuse", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    hands.go(page, f"{path.removesuffix('change/')}recusals/")
    press(page, page.get_by_role("button", name="结束回避"))


def void_an_item(hands: Hands) -> None:
    clerk, head = hands.clerk, hands.head
    path = registered(hands, clerk)
    clerk.locator("#handling details.rare > summary").click()
    form = opened(clerk.locator("#handling"), Status.VOIDED)
    form.locator("[name=reason]").fill("（演示）同一封信登记了两次。")
    hands.show("void", form, mark=form.locator("[type=submit]"))
    press(clerk, form.locator("[type=submit]"))
    hands.go(head, path)
    sure = head.get_by_role("button", name="确认作废")
    hands.show("confirm-void", head.locator("#handling"), mark=sure)
    press(head, sure)
    stands(head, Status.VOIDED)


def correct_a_registration(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    press(page, page.get_by_role("link", name="更正登记"))
    page.fill("[name=postmarked_on]", "2025-04-11")
    page.select_option("select[name=reason]", index=1)
    parts, save = page.locator(".register__part"), page.locator("#save-and-next")
    hands.show("correct", parts.nth(0))
    hands.show("correct-reason", parts.last, save, mark=save)
    press(page, save)
    expect(page.locator("#registered-number")).to_be_visible()
