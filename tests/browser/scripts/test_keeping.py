"""keeping.js keeps what a person wants kept, and nothing else."""

import json
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import open_page, serve_demo
from tests.browser.scripts.form import KEY, NARRATIVE, code_of, fill

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


def test_nothing_is_kept_on_the_device_without_the_tick(page: Page):
    fill(page)

    assert not page.is_checked("#keep-draft")
    assert page.evaluate("localStorage.length") == 0


def test_words_are_kept_after_the_tick_and_erased_by_sending(page: Page):
    page.check("#keep-draft")
    fill(page)
    page.check("#identity-named")
    page.fill("[name=reporter_name]", "演示甲")
    kept = page.evaluate(f"localStorage.getItem('{KEY}')")
    assert NARRATIVE in kept
    assert "演示甲" not in kept
    page.reload()
    assert page.input_value("#narrative") == ""
    # It is offered before anybody begins to write everything anew.
    offer, first_question = page.locator(".draft__found"), page.locator("#target")
    assert offer.bounding_box()["y"] < first_question.bounding_box()["y"]  # type: ignore[index]
    page.click("text=放回来接着写")
    assert page.input_value("#narrative") == NARRATIVE
    page.check("[name=agree_privacy]")
    page.click("#submit")

    code_of(page)
    assert page.evaluate("localStorage.length") == 0


def test_kept_words_can_be_erased_and_end_after_seven_days(page: Page):
    page.check("#keep-draft")
    fill(page)
    page.click(".draft__erase button")
    assert page.evaluate("localStorage.length") == 0
    assert not page.is_checked("#keep-draft")
    week = 7 * 24 * 3600 * 1000
    old = json.dumps({"saved": 0, "words": {"narrative": NARRATIVE}})
    page.evaluate(
        "([key, old, week]) => localStorage.setItem("
        'key, old.replace(\'"saved": 0\', `"saved": ${Date.now() - week}`))',
        [KEY, old, week],
    )
    page.reload()

    expect(page.locator("#keep-draft")).to_be_visible()
    expect(page.locator(".draft__found")).to_be_hidden()
    assert page.evaluate("localStorage.length") == 0


POST_NATIVELY = """(words) => {
    const form = document.createElement('form');
    form.method = 'post';
    form.enctype = 'multipart/form-data';
    form.action = '/report/';
    for (const [name, value] of Object.entries(words)) {
        const field = document.createElement('input');
        field.name = name;
        field.value = value;
        form.append(field);
    }
    document.body.append(form);
    form.submit();
}"""


def test_all_that_is_given_back_can_be_copied(browser: Browser, demo_folder: Path):
    with (
        serve_demo(demo_folder, "2025-06-21T09:00:00+08:00") as closed,
        open_page(browser, javascript=True) as page,
    ):
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        page.goto(f"{closed.url}/report/")
        page.evaluate(POST_NATIVELY, {"narrative": NARRATIVE, "subject": "演示乙"})
        page.click("text=全部复制")
        expect(page.locator(".copy-all [role=status]")).to_contain_text("已经复制")
        copied = page.evaluate("navigator.clipboard.readText()")

    assert copied.startswith(NARRATIVE)
    assert "演示乙" in copied
