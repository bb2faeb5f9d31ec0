"""A paper carries its number and the digest of its words; a changed word is found."""

import io
import struct
import zipfile
from datetime import date

import pytest
from docx import Document
from hypothesis import given
from hypothesis import strategies as st

from intake.papers import marked_paper
from intake.papers.marked_paper import NoPaper, mark_of, new_number, read_marks
from intake.papers.writing_on_paper import clean
from tests.intake.papers.invented_papers import NUMBER, ORGAN, PAGES, paper


@pytest.mark.parametrize("code", PAGES)
def test_what_a_paper_carries_is_read_back(code: str):
    made = paper(code)
    marks = read_marks(made.content)
    assert (marks.kind, marks.number) == (code, NUMBER)
    assert marks.digest == marks.found == made.digest
    assert marks.feet == {mark_of(code, NUMBER, made.digest)}
    foot = Document(io.BytesIO(made.content)).sections[0].footer
    assert f"编号 {NUMBER}　核对码 {made.digest[:16]}" in foot.paragraphs[-1].text


def changed(content: bytes, before: str, after: str, part: str = "word/document") -> bytes:
    """The same file with other words, as an editor would save it."""
    held = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(held, "w") as new:
        for entry in old.infolist():
            text = old.read(entry)
            if entry.filename.startswith(part):
                text = text.replace(before.encode(), after.encode(), 1)
            new.writestr(entry, text)
    assert held.getvalue() != content
    return held.getvalue()


def test_another_organ_in_the_head_changes_what_is_found():
    made = paper("letter")
    marks = read_marks(changed(made.content, ORGAN, "岚台市委办公室", "word/header"))
    assert marks.digest == made.digest != marks.found


@pytest.mark.parametrize("before", [NUMBER, paper("letter").digest[:16]])
def test_another_number_or_code_in_the_foot_is_read_back(before: str):
    made = paper("letter")
    marks = read_marks(changed(made.content, before, "20250415-222222", "word/footer"))
    assert marks.digest == marks.found == made.digest
    assert marks.feet != {mark_of("letter", NUMBER, made.digest)}


@pytest.mark.parametrize(
    ("before", "after"), [("范围内", "范围外"), ("8-0063", "8-0064"), ("王（演示）", "")]
)
def test_a_changed_word_changes_what_is_found(before: str, after: str):
    made = paper("registration")
    marks = read_marks(changed(made.content, before, after))
    assert marks.digest == made.digest != marks.found


def test_the_foot_of_another_paper_does_not_fit():
    assert paper("call").digest != paper("visit").digest != paper("registration").digest


def _zip(**parts: bytes) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as new:
        for name, text in parts.items():
            new.writestr(name.replace("__", "/") + ".xml", text)
    return held.getvalue()


def _lying(content: bytes) -> bytes:
    """A zip whose entries say that they are packed in a way that nobody knows."""
    return content.replace(struct.pack("<H", 8), struct.pack("<H", 99))


NO_PAPERS = {
    "nothing": b"",
    "text": "不是文书".encode(),
    "an empty zip": _zip(),
    "a zip with other parts": _zip(word__document=b"<a/>"),
    "no xml": _zip(word__document=b"<a", docProps__core=b"<a/>"),
    "a document without marks": _zip(word__document=b"<a/>", docProps__core=b"<a/>"),
    "an entity": _zip(
        word__document=b'<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>',
        docProps__core=b"<a/>",
    ),
    "another packing": _lying(paper("call").content),
    "many heads": _zip(
        word__document=b"<a/>",
        docProps__core=b"<a/>",
        **{f"word__header{n}": b"<a/>" for n in range(50)},
    ),
    "cut off": paper("call").content[:-900],
}


@pytest.mark.parametrize("content", NO_PAPERS.values(), ids=NO_PAPERS)
def test_another_file_is_no_paper(content: bytes):
    with pytest.raises(NoPaper):
        read_marks(content)


def test_no_more_is_unpacked_than_any_paper_has(monkeypatch: pytest.MonkeyPatch):
    bomb = _zip(word__document=b" " * 300_000, docProps__core=b"<a/>")
    assert len(bomb) < 2_000
    monkeypatch.setattr(marked_paper, "LARGEST_PART", 100_000)
    with pytest.raises(NoPaper, match="larger"):
        read_marks(bomb)
    monkeypatch.setattr(marked_paper, "LARGEST_FILE", 100)
    with pytest.raises(NoPaper, match="larger"):
        read_marks(bomb)


def test_a_number_says_its_day_and_not_how_many_there_were():
    numbers = {new_number(date(2025, 4, 5)) for _ in range(50)}
    assert len(numbers) == 50
    assert all(one.startswith("20250405-") and len(one) == 15 for one in numbers)


@given(st.text(max_size=60))
def test_words_that_no_document_can_hold_lose_those_characters_alone(words: str):
    kept = clean(words)
    assert not any(one < " " and one not in "\t\n" for one in kept)
    assert [one for one in words if one.isalnum()] == [one for one in kept if one.isalnum()]
