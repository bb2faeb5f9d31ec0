"""What a file is by its content, its cleaned name, and the sentences about refused files."""

from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.report import evidence
from intake.report.contents import BytesContent, looked_through
from intake.report.evidence import KINDS, kind_of, see
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.intake.report.evidence.containers import compound, media, zipped

MB = 1024 * 1024
GENUINE = {kind: (make(), name) for kind, (name, make) in corpus.GOOD.items()}
# What one container holds, only the name tells apart.
TOLD_BY_NAME = {"txt", "csv", "mp4", "doc", "xls", "ppt", "wps", "et", "dps"}
DOCX = GENUINE["docx"][0]


def check(files: Sequence[tuple[str, bytes | None, int]]) -> list[str]:
    return evidence.check(
        [(name, None if held is None else BytesContent(held), size) for name, held, size in files]
    )


def make_image(kind: str) -> bytes:
    return corpus.picture(kind)


def test_every_kind_of_the_table_is_in_the_corpus():
    assert GENUINE.keys() == {kind.code for kind in KINDS}


@pytest.mark.parametrize("kind", GENUINE)
def test_knows_every_accepted_kind(kind: str) -> None:
    assert kind_of(*GENUINE[kind]) == kind


@pytest.mark.parametrize("kind", GENUINE)
def test_sees_the_same_through_windows(kind: str) -> None:
    content, name = GENUINE[kind]

    with looked_through(BytesContent(content)) as windows:
        assert see(windows, name) == see(content, name)


@pytest.mark.parametrize("kind", GENUINE)
def test_the_content_decides_and_not_the_name(kind: str) -> None:
    content, _ = GENUINE[kind]

    if kind not in TOLD_BY_NAME:
        assert kind_of(content, "没有后缀") == kind
        assert kind_of(content, "名字.mp4") == kind


@pytest.mark.parametrize(
    ("content", "name", "kind"),
    [
        (media(b"mp42"), "录音.M4A", "m4a"),
        (media(b"3gp4"), "录音.m4a", "m4a"),
        (media(b"3gp5"), "通话.3ga", "m4a"),
        (media(b"3gp4"), "录像.3gpp", "3gp"),
        (media(b"mp42"), "录像.3gp", "mp4"),
        (media(b"isom"), "x.mp4", "mp4"),
        (media(b"XAVC"), "x.mp4", "mp4"),
        (media(b"\0\0\0\0"), "x.mp4", "mp4"),
        (b"\0\0\0\x08wide\0\0\x10\0mdat" + b"\0" * 40, "老相机.mov", "mov"),
        (media(b"mif1"), "x.heic", "heic"),
        (media(b"hevc"), "连拍.heic", "heic"),
        (media(b"mif1", b"miaf", b"avif"), "x.avif", "avif"),
        (b"\xff\xfb\x90\x64" + b"\0" * 50, "无标签.mp3", "mp3"),
        (b"\0" * 417 + b"\xff\xfb\x90\x64" + b"\0" * 50, "垫零.mp3", "mp3"),
        (b"\0" * 100_000 + b"\xff\xfb\x90\x64" + b"\0" * 50, "垫零.mp3", "mp3"),
        (corpus.tagged(corpus.ADTS), "x.aac", "aac"),
        (corpus.tagged(b"\xff\xfb\x90\x64"), "x.mp3", "mp3"),
        (b"#!AMR-WB\n\x00", "x.amr", "amr"),
        (b"\x02#!SILK_V3\x0c\0", "微信语音.amr", "amr"),
        (b"\r\n\r\n%PDF-1.4\n", "扫描.pdf", "pdf"),
        (b"HTTP/1.1 200 OK\r\n\r\n%PDF-1.4\n", "下载.pdf", "pdf"),
        (b"\x1b%-12345X@PJL\r\n" + b" " * 1000 + b"%PDF-1.4\n", "打印.pdf", "pdf"),
        ("账目明细".encode("gb18030"), "老电脑.txt", "txt"),
        ("账目明细\r\n".encode("gb18030") + b"\x1a", "更老的电脑.txt", "txt"),
        ("\ufeff记事本".encode(), "记事本.txt", "txt"),
        ("账目明细".encode("utf-16"), "记事本.txt", "txt"),
        ("\ufeff姓名\t金额".encode("utf-16-be"), "导出.csv", "csv"),
        (b"2024-05-01 5000", "发票.2024", "txt"),
        (zipped({"word\\document.xml": b""}), "导出.docx", "docx"),
        (zipped({"xl/workbook.bin": b""}), "大表.xlsb", "xlsx"),
        (compound({"WordDocument": bytes(4096), "ObjectPool/Workbook": b"x"}), "嵌表.doc", "doc"),
        (compound({"Book": bytes(4096)}), "九五年的.xls", "xls"),
        (compound({"WordDocument": bytes(4096)}), "改了后缀.docx", "doc"),
    ],
)
def test_knows_what_phones_and_old_computers_make(content: bytes, name: str, kind: str) -> None:
    assert kind_of(content, name) == kind


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"MZ\x90\x00\x03" + b"\0" * 60, "照片.jpg"),
        (b"\x7fELF\x02\x01\x01" + b"\0" * 60, "x.pdf"),
        (make_image("JPEG"), "照片.jpg.exe"),
        (make_image("PNG"), "x.html"),
        (b"plain words", "run.bat"),
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
        (b"RIFF\x00\x00\x00\x00AVI ", "x.mp4"),
        (b"\xff\xff\xff\xff" + b"\0" * 20, "x.mp3"),
        (b"ID3\x04\x00\x00\xff\xff\xff\xff", "x.mp3"),
        (b"Rar!\x1a\x07\x00", "x.pdf"),
        (b"MZ\x90\0" + b" " * 60 + b"%PDF-1.4", "x.pdf"),
        (b"#!/bin/sh\n%PDF-1.4", "x.pdf"),
        (b"<html>%PDF-1.4", "x.pdf"),
        (b" " * 2000 + b"\0%PDF-1.4", "x.pdf"),
        (b"\0" * 100 + b"MZ\x90", "x.mp3"),
        (b"\0" * 2 * MB, "x.mp3"),
        ("<script>".encode("utf-16"), "x.txt"),
        ("words\0words".encode("utf-16"), "x.txt"),
        (b"\xff\xfe\x00\xd8", "x.txt"),
        (b"words\x1awords", "x.txt"),
        (b"<html><table>", "x.csv"),
        (b"GIF89a\x03\0\x03\0\0\0\0words", "x.gif"),
        (b"BMW is a car and no picture", "x.jpg"),
        (b"the freedom of words", "x.mov"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "老文档.doc"),
    ],
)
def test_refuses_every_other_kind(content: bytes, name: str) -> None:
    assert kind_of(content, name) is None


