"""What a file is by its content, its cleaned name, and the sentences about refused files."""

import io
import struct
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from intake import evidence
from intake.evidence import check, clean_name, kind_of

MB = 1024 * 1024
TYPES = "[Content_Types].xml"


def make_image(kind: str) -> bytes:
    buffer = io.BytesIO()
    Image.new("RGB", (3, 3)).save(buffer, kind)
    return buffer.getvalue()


def make_zip(**parts: bytes) -> bytes:
    """A zip of parts; '__' in a name stands for '/', and the list of types is added."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(TYPES, parts.pop("types", b"<Types/>"))
        for name, content in parts.items():
            archive.writestr(name.replace("__", "/"), content)
    return buffer.getvalue()


def make_container(brand: bytes) -> bytes:
    return struct.pack(">I", 24) + b"ftyp" + brand + b"\0\0\0\0" + b"isommp42" + b"\0" * 40


DOCX = make_zip(word__document=b"<w/>")
XLSX = make_zip(xl__workbook=b"<x/>")

GENUINE = {
    "jpeg": (make_image("JPEG"), "照片.jpg"),
    "png": (make_image("PNG"), "截图.png"),
    "webp": (make_image("WEBP"), "图.webp"),
    "heic": (make_container(b"heic"), "IMG_0001.HEIC"),
    "pdf": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "材料.pdf"),
    "docx": (DOCX, "说明.docx"),
    "xlsx": (XLSX, "账目.xlsx"),
    "txt": ("他收了钱。\r\n".encode(), "说明.txt"),
    "mp3": (b"ID3\x04\x00\x00\x00\x00\x00\x0a" + b"\0" * 20, "录音.mp3"),
    "m4a": (make_container(b"M4A "), "录音.m4a"),
    "amr": (b"#!AMR\n\x3c\x91", "录音.amr"),
    "mp4": (make_container(b"mp42"), "录像.mp4"),
}


@pytest.mark.parametrize("kind", GENUINE)
def test_knows_every_accepted_kind(kind: str) -> None:
    assert kind_of(*GENUINE[kind]) == kind


@pytest.mark.parametrize("kind", GENUINE)
def test_the_content_decides_and_not_the_name(kind: str) -> None:
    content, _ = GENUINE[kind]

    assert kind_of(content, "没有后缀") == kind
    if kind not in ("txt", "mp4"):
        assert kind_of(content, "名字.mp4") == kind


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (make_container(b"mp42"), "录音.M4A", "m4a"),
        (make_container(b"3gp4"), "录音.m4a", "m4a"),
        (make_container(b"isom"), "x.mp4", "mp4"),
        (make_container(b"mif1"), "x.heic", "heic"),
        (b"\xff\xfb\x90\x64" + b"\0" * 50, "无标签.mp3", "mp3"),
        (b"#!AMR-WB\n\x00", "x.amr", "amr"),
        ("账目明细".encode("gb18030"), "老电脑.txt", "txt"),
        ("\ufeff记事本".encode(), "记事本.txt", "txt"),
        (b"2024-05-01 5000", "发票.2024", "txt"),
    ],
)
def test_knows_what_phones_and_old_computers_make(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00\x03" + b"\0" * 60, "照片.jpg"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "x.pdf"),
        (make_image("GIF"), "x.gif"),
        (make_image("BMP"), "x.jpg"),
        (make_image("JPEG"), "照片.jpg.exe"),
        (make_image("PNG"), "x.html"),
        (b"plain words", "run.bat"),
        (b"plain words", "x.csv"),
        (b"plain words", "x.jpg"),
        (b"<html><script>alert(1)</script>", "x.txt"),
        (b"  <!DOCTYPE html>", "x.txt"),
        (b'<?xml version="1.0"?><svg/>', "x.txt"),
        (b"words <SCRIPT src=x>", "x.txt"),
        (b"#!/bin/sh\nrm -rf /", "x.txt"),
        (b"{\\rtf1 words}", "x.txt"),
        (b"text\x00with nul", "x.txt"),
        (b"text\x1b[31m", "x.txt"),
        (b"\xff\xfe\x00\x00", "x.txt"),
        (b"\x81", "x.txt"),
        (make_container(b"qt  "), "x.mov"),
        (make_container(b"avif"), "x.jpg"),
        (b"RIFF\x00\x00\x00\x00AVI ", "x.mp4"),
        (b"\xff\xff\xff\xff" + b"\0" * 20, "x.mp3"),
        (b"ID3\x04\x00\x00\xff\xff\xff\xff", "x.mp3"),
        (b"Rar!\x1a\x07\x00", "x.pdf"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "老文档.doc"),
    ],
)
def test_refuses_every_other_kind(content: bytes, name: str) -> None:
    assert kind_of(content, name) is None


@pytest.mark.parametrize(
    "content",
    [
        make_zip(),
        make_zip(word__document=b"", xl__workbook=b""),
        make_zip(word__document=b"", word__vbaProject=b""),
        make_zip(xl__workbook=b"", types=b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"),
        make_zip(ppt__presentation=b""),
        b"PK\x03\x04" + b"\0" * 100,
        DOCX[:-30],
        DOCX.replace(b"[Content_Types].xml", b"[content_types].xm_"),
    ],
)
def test_refuses_archives_that_are_no_plain_document(content: bytes) -> None:
    assert kind_of(content, "x.docx") is None


def test_a_document_inside_other_bytes_is_refused() -> None:
    assert kind_of(b"GIF89a" + DOCX, "x.docx") is None


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_an_accepted_kind_or_none(content: bytes, name: str) -> None:
    assert kind_of(content, name) in {*GENUINE, None}


@given(st.binary(max_size=300))
def test_any_broken_archive_is_refused_without_a_fault(tail: bytes) -> None:
    assert kind_of(DOCX[:40] + tail, "x.docx") is None


@pytest.mark.parametrize(
    ("name", "cleaned"),
    [
        ("账本.jpg", "账本.jpg"),
        ("C:\\Users\\李四\\账本.jpg", "账本.jpg"),
        ("../../etc/passwd", "passwd"),
        (".htaccess", "htaccess"),
        ("a\x00b\nc.txt", "ab c.txt"),
        ("照片\u202egpj.exe", "照片gpj.exe"),
        ("\u200b\ufeff名 \t  字.pdf", "名 字.pdf"),
        ("", "未命名"),
        ("...", "未命名"),
        ("目录/", "未命名"),
        ("e\u0301.txt", "é.txt"),
        ("\ud800.txt", "txt"),
    ],
)
def test_cleans_a_name(name: str, cleaned: str) -> None:
    assert clean_name(name) == cleaned


def test_a_long_name_keeps_its_ending() -> None:
    cleaned = clean_name("长" * 5000 + ".docx")

    assert len(cleaned) == 120
    assert cleaned.endswith("长.docx")


@given(st.text(max_size=300))
def test_a_cleaned_name_is_short_flat_and_stays_as_it_is(name: str) -> None:
    cleaned = clean_name(name)

    assert 0 < len(cleaned) <= 120
    assert not set(cleaned) & set("/\\\x00\n\r\u202e\u2066")
    assert clean_name(cleaned) == cleaned


def test_accepts_nine_files_of_ten_megabytes_up_to_thirty_together() -> None:
    image = make_image("JPEG")

    assert check([]) == []
    assert (
        check([("a.jpg", image, 10 * MB), ("b.jpg", image, 10 * MB), ("c", image, 10 * MB)]) == []
    )
    assert check([("a.jpg", image, len(image))] * 9) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("坏.exe", b"MZ", 2)], "“坏.exe”不是可以接收的格式"),
        ([("空.txt", b"", 0)], "“空.txt”是空文件"),
        ([("大.mp4", None, 10 * MB + 1)], "“大.mp4”超过 10 MB"),
        ([("大.txt", b"x", 10 * MB + 1)], "“大.txt”超过 10 MB"),
        ([("a.txt", b"x", 1)] * 10, "最多上传 9 个文件，您选了 10 个"),
        ([("a.txt", b"x", 10 * MB)] * 3 + [("b.txt", b"x", 1)], "合计超过 30 MB"),
    ],
)
def test_says_what_is_wrong_with_which_file(
    files: list[tuple[str, bytes | None, int]], said: str
) -> None:
    problems = check(files)

    assert len(problems) == 1
    assert said in problems[0]
    assert problems[0].endswith("。")


def test_says_it_of_each_file() -> None:
    problems = check([("好.txt", b"x", 1), ("坏.exe", b"MZ", 2), ("空.pdf", b"", 0)])

    assert [problem[:7] for problem in problems] == ["“坏.exe”", "“空.pdf”"]


def test_a_name_that_could_mislead_is_said_cleaned() -> None:
    [problem] = check([("x\u202egpj.exe", b"MZ", 2)])

    assert "\u202e" not in problem
    assert evidence.ACCEPTED in problem
