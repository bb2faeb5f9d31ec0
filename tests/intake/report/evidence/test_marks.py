"""A file with a password or macros is taken, and the clerk is told before opening it."""

import struct

import pytest

from intake.report.evidence import MARK_WORDS, Mark, Seen, see
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.intake.report.evidence.containers import MACRO_TYPES, changed, compound, word, zipped

LOCKED_PACKAGE = compound({"EncryptionInfo": b"x" * 200, "EncryptedPackage": bytes(9000)})
SHEET_HEAD = struct.pack("<HH4s", 0x0809, 4, b"\0\6\5\0")


def word_97(flags: int) -> bytes:
    return struct.pack("<H8xH", 0xA5EC, flags).ljust(4096, b"\0")


def sheets(*records: tuple[int, bytes]) -> bytes:
    """A stream of tables, small enough to lie among the small ones."""
    return SHEET_HEAD + b"".join(struct.pack("<HH", what, len(b)) + b for what, b in records)


def slides(has_macros: int) -> bytes:
    told = struct.pack("<HHLHHLLLL", 0x1F, 0x3FF, 0x14, 2, 0x400, 0xC, 1, has_macros, 2)
    return b"x" * 5000 + told


USER_OF_LOCKED_SLIDES = struct.pack("<HHLLL", 0, 0x0FF6, 0x1C, 0x14, 0xF3D1C4DF)
LOCKED = {
    "DOCX": ("合同.docx", LOCKED_PACKAGE, "docx"),
    "XLSX": ("账目.XLSM", LOCKED_PACKAGE, "xlsx"),
    "PPTX": ("汇报.pptx", LOCKED_PACKAGE, "pptx"),
    "ET": ("账目.et", LOCKED_PACKAGE, "xlsx"),
    "DPS": ("汇报.dps", LOCKED_PACKAGE, "pptx"),
    "no ending": ("合同", LOCKED_PACKAGE, "docx"),
    "DOC": ("合同.doc", compound({"WordDocument": word_97(0x0100)}), "doc"),
    "WPS": ("合同.wps", compound({"WordDocument": word_97(0x0110)}), "wps"),
    "XLS": ("账目.xls", compound({"Workbook": sheets((0x2F, b"\1\0"))}), "xls"),
    "large XLS": ("账.xls", compound({"Book": sheets((0x2F, b"\1\0")) + bytes(5000)}), "xls"),
    "PPT": (
        "汇报.ppt",
        compound({"PowerPoint Document": bytes(5000), "Current User": USER_OF_LOCKED_SLIDES}),
        "ppt",
    ),
    "PDF": ("扫描.pdf", b"%PDF-1.7\n" + bytes(9000) + b"trailer<</Encrypt 5 0 R>>\n%%EOF", "pdf"),
    "OFD": ("公文.ofd", zipped({"OFD.xml": b"", "Encryptions.xml": b""}, types=None), "ofd"),
    "a part": (
        "合同.docx",
        changed(word(), "word/document.xml", at=8, to=b"\1\0"),
        "docx",
    ),
}
MACROS = {
    "DOCM": ("表.docm", word(word__vbaProject=b"x"), "docx"),
    "renamed DOCM": ("表.docx", word(word__VBAProject=b"x"), "docx"),
    "XLSM": ("表.xlsm", zipped({"xl/workbook.xml": b""}, types=MACRO_TYPES), "xlsx"),
    "old macros": ("表.xlsx", zipped({"xl/macrosheets/sheet1.xml": b"", "xl/w": b""}), "xlsx"),
    "PPTM": ("表.pptm", zipped({"ppt/p.xml": b"", "ppt/vbaProject.bin": b""}), "pptx"),
    "DOC": (
        "表.doc",
        compound({"WordDocument": word_97(0), "Macros/VBA": b"x"}),
        "doc",
    ),
    "XLS": (
        "表.xls",
        compound({"Workbook": sheets() + bytes(4096), "_VBA_PROJECT_CUR/VBA": b"x"}),
        "xls",
    ),
    "sheet of macros": (
        "表.xls",
        compound({"Workbook": sheets((0x85, b"\0\0\0\0\0\1\1\0a")) + bytes(4096)}),
        "xls",
    ),
    "PPT": ("表.ppt", compound({"PowerPoint Document": slides(1)}), "ppt"),
}
NEITHER = {
    "a sheet": (
        "表.xls",
        compound({"Workbook": sheets((0x85, b"\0\0\0\0\0\0\1\0a"), (0x0A, b"")) + bytes(4096)}),
    ),
    "DOC": ("表.doc", compound({"WordDocument": word_97(0)})),
    "PPT": ("表.ppt", compound({"PowerPoint Document": slides(0)})),
    "PDF": ("表.pdf", b"%PDF-1.7\n/EncryptMetadata true"),
}


@pytest.mark.parametrize("what", LOCKED)
def test_a_password_is_seen(what: str):
    name, content, kind = LOCKED[what]
    assert see(content, name) == Seen(kind, (Mark.LOCKED,))


@pytest.mark.parametrize("what", MACROS)
def test_macros_are_seen(what: str):
    name, content, kind = MACROS[what]
    assert see(content, name) == Seen(kind, (Mark.MACROS,))


@pytest.mark.parametrize("what", NEITHER)
def test_what_has_neither_has_no_mark(what: str):
    name, content = NEITHER[what]
    seen = see(content, name)
    assert seen is not None
    assert seen.marks == ()


def test_a_file_may_have_both():
    both = compound({"WordDocument": word_97(0x0100), "Macros/VBA": b"x"})
    assert see(both, "表.doc") == Seen("doc", (Mark.LOCKED, Mark.MACROS))


@pytest.mark.parametrize("kind", corpus.GOOD)
def test_ordinary_files_have_no_mark(kind: str):
    name, make = corpus.GOOD[kind]
    assert see(make(), name) == Seen(kind)


def test_every_mark_has_its_words():
    assert MARK_WORDS.keys() == set(Mark)
