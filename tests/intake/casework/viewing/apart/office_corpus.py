"""Office documents: written by libraries, and turned into older kinds by LibreOffice."""

import io
import subprocess
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import docx
import xlsxwriter

from intake.casework.viewing.apart.documents.office_pages import PROGRAM
from tests.intake.report.evidence.containers import compound

CANARY = "CANARY-OFFICE-9052"
_ODF = (
    '<?xml version="1.0" encoding="UTF-8"?><office:document'
    ' xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0"'
    ' xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"'
    ' xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    ' xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
    ' xmlns:script="urn:oasis:names:tc:opendocument:xmlns:script:1.0"'
    ' xmlns:xlink="http://www.w3.org/1999/xlink" xmlns:dom="http://www.w3.org/2001/xml-events"'
    ' xmlns:ooo="http://openoffice.org/2004/office" office:version="1.2"'
    ' office:mimetype="application/vnd.oasis.opendocument.{kind}">{body}</office:document>'
)


@cache
def word() -> bytes:
    """A page with a heading, and an author who is nobody's business."""
    document = docx.Document()
    document.add_heading("情况说明（演示）")
    document.add_paragraph("第一段")
    document.core_properties.author = document.core_properties.comments = CANARY
    made = io.BytesIO()
    document.save(made)
    return made.getvalue()


@cache
def sheet(rows: int = 3) -> bytes:
    """Of more than ten lines each stands on a page of its own."""
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, {"in_memory": True}) as book:
        book.set_properties({"author": CANARY})
        lines = book.add_worksheet()
        for row in range(rows):
            lines.write_row(row, 0, [f"第{row}行", row])
        lines.set_h_pagebreaks(range(1, rows) if rows > 10 else [])
        lines.write_formula("D1", '=HYPERLINK("http://127.0.0.1/x","x")', None, "x")
    return made.getvalue()


@cache
def slides() -> bytes:
    """One slide with a word, as LibreOffice's own kind."""
    shown = (
        "<office:body><office:presentation><draw:page><draw:frame svg:x='2cm' svg:y='2cm'"
        " svg:width='9cm' svg:height='3cm'><draw:text-box><text:p>演示</text:p></draw:text-box>"
        "</draw:frame></draw:page></office:presentation></office:body>"
    )
    return _ODF.format(kind="presentation", body=shown).encode()


def with_macro() -> bytes:
    """A text that would become many pages by itself when it opens, as LibreOffice's own kind."""
    macro = (
        "<office:scripts><office:script script:language='ooo:Basic'><ooo:libraries>"
        "<ooo:library-embedded ooo:name='Standard'><ooo:module ooo:name='One'>"
        "<ooo:source-code>Sub Go\nFor n = 1 To 500\n"
        "ThisComponent.Text.insertString(ThisComponent.Text.getEnd(), n &amp; Chr(13), False)\n"
        "Next\nEnd Sub</ooo:source-code></ooo:module></ooo:library-embedded></ooo:libraries>"
        "</office:script><office:event-listeners>"
        "<script:event-listener script:language='ooo:script' script:event-name='dom:load'"
        " xlink:type='simple'"
        " xlink:href='vnd.sun.star.script:Standard.One.Go?language=Basic&amp;location=document'/>"
        "</office:event-listeners></office:scripts>"
    )
    body = "<office:body><office:text><text:p>一</text:p></office:text></office:body>"
    return _ODF.format(kind="text", body=macro + body).encode()


def turned_into(kind: str, name: str, content: bytes) -> bytes:
    """The same document as another kind; `name` tells LibreOffice which kind it is."""
    with TemporaryDirectory() as folder:
        source, made = Path(folder) / name, Path(folder) / Path(name).with_suffix(f".{kind}")
        source.write_bytes(content)
        profile = f"-env:UserInstallation=file://{folder}/profile"
        words = [PROGRAM, "--headless", profile, "--convert-to", kind, "--outdir", folder]
        # The first time it only sets itself up.
        while not made.exists():
            subprocess.run([*words, str(source)], check=False, capture_output=True, cwd=folder)
        return made.read_bytes()


LOCKED = compound({"EncryptedPackage": bytes(4096), "EncryptionInfo": bytes(64)})
BROKEN: dict[str, tuple[str, bytes]] = {
    "cut off": ("docx", word()[: len(word()) // 2]),
    "another kind": ("doc", b"%PDF-1.7 no text at all"),
}
