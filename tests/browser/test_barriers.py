"""What was judged once is left out, and nothing that is wrong."""

import pytest
from playwright.sync_api import Browser

from tests.browser.barriers import wrong_colours
from tests.browser.conftest import open_page

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

GOOD = "<p style='color: #123456; background: #fff'>（演示）</p>"
GREY = "<p style='color: #aaa'>（演示）灰的</p>"
ON_GREY = "<div style='background: #345678'><p style='color: #123456'>（演示）暗的</p></div>"


def test_a_known_look_hides_nothing(browser: Browser):
    with open_page(browser, javascript=True) as page:

        def found(*parts: str) -> list[str]:
            page.set_content("".join(parts))
            return [node["html"] for one in wrong_colours(page) for node in one["nodes"]]

        assert found(GOOD, GOOD) == []
        assert len(found(GOOD, GREY)) == 1
        assert len(found(GREY, GOOD)) == 1
        assert len(found(GOOD, ON_GREY)) == 1
        assert len(found(GREY, ON_GREY)) == 2
        assert found(GOOD) == []
