"""A letter that was faxed or scanned into one TIFF: each page is shown, or said not to be."""

import base64
import io
import re
import struct
from collections.abc import Sequence
from typing import Any

import pytest
from PIL import Image
from pytest_django.fixtures import Settings

from intake.casework.viewing.apart.made_copies import Drawn
from intake.casework.viewing.apart.pictures import drawing
from intake.casework.viewing.apart.pictures.drawing import MOST_PAGES
from intake.casework.viewing.viewing_copies import viewing_copies
from intake.report.draft import Attachment as File
from intake.report.evidence.drawable import MOST_COUNTED, costs_of_pages
from tests.intake.admin.items.test_evidence_pages import (
    Sent,
    address,
    sent,  # noqa: F401
    standing,  # noqa: F401
)
from tests.making import INSIDE
from tests.sending import text_of

PAGE = re.compile(r'<img src="data:image/jpeg;base64,([^"]+)" alt="第 (\d+) 页')


def paged(shades: Sequence[int], *, size: tuple[int, int] = (40, 56), **options: Any) -> bytes:
    """A TIFF of a page for each shade of grey."""
    first, *more = [Image.new("L", size, shade) for shade in shades]
    made = io.BytesIO()
    first.save(made, "TIFF", save_all=True, append_images=more, **options)
    return made.getvalue()


def faxed(count: int) -> bytes:
    """As a fax sends it: black and white, packed in the fax's own way, a bar lower on each page."""
    sheets = []
    for number in range(count):
        sheet = Image.new("1", (400, 560), 1)
        sheet.paste(0, (0, number * 50, 400, number * 50 + 50))
        sheets.append(sheet)
    made = io.BytesIO()
    options = {"save_all": True, "append_images": sheets[1:], "compression": "group4"}
    sheets[0].save(made, "TIFF", **options)
    return made.getvalue()


def directories(content: bytes) -> list[int]:
    """Where each page says what it is."""
    found, at = [], struct.unpack_from("<L", content, 4)[0]
    while at:
        found.append(at)
        (count,) = struct.unpack_from("<H", content, at)
        (at,) = struct.unpack_from("<L", content, at + 2 + count * 12)
    return found


def shades_of(content: bytes) -> dict[int, int]:
    """The shade of each page that is shown."""
    drawn = viewing_copies(io.BytesIO(content), "tiff")
    return {number: _shade(copy) for number, [copy] in drawn.pages.items()}


def _shade(copy: bytes) -> int:
    with Image.open(io.BytesIO(copy)) as picture:
        shade = picture.convert("L").getpixel((5, 5))
    assert isinstance(shade, int)
    return shade


def note_of(content: bytes) -> str:
    return viewing_copies(io.BytesIO(content), "tiff").note


def test_a_clerk_sees_every_page_on_one_page(
    settings: Settings,
    db: None,
    sent: Sent,  # noqa: F811
):
    settings.SIMULATED_NOW = INSIDE
    rows, clerk = sent(
        File.of_bytes("传真.tif", "tiff", faxed(3)), File.of_bytes("扫描.tif", "tiff", faxed(12))
    )
    response = clerk.get(address(rows[0], "view"))
    page = text_of(response)
    shown = PAGE.findall(page)
    assert [number for _, number in shown] == ["1", "2", "3"]
    for place, (copy, _) in enumerate(shown):
        with Image.open(io.BytesIO(base64.b64decode(copy))) as picture:
            bars = [picture.convert("L").getpixel((200, row * 50 + 25)) for row in range(3)]
        assert [row for row, dot in enumerate(bars) if isinstance(dot, int) and dot < 50] == [place]
    assert "其余" not in page and "no-store" in response["Cache-Control"]
    longer = text_of(clerk.get(address(rows[1], "view")))
    assert len(PAGE.findall(longer)) == MOST_PAGES
    assert "这个文件共 12 页，这里只显示前 10 页，其余请取出原件看。" in longer


def test_one_page_stays_one_picture_and_what_is_not_shown_is_counted():
    assert shades_of(paged([200])) == {1: 200} and not note_of(paged([200]))
    assert shades_of(paged([10, 200])) == {1: 10, 2: 200}
    empty = b"".join(struct.pack("<HL", 0, 8 + 6 * number) for number in range(1, 2_000))
    assert len(costs_of_pages(b"II*\0\x08\0\0\0" + empty, "tiff")) == MOST_COUNTED
    assert f"至少 {MOST_COUNTED} 页" in Drawn({1: [b""]}, MOST_COUNTED).note


@pytest.mark.parametrize("place", [1, 2])
def test_a_page_that_cannot_be_drawn_is_said_and_the_others_are_shown(place: int):
    content = bytearray(paged([10, 100, 200]))
    at = directories(bytes(content))[place]
    # Its width becomes none: the first number of each page's directory.
    assert struct.unpack_from("<HHL", content, at + 2)[:1] == (256,)
    struct.pack_into("<L", content, at + 10, 0)
    others = {1: 10, 2: 100, 3: 200}
    del others[place + 1]
    assert shades_of(bytes(content)) == others
    assert "共 3 页" in note_of(bytes(content))


def test_a_costly_page_ends_what_is_shown_and_a_chain_in_a_ring_ends():
    content = bytearray(paged([10, 100, 200]))
    second = directories(bytes(content))[1]
    struct.pack_into("<L", content, second + 6, 1_000_000)
    assert shades_of(bytes(content)) == {1: 10}
    assert "共 3 页，这里只显示前 1 页" in note_of(bytes(content))
    ring = bytearray(paged([10, 200]))
    first, last = directories(bytes(ring))
    (count,) = struct.unpack_from("<H", ring, last)
    struct.pack_into("<L", ring, last + 2 + count * 12, first)
    assert shades_of(bytes(ring)) == {1: 10, 2: 200} and not note_of(bytes(ring))
    nowhere = bytearray(paged([10]))
    [only] = directories(bytes(nowhere))
    (count,) = struct.unpack_from("<H", nowhere, only)
    struct.pack_into("<L", nowhere, only + 2 + count * 12, 10_000_000)
    assert shades_of(bytes(nowhere)) == {1: 10} and "共 2 页" in note_of(bytes(nowhere))


def test_all_pages_together_have_a_bound(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(drawing, "MOST_DOTS_OF_PAGES", 2 * 40 * 56)
    assert shades_of(paged([10, 100, 200])) == {1: 10, 2: 100}
