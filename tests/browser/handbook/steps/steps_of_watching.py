"""操作留痕: what was done, by whom, and whether anybody changed what tells of it."""

from playwright.sync_api import expect

from tests.browser.handbook.hands import Hands, finish
from tests.browser.handbook.steps.steps_of_registering import registered
from tests.browser.item_steps import press

EVENTS = "/admin/intake/auditevent/"


def find_in_the_log(hands: Hands) -> None:
    page = hands.of("auditor")
    hands.go(page, EVENTS)
    rows = page.locator("#result_list tr")
    hands.show("traces", page.locator(".ways"), rows.first, rows.nth(6))
    press(page, page.locator(".ways").get_by_role("link", name="查找"))
    page.select_option("[name=action]", label="登录")
    find = page.locator("form.asking [type=submit]")
    hands.show("find-traces", page.locator("form.asking"), mark=find)
    press(page, find)
    expect(page.locator("#result_list")).to_contain_text("登录")
    with page.expect_download():
        page.get_by_role("button", name="导出这些操作").click()


def see_who_read(hands: Hands) -> None:
    registered(hands, hands.clerk)
    number = hands.clerk.locator("#registered-number").inner_text()
    page = hands.of("auditor")
    hands.go(page, f"{EVENTS}readers/")
    page.fill("[name=item]", number)
    press(page, page.locator("form.asking [type=submit]"))
    hands.show("who-read", page.locator("section[aria-labelledby=readers]"))


def look_for_what_is_unusual(hands: Hands) -> None:
    page = hands.of("auditor")
    hands.go(page, EVENTS)
    press(page, page.locator(".ways").get_by_role("link", name="不寻常的情况"))
    parts = page.locator("main section.card")
    hands.show("unusual", page.locator("form.asking"), parts.first)
    press(page, page.locator("form.asking [type=submit]"))


def check_the_log(hands: Hands) -> None:
    page = hands.of("auditor")
    hands.go(page, EVENTS)
    press(page, page.locator(".ways").get_by_role("link", name="链尾指纹"))
    hands.show("chain-head", page.locator("section[aria-labelledby=now]"))
    hands.go(page, f"{EVENTS}check/")
    start = page.get_by_role("button", name="开始检查")
    hands.show("check-log", page.locator("section[aria-labelledby=anew]"), mark=start)
    press(page, start)
    finish(page)
    hands.go(page, f"{EVENTS}check/")
    expect(page.locator("section[aria-labelledby=last]")).to_contain_text("检查通过")


def see_own_logins(hands: Hands) -> None:
    page = hands.clerk
    hands.go(page, "/admin/")
    press(page, page.locator("#user-tools").get_by_role("link", name="我的登录"))
    hands.show("own-logins", page.locator("section[aria-labelledby=last]"))
    expect(page.locator("main")).to_contain_text("有一次不是我")
