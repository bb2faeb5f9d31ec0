"""What a member presses on the page of an item and of a transfer list, as several tests do it."""

from playwright.sync_api import Locator, Page

from intake.choices import Status

OPINION = "（演示）线索具体，拟请了解。"


def press(page: Page, button: Locator) -> None:
    with page.expect_navigation():
        button.click()


def opened(within: Locator, to: str) -> Locator:
    """The form of one deed, unfolded where it asks something."""
    asking = f"input[name=to][value={to}]"
    form = within.locator(f"form:has({asking})")
    folded = within.locator(f"details:has({asking}) > summary").last
    if folded.count() and not form.is_visible():
        folded.click()
    return form


def move(page: Page, to: Status, **filled: str) -> None:
    """By the button of the item's page."""
    form = opened(page.locator("#handling"), to)
    for name, value in filled.items():
        form.locator(f"textarea[name={name}]").fill(value)
    press(page, form.locator("[type=submit]"))
    stands(page, to)


def stands(page: Page, status: Status) -> None:
    assert page.locator("main").get_attribute("data-status") == status, page.inner_text("main")


def judge(page: Page, *, scope: str, nature: str) -> None:
    fill_judging(page, scope=scope, nature=nature)
    press(page, page.locator("form.judging [type=submit]"))


def fill_judging(page: Page, *, scope: str, nature: str) -> None:
    page.locator("#judging summary").click()
    form = page.locator("form.judging")
    form.locator(f"input[name=scope][value={scope}]").check()
    form.locator("[name=nature]").select_option(nature)
    form.locator("[name=main_problem]").select_option(index=1)


def propose(page: Page, handling: str) -> None:
    press(page, fill_proposal(page, handling).locator("[type=submit]"))
    stands(page, Status.TO_APPROVE)


def fill_proposal(page: Page, handling: str) -> Locator:
    form = opened(page.locator("#handling"), Status.TO_APPROVE)
    form.locator(f"input[name=handling][value={handling}]").check()
    form.locator("[name=opinion]").fill(OPINION)
    return form


def on_list(page: Page, step: str, state: str, **filled: str) -> None:
    """By the button of the list's page."""
    form = opened(page.locator("#deeds"), step)
    for name, value in filled.items():
        form.locator(f"[name={name}]").fill(value)
    press(page, form.locator("[type=submit]"))
    assert page.locator("main").get_attribute("data-state") == state, page.inner_text("main")
