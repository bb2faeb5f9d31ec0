"""drawing.js makes pictures smaller and leaves behind where they were taken."""

import io
from functools import cache

import pytest
from PIL import ExifTags, Image
from playwright.sync_api import Page, expect

from tests.browser.pictures import GPS, photograph
from tests.browser.scripts.form import (
    NO_TRANSFER,
    choose_files,
    code_of,
    files_to_send,
    fill,
    reload_with,
    sent_picture,
)

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("browser")]

# What Chrome before 112, Firefox before 111 and Safari 15 answer to the option.
NO_OPTIONS = """(() => {
    const native = window.createImageBitmap.bind(window);
    window.createImageBitmap = (file, options) =>
        options ? Promise.reject(new TypeError("no such option")) : native(file);
})()"""
NO_BITMAPS = "delete window.createImageBitmap"
UPRIGHT_TO_STORED = {
    **{1: None, 2: Image.Transpose.FLIP_LEFT_RIGHT, 3: Image.Transpose.ROTATE_180},
    **{4: Image.Transpose.FLIP_TOP_BOTTOM, 5: Image.Transpose.TRANSPOSE},
    **{6: Image.Transpose.ROTATE_90, 7: Image.Transpose.TRANSVERSE, 8: Image.Transpose.ROTATE_270},
}


@cache
def photograph_held(orientation: int) -> bytes:
    """Upright 2400 x 1200, teal, with its upper left quarter red; it tells where it was taken."""
    picture = Image.effect_noise((2400, 1200), 20).convert("RGB")
    picture.paste("teal", (0, 600, 2400, 1200))
    picture.paste("red", (0, 0, 1200, 600))
    turn = UPRIGHT_TO_STORED[orientation]
    exif = Image.Exif()
    exif.endian = "<" if orientation % 2 else ">"
    exif[ExifTags.Base.Orientation] = orientation
    exif[GPS] = {1: "N", 2: (36.0, 27.0, 25.5), 3: "E", 4: (115.0, 59.0, 8.0)}
    content = io.BytesIO()
    (picture if turn is None else picture.transpose(turn)).save(content, "JPEG", exif=exif)
    return content.getvalue()


def test_a_photograph_is_made_smaller_and_loses_its_place(page: Page):
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))

    picture = sent_picture(page)
    assert picture.size == (2000, 1000)
    assert not picture.getexif()
    expect(page.locator(".chosen-files li")).to_contain_text("去掉了拍摄位置")


def test_the_original_photograph_is_sent_when_wanted(page: Page):
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))
    page.check("#send-originals")

    assert sent_picture(page).getexif().get_ifd(GPS)
    expect(page.locator(".chosen-files li")).to_contain_text("里面可能有拍摄位置")


@pytest.mark.parametrize("stub", ["", NO_OPTIONS], ids=["now", "old"])
def test_a_photograph_stands_upright_however_the_phone_was_held(page: Page, stub: str):
    reload_with(page, stub)
    held = [photograph_held(orientation) for orientation in UPRIGHT_TO_STORED]
    choose_files(page, *[(f"{n}.jpg", "image/jpeg", one) for n, one in enumerate(held, 1)])

    sent = [bytes(file["bytes"]) for file in files_to_send(page)]  # type: ignore[call-overload]
    for before, after in zip(held, sent, strict=True):
        assert len(after) < len(before)
        picture = Image.open(io.BytesIO(after))
        assert picture.size == (2000, 1000)
        assert not picture.getexif()
        red, green, _ = picture.getpixel((300, 300))  # type: ignore[misc]
        assert (red > 200, green < 50) == (True, True)
        assert picture.getpixel((1700, 700))[0] < 50  # type: ignore[index]
    expect(page.locator(".chosen-files .choice")).to_be_visible()


def test_a_picture_that_an_old_browser_may_lay_down_goes_as_it_is(page: Page):
    reload_with(page, NO_OPTIONS)
    content = io.BytesIO()
    Image.new("RGB", (3000, 1500), "teal").save(content, "WEBP")
    choose_files(page, ("路灯.webp", "image/webp", content.getvalue()))

    assert sent_picture(page).size == (3000, 1500)
    expect(page.locator(".chosen-files li")).to_contain_text("里面可能有拍摄位置")


@pytest.mark.parametrize("stub", [NO_TRANSFER, NO_BITMAPS], ids=["transfer", "bitmaps"])
def test_what_cannot_be_drawn_anew_is_listed_as_an_original(page: Page, stub: str):
    reload_with(page, stub)
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))

    expect(page.locator(".chosen-files li")).to_contain_text("KB，原图，里面可能有拍摄位置")
    expect(page.locator(".chosen-files .choice")).to_be_hidden()
    assert sent_picture(page).getexif().get_ifd(GPS)


def test_a_report_with_a_photograph_arrives(page: Page):
    fill(page)
    choose_files(page, ("路灯.jpg", "image/jpeg", photograph()))
    page.click("#submit")

    code_of(page)
    expect(page.locator(".print-page button")).to_be_visible()
