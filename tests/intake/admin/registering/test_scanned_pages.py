"""A scan that is a PDF is read beside the fields, page by page, before anything is saved."""

import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Sent
from PIL import Image
from pytest_django.fixtures import Settings

from intake.admin.registering.scan_pages import MOST_PAGES
from intake.casework.viewing.apart import programs
from tests.intake.admin.registering.filling_in import ADD
from tests.intake.admin.registering.standing_office import Office, make_office
from tests.intake.casework.viewing.apart.pdf_corpus import AUTHOR, pdf
from tests.making import INSIDE
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db

standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def put(office: Office, content: bytes) -> Any:
    sheet = {"_sheet": "e" * 22, "attachments": Sent("来信（演示）.pdf", content)}
    answer = office.office.post(f"{ADD}scans/", sheet)
    assert answer.status_code == 200, text_of(answer)
    return answer


def pages_on(answer: Any) -> list[str]:
    return re.findall(r'<img src="([^"]+)"', answer.content.decode())


def test_each_page_stands_beside_the_fields_and_is_drawn_anew(office: Office):
    shown = put(office, pdf(pages=2))
    pages = pages_on(shown)
    assert [page.rpartition("?")[2] for page in pages] == ["page=1", "page=2"]
    assert "下载原件" in text_of(shown)
    drawn = office.office.get(pages[1])
    assert (drawn.status_code, drawn["Content-Type"]) == (200, "image/jpeg")
    assert "sandbox" in drawn["Content-Security-Policy"] and "no-store" in drawn["Cache-Control"]
    assert AUTHOR.encode() not in drawn.content
    with Image.open(io.BytesIO(drawn.content)) as page:
        left = page.convert("RGB").getpixel((page.width // 4, page.height // 2))
        assert isinstance(left, tuple) and left[0] > 200 > left[1]
    assert office.team.get(pages[1]).status_code == 404
    address = pages[1].partition("?")[0]
    for asked, status in {"page=3": 422, "page=0": 400, "page=x": 400, "size=1": 400}.items():
        assert office.office.get(f"{address}?{asked}").status_code == status
    # On the page that gives everything back they stand as well.
    again = office.office.post(ADD, {"way": "letter", "_sheet": "e" * 22, "_look": ""})
    assert pages_on(again)[:2] == pages


def test_of_a_long_one_the_first_pages_stand_there_and_of_a_damaged_one_none(office: Office):
    shown = put(office, pdf(pages=MOST_PAGES + 2))
    assert len(pages_on(shown)) == MOST_PAGES and "后面还有 2 页" in text_of(shown)
    damaged = put(office, pdf()[:200])
    assert len(pages_on(damaged)) == MOST_PAGES and "下载来看" in text_of(damaged)


def test_without_the_programs_it_is_taken_as_it_is(office: Office, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    programs.is_possible.cache_clear()
    try:
        shown = put(office, pdf())
        assert not pages_on(shown) and "下载来看" in text_of(shown)
    finally:
        monkeypatch.undo()
        programs.is_possible.cache_clear()
