"""账号和钥匙: who is let in, and what is done when somebody leaves or loses something."""

from playwright.sync_api import Page, expect

from tests.browser.handbook.hands import TEAM, Hands
from tests.browser.handbook.steps.steps_of_starting import enter_for_the_first_time, make_account
from tests.browser.item_steps import press

ACCOUNTS, DESKS = "/admin/intake/staffuser/", "/admin/intake/deskaccess/"
# A desk that no other task works at.
ROTATED = "市委第三授权巡察组"
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


def let_in(hands: Hands, username: str, desk: str, last_day: str = "") -> None:
    """Chooses a new member and a desk, before the office; nothing is saved yet."""
    page = hands.office
    make_account(hands, username)
    enter_for_the_first_time(hands, hands.nobody(), username)
    hands.go(page, f"{DESKS}add/")
    offered = page.locator("[name=user] option").filter(has_text=f"{username} · 核对码")
    page.select_option("[name=user]", value=offered.get_attribute("value"))
    page.select_option("[name=desk]", label=desk)
    page.fill("[name=last_day]", last_day)


def let_a_substitute_in(hands: Hands) -> None:
    page = hands.office
    let_in(hands, "substitute-clerk", TEAM, "2025-04-30")
    save = page.locator("[name=_save]")
    hands.show("substitute", page.locator("main form .module").first, mark=save)
    press(page, save)
    expect(page.locator("#result_list")).to_contain_text("2025-04-30 过完")


def let_somebody_leave(hands: Hands) -> None:
    page = hands.office
    let_in(hands, "leaving-clerk", ROTATED)
    press(page, page.locator("[name=_save]"))
    to_the_keys(hands, page)
    press(page, page.get_by_role("link", name="leaving-clerk"))
    page.check("[name=leaves]")
    withdraw = page.get_by_role("button", name="收回")
    hands.show("leaving", page.locator("main"), mark=withdraw)
    press(page, withdraw)
    to_the_keys(hands, page)
    row = page.locator("tr").filter(has_text=ROTATED)
    press(page, row.get_by_role("link", name="更换密钥"))
    page.check("[name=begin]")
    begin = page.get_by_role("button", name="开始更换")
    hands.show("rotate", page.locator("main section.card").first, begin, mark=begin)
    press(page, begin)
    # The last pass waits for what was being sent meanwhile, which nobody has to watch.
    expect(page.locator(".stepping__count")).to_contain_text("已处理")


def to_the_keys(hands: Hands, page: Page) -> None:
    hands.go(page, DESKS)
    press(page, page.get_by_role("link", name="密钥和人"))


def rehearse(hands: Hands) -> None:
    page = hands.office
    to_the_keys(hands, page)
    press(page, page.get_by_role("link", name="演练恢复文件"))
    page.set_input_files("[name=recovery]", hands.site.folder / "recovery.txt")
    form = page.locator("form.card").first
    form.locator("[name=copy][value=first]").check()
    hands.show("rehearse", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    expect(page.locator(".message--success")).to_contain_text("演练已经记下")
