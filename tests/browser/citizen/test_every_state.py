"""On every page in every state nobody is kept out, and every screen and finger has room."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.barriers import violations
from tests.browser.conftest import open_page
from tests.browser.kept_contexts import leave
from tests.browser.page_fit import LEAST_TARGET, SMALL_TARGETS, WIDER_THAN_THE_SCREEN, WIDTHS
from tests.browser.states import STATES

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]


@pytest.fixture(scope="module")
def visitor(browser: Browser) -> Iterator[Page]:
    """The page that goes from state to state."""
    with open_page(browser, javascript=True) as page:
        yield page


@pytest.fixture(scope="module", params=STATES, ids=lambda state: state.name)
def shown(request: pytest.FixtureRequest, visitor: Page, sites: dict[str, str]) -> Iterator[Page]:
    """The page in the state, reached once for all that is asked of it."""
    try:
        request.param.show(visitor, sites)
        yield visitor
    finally:
        leave(visitor)


def test_keeps_nobody_out(shown: Page):
    assert violations(shown) == []


def test_fits_every_width_and_every_finger(shown: Page):
    assert shown.evaluate(SMALL_TARGETS, LEAST_TARGET) == []
    for width in WIDTHS:
        shown.set_viewport_size({"width": width, "height": 740})
        assert (width, shown.evaluate(WIDER_THAN_THE_SCREEN)) == (width, [])
