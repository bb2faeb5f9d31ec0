"""Each task of the handbook is done as its page says, with what its pictures show before one."""

from collections.abc import Iterator
from contextlib import ExitStack
from functools import partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator

from intake.admin.handbook.task_table import TASKS
from tests.browser.conftest import DemoSite, copy_demo, log_in, open_page, serve_demo
from tests.browser.handbook.hands import WIDTH, Hands
from tests.browser.handbook.steps.by_task import STEPS
from tests.browser.page_fit import WIDER_THAN_THE_SCREEN

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

NARROW, WIDE = 360, 1280


@pytest.fixture(scope="module")
def own_site(demo_folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DemoSite]:
    """People leave and keys change here, which no other test may meet."""
    folder = tmp_path_factory.mktemp("demo")
    copy_demo(demo_folder, folder)
    with serve_demo(folder, workers=1) as running:
        yield running


@pytest.fixture(scope="module")
def hands(browser: Browser, own_site: DemoSite) -> Iterator[Hands]:
    with ExitStack() as stack:
        new_page = partial(
            open_page, browser, width=WIDTH, height=900, javascript=True, own_context=True
        )
        yield Hands(own_site, stack, new_page, lambda *_shown: None)


@pytest.mark.parametrize("slug", STEPS)
def test_the_task_is_done_as_its_page_says(hands: Hands, slug: str):
    seen: list[str] = []

    def look(name: str, _of: list[Locator], _mark: Locator | None) -> None:
        seen.append(name)

    hands.shown = look
    STEPS[slug](hands)
    assert tuple(seen) == TASKS[slug].pictures


def test_the_handbook_fits_on_a_telephone_and_on_a_desk(browser: Browser, own_site: DemoSite):
    with open_page(browser, width=NARROW) as page:
        log_in(page, own_site, own_site.login("office"))
        for path in ("", *(f"{slug}/" for slug in TASKS)):
            page.set_viewport_size({"width": NARROW, "height": 740})
            page.goto(f"{own_site.url}/admin/handbook/{path}")
            assert page.evaluate(WIDER_THAN_THE_SCREEN) == [], path
            page.set_viewport_size({"width": WIDE, "height": 740})
            assert page.evaluate(WIDER_THAN_THE_SCREEN) == [], path
