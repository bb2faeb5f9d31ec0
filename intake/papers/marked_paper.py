"""The number and digest that a paper carries in its foot, and reading them back.

The digest is of the paper's kind, number, words in their order and heads: whoever changes a word
of it, or puts its foot under other words, is found out. The foot is read back as well.
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
_BODY, _ABOUT = "word/document.xml", "docProps/core.xml"
# Head and foot of the first, of even and of other sheets; a program that saves may part them.
_HEAD, _FOOT, MOST_HEADS, LARGEST_HEAD = "word/header", "word/footer", 40, 500_000
# What reading some other file ends with; the reader's error of syntax is Python's.
_NO_DOCX = (zipfile.BadZipFile, KeyError, SyntaxError, NotImplementedError, OSError, RuntimeError)
# The word by which the line of the mark is known.
_MARKED = "编号"
_SMALL, MARK_LINE, _PAGE = Pt(9), Pt(14), Pt(14)
_LEFT, _RIGHT = WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.RIGHT


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
    """What a file says of itself: `digest` as it carries it, `found` as its words give it.

    `feet` are the lines with a number that stand under its sheets. `found_before` leaves the heads
    out, as papers did that were printed before their heads counted.
    """

    kind: str
    number: str
    digest: str
    found: str
    found_before: str
    feet: frozenset[str]


def new_number(day: date) -> str:
    """'20250415-K7M4Q2': nobody can tell from it how many there were."""
    return f"{day:%Y%m%d}-{''.join(choice(ALPHABET) for _ in range(6))}"


def finish(document: Document, *, kind: str, name: str, number: str) -> Paper:
    """Writes the foot of every section, and gives the whole as bytes."""
    heads = [one.element for one in _heads_of(document)]
    digest = _digest(kind, number, document.element.body, heads)
    mark = mark_of(name, number, digest)
    document.settings.odd_and_even_pages_header_footer = True
    for section in document.sections:
        _write_feet(section, mark)
    about = document.core_properties
    about.author = about.last_modified_by = ""
    about.title, about.category, about.subject, about.keywords = name, kind, number, digest
    about.comments = ""
    held = io.BytesIO()
    document.save(held)
    return Paper(kind, number, digest, held.getvalue())


def read_marks(content: bytes) -> Marks:
    """Of a paper that somebody brings. Raises NoPaper for what is none, or is larger than any."""
    body, about, heads, feet = _parts(content)
    said = {one.tag.rpartition("}")[2]: one.text or "" for one in about}
    kind, number = said.get("category", ""), said.get("subject", "")
    digest = said.get("keywords", "")
    if not (kind and number and digest):
        raise NoPaper("no number and digest")
    found = _digest(kind, number, body, heads)
    lines = ("".join(_words(line)).strip() for foot in feet for line in foot.iter(qn("w:p")))
    marked = frozenset(one for one in lines if _MARKED in one)
    return Marks(kind, number, digest, found, _digest(kind, number, body, []), marked)


def mark_of(name: str, number: str, digest: str) -> str:
    """The line under every sheet."""
    return f"{name}　{_MARKED} {number}　核对码 {digest[:16]}"


def _digest(kind: str, number: str, body: Any, heads: list[Any]) -> str:
    """Of the heads those that say something, because a program may add empty ones."""
    held = hashlib.sha256(f"{kind}\0{number}\0".encode())
    for one in _words(body):
        held.update(one.encode())
    for said in sorted(filter(None, ("".join(_words(head)).strip() for head in heads))):
        held.update(f"\0{said}".encode())
    return held.hexdigest()


def _heads_of(document: Document) -> Iterator[Any]:
    for part in document.part.package.iter_parts():
        if part.partname.startswith(f"/{_HEAD}"):
            yield part


def _words(body: Any) -> Iterator[str]:
    """The text of the body in its order; programs may part it into other runs."""
    for element in body.iter(qn("w:t"), qn("w:p")):
        yield "\n" if element.tag == qn("w:p") else element.text or ""


def _parts(content: bytes) -> tuple[Any, Any, list[Any], list[Any]]:
    """The body, what the file says of itself, its heads and its feet."""
    if len(content) > LARGEST_FILE:
        raise NoPaper("larger than any paper")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as held:
            body, about = (_part(held, name, LARGEST_PART) for name in (_BODY, _ABOUT))
            heads, feet = _parts_named(held, _HEAD), _parts_named(held, _FOOT)
    except _NO_DOCX as error:
        raise NoPaper(type(error).__name__) from None
    return body, about, heads, feet


def _parts_named(held: zipfile.ZipFile, beginning: str) -> list[Any]:
    names = [one for one in held.namelist() if one.startswith(beginning)]
    if len(names) > MOST_HEADS:
        raise NoPaper("more heads than any paper")
    return [_part(held, name, LARGEST_HEAD) for name in names]


def _part(held: zipfile.ZipFile, name: str, largest: int) -> Any:
    """One part; only deflate is unpacked, and no more of it than any paper has."""
    entry = held.getinfo(name)
    if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
        raise NoPaper("packed in another way")
    with held.open(entry) as part:
        text = part.read(largest + 1)
    if len(text) > largest:
        raise NoPaper("larger than any paper")
    return parse_xml(text)


def _write_feet(section: Section, mark: str) -> None:
    """Page numbers between dashes, a character from the outer edge; under them the mark."""
    outer = (
        (section.footer, _RIGHT, "right_indent"),
        (section.even_page_footer, _LEFT, "left_indent"),
    )
    for footer, side, indent in outer:
        footer.is_linked_to_previous = False
        number = with_exact_lines(footer.paragraphs[0], Pt(18))
        number.alignment = side
        setattr(number.paragraph_format, indent, _PAGE)
        _page_number(number)
        _write_mark(footer.add_paragraph(), mark)
    if section.different_first_page_header_footer:
        first = section.first_page_footer
        first.is_linked_to_previous = False
        _write_mark(first.add_paragraph(), mark)


def _write_mark(paragraph: Paragraph, mark: str) -> None:
    with_exact_lines(paragraph, MARK_LINE)
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
