"""What was sent is read as Django itself would read it, only sooner."""

from itertools import product
from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.http import HttpRequest, QueryDict
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from hypothesis import example, given, settings
from hypothesis import strategies as st

from intake.arriving.decoding.short_forms import parts_decoded
from intake.citizen.incoming.what_was_sent import CannotRead, read
from intake.report.report_limits import PIECE

URL_ENCODED = "application/x-www-form-urlencoded"


def read_from(body: bytes) -> QueryDict:
    return read(RequestFactory().post("/report/", body, content_type=URL_ENCODED)).data


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=80)), max_size=8))
@example([("narrative", "他收了钱。+&=%e4 \x00\u2028😀")])
def test_words_come_as_they_were_typed(fields: list[tuple[str, str]]):
    body = urlencode(fields, errors="surrogatepass").encode()
    assert read_from(body) == QueryDict(body, encoding="utf-8")


@given(st.lists(st.binary(max_size=30), min_size=1, max_size=4))
@example([b"\xe4\xb8", b"\xad"])
@example([b"\xff\xfe"])
def test_bytes_that_are_no_text_come_as_django_reads_them(values: list[bytes]):
    body = "&".join(f"f{n}={quote_from_bytes(v)}" for n, v in enumerate(values)).encode()
    assert read_from(body) == QueryDict(body, encoding="utf-8")


@pytest.mark.parametrize(
    "body", [b"", b"&&", b"a", b"a=%e4%b8%ad", b"a=%E4%B8%AD%", b"a=%zz%e4", "a=中".encode()]
)
def test_odd_bodies_come_as_django_reads_them(body: bytes):
    assert read_from(body) == QueryDict(body, encoding="utf-8")


@given(st.lists(st.tuples(st.text(max_size=20), st.text(max_size=80)), min_size=1, max_size=8))
@example([("a", "中%" * 30_000 + "+&=é"), ("b", "")])
# Each example is long; what the short ones find is found there already.
@settings(max_examples=30)
def test_a_long_form_is_read_as_a_short_one(fields: list[tuple[str, str]]):
    body = urlencode([*fields, ("filling", "字" * PIECE)], errors="surrogatepass").encode()
    assert read_from(body) == QueryDict(body, encoding="utf-8")


@pytest.mark.parametrize("shift", range(6))
def test_no_escape_is_cut_by_the_pieces_of_a_long_form(shift: int):
    body = b"a=" + b"x" * shift + b"%E4%B8%AD%2" * PIECE
    assert read_from(body) == QueryDict(body, encoding="utf-8")


def test_whatever_stands_around_a_mark_of_a_long_form_is_read_as_in_a_short_one():
    around = b" ".join(map(bytes, product(b"%=\r\n4fG_", repeat=4)))
    for end in (b"", b"%", b"%4", b"=", b"%3D"):
        body = b"a=" + b"x" * PIECE + around + end
        assert read_from(body) == QueryDict(body, encoding="utf-8")


WORDS = st.dictionaries(
    st.from_regex("[a-z_]{1,12}", fullmatch=True), st.text(max_size=80), max_size=8
)
NO_FILE = (
    'Content-Disposition: form-data; name="attachments"; filename=""\r\n'
    "Content-Type: application/octet-stream\r\n\r\n"
)


def in_parts(body: bytes, kind: str = MULTIPART_CONTENT) -> HttpRequest:
    return RequestFactory().generic("POST", "/report/", body, content_type=kind)


def as_a_browser(words: dict[str, str]) -> bytes:
    """With the place of a file, where nobody chose one."""
    body = encode_multipart(BOUNDARY, words).decode("utf-8", "surrogatepass")
    end = f"--{BOUNDARY}--\r\n"
    whole = f"{body.removesuffix(end)}--{BOUNDARY}\r\n{NO_FILE}\r\n{end}"
    return whole.encode("utf-8", "surrogatepass")


@given(words=WORDS.map(lambda w: {k: v for k, v in w.items() if v.isprintable()}))
@example(words={"narrative": "第一行\r\n第二行\r\n--不是界线", "empty": ""})
def test_parts_come_as_django_reads_them(words: dict[str, str]):
    body = as_a_browser(words)
    assert parts_decoded(in_parts(body)) == in_parts(body).POST
    assert read(in_parts(body)).data.dict() == {**words, "attachments": ""}


@given(data=st.data())
def test_damaged_parts_come_as_django_reads_them(data: st.DataObject):
    body = bytearray(as_a_browser({"narrative": "他收了钱。", "place": "三里铺村"}))
    for _ in range(data.draw(st.integers(1, 4))):
        body[data.draw(st.integers(0, len(body) - 1))] = data.draw(
            st.sampled_from(b'\r\n-"; =aZ\xe4')
        )
    sooner = parts_decoded(in_parts(bytes(body)))
    assert sooner is None or sooner == in_parts(bytes(body)).POST


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"--" + BOUNDARY.encode() + b"--",
        as_a_browser({"narrative": "他收了钱。"})[:-20],
        as_a_browser({"narrative": "他收了钱。"}).replace(b'filename=""', b'filename="a.txt"'),
        as_a_browser({f"f{n}": "x" for n in range(150)}),
        as_a_browser({"narrative": "他"}).replace("他".encode(), b"\xff\xfe"),
        as_a_browser({"narrative": f"他--{BOUNDARY}"}),
    ],
    ids=["empty", "bare end", "cut off", "a file", "many fields", "no text", "mark in a line"],
)
def test_odd_parts_are_left_to_django(body: bytes):
    assert parts_decoded(in_parts(body)) is None


def test_parts_without_a_boundary_are_told_as_broken():
    with pytest.raises(CannotRead):
        read(in_parts(as_a_browser({"narrative": "他收了钱。"}), "multipart/form-data"))
