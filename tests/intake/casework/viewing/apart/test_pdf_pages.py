"""PDFs for the clerk: pages as pictures, in tens, and nothing of the file but its dots."""

import io

import pytest
from PIL import Image

from intake.casework.viewing.apart.documents import pdf_pages
from intake.casework.viewing.apart.made_copies import CannotShow, Made, MadeCopy, Progress
from intake.casework.viewing.apart.making_copies import copies_of
from tests.intake.casework.viewing.apart import pdf_corpus as corpus
from tests.intake.casework.viewing.apart.needing import needed_for


@pytest.fixture(autouse=True)
def programs() -> None:
    needed_for("pdf")


def pages_of(content: bytes, first: int = 1) -> list[MadeCopy]:
    return list(copies_of("pdf", io.BytesIO(content), first=first))


def drawn(made: MadeCopy) -> Image.Image:
    picture = Image.open(io.BytesIO(made.content))
    picture.load()
    return picture


def test_a_page_is_drawn_as_wide_as_it_is_read():
    told: list[Progress] = []

    [made] = copies_of("pdf", io.BytesIO(corpus.with_script()), tell=told.append)

    assert (made.sort, made.number, made.of, made.media_type) == (Made.PAGE, 1, 1, "image/jpeg")
    page = drawn(made)
    assert (page.format, page.size) == ("JPEG", (1200, 1699))
    red, white = page.getpixel((100, 800)), page.getpixel((1100, 800))
    assert isinstance(red, tuple) and isinstance(white, tuple)
    assert red[0] > 240 and max(red[1:]) < 20 and min(white) > 240
    assert set(page.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}
    assert corpus.AUTHOR.encode() not in made.content
    assert told == [Progress(1, 1)]


def test_what_it_carries_beside_its_pages_is_seen():
    seen = pdf_pages.look(io.BytesIO(corpus.with_script()))
    assert {"Author", "Title", "JavaScript", "Files"} <= seen.fields
    plain = pdf_pages.look(io.BytesIO(corpus.pdf()))
    assert not {"JavaScript", "Files"} & plain.fields


def test_of_five_thousand_pages_ten_are_drawn():
    long = corpus.pdf(5000, size=(200, 100))
    made = pages_of(long, first=4996)
    assert [(page.number, page.of) for page in made] == [(n, 5000) for n in range(4996, 5001)]
    with pytest.raises(CannotShow, match="没有这一页"):
        pages_of(long, first=5001)


@pytest.mark.parametrize(
    ("size", "dots"),
    [
        ((842, 595), (1698, 1200)),
        ((200, 600), (1200, 3600)),
        ((595, 14_400), (1016, 24_590)),
        ((1, 14_400), (2.77, 40_000)),
        ((14_400, 14_400), (5000, 5000)),
    ],
)
def test_a_page_of_any_shape_is_bounded_in_dots(
    size: tuple[float, float], dots: tuple[float, float]
):
    seen = pdf_pages.look(io.BytesIO(corpus.pdf(size=size)))
    assert [side * seen.densities[1] / 72 for side in size] == pytest.approx(dots, rel=0.01)


def test_a_page_that_lies_on_its_side_is_drawn_upright():
    [made] = pages_of(corpus.pdf(size=(842, 595), page=b"/Rotate 90"))
    assert drawn(made).size == (1200, 1699)


def test_one_page_that_cannot_be_drawn_is_left_out():
    good = corpus.pdf(2)
    hurt = good.replace(b"/Contents 4 0 R>>", b"/Contents 999 0 R/MediaBox 7>>", 1)
    made = pages_of(hurt)
    assert [page.number for page in made][-1] == 2


def test_what_a_password_locks_says_so():
    with pytest.raises(CannotShow, match="密码"):
        pages_of(corpus.locked())
    assert pages_of(corpus.locked(b""))


@pytest.mark.parametrize("name", corpus.BROKEN)
def test_what_is_broken_gets_a_sentence(name: str):
    with pytest.raises(CannotShow, match=r"取原件。$"):
        pages_of(corpus.BROKEN[name])


def test_what_is_drawn_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch):
    """Eighty megabytes of strokes in a file of some kilobytes."""
    monkeypatch.setattr(pdf_pages, "SECONDS_A_PAGE", 1)
    bomb = corpus.pdf(drawing=b"q Q " * 20_000_000)
    assert len(bomb) < 200_000
    with pytest.raises(CannotShow, match=r"取原件。$"):
        pages_of(bomb)
