"""What comes out of the printer: the number of sheets, the margins, and black on white."""

import re
import sqlite3
from pathlib import Path
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import DemoSite, open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

A4_POINTS = (595, 842)
MILLIMETRE = 96 / 25.4
# What 20 mm margins leave of A4, in the browser's pixels.
WIDE = 170 * MILLIMETRE
# The words of every box of paper whose content is larger than itself.
CUT_OFF = """() => [...document.querySelectorAll(".sheet, .label, .contact-card")]
  .filter((e) => e.scrollHeight - e.clientHeight > 1 || e.scrollWidth - e.clientWidth > 1)
  .map((e) => e.textContent)"""

# To print costs a second; every sheet begins a page, so that one too long makes one page more.
ADD_SHEETS = """(html) => {
    const other = new DOMParser().parseFromString(html, "text/html");
    const sheets = [...other.querySelectorAll(".sheet")];
    [...document.querySelectorAll(".sheet")].at(-1).after(...sheets);
    return sheets.length;
}"""


@pytest.fixture(scope="module")
def codes(demo_folder: Path) -> dict[str, str]:
    """The demo's bodies and their codes."""
    with sqlite3.connect(demo_folder / "site.sqlite3") as database:
        return dict(database.execute("SELECT name, code FROM inspection_target"))


def sheets_of(pdf: bytes) -> list[tuple[int, int]]:
    """The size of each page, in points, as Chromium writes it."""
    boxes = re.findall(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", pdf)
    return [(round(float(width)), round(float(height))) for width, height in boxes]


def printed(page: Page) -> list[tuple[int, int]]:
    return sheets_of(page.pdf(prefer_css_page_size=True))


@pytest.mark.parametrize(
    ("address", "sheets"),
    [
        ("/poster/", 1),
        ("/poster/?size=large", 1),
        ("/poster/cards/", 1),
        ("/poster/boxes/", 4),
        ("/report/paper/", 2),
    ],
)
def test_fills_the_sheets_it_is_meant_for(
    browser: Browser, site: DemoSite, address: str, sheets: int
):
    with open_page(browser, width=1280) as page:
        page.goto(site.url + address)

        assert printed(page) == [A4_POINTS] * sheets


@pytest.mark.parametrize(
    ("path", "sheets"), [("/poster/", 1), ("/poster/cards/", 1), ("/report/paper/", 2)]
)
def test_every_bodys_paper_fits(
    browser: Browser, site: DemoSite, codes: dict[str, str], path: str, sheets: int
):
    assert len(codes) == 16
    first, *others = [f"{site.url}{path}?target={code}" for code in codes.values()]
    with open_page(browser, width=1280) as page:
        page.goto(first)
        for address in others:
            with urlopen(address) as answer:
                added = page.evaluate(ADD_SHEETS, answer.read().decode())
            assert added == sheets, address

        assert printed(page) == [A4_POINTS] * sheets * len(codes)


@pytest.mark.parametrize("address", ["/poster/", "/poster/cards/", "/poster/boxes/"])
def test_nothing_is_cut_off_on_paper(browser: Browser, site: DemoSite, address: str):
    with open_page(browser, width=round(WIDE)) as page:
        page.goto(site.url + address)
        page.emulate_media(media="print")

        cut = page.evaluate(CUT_OFF)

    assert cut == []


@pytest.mark.parametrize("dark", [False, True])
def test_paper_is_black_on_white_without_the_frame_of_the_site(
    browser: Browser, site: DemoSite, dark: bool
):
    with open_page(browser, width=round(WIDE), dark=dark) as page:
        page.goto(f"{site.url}/poster/")
        page.emulate_media(media="print", color_scheme="dark" if dark else "light")

        sheet = page.locator(".sheet")
        expect(sheet).to_have_css("background-color", "rgb(255, 255, 255)")
        expect(sheet).to_have_css("color", "rgb(0, 0, 0)")
        for frame in (".nav", ".masthead", ".footer", ".demo", ".find", ".tools"):
            expect(page.locator(frame)).to_be_hidden()


def test_what_matters_on_a_poster_is_large(browser: Browser, site: DemoSite, codes: dict[str, str]):
    """24 pt and more is read from two metres; the code is at least 75 mm wide."""
    with open_page(browser, width=round(WIDE)) as page:
        page.goto(f"{site.url}/poster/?target={codes['东昌府区梁水镇']}")
        page.emulate_media(media="print")

        for part in (".poster__title", ".poster__body", ".poster__until strong", ".poster__scan"):
            size = page.locator(part).evaluate("e => parseFloat(getComputedStyle(e).fontSize)")
            assert size >= 24 * 96 / 72, part
        box = page.locator(".poster__qr svg").bounding_box()
        assert box is not None
        assert box["width"] >= 75 * MILLIMETRE


def test_the_folded_parts_of_the_notice_are_printed(browser: Browser, site: DemoSite):
    with open_page(browser, width=1280) as page:
        page.goto(site.url)
        page.emulate_media(media="print")

        expect(page.get_by_text("高唐县梁村镇府前街北便民服务中心西侧").first).to_be_visible()
        assert 1 < len(printed(page)) <= 8


@pytest.mark.parametrize(
    "address", ["/poster/", "/poster/boxes/", "/poster/cards/", "/report/paper/", "/boxes/14/map/"]
)
def test_nothing_sticks_out_on_the_screen(browser: Browser, site: DemoSite, address: str):
    with open_page(browser) as page:
        page.goto(f"{site.url}{address}?size=large")

        for width in (320, 360, 1280):
            page.set_viewport_size({"width": width, "height": 740})
            assert page.evaluate("document.documentElement.scrollWidth") <= width, width
