"""Office documents for the clerk: pages as pictures, laid out where a macro would reach nothing."""

import io
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image

from intake.casework.viewing.apart.documents import office_pages
from intake.casework.viewing.apart.documents.office_pages import READERS, Reader, as_pdf
from intake.casework.viewing.apart.made_copies import CannotShow, Made, MadeCopy
from intake.casework.viewing.apart.making_copies import copies_of
from intake.casework.viewing.apart.rooms import run_apart
from tests.intake.casework.viewing.apart import office_corpus as corpus
from tests.intake.casework.viewing.apart.needing import needed_for

GOOD: dict[str, Callable[[], bytes]] = {
    "docx": corpus.word,
    "wps": lambda: corpus.turned_into("doc", "a.docx", corpus.word()),
    "xlsx": corpus.sheet,
    "pptx": lambda: corpus.turned_into("pptx", "a.fodp", corpus.slides()),
    "txt": lambda: "情况说明（演示）\n第二行".encode("gb18030"),
}


@pytest.fixture(autouse=True)
def programs() -> None:
    for kind in ("docx", "xlsx", "pptx"):
        needed_for(kind)


def pages_of(kind: str, content: bytes, first: int = 1) -> list[MadeCopy]:
    return list(copies_of(kind, io.BytesIO(content), first=first))


@pytest.mark.parametrize("kind", GOOD)
def test_a_page_is_seen_and_nothing_of_its_author(kind: str):
    content = GOOD[kind]()

    [page] = pages_of(kind, content)

    assert (page.sort, page.number, page.of, page.media_type) == (Made.PAGE, 1, 1, "image/jpeg")
    seen = Image.open(io.BytesIO(page.content))
    assert seen.width >= 1199
    lightest, darkest = seen.convert("L").getextrema()[::-1]
    assert isinstance(lightest, int) and isinstance(darkest, int)
    assert lightest > 240 and darkest < 100
    assert corpus.CANARY.encode() not in page.content


def test_every_reader_is_one_of_libreoffices():
    registry = Path("/usr/lib/libreoffice/share/registry")
    known = b"".join(path.read_bytes() for path in registry.glob("*.xcd"))
    for reader in {*READERS.values()}:
        assert f'"{reader.name.split(":")[0]}"'.encode() in known


def test_a_long_sheet_ends_after_two_hundred_pages():
    made = pages_of("xlsx", corpus.sheet(210), first=191)
    assert [(page.number, page.of) for page in made] == [(n, 200) for n in range(191, 201)]
    assert [page.number for page in made if "第 200 页" in page.note] == [200]


def test_no_macro_runs(monkeypatch: pytest.MonkeyPatch):
    """None of the kinds that are taken; what LibreOffice itself writes is the easiest to make."""
    own = Reader("OpenDocument Text Flat XML", "writer")
    monkeypatch.setitem(READERS, "docx", own)
    [page] = pages_of("docx", corpus.with_macro())
    assert page.of == 1


def test_what_libreoffice_hangs_on_is_ended(monkeypatch: pytest.MonkeyPatch):
    assert as_pdf("txt", io.BytesIO(b"1")).startswith(b"%PDF-")
    monkeypatch.setattr(office_pages, "BOUNDS", replace(office_pages.BOUNDS, seconds=0.2))
    with pytest.raises(CannotShow, match="太费时间"):
        pages_of("xlsx", corpus.sheet())


def test_what_a_password_locks_says_so():
    with pytest.raises(CannotShow, match="密码"):
        pages_of("docx", corpus.LOCKED)


@pytest.mark.parametrize("name", corpus.BROKEN)
def test_what_is_broken_gets_a_sentence(name: str):
    kind, content = corpus.BROKEN[name]
    with pytest.raises(CannotShow, match=r"取原件。$"):
        pages_of(kind, content)


def test_the_room_of_libreoffice_holds_nothing_of_the_machine():
    listed = run_apart(["sh", "-c", "ls / /etc"], b"", furniture=office_pages.FURNITURE)
    shown = set(listed.decode().split())
    assert shown - {"/:", "/etc:"} == {
        *("bin", "dev", "etc", "lib", "lib64", "room", "usr"),
        *("alternatives", "fonts", "libreoffice"),
    }
