"""规矩和名单: the tables that the office keeps, and who is let in."""

from playwright.sync_api import expect

from tests.browser.handbook.hands import Hands
from tests.browser.handbook.steps.steps_of_starting import enter_for_the_first_time, make_account
from tests.browser.item_steps import press
from tests.reading import NOTICE, ROOT

NEXT_YEAR = (ROOT / "tests/data/holidays/2026.txt").read_text("utf-8")


def load_a_notice(hands: Hands) -> None:
    """Another city's, which stays hidden."""
    page = hands.office
    hands.go(page, "/admin/preview/")
    page.locator("main textarea[name=text]").fill(NOTICE)
    look = page.get_by_role("button", name="看读得对不对")
    hands.show("preview-paste", page.locator("main form .module").first, look, mark=look)
    press(page, look)
    load = page.get_by_role("button", name="先不公开装入")
    hands.show("preview-read", page.locator(".preview__source"), load, mark=load)
    press(page, load)
    expect(page.locator(".message--success")).to_contain_text("已装入")


def correct_the_notice(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/inspection/contactpoint/")
    press(page, page.locator("#result_list tbody a").first)
    save = page.locator("[name=_save]")
    hands.show("contact-point", page.locator("main form .module").first, save, mark=save)
    press(page, save)
    expect(page.locator(".message--success")).to_be_visible()


def load_a_year(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/inspection/workcalendarday/")
    press(page, page.get_by_role("link", name="粘贴一年的放假通知"))
    page.locator("main textarea").fill(NEXT_YEAR)
    press(page, page.get_by_role("button", name="看读得对不对"))
    load = page.get_by_role("button", name="载入2026年")
    hands.show("calendar-year", page.locator("section[aria-labelledby=year-read]"), load, mark=load)
    press(page, load)


def change_a_deadline(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/intake/deadlinerule/")
    hands.show("deadline-rules", page.locator("#changelist"))
    press(page, page.get_by_role("link", name="甄别转送"))
    page.fill("[name=number]", "10")
    press(page, page.locator("[name=_save]"))
    expect(page.locator("#result_list")).to_contain_text("10日")


def keep_receivers(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/intake/receiver/")
    press(page, page.get_by_role("link", name="新增接收单位"))
    page.select_option("[name=kind]", label="主管部门")
    page.fill("[name=name]", "市住房局（演示）")
    page.fill("[name=address]", "某路2号（演示）")
    page.locator("[name=takes]").nth(1).check()
    hands.show("receiver", page.locator("main form .module").first)
    press(page, page.locator("[name=_save]"))
    hands.go(page, "/admin/intake/problem/")
    rows = page.locator("#result_list tr")
    hands.show("problems", rows.first, rows.nth(8))


def keep_accounts(hands: Hands) -> None:
    page = hands.of("administrator")
    make_account(hands, "new-clerk")
    hands.go(page, "/admin/intake/staffuser/?q=new-clerk")
    press(page, page.locator("#result_list tbody a").first)
    hands.show("account", page.locator("main form .module").first)
    page.uncheck("[name=is_active]")
    press(page, page.locator("[name=_save]"))
    hands.go(page, "/admin/intake/staffuser/?q=new-clerk")
    expect(page.locator("#result_list")).to_contain_text("否")


def grant_a_desk(hands: Hands) -> None:
    page, member = hands.office, hands.nobody()
    make_account(hands, "granted-clerk")
    enter_for_the_first_time(hands, member, "granted-clerk")
    hands.go(member, "/admin/")
    hands.show("own-check-code", member.locator("section[aria-labelledby=check-code-title]"))
    told = member.locator("#check-code").inner_text().strip()
    hands.go(page, "/admin/intake/deskaccess/add/")
    offered = page.locator("[name=user] option").filter(has_text=f"granted-clerk · 核对码 {told}")
    page.select_option("[name=user]", value=offered.get_attribute("value"))
    page.select_option("[name=desk]", label="市县统筹第一巡察组")
    form = page.locator("main form .module").first
    hands.show("grant", form, page.locator("[name=_save]"), mark=page.locator("[name=_save]"))
    press(page, page.locator("[name=_save]"))
    hands.go(member, "/admin/intake/submission/")
    expect(member.locator("h1")).to_contain_text("信访件")
    hands.go(page, "/admin/intake/deskaccess/")
    press(page, page.get_by_role("link", name="granted-clerk"))
    press(page, page.get_by_role("link", name="删除"))
    press(page, page.get_by_role("button", name="确定收回"))
