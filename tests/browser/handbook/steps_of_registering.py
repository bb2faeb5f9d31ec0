"""收件登记: whatever comes in gets its number."""

from playwright.sync_api import Page, expect

from tests.browser.handbook.hands import ITEMS, Hands
from tests.browser.item_steps import press

NARRATIVE = "（演示）村里的机动地去年包给了一家人，没有开会，租金也没有公示。"


def register_a_letter(hands: Hands) -> None:
    page = hands.office
    hands.go(page, ITEMS)
    press(page, page.get_by_role("link", name="登记来件"))
    tell(page, "梁水镇")
    page.fill("[name=postmarked_on]", "2025-04-12")
    parts = page.locator(".register__part")
    next_one = page.locator("#save-and-next")
    look_for_a_desk(page)
    hands.show("register-letter", page.locator(".register__ways"), parts.nth(0), parts.nth(1))
    hands.show("register-letter-desk", page.locator("#proposal"), next_one, mark=next_one)
    press(page, page.locator("#save-and-open"))
    expect(page.locator("#registered-number")).to_be_visible()
    label = page.get_by_role("link", name="印编号标签")
    press(page, label)
    expect(page.locator("h1")).to_contain_text("标签")


def tell(page: Page, body: str) -> None:
    """What is said, whoever says it."""
    page.fill("[name=target]", body)
    page.keyboard.press("Escape")
    page.fill("[name=place]", "前王村")
    page.fill("[name=subject]", "村支书王某某")
    page.fill("[name=narrative]", NARRATIVE)


def look_for_a_desk(page: Page) -> None:
    page.locator("[name=narrative]").blur()
    page.locator(".register__desk").wait_for()
