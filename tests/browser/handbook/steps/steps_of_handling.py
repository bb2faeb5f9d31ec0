"""办理: from the first look at an item to its end."""

from playwright.sync_api import Locator, Page, expect

from intake.choices import Status
from tests.browser.handbook.hands import ADD, ITEMS, PATIENCE, Hands
from tests.browser.handbook.steps.steps_of_registering import registered, save, tell
from tests.browser.item_steps import (
    fill_judging,
    fill_proposal,
    judge,
    move,
    opened,
    press,
    propose,
    stands,
)
from tests.browser.pictures import photograph

HELPER = "市委第二授权巡察组"


def open_an_item(hands: Hands) -> None:
    page = hands.of("team", team="市县统筹第四巡察组")
    hands.item(page, Status.TO_ASSESS, "&supplement=new")
    letter = page.locator(".item__words article")
    now = page.locator("#handling")
    hands.show("open-item", page.locator("h1"), page.locator(".way"), letter, now)
    hands.show("new-supplement", page.locator("section[aria-labelledby=supplements]"))
    press(page, page.get_by_role("link", name="回到列表"))


def look_at_evidence(hands: Hands) -> None:
    page = hands.office
    files = with_a_scan(hands, page)
    copy = files.get_by_role("link", name="查看副本").first
    hands.show("evidence", files, mark=copy)
    with page.expect_popup():
        copy.click()
    press(page, files.get_by_role("link", name="取原件").first)
    page.locator("main input[type=radio]").first.check()
    take_out = page.locator("main form [type=submit]")
    hands.show("take-original", page.locator("main form[method=post]"), mark=take_out)
    with page.expect_download() as download:
        take_out.click()
    assert download.value.suggested_filename


def with_a_scan(hands: Hands, page: Page) -> Locator:
    """The files of a letter that was just registered with its scan."""
    hands.go(page, ADD)
    scan = {"name": "来信（演示）.jpg", "mimeType": "image/jpeg", "buffer": photograph()}
    page.set_input_files("[name=attachments]", [scan])
    expect(page.locator("#scans")).to_contain_text("来信（演示）", timeout=PATIENCE)
    tell(page)
    save(page)
    return page.locator("section[aria-labelledby=evidence]")


