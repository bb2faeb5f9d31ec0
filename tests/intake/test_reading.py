"""What was sent is read as Django itself would read it, only sooner."""

from urllib.parse import quote_from_bytes, urlencode

import pytest
from django.http import QueryDict
from django.test import RequestFactory
from hypothesis import example, given
from hypothesis import strategies as st

from intake.views.reading import read

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
