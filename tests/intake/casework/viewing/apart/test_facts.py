"""What is told beside a file: its length, what must be known before it is opened, what is lost."""

import io

import pytest

from intake.casework.viewing.apart.left_out import Left
from intake.casework.viewing.apart.made_copies import FileFacts
from intake.casework.viewing.apart.making_copies import facts_of
from intake.report.evidence import KINDS
from tests.intake.casework.viewing.apart import media_corpus, office_corpus, pdf_corpus
from tests.intake.casework.viewing.apart.needing import needed_for
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.intake.report.evidence.containers import compound, zipped


def facts(kind: str, content: bytes) -> FileFacts:
    return facts_of(kind, io.BytesIO(content))


@pytest.mark.parametrize("kind", ["jpeg", "png", "webp", "tiff", "avif"])
def test_of_a_picture_place_and_author_are_lost(kind: str):
    removed = facts(kind, corpus.picture(kind.upper())).removed
    assert removed[:2] == (Left.PLACE, Left.AUTHOR)


def test_of_a_picture_all_that_is_lost_is_told_once_and_in_order():
    told = facts("jpeg", corpus.jpeg_with_everything())
    assert told == FileFacts(removed=(Left.PLACE, Left.AUTHOR, Left.WORDS, Left.MORE))
    assert facts("png", corpus.png_with_text()).removed[-1] == Left.WORDS
    assert facts("bmp", corpus.picture("BMP")) == FileFacts()
    heic = corpus.GOOD["heic"][1]() + corpus.exif()
    assert facts("heic", heic).removed == (Left.PLACE, Left.AUTHOR)


def test_of_a_pdf():
    needed_for("pdf")
    told = facts("pdf", pdf_corpus.with_script())
    assert told == FileFacts(pages=1, removed=(Left.AUTHOR, Left.WORDS, Left.SCRIPTS, Left.FILES))
    assert facts("pdf", pdf_corpus.pdf(5000)).pages == 5000
    assert facts("pdf", pdf_corpus.locked()).has_password


def test_of_a_recording():
    needed_for("mp4")
    sound, film = facts("m4a", media_corpus.sound("m4a")), facts("mp4", media_corpus.film("mp4"))
    assert sound.seconds == pytest.approx(2, abs=0.1) == film.seconds
    for told in (sound, film):
        assert {Left.AUTHOR, Left.PROGRAM, Left.WORDS} <= set(told.removed)
    assert Left.PLACE in film.removed
    assert facts("weba", media_corpus.without_length()).seconds is None


def test_of_an_office_document():
    told = facts("docx", office_corpus.word())
    assert not told.has_macros and not told.has_password
    assert {Left.AUTHOR, Left.TIME, Left.PROGRAM, Left.WORDS} <= set(told.removed)
    with_all = {
        "word/document.xml": b"<w/>",
        "word/vbaProject.bin": b"x",
        "word/comments.xml": b"x",
        "word/embeddings/oleObject1.bin": b"x",
    }
    told = facts("docx", zipped(with_all))
    assert told.has_macros
    assert told.removed == (Left.COMMENTS, Left.MACROS, Left.FILES)
    assert facts("docx", office_corpus.LOCKED).has_password
    old = compound({"WordDocument": bytes(4096), "\x05SummaryInformation": bytes(64)})
    assert facts("doc", old).removed == (Left.AUTHOR, Left.TIME, Left.PROGRAM)


@pytest.mark.parametrize("kind", sorted(kind.code for kind in KINDS))
def test_of_what_is_damaged_little_is_told_and_nothing_fails(kind: str):
    for content in (b"", b"\xff\xd8\xff\xe1\x00\x10Exif\0\0MM", b"PK\x03\x04" + bytes(99)):
        assert not facts(kind, content).has_macros
    assert facts("of no table", b"") == FileFacts()
