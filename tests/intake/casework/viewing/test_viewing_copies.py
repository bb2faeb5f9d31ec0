"""The copy that a clerk looks at: the dots of the picture, upright, and nothing else of it."""

import io
import tracemalloc
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intake.casework.viewing.apart import programs
from intake.casework.viewing.apart.pictures.drawing import MOST_DOTS
from intake.casework.viewing.viewing_copies import CannotShow, has_copy, viewing_copies
from intake.report.evidence import KINDS, Sort
from tests.intake.report.evidence import evidence_corpus as corpus

# As in the running program; pytest sets the filters anew for every test.
pytestmark = [
    pytest.mark.filterwarnings("ignore::UserWarning:PIL"),
    pytest.mark.filterwarnings("error::PIL.Image.DecompressionBombWarning"),
]
PICTURES = ("jpeg", "png", "webp", "tiff", "avif")
# Nothing can be written into these beside the dots.
BARE_PICTURES = ("gif", "bmp")


def viewing_copy(content: bytes, kind: str) -> bytes:
    """The only one: these pictures are not long."""
    [copy] = viewing_copies(io.BytesIO(content), kind).copies
    return copy


def shown(content: bytes, kind: str = "jpeg") -> Image.Image:
    copy = Image.open(io.BytesIO(viewing_copy(content, kind)))
    copy.load()
    return copy


def is_red(dot: object) -> bool:
    assert isinstance(dot, tuple)
    return bool(dot[0] > 200 and dot[2] < 60)


