"""Bytes that are no UTF-8 text are refused with the encoding that they look like."""

import pytest

from inspection.parsing import NotANotice, decode
from tests.reading import NOTICE, PAGE

TRADITIONAL = "縣委巡察公告:受理電話,時間,巡察組反映問題的日期和工作人員,請對第一組的問題反映。" * 3


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (PAGE.encode("utf-16"), "UTF-16"),
        (PAGE.encode("utf-16-le"), "UTF-16"),
        (PAGE.encode("utf-16-be"), "UTF-16"),
        (TRADITIONAL.encode("big5"), "Big5"),
        (b"", "空"),
        (b"\xef\xbb\xbf\n \n", "空"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(range(256)), "二进制"),
        (b"plain\x00zero", "二进制"),
        (b"\xff\xfa\xf9\x81 latin", "UTF-8"),
    ],
)
def test_refuses_and_says_what_it_looks_like(data: bytes, words: str):
    with pytest.raises(NotANotice, match=words):
        decode(data)


def test_names_the_first_line_that_is_no_utf8():
    with pytest.raises(NotANotice) as refusal:
        decode("好\n好\n".encode() + "巡察组的公告和时间".encode("gb18030"))

    assert refusal.value.line == 3


def test_reads_utf8_with_and_without_a_mark():
    assert decode(b"\xef\xbb\xbf" + PAGE.encode()) == decode(PAGE.encode()) == PAGE


def test_reads_what_older_programs_wrote():
    assert decode(PAGE.encode("gb18030")) == PAGE
    assert decode(NOTICE.encode("gbk", "ignore")) == NOTICE