def judge_and_propose(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    fill_judging(page, scope="in", nature="accusation")
    judging = page.locator("#judging")
    hands.show("judge", judging, mark=judging.locator("[type=submit]"))
    press(page, judging.locator("[type=submit]"))
    form = fill_proposal(page, "inquire")
    hands.show("propose", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    stands(page, Status.TO_APPROVE)


def proposed(hands: Hands, handling: str, *, scope: str = "in", nature: str = "accusation") -> str:
    """An item of the clerk's that waits for the head; gives its path."""
    path = registered(hands, hands.clerk)
    judge(hands.clerk, scope=scope, nature=nature)
    propose(hands.clerk, handling)
    return path


def approved(hands: Hands, handling: str, to: Status, **judged: str) -> str:
    """One that the head approved, before the clerk."""
    path = proposed(hands, handling, **judged)
    hands.go(hands.head, path)
    move(hands.head, to)
    hands.go(hands.clerk, path)
    return path


def approve_or_return(hands: Hands) -> None:
    path, head = proposed(hands, "inquire"), hands.head
    hands.go(head, path)
    refusal = opened(head.locator("#handling"), Status.TO_ASSESS)
    hands.show("approve", head.locator("#handling"))
    refusal.locator("textarea[name=reason]").fill("（演示）请先核对受理范围。")
    press(head, refusal.locator("[type=submit]"))
    stands(head, Status.TO_ASSESS)
    hands.go(hands.clerk, path)
    propose(hands.clerk, "inquire")
    hands.go(head, path)
    move(head, Status.INQUIRING, opinion="（演示）同意。")


def reroute(hands: Hands) -> None:
    clerk, office = hands.clerk, hands.office
    path = registered(hands, clerk)
    clerk.locator("#handling details.rare > summary").click()
    form = opened(clerk.locator("#handling"), Status.RETURNED)
    form.locator("textarea[name=reason]").fill("（演示）这个单位归别的组。")
    hands.show("return-to-office", form, mark=form.locator("[type=submit]"))
    press(clerk, form.locator("[type=submit]"))
    hands.go(office, path)
    office.locator("#reroute > summary").click()
    office.locator("#reroute [name=desk]").select_option(label="市县统筹第二巡察组")
    office.locator("#reroute [name=reason]").fill("（演示）单位写错了，归第二组。")
    hands.show("reroute", office.locator("#reroute"), mark=office.locator("#reroute [type=submit]"))
    press(office, office.locator("#reroute [type=submit]"))
    expect(office.locator(".messages")).to_contain_text("已改派到")


def lead_and_help(hands: Hands) -> None:
    path, office = approved(hands, "inquire", Status.INQUIRING), hands.office
    hands.go(office, path)
    press(office, office.get_by_role("link", name="请一个组协办"))
    form = office.locator("main form.card")
    form.locator("[name=desk]").select_option(label=HELPER)
    hands.show("ask-for-help", form, mark=form.locator("[type=submit]"))
    press(office, form.locator("[type=submit]"))

    helper = hands.of("team", team=HELPER)
    hands.go(helper, "/admin/intake/submission/helped/")
    press(helper, helper.locator(f"a[href*='{path.split('/')[-3]}']").first)
    card = helper.locator("#helpers")
    card.locator("textarea").fill("（演示）本组看的单位也用过这家公司。")
    hands.show("helping", card, mark=card.locator("[type=submit]"))
    press(helper, card.locator("[type=submit]"))
    hands.go(hands.clerk, path)
    expect(hands.clerk.locator("#helpers")).to_contain_text("也用过这家公司")


def write_the_case_file(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    page.locator("details.case__edit > summary").click()
    form = page.locator("form.case__form")
    form.locator("[name=accused-0-name]").fill("王某某（演示）")
    form.locator("[name=accused-0-post]").fill("村支书")
    form.locator("[name=abstract]").fill("（演示）反映机动地发包没有公开。")
    saving = form.get_by_role("button", name="保存办理卷")
    hands.show("case-file", form, mark=saving)
    press(page, saving)
    expect(page.locator("#case")).to_contain_text("反映机动地发包没有公开")


def see_the_reporter(hands: Hands) -> None:
    page = hands.clerk
    hands.go(page, registered(hands, page))
    press(page, page.get_by_role("link", name="要看，先选事由"))
    page.locator("main input[type=radio]").first.check()
    look = page.get_by_role("button", name="查看反映人")
    hands.show("see-reporter", page.locator("main form[method=post]"), mark=look)
    press(page, look)
    hands.show("reporter", page.locator("main"))
    press(page, page.get_by_role("button", name="保存反映人信息"))


def link_repeats(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    registered(hands, page)
    press(page, page.locator("#repeats a[href*='/repeats/']"))
    found = page.locator("section:has(details.beside)").first
    confirm = found.get_by_role("button", name="是重复件，并入")
    hands.show("repeats", found, mark=confirm)
    press(page, confirm)
    stands(page, Status.REPEAT)
    press(page, page.get_by_role("link", name="另作一件"))
    page.locator("main textarea").fill("（演示）有新的事实。")
    press(page, page.get_by_role("button", name="另作一件"))
    stands(page, Status.TO_ASSESS)


def keep_deadlines(hands: Hands) -> None:
    page = hands.clerk
    registered(hands, page)
    clock = page.locator(".clock").first
    pausing = clock.locator("details:has-text('暂停')")
    pausing.locator("summary").click()
    pausing.locator("[name=reason]").fill("（演示）等反映人补充材料。")
    hands.show("deadline", clock, mark=pausing.locator("[type=submit]"))
    press(page, pausing.locator("[type=submit]"))
    press(page, page.get_by_role("button", name="恢复期限"))
    expect(page.get_by_role("button", name="恢复期限")).to_have_count(0)


def inquire_and_close(hands: Hands) -> None:
    approved(hands, "inquire", Status.INQUIRING)
    page = hands.clerk
    form = opened(page.locator("#handling"), Status.CLOSED)
    form.locator("textarea[name=result]").fill("（演示）看了台账，已经公示。")
    hands.show("close-item", page.locator("#handling"), mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    stands(page, Status.CLOSED)


def do_several(hands: Hands) -> None:
    page = hands.clerk
    for _ in range(2):
        registered(hands, page)
    hands.go(page, f"{ITEMS}?status__exact={Status.TO_ASSESS}&o=-2")
    rows = page.locator("#result_list tbody tr")
    for place in range(2):
        rows.nth(place).locator("input[type=checkbox]").check()
    start = page.get_by_role("button", name="批量办理所选")
    hands.show("choose-several", page.locator(".actions"), rows.nth(1), mark=start)
    press(page, start)
    press(page, page.locator("main button[name=to][value=returned]"))
    page.locator("main textarea").fill("（演示）这个单位归别的组。")
    sure = page.get_by_role("button", name="确定，办")
    hands.show("several", page.locator("main"), mark=sure)
    press(page, sure)