@pytest.mark.parametrize("kind", PICTURES)
def test_nothing_but_the_dots_is_left(kind: str):
    content = corpus.GOOD[kind][1]()
    assert corpus.AUTHOR.encode() in content
    made = viewing_copy(content, kind)
    copy = shown(content, kind)
    assert (copy.format, copy.mode, copy.size) == ("JPEG", "RGB", (64, 48))
    assert is_red(copy.getpixel((5, 20)))
    assert dict(copy.getexif()) == {}
    assert set(copy.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    for trace in (corpus.AUTHOR.encode(), b"Exif", b"http", b"xmp", b"ICC_PROFILE", b"profile"):
        assert trace not in made


@pytest.mark.parametrize("kind", PICTURES)
def test_a_position_stood_in_the_original(kind: str):
    """So that the test above cannot pass because nothing was there to be lost."""
    original = Image.open(io.BytesIO(corpus.picture({"jpeg": "JPEG"}.get(kind, kind.upper()))))
    assert original.getexif().get_ifd(0x8825)[1] == "N"


@pytest.mark.parametrize(
    ("orientation", "size", "red_at"),
    [
        (1, (64, 48), (5, 20)),
        (2, (64, 48), (60, 20)),
        (3, (64, 48), (60, 20)),
        (6, (48, 64), (20, 5)),
        (8, (48, 64), (20, 60)),
    ],
)
def test_it_stands_as_the_camera_was_held(
    orientation: int, size: tuple[int, int], red_at: tuple[int, int]
):
    copy = shown(corpus.picture(orientation=orientation))
    assert copy.size == size
    assert is_red(copy.getpixel(red_at))


@pytest.mark.parametrize(("size", "seen"), [((4000, 2000), (1600, 800)), ((300, 5), (300, 5))])
def test_it_is_as_large_as_a_screen_at_most(size: tuple[int, int], seen: tuple[int, int]):
    assert shown(corpus.picture(size=size)).size == seen


@pytest.mark.parametrize("kind", BARE_PICTURES)
def test_the_simplest_pictures_are_drawn_too(kind: str):
    copy = shown(corpus.GOOD[kind][1](), kind)
    assert (copy.format, copy.mode) == ("JPEG", "RGB")
    assert is_red(copy.getpixel((2, 2)))


def test_every_picture_of_the_table_is_drawn():
    pictures = {kind.code for kind in KINDS if kind.sort == Sort.PICTURE}
    assert pictures == {*PICTURES, *BARE_PICTURES, "heic"}
    assert pictures == {kind.code for kind in KINDS if kind.copy_by}


@pytest.mark.parametrize(
    ("make", "kind"), [(corpus.strips, "tiff"), (corpus.packed_bmp, "bmp")], ids=["tiff", "bmp"]
)
def test_what_promises_endless_work_is_refused_before_it_is_decoded(
    make: Callable[[int], bytes], kind: str
):
    content = make(1_000_000)
    tracemalloc.start()
    with pytest.raises(CannotShow, match="尺寸太大"):
        viewing_copy(content, kind)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < corpus.MB


@pytest.mark.parametrize("kind", ["PNG", "WEBP", "GIF"])
def test_of_a_moving_picture_the_first_frame_is_shown(kind: str):
    assert is_red(shown(corpus.moving(kind), kind.lower()).getpixel((4, 4)))


@pytest.mark.parametrize(
    ("mode", "dot", "seen"),
    [("RGBA", (0, 0, 0, 0), 255), ("LA", (0, 0), 255), ("I;16", 32768, 128), ("1", 0, 0)],
)
def test_every_way_to_keep_dots_is_drawn(mode: str, dot: Any, seen: int):
    made = io.BytesIO()
    Image.new(mode, (9, 9), dot).save(made, "PNG")
    assert shown(made.getvalue(), "png").getpixel((4, 4)) == (seen, seen, seen)


@pytest.mark.parametrize("name", corpus.NOT_SHOWN)
def test_what_is_broken_or_too_large_is_refused_in_words(name: str):
    kind, make = corpus.NOT_SHOWN[name]
    with pytest.raises(CannotShow, match=r"原件。$"):
        viewing_copy(make(), kind)


@pytest.mark.parametrize(
    "bomb", [corpus.huge_png, lambda: corpus.huge_png(MOST_DOTS // 10 + 1, 10)]
)
def test_a_bomb_is_refused_before_any_dot_is_read(bomb: Callable[[], bytes]):
    content = bomb()
    tracemalloc.start()
    with pytest.raises(CannotShow, match="尺寸太大"):
        viewing_copy(content, "png")
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < corpus.MB


def test_a_page_inside_a_photo_does_not_come_along():
    assert corpus.SCRIPT in corpus.polyglot()
    assert b"script" not in viewing_copy(corpus.polyglot(), "jpeg")


def test_recordings_and_documents_have_no_copy():
    others = corpus.GOOD.keys() - {*PICTURES, *BARE_PICTURES, "heic"}
    assert not any(has_copy(kind) for kind in others)
    for kind in others:
        with pytest.raises(CannotShow, match="只能取原件"):
            viewing_copy(corpus.GOOD[kind][1](), kind)


def test_without_the_programs_for_it_heic_has_no_copy(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    programs.is_possible.cache_clear()
    try:
        with pytest.raises(CannotShow, match="只能取原件"):
            viewing_copy(corpus.GOOD["heic"][1](), "heic")
    finally:
        programs.is_possible.cache_clear()


@given(data=st.data(), kind=st.sampled_from(PICTURES))
def test_damage_never_ends_in_another_error(data: st.DataObject, kind: str):
    content = bytearray(corpus.GOOD[kind][1]())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place] = data.draw(st.integers(0, 255))
    try:
        # With other sizes in its head it may be a long one.
        copies = viewing_copies(io.BytesIO(bytes(content)), kind).copies
        assert copies and all(copy.startswith(b"\xff\xd8\xff") for copy in copies)
    except CannotShow as problem:
        assert str(problem).endswith("。")


def test_a_photo_of_the_largest_size_is_drawn():
    assert shown(corpus.picture(size=(5000, 5000))).size == (1600, 1600)


def test_one_dot_more_than_the_most_is_refused():
    made = corpus.picture(size=(5001, 5000))
    with pytest.raises(CannotShow, match="尺寸太大"):
        viewing_copy(made, "jpeg")
