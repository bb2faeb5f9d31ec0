"""Room for every width and every finger."""

import pytest
from playwright.sync_api import Browser

from tests.browser.conftest import open_page
from tests.browser.states import STATES, State

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# 640 and 320 px are also what is left of 1280 px at 200 % and 400 % zoom.
WIDTHS = [320, 360, 640, 1280]
LEAST_TARGET = 44

WIDER_THAN_THE_SCREEN = """() => {
    const width = document.documentElement.clientWidth;
    const scrolls = document.documentElement.scrollWidth > width;
    return !scrolls ? [] : [...document.querySelectorAll('body *')]
        .filter(e => e.getBoundingClientRect().right > width)
        .map(e => e.outerHTML.slice(0, 120));
}"""

# A link in a sentence is as high as its line; WCAG excepts it. A button, a row of a list or of
# the navigation is pressed on its own. A choice is pressed on its label.
SMALL_TARGETS = """least => {
    const seen = e => e.getClientRects().length && !e.closest('.trap, .skip, .unseen');
    const inSentence = a => [...a.parentElement.childNodes]
        .some(node => node.nodeType === Node.TEXT_NODE && node.data.trim());
    const own = a => !inSentence(a) || a.classList.contains('button');
    const targets = [
        ...document.querySelectorAll('button, select, textarea, summary, [role=option]'),
        ...document.querySelectorAll('.choice label'),
        ...document.querySelectorAll('input:not([type=hidden], [type=radio], [type=checkbox])'),
        ...[...document.querySelectorAll('a[href]')].filter(own),
    ];
    const side = e => Math.min(e.getBoundingClientRect().height, e.getBoundingClientRect().width);
    return targets.filter(seen)
        .filter(e => side(e) < least - 0.5)
        .map(e => side(e) + ' ' + e.outerHTML.slice(0, 120));
}"""


@pytest.mark.parametrize("state", STATES, ids=lambda state: state.name)
def test_fits_every_width_and_every_finger(browser: Browser, sites: dict[str, str], state: State):
    with open_page(browser, javascript=True) as page:
        state.show(page, sites)

        assert page.evaluate(SMALL_TARGETS, LEAST_TARGET) == []
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 740})
            assert (width, page.evaluate(WIDER_THAN_THE_SCREEN)) == (width, [])
