"""The clerk's copy of a long picture: its width stays, and it is given in slices of a screen."""

import base64
import io
import re
import threading

import pytest
from django.test import Client
from PIL import Image, ImageChops, ImageStat
from pytest_django.fixtures import Settings

from intake.casework.viewing.apart.pictures.drawing import SCREEN, SEEN_AGAIN
from intake.casework.viewing.viewing_copies import DRAWING, CannotShowNow, viewing_copies
from intake.report.draft import Attachment as File
from tests.browser.pictures import contrast, with_strokes
from tests.intake.admin.items.test_evidence_pages import (
    Sent,
    address,
    sent,  # noqa: F401
    standing,  # noqa: F401
)
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.making import INSIDE
from tests.sending import text_of

SLICE = re.compile(r'<img src="data:image/jpeg;base64,([^"]+)"')


def slices_of(content: bytes, kind: str = "png") -> list[Image.Image]:
    return [
        Image.open(io.BytesIO(copy)) for copy in viewing_copies(io.BytesIO(content), kind).copies
    ]


@pytest.mark.parametrize(
    ("size", "width"),
    [
        ((1080, 12_000), 1080),
        ((1080, 23_000), 1080),
        ((720, 30_000), 720),
        ((1440, 12_000), 1080),
        ((1080, 2_400), 1080),
    ],
)
def test_a_long_picture_keeps_its_width_and_can_be_read(size: tuple[int, int], width: int):
    slices = slices_of(with_strokes(size))
    assert {piece.width for piece in slices} == {width}
    assert max(piece.height for piece in slices) <= max(SCREEN, width * 3 // 4)
    assert contrast(slices[len(slices) // 2]) > 60


def test_a_wide_picture_keeps_its_height():
    slices = slices_of(with_strokes((12_000, 1_200)))
    assert {piece.height for piece in slices} == {1080}
    assert max(piece.width for piece in slices) <= 1080
    assert len(slices) > 10


def test_the_slices_together_are_the_whole_picture():
    whole = Image.linear_gradient("L").resize((600, 5_003))
    made = io.BytesIO()
    whole.save(made, "PNG")
    slices = slices_of(made.getvalue())
    again = Image.new("L", whole.size)
    top = 0
    for piece in slices:
        again.paste(piece.convert("L"), (0, top))
        top += slices[0].height - SEEN_AGAIN
    assert top - (slices[0].height - SEEN_AGAIN) + slices[-1].height == whole.height
    [(_least, most)] = ImageStat.Stat(ImageChops.difference(whole, again)).extrema
    assert most <= 3


def test_a_long_photo_is_cut_as_the_camera_was_held():
    content = corpus.picture(size=(6_000, 1_000), orientation=6)
    assert {piece.width for piece in slices_of(content, "jpeg")} == {1_000}


@pytest.mark.parametrize("size", [(1, 3_000_000), (2, 100_000), (3_000, 1), (1, 1)])
def test_no_shape_makes_slices_without_end(size: tuple[int, int]):
    made = io.BytesIO()
    Image.new("L", size).save(made, "PNG")
    assert 1 <= len(viewing_copies(io.BytesIO(made.getvalue()), "png").copies) <= 80


def test_when_many_are_drawn_another_one_is_told_to_come_again(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(DRAWING, "queue", threading.Semaphore(1))
    with DRAWING.one(), pytest.raises(CannotShowNow, match="过一会儿"):
        viewing_copies(io.BytesIO(corpus.picture()), "jpeg")
    assert viewing_copies(io.BytesIO(corpus.picture()), "jpeg").copies


@pytest.fixture
def long_picture(settings: Settings, db: None, sent: Sent) -> tuple[str, Client]:  # noqa: F811
    """The address of its copy, and a clerk who may look at it."""
    settings.SIMULATED_NOW = INSIDE
    (row,), clerk = sent(File.of_bytes("聊天.png", "png", with_strokes((1080, 6_000))))
    return address(row, "view"), clerk


def test_a_clerk_sees_the_slices_on_one_page(long_picture: tuple[str, Client]):
    where, clerk = long_picture
    response = clerk.get(where)
    page = text_of(response)
    pieces = [Image.open(io.BytesIO(base64.b64decode(found))) for found in SLICE.findall(page)]
    assert {(piece.format, piece.width) for piece in pieces} == {("JPEG", 1080)}
    assert f"按顺序分成 {len(pieces)} 段" in page
    assert "img-src 'self' data:" in response["Content-Security-Policy"]
    assert "script-src 'self';" in response["Content-Security-Policy"]
    assert "no-store" in response["Cache-Control"]


def test_a_clerk_who_must_wait_is_told_so(
    long_picture: tuple[str, Client], monkeypatch: pytest.MonkeyPatch
):
    where, clerk = long_picture
    monkeypatch.setattr(DRAWING, "queue", threading.Semaphore(1))
    with DRAWING.one():
        response = clerk.get(where)
    assert (response.status_code, response["Retry-After"]) == (503, "10")
    assert "请过一会儿" in text_of(response)
    assert clerk.get(where).status_code == 200
