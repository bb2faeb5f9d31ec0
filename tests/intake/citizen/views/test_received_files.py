"""Whoever sent files is told of each what was received, and can prove it; no name is told."""

import hashlib
import re
from html import unescape

import pytest
from django.conf import settings as django_settings
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.report import receipt_files
from intake.report.receipt_files import ReceivedFile, Verified
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.making import INSIDE, make_intake
from tests.sending import JPEG, code_of, filled_in, look_up_token, photo, text_of

pytestmark = pytest.mark.django_db

KEY = receipt_files.public_key(django_settings.RECEIPT_SIGNING_KEY)
NAME = "王某收钱的录音.webm"
SPOKEN = corpus.GOOD["weba"][1]()
SENT = (
    ReceivedFile("录音", len(SPOKEN), hashlib.sha256(SPOKEN).hexdigest()),
    ReceivedFile("照片", len(JPEG), hashlib.sha256(JPEG).hexdigest()),
)


@pytest.fixture(autouse=True)
def _open(settings: Settings) -> None:
    settings.SIMULATED_NOW = INSIDE
    make_intake()


def send(**changes: object) -> HttpResponse:
    return Client().post(
        "/report/", filled_in(attachments=[photo(NAME, SPOKEN), photo()], **changes)
    )


def kept_of(receipt: HttpResponse) -> str:
    [kept] = re.findall(r'name="kept" value="([^"]*)"', text_of(receipt))
    return unescape(kept)


def saved(code: str, kept: str) -> Verified:
    answer = Client().post("/receipt/file/", {"code": code, "kept": kept})
    return receipt_files.verify(receipt_files.from_bytes(answer.content), KEY)


def test_the_receipt_tells_sort_size_and_digest_and_no_name():
    form = filled_in(attachments=[photo(NAME, SPOKEN), photo()])
    receipt = Client().post("/report/", form)
    form["attachments"] = [photo(NAME, SPOKEN), photo()]
    again = Client().post("/report/", form)
    assert "这份反映以前已经收到" in text_of(again)
    for page in map(text_of, (receipt, again)):
        assert page.index(SENT[0].sha256) < page.index(SENT[1].sha256)
        assert "收到的文件（2 个）" in page
        assert "王某" not in page


def test_the_file_to_keep_has_them_and_is_verified_on_the_page():
    receipt = send()
    kept = kept_of(receipt)
    verified = saved(code_of(receipt), kept.replace("\n", "\r\n"))
    assert verified.files == SENT
    assert "王某" not in kept
    page = text_of(Client().post("/receipt/verify/", {"text": kept}))
    assert "这份回执是真的" in page
    assert all(one.sha256 in page for one in SENT)


def test_what_is_looked_up_later_has_none_and_says_so_beforehand():
    receipt = send()
    assert "只有现在保存才有" in text_of(receipt)
    code = code_of(receipt)
    assert saved(code, "").files == ()
    found = text_of(Client().post("/receipt/", {"code": code}))
    assert SENT[0].sha256 not in found


def test_another_s_or_a_changed_text_is_not_given_as_this_report_s():
    receipt = send()
    code, kept = code_of(receipt), kept_of(receipt)
    other = kept_of(send(narrative="（演示）另外一件事，说的是另一个地方。"))
    for strange in (other, kept.replace("录音", "录像"), "words", kept * 50):
        assert saved(code, strange).files == ()


def test_what_is_added_later_is_told_as_well():
    code = code_of(Client().post("/report/", filled_in()))
    sheet = {"code": code, "form_token": look_up_token(code), "attachments": [photo(NAME, SPOKEN)]}
    page = text_of(Client().post("/receipt/supplement/", sheet))
    assert SENT[0].sha256 in page
    assert "王某" not in page


def test_the_form_says_what_is_taken_out_and_what_cannot_be():
    page = text_of(Client().get("/report/"))
    for words in ("去掉了拍摄位置、作者", "人脸、声音、写着的姓名去不掉", "声音听得出是谁"):
        assert words in page
