"""Large files go ahead of the form, in parts, and on from where a connection broke off."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import DemoSite
from tests.browser.scripts.form import choose_large_file, code_of, fill

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

MEGABYTE = 1024 * 1024
PARTS = "**/report/parts/"
TOLD = re.compile(r"已传 4 MB，共 4 MB")


def choose_film(page: Page, name: str = "夜里的车.mp4", size: int = 4 * MEGABYTE) -> None:
    """A file that a look takes for a film."""
    page.evaluate(
        """([name, size]) => {
            const head = new TextEncoder().encode("\\0\\0\\0\\u0018ftypmp42\\0\\0\\0\\0mp42isom");
            const chosen = new DataTransfer();
            const bytes = [head, new Uint8Array(size - head.length)];
            const told = { type: "video/mp4", lastModified: 1744682400000 };
            chosen.items.add(new File(bytes, name, told));
            const input = document.getElementById("attachments");
            input.files = chosen.files;
            input.dispatchEvent(new Event("change", { bubbles: true }));
        }""",
        [name, size],
    )
    page.evaluate("document.getElementById('attachments').isReady")


def has_come(page: Page) -> None:
    expect(page.locator("[data-ahead-told]")).to_have_text(TOLD, timeout=60_000)


def test_a_film_has_come_before_the_form_is_sent(page: Page):
    lengths: list[int] = []

    def note(route: Route) -> None:
        lengths.append(int(route.request.headers.get("content-length", "0")))
        route.continue_()

    page.route("**/report/?sent=1", note)
    choose_film(page)
    has_come(page)
    fill(page)
    page.click("#submit")

    code_of(page)
    expect(page.locator(".received")).to_contain_text("4.0 MB")
    assert max(lengths) < MEGABYTE


def test_three_cuts_and_it_goes_on_where_it_was(page: Page):
    """Before the first part, in the middle, and with the answer lost."""
    asked: list[str] = []
    cuts = {"1": "lost", "3": "unanswered"}

    def cut(route: Route) -> None:
        number = route.request.headers.get("x-part")
        asked.append(f"{route.request.method} {number}")
        if len(asked) == 1:
            route.abort("connectionreset")
        elif (how := cuts.pop(number or "", None)) is None:
            route.continue_()
        else:
            if how == "unanswered":
                route.fetch()
            route.abort("connectionreset")

    page.route(PARTS, cut)
    choose_film(page)
    has_come(page)
    # Nothing that had come was sent again.
    assert [one for one in asked if one.startswith("POST")] == [
        *("POST 0", "POST 1", "POST 1", "POST 2", "POST 3"),
    ]
    fill(page)
    page.click("#submit")
    code_of(page)


def test_after_the_page_was_closed_a_draft_knows_what_has_come(page: Page, site: DemoSite):
    page.check("#keep-draft")
    fill(page)
    choose_film(page)
    has_come(page)
    page.goto(f"{site.url}/report/")
    page.click("text=放回来接着写")
    expect(page.locator("[data-ahead-back]")).to_contain_text("夜里的车.mp4（4 MB，上次已经传完）")
    page.check("[name=agree_privacy]")
    page.click("#submit")

    code_of(page)
    expect(page.locator(".received")).to_contain_text("4.0 MB")
    assert page.evaluate("localStorage.length") == 0


def test_a_file_that_broke_off_goes_on_once_it_is_chosen_again(page: Page, site: DemoSite):
    numbers: list[str] = []

    def only_the_first(route: Route) -> None:
        if route.request.headers.get("x-part") in (None, "0"):
            route.continue_()
        else:
            route.abort("connectionreset")

    page.check("#keep-draft")
    fill(page)
    page.route(PARTS, only_the_first)
    choose_film(page)
    expect(page.locator("[data-ahead-told]")).to_contain_text("已传 1 MB")
    page.goto(f"{site.url}/report/")
    page.unroute(PARTS)
    page.on("request", lambda request: numbers.append(request.headers.get("x-part", "")))
    page.click("text=放回来接着写")
    expect(page.locator("[data-ahead-back]")).to_contain_text("请再选一次这个文件")
    choose_film(page)
    has_come(page)
    assert [number for number in numbers if number] == ["1", "2", "3"]
    page.check("[name=agree_privacy]")
    page.click("#submit")
    code_of(page)


def test_where_nothing_comes_ahead_the_form_takes_the_file(page: Page):
    page.route(PARTS, lambda route: route.fulfill(status=429, json={"words": "（演示）"}))
    choose_film(page)
    fill(page)
    page.click("#submit")

    code_of(page)
    expect(page.locator(".received")).to_contain_text("4.0 MB")


def test_a_file_that_is_taken_out_waits_no_longer(page: Page):
    gone: list[str] = []
    page.on("request", lambda request: gone.append(request.method))
    choose_film(page)
    has_come(page)
    page.click(".chosen-files__remove")
    expect(page.locator("[data-ahead-told]")).to_be_hidden()
    page.wait_for_timeout(200)
    assert gone.count("DELETE") == 1


def test_small_files_go_with_the_form_alone(page: Page):
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    choose_large_file(page, "短.wav", "audio/wav", 1000)
    page.wait_for_timeout(200)
    assert not [url for url in asked if "parts" in url or "ahead" in url]
