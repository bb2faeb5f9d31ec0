"""A notice comes as text, as a document of Word or as a saved page; the too large is refused."""

import io
import zipfile

import pytest
from docx import Document

from inspection.documents.file_text import LARGEST_FILE, text_of_file
from inspection.documents.no_text import NoText
from inspection.parsing import parse
from tests.reading import NOTICE

HTML = """<!DOCTYPE html><html><head><meta charset="gbk"><title>公告</title><style>p{a:b}</style>
<script>var x = "<p>看不见</p>";</script></head><body><!-- 看不见 --><p>第一段&nbsp;&amp;</p>
<div>第二<br>行</div><table><tr><td>组</td><td><p>对象</p></td></tr></table><p>a < b</p>"""


def docx_of(text: str) -> bytes:
    """Its last lines, which have tabs, as a table."""
    document, held = Document(), io.BytesIO()
    rows = [line.split("\t") for line in text.splitlines() if "\t" in line]
    for line in text.splitlines():
        if "\t" not in line:
            document.add_paragraph(line)
    table = document.add_table(len(rows), 2)
    for index, row in enumerate(rows):
        for place, words in enumerate(row):
            table.cell(index, place).text = words
    document.save(held)
    return held.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_a_text_in_any_of_these(encoding: str):
    assert text_of_file("公告.txt", NOTICE.encode(encoding)) == NOTICE


def test_a_document_of_word_reads_as_its_text_does():
    found, plain = parse(text_of_file("x.docx", docx_of(NOTICE))).to_json(), parse(NOTICE).to_json()
    for both in (found, plain):
        both.pop("findings")
    assert found == plain


def test_a_saved_page_is_what_it_shows():
    for name, encoding in (("a.html", "utf-8"), ("a.txt", "gb18030")):
        lines = text_of_file(name, HTML.encode(encoding)).split("\n")
        assert lines == ["公告", "第一段 &", "第二", "行", "组\t 对象", "a < b"]
    page = "".join(f"<p>{line}</p>" for line in NOTICE.splitlines())
    assert parse(text_of_file("n.htm", page.encode())).round.accepts_until == "2026-06-20"


def bomb(size: int, name: str = "word/document.xml", parts: int = 1) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as whole:
        whole.writestr(name, b"<a>" + b" " * size)
        for number in range(parts - 1):
            whole.writestr(f"{number}.xml", b"")
    return held.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "空"),
        ("a.txt", b" \r\n", "空"),
        ("a.txt", b"\xff\x00\xfe\x80\x00", "看不出"),
        ("a.txt", b"a\x00b", "看不出"),
        ("a.txt", b"a" * (LARGEST_FILE + 1), "超过5MB"),
        ("a.txt", b"a" * 400_000, "字太多"),
        ("a.pdf", b"%PDF-1.7", "PDF"),
        ("a.doc", b"\xd0\xcf\x11\xe0rest", "旧格式"),
        ("a.docx", b"PK\x03\x04rest", "不是能读的 Word"),
        ("a.docx", bomb(11 * 1024 * 1024), "展开以后太大"),
        ("a.docx", bomb(10, parts=600), "展开以后太大"),
        ("a.docx", bomb(10, name="other.xml"), "不是能读的 Word"),
        ("a.docx", bomb(10), "不是能读的 Word"),
        ("a.docx", docx_of(""), "没有文字"),
        ("a.html", b"<html><script>alert(1)", "没有文字"),
    ],
)
def test_what_is_no_text_is_refused_with_a_sentence(name: str, content: bytes, words: str):
    with pytest.raises(NoText, match=words):
        text_of_file(name, content)


@pytest.mark.parametrize("start", ["<", "<a ", "<!--", "</", "<![", "&", "<script", "<a href='"])
def test_a_page_of_beginnings_ends(start: str):
    """The parser of the standard library would look for each end anew."""
    page = f"<p>字</p>{start * (120_000 // len(start))}"
    assert "字" in text_of_file("a.html", page.encode())
