"""Where the notice leads: to pages that it does not have and does not name."""

from pathlib import Path

import pytest
from django.conf import settings
from django.urls import get_resolver, resolve

from inspection.screen.links import led_to

ROOT = Path(__file__).parents[3]
PARTS = [
    *(ROOT / "inspection").rglob("*.py"),
    *(ROOT / "templates/inspection").glob("*.html"),
]


@pytest.mark.parametrize("page", settings.LEADS_TO)
def test_every_page_that_the_notice_leads_to_exists(page: str):
    assert resolve(led_to(page)).url_name == settings.LEADS_TO[page]


def test_the_notice_knows_nothing_of_what_is_added_to_a_report():
    found = [
        (part.name, word)
        for part in PARTS
        # A notice may be called a 补充公告, which its reader knows.
        if "parsing" not in part.parts
        for word in ("补充", "supplement", "查询码可以")
        if word in part.read_text().lower()
    ]
    assert found == []


def test_the_notice_writes_no_address_that_is_not_its_own():
    own = {"", "rounds/", "notice.json", "poster/", "boxes/"}
    others = {str(entry.pattern) for entry in get_resolver().url_patterns} - own
    written = {f'"/{other}' for other in others if other}
    assert len(written) > 5
    found = [(part.name, word) for part in PARTS for word in written if word in part.read_text()]
    assert found == []
