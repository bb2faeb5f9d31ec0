"""The receipt as a download, as text to copy, and the page that checks it."""

import re
from html import unescape
from typing import Any

import pytest
from django.conf import settings as django_settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from pytest_django.asserts import assertNumQueries
from pytest_django.fixtures import Settings

from intake.models import Submission
from intake.report import receipt_files
from tests.making import INSIDE, Intake, make_intake
from tests.sending import NARRATIVE, code_of, filled_in, invalid_fields, text_of

pytestmark = pytest.mark.django_db

KEY = receipt_files.public_key(django_settings.RECEIPT_SIGNING_KEY)


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


@pytest.fixture
def code(intake: Intake) -> str:
    return code_of(post("/report/", filled_in(target=intake.targets[0].code)))


def unknown(number: int = 0) -> str:
    body = 10**17 + number
    return f"{body}{98 - body * 100 % 97:02d}"


def get(address: str) -> HttpResponse:
    client: Any = Client()
    response: HttpResponse = client.get(address)
    return response


def post(address: str, sent: dict[str, Any], **headers: Any) -> HttpResponse:
    client: Any = Client()
    response: HttpResponse = client.post(address, sent, **headers)
    return response


def save(code: str, **headers: Any) -> HttpResponse:
    return post("/receipt/file/", {"code": code}, **headers)


def check(content: bytes, name: str = "回执.txt") -> HttpResponse:
    return post("/receipt/verify/", {"file": SimpleUploadedFile(name, content)})


def test_the_file_is_a_download_with_its_name(code: str):
    response = save(code)
    assert response.status_code == 200
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    disposition = response.headers["Content-Disposition"]
    assert disposition.startswith("attachment;")
    assert disposition.endswith("filename*=UTF-8''%E5%9B%9E%E6%89%A7.txt")
    assert response.headers["Cache-Control"] == "no-store"
    assert not response.cookies


def test_it_says_what_was_stored_and_when(intake: Intake, code: str):
    verified = receipt_files.verify(receipt_files.from_bytes(save(code).content), KEY)
    stored = Submission.objects.get()
    assert verified.digest == stored.received_digest
    assert verified.received_at == stored.received_at.replace(microsecond=0)
    assert verified.round_title == intake.round.title


def test_it_holds_neither_the_code_nor_where_the_report_went(intake: Intake, code: str):
    text = text_of(save(code))
    secrets = (code, code.replace(" ", ""), code[:4], NARRATIVE)
    for secret in (*secrets, intake.teams[0].name, intake.targets[0].name):
        assert secret not in text.replace(Submission.objects.get().received_digest, "")


def test_what_is_sealed_anew_later_does_not_change_the_receipt(code: str):
    before = save(code).content
    Submission.objects.update(sealed=b"anew", sealed_digest="0" * 64)
    assert save(code).content == before


def test_an_unknown_code_is_404_and_a_mistyped_one_422(code: str):
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    answers = {typed: save(typed) for typed in (unknown(), wrong, "", "1" * 5000, "\x00")}
    assert [answer.status_code for answer in answers.values()] == [404, 422, 422, 422, 422]
    assert "没有找到" in text_of(answers[unknown()])
    assert "抄错" in text_of(answers[wrong])
    assert invalid_fields(answers[wrong]) == {"code"}
    assert all("Content-Disposition" not in answer.headers for answer in answers.values())


@pytest.mark.parametrize("method", ["get", "head", "put", "delete"])
def test_the_file_comes_only_by_post(code: str, method: str):
    address = f"/receipt/file/?code={code.replace(' ', '')}"
    response = getattr(Client(), method)(address)
    assert (response.status_code, response.headers["Allow"]) == (405, "POST")


def test_trying_codes_out_counts_together_with_the_look_up_page(code: str):
    for number in range(15):
        assert save(unknown(number)).status_code == 404
        assert post("/receipt/", {"code": unknown(number)}).status_code == 404
    assert save(code).status_code == 429
    assert "过十分钟" in text_of(save(code))
    assert save(code, REMOTE_ADDR="203.0.113.8").status_code == 200


def test_right_codes_hold_nobody_up(code: str):
    for _ in range(35):
        assert save(code).status_code == 200
    assert save(unknown()).status_code == 404


def test_a_known_and_an_unknown_code_cost_the_database_the_same(code: str):
    save(code), save(unknown(1))
    for typed in (code, unknown(2)):
        with assertNumQueries(3):
            save(typed)


def test_the_receipt_and_the_looked_up_page_offer_it(intake: Intake):
    receipt = post("/report/", filled_in())
    code = code_of(receipt)
    digits = code.replace(" ", "")
    for page in (receipt, post("/receipt/", {"code": code})):
        words = text_of(page)
        form = words[words.index('action="/receipt/file/"') :].split("</form>")[0]
        assert f'<input type="hidden" name="code" value="{digits}">' in form
        assert "保存回执文件" in form
        assert 'href="/receipt/verify/"' in words


def test_the_page_asks_for_a_file_and_shows_the_key(intake: Intake):
    response = get("/receipt/verify/")
    assert response.status_code == 200
    assert 'type="file" id="file" name="file"' in text_of(response)
    assert f'id="public-key">{KEY}<' in text_of(response).replace("&#x2B;", "+")


