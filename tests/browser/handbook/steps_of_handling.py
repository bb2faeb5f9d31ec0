"""办理: from the first look at an item to its end."""

from playwright.sync_api import expect

from intake.choices import Status
from tests.browser.handbook.hands import Hands
from tests.browser.item_steps import fill_judging, fill_proposal, press, stands


def open_an_item(hands: Hands) -> None:
    page = hands.of("team", team="市县统筹第四巡察组")
    hands.item(page, Status.TO_ASSESS, "&supplement=new")
    hands.show(
        "open-item", page.locator("h1"), page.locator(".way"), page.locator(".item__words article")
    )
    hands.show("new-supplement", page.locator("section[aria-labelledby=supplements]"))
    press(page, page.get_by_role("link", name="回到列表"))


def judge_and_propose(hands: Hands) -> None:
    page = hands.clerk
    hands.item(page, Status.TO_ASSESS)
    fill_judging(page, scope="in", nature="accusation")
    judging = page.locator("#judging")
    hands.show("judge", judging, mark=judging.locator("[type=submit]"))
    press(page, judging.locator("[type=submit]"))
    form = fill_proposal(page, "inquire")
    hands.show("propose", form, mark=form.locator("[type=submit]"))
    press(page, form.locator("[type=submit]"))
    stands(page, Status.TO_APPROVE)
    expect(page.locator("#handling")).to_be_visible()
