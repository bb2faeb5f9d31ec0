"""账号和钥匙: who is let in, and what is done when somebody leaves or loses something."""

from playwright.sync_api import expect

from tests.browser.handbook.hands import Hands
from tests.browser.handbook.steps.steps_of_starting import enter_for_the_first_time, make_account
from tests.browser.item_steps import press

ACCOUNTS = "/admin/intake/staffuser/"
NEW_PASSWORD = "an-invented-password-2"


def account_of(hands: Hands, username: str) -> None:
    """Before the administrator, of a member who came in once."""
    make_account(hands, username)
    enter_for_the_first_time(hands, hands.nobody(), username)
    page = hands.of("administrator")
    hands.go(page, f"{ACCOUNTS}?q={username}")
    press(page, page.locator("#result_list tbody a").first)


def reset_a_password(hands: Hands) -> None:
    account_of(hands, "forgetful-clerk")
    page = hands.of("administrator")
    press(page, page.get_by_role("link", name="重设密码"))
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", NEW_PASSWORD)
    reset = page.get_by_role("button", name="重设密码")
    hands.show("reset-password", page.locator("main"), mark=reset)
    press(page, reset)
    expect(page.locator(".messages")).to_contain_text("已重设")


def unbind_a_phone(hands: Hands) -> None:
    account_of(hands, "phoneless-clerk")
    page = hands.of("administrator")
    press(page, page.get_by_role("link", name="解除验证器"))
    unbind = page.get_by_role("button", name="解除验证器")
    hands.show("unbind-phone", page.locator("main"), mark=unbind)
    press(page, unbind)
    expect(page.locator(".messages")).to_contain_text("下次登录时要重新绑定验证器")