@pytest.mark.parametrize(
    "content",
    [
        zipped({}),
        zipped({"word/document": b"", "xl/workbook": b""}),
        zipped({"word/document": b""}, types=None),
        zipped({"OFD.xml": b"", "word/document": b""}),
        zipped({"META-INF/MANIFEST.MF": b"", "classes.dex": b""}, types=None),
        b"PK\x03\x04" + b"\0" * 100,
        DOCX[:-30],
        DOCX.replace(b"[Content_Types].xml", b"[content_types].xm_"),
        compound({"Workbooks": bytes(4096)}),
        compound({"ObjectPool/WordDocument": bytes(4096), "Other": b""}),
    ],
)
def test_refuses_containers_that_are_no_document(content: bytes) -> None:
    assert kind_of(content, "x.docx") is None


def test_a_document_inside_other_bytes_is_refused() -> None:
    assert kind_of(b"GIF89a" + DOCX, "x.docx") is None


@given(st.binary(max_size=300), st.text(max_size=30))
def test_any_bytes_are_an_accepted_kind_or_none(content: bytes, name: str) -> None:
    assert kind_of(content, name) in {*GENUINE, None}


@given(st.binary(max_size=300))
def test_any_broken_archive_is_refused_without_a_fault(tail: bytes) -> None:
    assert kind_of(DOCX[:40] + tail, "x.docx") is None


def test_accepts_nine_files_of_a_hundred_megabytes_up_to_two_hundred_together() -> None:
    image = make_image("JPEG")

    assert check([]) == []
    assert check([("a.jpg", image, 100 * MB), ("b.jpg", image, 90 * MB), ("c", image, MB)]) == []
    assert check([("a.jpg", image, len(image))] * 9) == []


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ([("坏.exe", b"MZ", 2)], "“坏.exe”不是可以接收的格式"),
        ([("空.txt", b"", 0)], "“空.txt”是空文件"),
        ([("大.mp4", None, 100 * MB + 1)], "“大.mp4”超过 100 MB"),
        ([("大.txt", b"x", 100 * MB + 1)], "“大.txt”超过 100 MB"),
        ([("a.txt", b"x", 1)] * 10, "最多上传 9 个文件，您选了 10 个"),
        ([("a.txt", b"x", 100 * MB)] * 2 + [("b.txt", b"x", 1)], "合计超过 200 MB"),
        ([("a.txt", None, 1), ("b.txt", b"x", 1)], "没有收下"),
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


def test_says_one_sentence_of_all_that_are_of_no_such_kind() -> None:
    files = [corpus.REFUSED[name] for name in ("drawing", "archive of pictures", "page as photo")]
    [problem] = check([(name, make(), 9) for name, make in files])

    assert problem.startswith("“图.svg”、“照片.zip”、“照片.jpg”不是可以接收的格式。")
    assert evidence.NOT_TAKEN in problem
    assert "先解开" in evidence.NOT_TAKEN
    assert problem.count(evidence.ACCEPTED) == 1


@pytest.mark.parametrize("name", ["会议.mp4", "通话.AMR", "苹果.mov", "旧手机.3gp", "通话.3ga"])
def test_what_was_recorded_too_long_is_told_the_other_ways(name: str) -> None:
    [problem] = check([(name, None, 300 * MB)])

    assert evidence.LONG_RECORDING in problem
    for way in ("先只交文字", "当面交给工作人员", "寄到公告上的信箱"):
        assert way in evidence.LONG_RECORDING


def test_another_large_file_is_not_called_a_recording() -> None:
    [problem] = check([("图纸.pdf", None, 101 * MB)])

    assert "录音" not in problem
    assert "先只交文字" in problem


def test_files_of_one_name_are_told_apart_in_the_sentence() -> None:
    files = [("image.jpg", make_image("JPEG"), 1), ("image.jpg", b"", 0), ("坏.exe", b"MZ", 2)]

    assert check(files)[0].startswith("“image.jpg”（第 2 个）是空文件")


def test_what_can_be_done_is_left_out_of_the_list_on_top() -> None:
    for file in (("坏.exe", b"MZ", 2), ("大.mp4", None, 101 * MB), ("大.pdf", None, 101 * MB)):
        [problem] = check([file])
        short = evidence.without_advice(problem)

        assert short.endswith("。")
        assert len(short) < 25


def test_a_name_that_could_mislead_is_said_cleaned() -> None:
    [problem] = check([("x\u202egpj.exe", b"MZ", 2)])

    assert "\u202e" not in problem
    assert evidence.ACCEPTED in problem
