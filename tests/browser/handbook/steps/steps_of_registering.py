"""收件登记: whatever comes in gets its number."""

from playwright.sync_api import Page, expect

from tests.browser.handbook.hands import ADD, ITEMS, Hands
from tests.browser.item_steps import press

NARRATIVE = "（演示）村里的机动地去年包给了一家人，没有开会，租金也没有公示。"
BODY = "梁水镇"


def register_a_letter(hands: Hands) -> None:
    page = hands.office
    hands.go(page, ITEMS)
    press(page, page.get_by_role("link", name="登记来件"))
    tell(page)
    page.fill("[name=postmarked_on]", "2025-04-12")
    look_for_a_desk(page)
    parts = page.locator(".register__part")
    next_one = page.locator("#save-and-next")
    hands.show("register-letter", page.locator(".register__ways"), parts.nth(0), parts.nth(1))
    hands.show("register-letter-desk", parts.nth(3), next_one, mark=next_one)
    save(page)
    press(page, page.get_by_role("link", name="印编号标签"))
    expect(page.locator("h1")).to_contain_text("标签")


def register_a_call(hands: Hands) -> None:
    page = hands.office
    hands.go(page, ADD)
    press(page, page.locator("button[name=_way][value=phone]"))
    page.fill("[name=started]", "09:05")
    page.fill("[name=ended]", "09:20")
    page.select_option("[name=recorded]", label="没有录音")
    tell(page)
    page.check("[name=number_refused]")
    parts = page.locator(".register__part")
    hands.show("register-call", page.locator(".register__ways"), parts.nth(0))
    hands.show("register-call-number", parts.nth(2))
    save(page)


def register_a_visit(hands: Hands) -> None:
    page = hands.office
    hands.go(page, f"{ADD}?way=visit")
    tell(page)
    page.fill("[name=people]", "6")
    page.fill("[name=representatives]", "赵某某（演示）、钱某某（演示）")
    page.select_option("[name=second_receiver]", index=1)
    hands.show("register-visit", page.locator(".register__part").nth(2))
    save(page)


def open_a_box(hands: Hands) -> None:
    page = hands.office
    hands.go(page, "/admin/intake/boxopening/")
    press(page, page.get_by_role("link", name="新增开箱记录"))
    page.select_option("[name=drop_box]", index=5)
    for name in ("count", "first_number", "last_number"):
        page.fill(f"[name={name}]", "1")
    page.fill("[name=password]", hands.password("office"))
    sign = page.get_by_role("button", name="保存，签上自己")
    hands.show("open-box", page.locator("main form[method=post]"), mark=sign)
    press(page, sign)
    record = page.url.removeprefix(hands.site.url)

    other = hands.office_head
    hands.go(other, record)
    form = other.locator("form:has(input[name=deed][value=confirm])")
    form.locator("[name=password]").fill(hands.password("office", approves=True))
    hands.show("confirm-box", form, mark=form.locator("[type=submit]"))
    press(other, form.locator("[type=submit]"))

    hands.go(page, record)
    press(page, page.get_by_role("link", name="登记这一箱的信"))
    tell(page)
    page.fill("[name=box_number]", "1")
    save(page)


def register_a_web_report(hands: Hands) -> None:
    page = hands.office
    hands.go(page, f"{ITEMS}?status__exact=unregistered&way__exact=web")
    press(page, page.locator("#result_list tbody a[href*='/change/']").last)
    press(page, page.get_by_role("link", name="登记，先看找到的建议"))
    offers = page.locator("#offers")
    offers.locator("input[type=checkbox]").first.check()
    hands.show("register-web", offers, page.locator("#save-and-next"))
    save(page)


def tell(page: Page) -> None:
    """What is said, whoever says it."""
    page.fill("[name=target]", BODY)
    page.keyboard.press("Escape")
    page.fill("[name=place]", "前王村")
    page.fill("[name=subject]", "村支书王某某")
    page.fill("[name=narrative]", NARRATIVE)


def look_for_a_desk(page: Page) -> None:
    page.locator("[name=narrative]").blur()
    page.locator(".register__desk").wait_for()


def save(page: Page) -> None:
    press(page, page.locator("#save-and-open"))
    expect(page.locator("#registered-number")).to_be_visible()


def registered(hands: Hands, page: Page) -> str:
    """A letter of the team's body, opened; gives its path."""
    hands.go(page, ADD)
    tell(page)
    save(page)
    return page.url.removeprefix(hands.site.url).partition("?")[0]
