"""上手: how somebody gets in, and what stands on the first page."""

import re
from base64 import b32decode

from django_otp.oath import totp
from playwright.sync_api import Page, expect

from tests.browser.conftest import forget_codes, one_time_code
from tests.browser.handbook.hands import Hands
from tests.browser.item_steps import press

FIRST_PASSWORD, OWN_PASSWORD = "an-invented-password-1", "an-invented-password-of-my-own"


def log_in_with_two_factors(hands: Hands) -> None:
    page, login = hands.nobody(), hands.site.login("auditor")
    forget_codes(hands.site.folder)
    hands.go(page, "/admin/login/")
    page.fill("[name=username]", login["username"])
    page.fill("[name=password]", login["password"])
    page.fill("[name=otp_token]", one_time_code(login))
    form = page.locator("form.entrance__card")
    hands.show("log-in", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    expect(page.locator("h1")).to_contain_text("今日")
    press(page, page.get_by_role("button", name="退出"))

    make_account(hands, "first-login")
    enter_for_the_first_time(hands, page, "first-login", are_shown=True)


def make_account(hands: Hands, username: str) -> None:
    """As the administrator does it."""
    page = hands.of("administrator")
    hands.go(page, "/admin/intake/staffuser/add/")
    page.fill("[name=username]", username)
    page.fill("[name=full_name]", "韩某某（演示）")
    page.select_option("[name=role]", "team")
    page.fill("[name=password]", FIRST_PASSWORD)
    press(page, page.locator("[name=_save]"))


def enter_for_the_first_time(
    hands: Hands, page: Page, username: str, *, are_shown: bool = False
) -> None:
    """With an own password, a phone that is bound, and the recovery codes on paper."""
    hands.go(page, "/admin/login/")
    page.fill("[name=username]", username)
    page.fill("[name=password]", FIRST_PASSWORD)
    press(page, page.locator("form.entrance__card [type=submit]"))
    for name in ("new_password1", "new_password2"):
        page.fill(f"[name={name}]", OWN_PASSWORD)
    press(page, page.locator("main form [type=submit]"))
    secret = re.sub(r"\s", "", page.locator(".entrance__secret").inner_text())
    page.fill("[name=otp_token]", f"{totp(b32decode(secret)):06d}")
    bind = page.locator("main form [type=submit]")
    if are_shown:
        hands.show("bind-phone", page.locator("main"), mark=bind)
    press(page, bind)
    if are_shown:
        hands.show("recovery-codes", page.locator("main"))


def look_at_the_first_page(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/")
    first = page.locator("section[aria-labelledby=first]")
    tenth = first.locator(".chore").nth(9)
    hands.show("start-page", page.locator("h1"), tenth, mark=first.locator("a").first)
    press(page, first.locator("a").first)
    expect(page.locator("h1")).to_contain_text("信访件")