def test_a_genuine_file_is_told_with_what_it_proves(intake: Intake, code: str):
    response = check(save(code).content)
    assert response.status_code == 200
    words = text_of(response)
    for fact in (
        intake.round.title,
        "2025年4月15日 10:00:",
        Submission.objects.get().sealed_digest,
    ):
        assert fact in words
    assert "这份回执是真的" in words
    assert not invalid_fields(response)


def test_a_genuine_file_needs_neither_its_name_nor_its_line_ends(code: str):
    content = save(code).content.replace(b"\r\n", b"\n").removeprefix(b"\xef\xbb\xbf")
    assert check(content, "huizhi.doc").status_code == 200


@pytest.mark.parametrize(
    "content",
    [
        b"x",
        b"\x00" * 100,
        b"\xff\xfe\xff",
        "签名：\n".encode(),
        ("签" * 50_000).encode(),
        b"a" * (64 * 1024 + 1),
        b"a" * (11 * 1024 * 1024),
    ],
)
def test_what_is_no_receipt_is_422(intake: Intake, content: bytes):
    response = check(content)
    assert response.status_code == 422
    assert invalid_fields(response) == {"file"}
    assert "核对不过" in text_of(response)


def test_a_changed_file_is_422(code: str):
    content = save(code).content
    assert check(content.replace(b"10:00", b"09:00")).status_code == 422
    assert check(content + b"!").status_code == 422


def test_a_file_of_another_site_is_told_apart(settings: Settings, code: str):
    content = save(code).content
    settings.RECEIPT_SIGNING_KEY = bytes(range(32))
    response = check(content)
    assert response.status_code == 422
    assert "不是用本站现在的公钥" in text_of(response)


@pytest.mark.parametrize("sent", [{}, {"file": "words"}, {"file": ""}])
def test_without_a_file_it_asks_for_one(intake: Intake, sent: dict[str, str]):
    response = post("/receipt/verify/", sent)
    assert response.status_code == 422
    assert invalid_fields(response) == {"file"}
    assert "请先选回执文件" in text_of(response)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"--x\r\nbroken", "multipart/form-data; boundary=x"),
        (b"", "multipart/form-data"),
        (b"\xff\xfe", "text/plain"),
        (b"[1]", "application/json"),
        (b"file=%ff%00&" * 500, "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_is_answered_in_words(intake: Intake, body: bytes, kind: str):
    client: Any = Client()
    response = client.generic("POST", "/receipt/verify/", body, content_type=kind)
    assert response.status_code in (400, 422)
    assert invalid_fields(response) == {"file"}


def test_checking_needs_no_round():
    assert get("/receipt/verify/").status_code == 200
    assert check(b"x").status_code == 422


def test_it_is_checked_only_by_get_and_post(intake: Intake):
    assert Client().put("/receipt/verify/").status_code == 405


def signed_text_of(page: HttpResponse) -> str:
    """The text beside the file, as a browser copies it."""
    area = re.search(r'<textarea id="receipt-text"[^>]*>\n(.*?)</textarea>', text_of(page), re.S)
    assert area, text_of(page)
    return unescape(area[1])


def test_the_text_to_copy_is_that_of_the_file(intake: Intake):
    receipt = post("/report/", filled_in())
    code = code_of(receipt)
    again = post("/report/", filled_in(narrative=f"{NARRATIVE}还有一件。"))
    assert code_of(again) != code

    in_file = receipt_files.from_bytes(save(code).content).lstrip("\ufeff").replace("\r\n", "\n")
    assert signed_text_of(receipt) == in_file
    assert signed_text_of(post("/receipt/", {"code": code})) == in_file
    assert signed_text_of(again) != in_file


def test_a_pasted_text_is_checked_as_a_file_is(intake: Intake):
    text = signed_text_of(post("/report/", filled_in()))

    genuine = post("/receipt/verify/", {"text": f"  {text}\n\n"})
    changed = post("/receipt/verify/", {"text": text.replace("信访回执", "信访回条", 1)})

    assert (genuine.status_code, changed.status_code) == (200, 422)
    assert "这份回执是真的" in text_of(genuine)


def test_who_is_asked_for_by_get_reads_what_to_do(code: str):
    page = text_of(get("/receipt/file/"))

    assert "复制回执的文字" in page
    assert 'lang="zh-Hans"' in page


def test_a_printed_receipt_names_the_site(intake: Intake, settings: Settings):
    settings.ALLOWED_HOSTS = ["xc.example.cn"]
    receipt = post("/report/", filled_in(), HTTP_HOST="xc.example.cn")

    assert (
        '<p class="only-print">查询、补充材料的网址：http://xc.example.cn/receipt/</p>'
        in text_of(receipt)
    )
    found = post("/receipt/", {"code": code_of(receipt)}, HTTP_HOST="xc.example.cn")

    assert "查询、补充材料的网址：http://xc.example.cn/receipt/" in text_of(found)


def test_what_is_far_too_long_to_be_a_receipt_is_told_so(intake: Intake):
    page = post("/receipt/verify/", {"text": "长" * 1_000_000})

    assert page.status_code == 413
    assert "太大了，不像是回执" in text_of(page)
