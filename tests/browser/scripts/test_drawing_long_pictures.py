"""drawing.js: a picture of a whole chat, or of a wide table, is still read when it has left."""

import base64
import io

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from tests.browser.pictures import contrast, with_strokes
from tests.browser.scripts.form import choose_files

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# What an Apple telephone does with a canvas that is too large for it.
DRAWS_NOTHING = "CanvasRenderingContext2D.prototype.getImageData = () => ({ data: [0, 0, 0, 0] })"
TO_BE_SENT = """new Promise((done) => {
    const reader = new FileReader();
    reader.addEventListener("load", () => done(reader.result));
    reader.readAsDataURL(document.getElementById("attachments").files[0]);
})"""
READABLE = 60


def choose(page: Page, size: tuple[int, int]) -> Image.Image:
    """The picture that is sent when somebody chooses one of this size."""
    choose_files(page, ("聊天记录.png", "image/png", with_strokes(size)))
    address: str = page.evaluate(TO_BE_SENT)
    return Image.open(io.BytesIO(base64.b64decode(address.partition(",")[2])))


@pytest.mark.parametrize(
    ("size", "sent"),
    [
        ((1080, 12_000), (1080, 12_000)),
        ((750, 9_000), (750, 9_000)),
        ((1440, 12_000), (1080, 9_000)),
        ((1080, 2_400), (1080, 2_400)),
        ((12_000, 1_200), (10_800, 1080)),
    ],
)
def test_a_long_picture_keeps_its_width(page: Page, size: tuple[int, int], sent: tuple[int, int]):
    picture = choose(page, size)
    assert (picture.format, picture.size) == ("JPEG", sent)
    assert contrast(picture) > READABLE
    expect(page.locator(".chosen-files li")).to_contain_text("已缩小")


def test_the_longest_has_no_more_dots_than_a_clerk_is_shown(page: Page):
    picture = choose(page, (1080, 30_000))
    assert picture.width * picture.height <= 25_000_000
    assert picture.width > 900
    assert contrast(picture) > READABLE


def test_an_ordinary_picture_is_as_large_as_before(page: Page):
    assert choose(page, (3000, 1500)).size == (2000, 1000)


def test_what_the_browser_cannot_draw_goes_as_it_is(page: Page):
    page.add_init_script(DRAWS_NOTHING)
    page.reload()
    picture = choose(page, (1080, 12_000))
    assert (picture.format, picture.size) == ("PNG", (1080, 12_000))
    expect(page.locator(".chosen-files li")).to_contain_text("原图")
