"""Twenty letters of one box by keyboard alone; and the page on a phone, without scripts."""

import sqlite3
import sys
from contextlib import closing
from dataclasses import dataclass
from uuid import UUID

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.page_fit import WIDER_THAN_THE_SCREEN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

ADD = "/admin/intake/submission/add/"
LETTERS = 20
TARGETS = "SELECT name FROM inspection_target WHERE kind = 'town' ORDER BY id"
OPENING = "SELECT id FROM intake_boxopening WHERE confirmed_by_id IS NOT NULL ORDER BY id"
NUMBERED = "SELECT count(*) FROM intake_submission WHERE way = 'box' AND number IS NOT NULL"
# Of each letter, beside its words.
MOST_KEYS = 8
# As fast as somebody who knows the form types Chinese: words go in whole, as from an input method.
WORDS = "（演示）反映村干部把机动地低价包给亲属，合同没有开会，租金没有公示。"


@dataclass
class Keyboard:
    """Presses keys and counts them; a character of a word counts as the two keys of its sound."""

    page: Page
    count: int = 0

    def press(self, key: str) -> None:
        self.count += 1
        self.page.keyboard.press(key)

    def write(self, words: str) -> None:
        self.count += 2 * len(words)
        self.page.keyboard.insert_text(words)

    def focused(self) -> str:
        return str(self.page.evaluate("document.activeElement.name"))


def asked(site: DemoSite, query: str) -> list[str]:
    with closing(sqlite3.connect(site.folder / "site.sqlite3")) as database:
        return [str(row[0]) for row in database.execute(query)]


def test_twenty_letters_of_one_box_by_keyboard_alone(
    browser: Browser, site: DemoSite, capsys: pytest.CaptureFixture[str]
):
    bodies, before = asked(site, TARGETS), int(asked(site, NUMBERED)[0])
    with open_page(browser, width=1280, javascript=True) as page:
        log_in(page, site, site.login("office"))
        page.goto(f"{site.url}{ADD}?way=box&opening={UUID(asked(site, OPENING)[0])}")
        keys = Keyboard(page)
        for number in range(LETTERS):
            assert keys.focused() == "target"
            keys.write(bodies[number % len(bodies)][-3:])
            keys.press("Enter")
            assert keys.focused() == "place"
            keys.write("前王村")
            keys.press("Enter")
            keys.write("村支书王某某")
            keys.press("Enter")
            keys.press("Enter")
            assert keys.focused() == "narrative"
            keys.write(WORDS)
            with page.expect_navigation():
                keys.press("Alt+Enter")
            assert page.locator("#registered-number").count() == 1, page.content()
    words = 2 * (len(WORDS) + len("前王村") + len("村支书王某某") + 3)
    beside = keys.count / LETTERS - words
    told = f"{LETTERS} letters: {keys.count} keys, of which {beside:.1f} a letter beside its words"
    with capsys.disabled():
        sys.stdout.write(f"\n{told}\n")
    assert int(asked(site, NUMBERED)[0]) == before + LETTERS
    assert beside <= MOST_KEYS


def test_no_key_goes_on_while_an_input_method_composes(browser: Browser, site: DemoSite):
    composing = """field => field.dispatchEvent(new KeyboardEvent('keydown',
        {key: 'Enter', bubbles: true, cancelable: true, isComposing: true}))"""
    with open_page(browser, width=1280, javascript=True) as page:
        log_in(page, site, site.login("team"))
        page.goto(f"{site.url}{ADD}")
        keys = Keyboard(page)
        assert keys.focused() == "received_on"
        page.locator("[name=received_on]").evaluate(composing)
        assert keys.focused() == "received_on"
        keys.press("Enter")
        assert keys.focused() == "postmarked_on"
        page.focus("[name=narrative]")
        keys.press("Enter")
        assert keys.focused() == "narrative"
        keys.press("Control+Enter")
        assert keys.focused() == "about_inspectors"
        # Where a question mark is written it is a character, elsewhere it asks for the keys.
        page.focus("[name=narrative]")
        keys.press("?")
        assert not page.is_visible("#keys")
        page.focus("[name=about_inspectors]")
        keys.press("?")
        assert page.is_visible("#keys")
        page.keyboard.press("Escape")
        page.click("#show-keys")
        page.check("#keys input")
        page.keyboard.press("Escape")
        page.focus("[name=received_on]")
        page.reload()
        page.focus("[name=place]")
        with page.expect_navigation():
            keys.press("Enter")
        assert page.locator("#registered-number").count() == 0
        page.evaluate("localStorage.clear()")


def test_a_shortcut_registers_the_letter(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280, javascript=True) as page:
        log_in(page, site, site.login("team"))
        page.goto(f"{site.url}{ADD}")
        page.focus("[name=narrative]")
        keys = Keyboard(page)
        keys.write(WORDS)
        with page.expect_navigation():
            keys.press("Alt+s")
        assert "已登记" in page.inner_text("main"), page.content()


def test_a_scan_that_cannot_be_put_there_is_said_and_stays_chosen(browser: Browser, site: DemoSite):
    drop = """() => {
        const dropped = new DataTransfer();
        dropped.items.add(new File(["x"], "dropped.jpg", {type: "image/jpeg"}));
        document.dispatchEvent(new DragEvent("drop", {dataTransfer: dropped, cancelable: true}));
    }"""
    chosen = "field => [...field.files].map(file => file.name)"
    with open_page(browser, width=1280, javascript=True, own_context=True) as page:
        log_in(page, site, site.login("team"))
        page.goto(f"{site.url}{ADD}")
        files = page.locator("[name=attachments]")
        picture = {"name": "a.jpg", "mimeType": "image/jpeg", "buffer": b"x"}
        page.route("**/add/scans/", lambda route: route.abort())
        files.set_input_files([picture])
        expect(page.locator("#scans")).to_contain_text("随登记一起交")
        page.unroute("**/add/scans/")
        page.context.clear_cookies()
        page.evaluate(drop)
        expect(page.locator("#scans")).to_contain_text("登录已经到时，扫描件没有放上")
        assert files.evaluate(chosen) == ["a.jpg", "dropped.jpg"]


@pytest.mark.parametrize("javascript", [True, False])
def test_the_desk_is_proposed_while_typing_or_when_asked(
    browser: Browser, site: DemoSite, javascript: bool
):
    with open_page(browser, width=360, javascript=javascript) as page:
        log_in(page, site, site.login("office"))
        page.goto(f"{site.url}{ADD}?way=visit")
        assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
        page.fill("[name=place]", f"{asked(site, TARGETS)[0]}前王村")
        if not javascript:
            page.click("button[name=_look]:not([tabindex])")
        page.wait_for_selector(".register__desk")
        assert "分送" in page.inner_text("#proposal")
        assert page.input_value("[name=place]").endswith("前王村")
        assert page.evaluate(WIDER_THAN_THE_SCREEN) == []


def test_leaving_a_telling_field_looks_for_repeats(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280, javascript=True) as page:
        log_in(page, site, site.login("team"))
        page.goto(f"{site.url}{ADD}")
        page.fill("[name=reporter_phone]", "130 0000 0009")
        with page.expect_response("**/submission/repeats/") as answer:
            page.locator("[name=reporter_phone]").blur()
        assert answer.value.status == 200
        page.locator("#looked-up", has_text="没有署名、电话、被反映人或者大段文字相同的").wait_for()
        with page.expect_response("**/submission/repeats/"):
            page.click("[name=_look_up]")
        assert page.input_value("[name=reporter_phone]") == "130 0000 0009"
