"""What a citizen reads is plain: no words of machines, no English, no long sentences."""

import re
from collections.abc import Iterator
from datetime import date, datetime
from html import unescape
from typing import Any

import pytest
from django.http import QueryDict
from django.test import Client, RequestFactory
from pytest_django.fixtures import Settings

from inspection import clock, current
from intake.abuse.floods import Reason, TooMany
from intake.citizen.forms import fresh_token
from intake.citizen.incoming import guarding
from intake.citizen.incoming.what_was_sent import Typed
from intake.citizen.pages import not_sent
from intake.citizen.views.error_pages import bad_request, failed, forbidden, not_found, unavailable
from intake.citizen.views.receipt_view import MOST_WRONG_CODES
from intake.report import form_tokens, receipts
from intake.report.evidence import KINDS, Sort
from intake.report.report_limits import MAX_FILE_BYTES
from tests.intake.arriving.decoding.streamed_forms import Sent, post_streamed
from tests.making import INSIDE, make_box, make_contact, make_intake
from tests.sending import NARRATIVE, code_of, filled_in, named, photo

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
ENGLISH = {"MB", "Cookie", "txt", *Sort, *(kind.called.lstrip("3") for kind in KINDS)}
# Addresses, the public key and names of files are copied, not read.
NO_WORDS = re.compile(r"(?:https?://)?testserver\S*|\S+@\S+|[\w+/]{40,}=*|“一\.mp4”", re.ASCII)
# What a view gives and what a test client gives differ in their types alone.
Answer = Any
LONGEST_AVERAGE = 30
UNKNOWN = receipts.code_for(form_tokens.new_nonce(), "", b"another site's key")
ADDRESSES = ["/", "/?q=x", "/report/", "/receipt/", "/receipt/verify/", "/privacy/", "/nowhere/"]
PAPERS = ["/poster/", "/poster/boxes/", "/poster/cards/", "/report/paper/", "/boxes/1/map/"]
# More than a megabyte; it is taken out again before anything is looked for.
LONG = "长" * 400_000
LARGE = MAX_FILE_BYTES + 1
OTHER_TIMES = {
    "upcoming": "2025-03-20T10:00:00+08:00",
    "last day": "2025-06-20T18:30:00+08:00",
    "just over": "2025-06-21T00:00:00+08:00",
    "period over": "2025-07-01T09:00:00+08:00",
}


@pytest.fixture(autouse=True)
def standing_still(settings: Settings) -> Iterator[None]:
    settings.SIMULATED_NOW = INSIDE
    current.forget()
    yield
    current.forget()


def words_of(page: str) -> str:
    """What a reader sees or hears of a page, a line for each element."""
    body = re.sub(r"<(script|style|template)\b.*?</\1>", "", page, flags=re.S)
    # The signed receipt is copied whole, as the file is saved, and read by whoever checks it.
    body = re.sub(r'<textarea id="receipt-text".*?</textarea>', "", body, flags=re.S)
    spoken = re.findall(r'(?:aria-label|placeholder|alt|title)="([^"]*)"', body)
    text = re.sub(r"</?(?:a|strong|span|small|b|em)\b[^>]*>", "", body)
    text = re.sub(r"<[^>]*>", "\n", text)
    return unescape("\n".join([text, *spoken]))


def citizens_pages(settings: Settings) -> dict[str, str]:
    """The words of every page, and of what it says about every mistake, at every time."""
    intake = make_intake(period_ends_last=date(2025, 6, 30))
    make_contact(intake.round)
    make_box(intake.round, number=1)
    code = code_of(Client().post("/report/", filled_in()))
    pages = while_open(code) | in_bad_hours()
    for name, moment in OTHER_TIMES.items():
        settings.SIMULATED_NOW = datetime.fromisoformat(moment)
        current.forget()
        answers = at_another_time(code)
        pages |= {f"{name}: {address}": page for address, page in answers.items()}
    return {name: words_of(page.content.decode().replace(LONG, "")) for name, page in pages.items()}


