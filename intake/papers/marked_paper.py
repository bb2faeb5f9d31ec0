"""The number and digest that a paper carries in its foot, and reading them back.

The digest is of the paper's kind, number and words in their order: whoever changes a word of it,
or puts its foot under other words, is found out.
"""

import hashlib
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from secrets import choice
from typing import Any

from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import qn
from docx.section import Section
from docx.shared import Pt
from docx.text.paragraph import Paragraph

from intake.papers.page_layout import FANG_SONG, in_face, with_exact_lines
from intake.papers.writing_on_paper import clean
from intake.report.check_code import ALPHABET

# As a paper of ten thousand characters and hundreds of rows never is.
LARGEST_FILE, LARGEST_PART = 20_000_000, 60_000_000
_BODY = "word/document.xml"
# What reading some other file ends with; the reader's error of syntax is Python's.
_NO_DOCX = (zipfile.BadZipFile, KeyError, SyntaxError, NotImplementedError, OSError, RuntimeError)
_SMALL, _SMALL_LINE = Pt(9), Pt(14)
_PAGE = Pt(14)


class NoPaper(ValueError):
    """A file that is none of this program's papers."""


@dataclass(frozen=True, slots=True)
class Paper:
    """A finished paper. `kind` is its name in the address, `content` a docx."""

    kind: str
    number: str
    digest: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Marks:
    """What a file says of itself: `digest` as it carries it, `found` as its words give it."""

    kind: str
    number: str
    digest: str
    found: str


def new_number(day: date) -> str:
    """'20250415-K7M4Q2': nobody can tell from it how many there were."""
    return f"{day:%Y%m%d}-{''.join(choice(ALPHABET) for _ in range(6))}"


def finish(document: Document, *, kind: str, name: str, number: str) -> Paper:
    """Writes the foot of every section, and gives the whole as bytes."""
    digest = _digest(kind, number, _words(document.element.body))
    mark = f"{name}　编号 {number}　核对码 {digest[:16]}"
    for section in document.sections:
        _write_foot(section, mark)
    about = document.core_properties
    about.author = about.last_modified_by = ""
    about.title, about.category, about.subject, about.keywords = name, kind, number, digest
    about.comments = ""
    held = io.BytesIO()
    document.save(held)
    return Paper(kind, number, digest, held.getvalue())


def read_marks(content: bytes) -> Marks:
    """Of a paper that somebody brings. Raises NoPaper for what is none, or is larger than any."""
    body, about = _parts(content)
    said = {one.tag.rpartition("}")[2]: one.text or "" for one in about}
    kind, number = said.get("category", ""), said.get("subject", "")
    digest = said.get("keywords", "")
    if not (kind and number and digest):
        raise NoPaper("no number and digest")
    found = _digest(kind, number, _words(body))
    return Marks(kind, number, digest, found)


def _digest(kind: str, number: str, words: Iterator[str]) -> str:
    held = hashlib.sha256(f"{kind}\0{number}\0".encode())
    for one in words:
        held.update(one.encode())
    return held.hexdigest()


def _words(body: Any) -> Iterator[str]:
    """The text of the body in its order; programs may part it into other runs."""
    for element in body.iter(qn("w:t"), qn("w:p")):
        yield "\n" if element.tag == qn("w:p") else element.text or ""


def _parts(content: bytes) -> tuple[Any, Any]:
    if len(content) > LARGEST_FILE:
        raise NoPaper("larger than any paper")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            texts = [_bounded(held, name) for name in (_BODY, "docProps/core.xml")]
        body, about = (parse_xml(text) for text in texts)
    except _NO_DOCX as error:
        raise NoPaper(type(error).__name__) from None
    return body, about


def _bounded(held: zipfile.ZipFile, name: str) -> bytes:
    """One part; only deflate is unpacked, and no more of it than any paper has."""
    entry = held.getinfo(name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NoPaper("packed in another way")
    with held.open(entry) as part:
        text = part.read(LARGEST_PART + 1)
    if len(text) > LARGEST_PART:
        raise NoPaper("larger than any paper")
    return text


def _write_foot(section: Section, mark: str) -> None:
    """Page numbers between dashes, outside on a sheet printed on both sides; under it the mark."""
    section.footer.is_linked_to_previous = False
    foot = section.footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    _page_number(with_exact_lines(foot, Pt(18)))
    _write_mark(section.footer.add_paragraph(), mark)
    if section.different_first_page_header_footer:
        first = section.first_page_footer
        first.is_linked_to_previous = False
        _write_mark(first.add_paragraph(), mark)


def _write_mark(paragraph: Paragraph, mark: str) -> None:
    with_exact_lines(paragraph, _SMALL_LINE)
    in_face(paragraph.add_run(clean(mark)), FANG_SONG, _SMALL, is_close=False)


def _page_number(paragraph: Paragraph) -> None:
    """'— 2 / 5 —', counted by the program that prints."""
    for words in ("— ", "PAGE", " / ", "NUMPAGES", " —"):
        run = in_face(paragraph.add_run("" if words.isupper() else words), FANG_SONG, _PAGE)
        if words.isupper():
            for kind in ("begin", words, "separate", "1", "end"):
                run._r.append(_field_part(kind))


def _field_part(kind: str) -> Any:
    if kind in ("begin", "separate", "end"):
        part = OxmlElement("w:fldChar")
        part.set(qn("w:fldCharType"), kind)
        return part
    part = OxmlElement("w:t" if kind.isdigit() else "w:instrText")
    part.text = kind
    return part
