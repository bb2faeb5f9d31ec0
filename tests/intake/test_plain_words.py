"""What a citizen reads is plain: no words of machines, no English, no long sentences."""

import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from inspection import current
from intake.flood import Reason, TooMany
from intake.views import guarding
from intake.views.reading import Typed
from tests.making import INSIDE, make_contact, make_intake
from tests.sending import code_of, filled_in, named

pytestmark = pytest.mark.django_db

FORBIDDEN = [
    "提交失败请重试",
    "系统异常",
    "参数",
    "服务器",
    "非法",
    "无效",
    "令牌",
    "校验",
    "加载",
    "请求超时",
    "后台",
    "接口",
    "缓存",
    "会话",
    "字段",
    "用户",
]
# Kinds of files and what people call them by; Cookie is named where we say that there is none.
ENGLISH = {"MB", "JPEG", "PNG", "HEIC", "PDF", "MP3", "MP4", "Word", "Excel", "Cookie", "txt"}
# An e-mail address and the public key are copied, not read.
NO_WORDS = re.compile(r"\S+@\S+|[\w+/]{40,}=*", re.ASCII)
LONGEST_AVERAGE = 30


@pytest.fixture(autouse=True)
def standing_still(settings: Settings) -> Iterator[None]:
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    yield
    current.forget()


def words_of(page: str) -> str:
    """What a reader sees or hears of a page, a line for each element."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", "", page, flags=re.S)
    spoken = re.findall(r'(?:aria-label|placeholder|alt|title)="([^"]*)"', body)
    text = re.sub(r"</?(?:a|strong|span|small|b|em)\b[^>]*>", "", body)
    text = re.sub(r"<[^>]*>", "\n", text)
    return unescape("\n".join([text, *spoken]))


def citizens_pages() -> dict[str, str]:
    """The words of every page, and of what it says about every mistake."""
    make_contact(make_intake().round)
    client = Client()
    code = code_of(client.post("/report/", filled_in()))
    sent = {
        "receipt": ("/report/", filled_in()),
        "found": ("/receipt/", {"code": code}),
        "mistyped": ("/receipt/", {"code": "123"}),
        "unknown": ("/receipt/", {"code": "0" * 20}),
        "nothing": ("/report/", {}),
        "forged": ("/report/", filled_in(form_token="x")),
        "wrong": ("/report/", named(reporter_phone="1", narrative="短", target="x", website="x")),
        "no file": ("/receipt/verify/", {}),
    }
    opened = ["/", "/?q=x", "/report/", "/receipt/", "/receipt/verify/", "/privacy/", "/nowhere/"]
    pages = {address: client.get(address) for address in opened}
    pages |= {name: client.post(address, fields) for name, (address, fields) in sent.items()}
    words = {name: words_of(page.content.decode()) for name, page in pages.items()}
    return {**words, **flood_pages()}


def flood_pages() -> dict[str, str]:
    """What is said to somebody whose report comes in the middle of a flood."""
    request = RequestFactory().post("/report/")
    request.received_at = INSIDE  # type: ignore[attr-defined]
    typed = Typed(QueryDict("narrative=1"))
    pages = {
        reason.name: guarding.refused(request, typed, TooMany(reason, 540), again="/report/")
        for reason in Reason
    }
    return {name: words_of(page.content.decode()) for name, page in pages.items()}


def average_sentence_length(texts: list[str]) -> float:
    """In characters, over the different sentences; a sentence ends with 。！？；."""
    sentences = {
        sentence.strip()
        for text in texts
        for line in text.splitlines()
        for sentence in re.findall(r"[^。！？；]+[。！？；]", line)
    }
    return sum(map(len, sentences)) / len(sentences)


def test_citizens_read_no_words_of_machines():
    found = {
        (name, word)
        for name, words in citizens_pages().items()
        for word in FORBIDDEN
        if word in words
    }

    assert found == set()


def test_citizens_read_no_english():
    found = {
        (name, word)
        for name, words in citizens_pages().items()
        for word in re.findall(r"[A-Za-z]{2,}\w*", NO_WORDS.sub("", words), re.ASCII)
        if word not in ENGLISH
    }

    assert found == set()


def test_cookies_are_named_only_to_say_that_there_are_none():
    for words in citizens_pages().values():
        for line in words.splitlines():
            assert ("Cookie" in line) == ("不使用 Cookie" in line or "没有 Cookie" in line), line


def test_sentences_are_short():
    length = average_sentence_length(list(citizens_pages().values()))

    assert length < LONGEST_AVERAGE, f"{length:.1f} characters a sentence on the average"
