"""A clerk hears a sound, sees a film and the pages of a document, with scripts and without."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, ConsoleMessage, Page, expect

from tests.browser.conftest import DemoSite, log_in, open_page
from tests.browser.handbook.steps.steps_of_registering import save, tell
from tests.browser.item_steps import press
from tests.browser.page_fit import WIDER_THAN_THE_SCREEN
from tests.intake.casework.viewing.apart import media_corpus
from tests.intake.casework.viewing.apart.needing import needed_for
from tests.intake.casework.viewing.apart.pdf_corpus import pdf

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]
# Three jobs, one after the other, on a machine that does other things too.
PATIENCE = 120_000
LENGTH = """async kind => {
    const played = document.querySelector(kind);
    for (let turn = 0; turn < 100 && !(played.duration > 0); turn += 1) {
        await new Promise(done => setTimeout(done, 100));
    }
    return played.duration;
}"""


@pytest.fixture
def clerk(browser: Browser, site: DemoSite) -> Iterator[Page]:
    """Of the office, before a letter with a sound, a film and a document."""
    for kind in ("mp3", "mp4", "pdf"):
        needed_for(kind)
    files = [
        ("录音（演示）.mp3", "audio/mpeg", media_corpus.sound("mp3")),
        ("录像（演示）.mp4", "video/mp4", media_corpus.film("mp4")),
        ("合同（演示）.pdf", "application/pdf", pdf()),
    ]
    with open_page(browser, width=1280, javascript=True, own_context=True) as page:
        log_in(page, site, site.login("office"))
        page.goto(f"{site.url}/admin/intake/submission/add/")
        given = [{"name": name, "mimeType": kind, "buffer": made} for name, kind, made in files]
        page.set_input_files("[name=attachments]", given)
        expect(page.locator("#scans")).to_contain_text("合同（演示）", timeout=PATIENCE)
        tell(page)
        save(page)
        yield page


def test_sound_and_film_play_and_pages_are_seen(clerk: Page, browser: Browser):
    complaints = list[str]()

    def hear(message: ConsoleMessage) -> None:
        if "Content Security Policy" in message.text:
            complaints.append(message.text)

    clerk.on("console", hear)
    item = clerk.url
    addresses = [made_by_a_press(clerk, item, place) for place in range(3)]
    with open_page(browser, own_context=True) as narrow:
        narrow.context.add_cookies(clerk.context.cookies())
        narrow.on("console", hear)
        for page in (clerk, narrow):
            for address, shown in zip(addresses, ("audio", "video", "img"), strict=True):
                page.goto(address)
                assert_is_shown(page, shown)
                assert page.evaluate(WIDER_THAN_THE_SCREEN) == []
    assert complaints == []


def made_by_a_press(page: Page, item: str, place: int) -> str:
    """The address of the copies of one file, once they are made; the page shows them by itself."""
    page.goto(item)
    line = page.locator("ol.files > li").nth(place)
    press(page, line.get_by_role("link", name="做副本来看"))
    press(page, page.get_by_role("button", name="做副本"))
    page.locator("figure.slice").first.wait_for(timeout=PATIENCE)
    address = page.url
    page.goto(item)
    expect(page.locator("ol.files > li").nth(place)).to_contain_text("副本做好了")
    return address


def assert_is_shown(page: Page, shown: str) -> None:
    if shown != "img":
        assert 1.5 < page.evaluate(LENGTH, shown) < 3
    if shown != "audio":
        picture = page.locator("figure.slice img").first
        picture.scroll_into_view_if_needed()
        picture.evaluate("one => one.decode()")
        assert picture.evaluate("one => one.naturalWidth") > 50