def while_open(code: str) -> dict[str, Answer]:
    sent = {
        "receipt": ("/report/", filled_in()),
        "found": ("/receipt/", {"code": code}),
        "mistyped": ("/receipt/", {"code": "123"}),
        "unknown": ("/receipt/", {"code": UNKNOWN}),
        "nothing": ("/report/", {}),
        "forged": ("/report/", filled_in(form_token="x")),
        "wrong": ("/report/", named(reporter_phone="1", narrative="短", target="x", website="x")),
        "no file": ("/receipt/verify/", {}),
        "false file": ("/receipt/verify/", {"file": photo("回执.txt", b"x")}),
        "too long": ("/report/", filled_in(narrative=LONG)),
        "refused": ("/report/", filled_in(attachments=[photo("甲", b"MZ"), photo("乙", b"PK")])),
        "too many boxes": ("/report/", {f"name-{n}": "" for n in range(200)}),
        "nothing to add": ("/receipt/supplement/", {"code": code}),
    }
    client = Client()
    pages: dict[str, Answer] = {
        **{address: client.get(address) for address in [*ADDRESSES, *PAPERS]},
        "too large": post_streamed(filled_in(), Sent("照片", LARGE)),
        "too long a film": post_streamed(filled_in(), Sent("一.mp4", LARGE)),
    }
    return pages | {name: client.post(address, fields) for name, (address, fields) in sent.items()}


def at_another_time(code: str) -> dict[str, Answer]:
    """Opened, and sent from a page that was opened before."""
    client = Client()
    more = {"code": code, "form_token": fresh_token(at=clock.real_now()), "narrative": NARRATIVE}
    return {
        **{address: client.get(address) for address in ADDRESSES},
        "refused": client.post("/report/", named()),
        "found": client.post("/receipt/", {"code": code}),
        "added": client.post("/receipt/supplement/", more),
    }


def in_bad_hours() -> dict[str, Answer]:
    """What is said when the site is flooded, tried out, broken or without its database."""
    request = RequestFactory().post("/report/")
    request.received_at = INSIDE  # type: ignore[attr-defined]
    typed = Typed(QueryDict("narrative=1"))
    for _ in range(MOST_WRONG_CODES + 1):
        many_codes = Client().post("/receipt/", {"code": UNKNOWN})
    assert many_codes.status_code == 429
    floods = {
        reason.name: guarding.refused(request, typed, TooMany(reason, 540), again="/report/")
        for reason in Reason
    }
    failures = (bad_request, forbidden, not_found, failed, unavailable)
    return {
        **floods,
        **{failure.__name__: failure(request) for failure in failures},
        "many codes": many_codes,
        "not stored": not_sent.refused(
            request, typed, status=503, sentences=[not_sent.AWAY], again="/report/"
        ),
    }


def average_sentence_length(texts: list[str]) -> float:
    """In characters, over the different sentences; a sentence ends with 。！？；."""
    sentences = {
        sentence.strip()
        for text in texts
        for line in text.splitlines()
        for sentence in re.findall(r"[^。！？；]+[。！？；]", line)
    }
    return sum(map(len, sentences)) / len(sentences)


def test_citizens_read_no_words_of_machines(settings: Settings):
    found = {
        (name, word)
        for name, words in citizens_pages(settings).items()
        for word in FORBIDDEN
        if word in words
    }

    assert found == set()


def test_citizens_read_no_english(settings: Settings):
    found = {
        (name, word)
        for name, words in citizens_pages(settings).items()
        for word in re.findall(r"[A-Za-z]{2,}\w*", NO_WORDS.sub("", words), re.ASCII)
        if word not in ENGLISH
    }

    assert found == set()


def test_cookies_are_named_only_to_say_that_there_are_none(settings: Settings):
    for words in citizens_pages(settings).values():
        for line in words.splitlines():
            assert ("Cookie" in line) == ("不使用 Cookie" in line or "没有 Cookie" in line), line


def test_sentences_are_short(settings: Settings):
    length = average_sentence_length(list(citizens_pages(settings).values()))

    assert length < LONGEST_AVERAGE, f"{length:.1f} characters a sentence on the average"
