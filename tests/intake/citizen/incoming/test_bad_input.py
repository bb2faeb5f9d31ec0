"""Bad input gets a clear message with the right status, and everything typed back."""

import logging
from collections.abc import Callable
from io import BytesIO
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django.fixtures import Settings

from intake.models import Submission
from intake.report.report_limits import LONGEST, LONGEST_REQUEST, MEGABYTE
from tests.intake.citizen.incoming.bad_bodies import (
    MULTIPART,
    URL_ENCODED,
    cut_off,
    multipart,
    part,
    parts_of,
    post,
    raw,
    refused,
)
from tests.making import INSIDE, Intake, make_intake
from tests.sending import (
    JPEG,
    NARRATIVE,
    code_of,
    filled_in,
    named,
    narrative_of,
    nonce_of,
    text_of,
    token_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def test_unknown_target():
    response = post(filled_in(target="nowhere"))
    refused(response, 422, "target")
    assert narrative_of(response) == NARRATIVE


@pytest.mark.parametrize("token", [None, "", "forged", "1.aaaaaaaaaaaaaaaaaaaaaa." + "b" * 43])
def test_forged_token_gets_a_fresh_sheet(token: str | None):
    response = post(filled_in(form_token=token))
    refused(response, 422)
    assert narrative_of(response) == NARRATIVE
    again = post(filled_in(form_token=token_of(response)))
    assert again.status_code == 200


def test_expired_token_keeps_its_nonce_and_can_be_sent_at_once(settings: Settings):
    settings.FORM_TOKEN_HOURS = -1
    sent = filled_in()
    response = post(sent)
    refused(response, 422)
    assert "太久" in text_of(response)
    assert nonce_of(token_of(response)) == nonce_of(sent["form_token"])
    settings.FORM_TOKEN_HOURS = 48
    assert post(filled_in(form_token=token_of(response))).status_code == 200


def test_filled_trap():
    response = post(filled_in(website="http://example.com"))
    refused(response, 422, "website")
    assert narrative_of(response) == NARRATIVE
    assert "example.com" not in text_of(response)


@pytest.mark.parametrize("encode", [dict, urlencode], ids=["in parts", "url-encoded"])
@pytest.mark.parametrize("character", ["字", '"', "&"])
def test_almost_two_megabytes_of_text_are_given_back(encode: Callable[..., Any], character: str):
    text = character * (2 * MEGABYTE // len(character.encode()) - 1000)
    kind = {"content_type": URL_ENCODED} if encode is urlencode else {}
    sent = encode(filled_in(narrative=text, place="三里铺村"))
    response = Client().post("/report/", sent, **kind)
    refused(response, 413, "narrative")
    assert narrative_of(response) == text
    page = text_of(response)
    assert int(response.headers["Content-Length"]) == len(response.content)
    assert "三里铺村" in page
    assert "还有 1 处要补一下" in page
    assert page.count("请删短一些") == 2, "once in the summary, once at the field"


@pytest.mark.parametrize("encode", [dict, urlencode], ids=["in parts", "url-encoded"])
@pytest.mark.parametrize("name", ["narrative", "place", "code", "no-field"])
@pytest.mark.parametrize("path", ["/report/", "/receipt/", "/receipt/supplement/"])
def test_more_than_two_megabytes_of_text_get_a_short_page(
    encode: Callable[..., Any], name: str, path: str
):
    kind = {"content_type": URL_ENCODED} if encode is urlencode else {}
    sent = encode(filled_in(**{name: "长" * (2 * MEGABYTE // 3 + 1)}))
    response = Client().post(path, sent, **kind)
    assert response.status_code == 413
    assert len(response.content) < 10_000
    assert "字太多" in text_of(response)
    assert "长长" not in text_of(response)


class Watched(BytesIO):
    """A body that tells how much of it was read."""

    count = 0

    def read(self, size: int | None = -1, /) -> bytes:
        piece = super().read(size)
        self.count += len(piece)
        return piece


def test_what_is_far_too_long_is_not_read_further():
    body = Watched(multipart(part("narrative", b"x" * 20 * MEGABYTE)))
    response = raw(body.getvalue(), MULTIPART, **{"wsgi.input": body})
    assert response.status_code == 413
    assert body.count < 3 * MEGABYTE


def test_a_megabyte_in_a_field_that_is_none_is_413():
    response = post(filled_in(junk="x" * (MEGABYTE + 1)))
    refused(response, 413, "narrative")
    assert "这张表里的字太多" in text_of(response)


def test_more_text_than_can_be_kept_is_not_read():
    body = Watched(b"narrative=" + b"x" * 7 * MEGABYTE)
    response = raw(body.getvalue(), URL_ENCODED, **{"wsgi.input": body})
    assert response.status_code == 413
    assert "没有收" in text_of(response)
    assert body.count == 0


def test_a_request_beyond_all_bounds_is_not_read():
    response = raw(b"", MULTIPART, CONTENT_LENGTH=str(LONGEST_REQUEST + 1))
    assert response.status_code == 413


def test_one_character_more_than_a_report_holds():
    text = "字" * (LONGEST["narrative"] + 1)
    response = post(filled_in(narrative=text))
    refused(response, 422, "narrative")
    assert str(len(text)) in text_of(response)
    assert narrative_of(response) == text


@pytest.mark.parametrize("name", ["place", "subject", "happened", "reporter_name"])
def test_a_line_that_is_too_long(name: str):
    refused(post(filled_in(**{name: "长" * 201})), 422, name)


def test_nine_hundred_fields():
    response = post(filled_in(**{f"field-{n}": "x" for n in range(900)}))
    assert response.status_code == 400
    assert narrative_of(response) == NARRATIVE
    assert not Submission.objects.exists()


@pytest.mark.parametrize("encode", [dict, urlencode], ids=["in parts", "url-encoded"])
def test_more_fields_than_django_reads(encode: Callable[[dict[str, Any]], Any]):
    kind = {"content_type": "application/x-www-form-urlencoded"} if encode is urlencode else {}
    sent = encode(filled_in(**{f"field-{n}": "x" for n in range(1100)}))
    response = Client().post("/report/", sent, **kind)
    assert response.status_code == 400
    assert "格子太多" in text_of(response)
    assert narrative_of(response) == NARRATIVE


def test_more_files_than_django_reads():
    files = [SimpleUploadedFile(f"{n}.txt", "（演示）".encode()) for n in range(201)]
    response = post(filled_in(attachments=files))
    assert response.status_code == 413
    assert "最多 9 个" in text_of(response)
    assert narrative_of(response) == NARRATIVE


def test_more_text_than_django_reads():
    response = post(filled_in(narrative="长" * 11_500_000))
    assert response.status_code == 413
    assert "字太多" in text_of(response)


UNSEEN = ["\x00", "\x01", "\x1b", "\x7f", "\x9f", "\u202e", "\u2067", "\ufffd"]


@pytest.mark.parametrize("mark", UNSEEN)
@pytest.mark.parametrize("name", ["narrative", "place", "subject", "happened", "reporter_name"])
def test_unseen_characters(mark: str, name: str):
    response = post(filled_in(**{name: f"十个字在这里面已经有了{mark}后面"}))
    refused(response, 422, name)
    assert "看不见" in text_of(response)
    assert "十个字在这里面已经有了后面" in text_of(response)
    assert mark not in text_of(response)


@pytest.mark.parametrize("name", ["target", "category", "identity", "form_token", "website"])
@pytest.mark.parametrize("value", ["\x00", "\u202e", "\x00" * 3000, "坏" * 3000])
def test_odd_characters_in_other_fields(name: str, value: str):
    response = post(filled_in(**{name: value}))
    assert response.status_code == 422
    assert narrative_of(response) == NARRATIVE


def test_broken_utf_8_in_both_encodings():
    broken = NARRATIVE.encode() + b"\xff\xfe\xe4"
    parts = [*parts_of(filled_in(narrative=None)), part("narrative", broken)]
    in_parts = raw(multipart(*parts), MULTIPART)
    refused(in_parts, 422, "narrative")
    assert narrative_of(in_parts) == NARRATIVE
    body = b"agree_privacy=on&narrative=" + b"%ff%fe" * 20
    assert raw(body, "application/x-www-form-urlencoded").status_code == 422


@pytest.mark.parametrize("charset", ["utf-16", "rot13", "unicode_escape", "idna", "no-such"])
def test_another_charset_is_read_as_ours(charset: str):
    body = multipart(*parts_of(filled_in()))
    assert raw(body, f"{MULTIPART}; charset={charset}").status_code == 200


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"rubbish", "multipart/form-data"),
        (b"rubbish", "multipart/form-data; boundary="),
        (b"rubbish", 'multipart/form-data; boundary="\xc3\xa4"'),
        (multipart(b"X: " + b"y" * 70_000 + b"\r\n\r\nz"), MULTIPART),
    ],
)
def test_broken_multipart(body: bytes, content_type: str):
    response = raw(body, content_type)
    assert response.status_code == 400
    assert "没有登记" in text_of(response)


@pytest.mark.parametrize("body", [b"rubbish", multipart(b"no header"), b""])
def test_a_form_without_fields_is_told_what_is_missing(body: bytes):
    response = raw(body, MULTIPART)
    refused(response, 422, "narrative", "agree_privacy")


@pytest.mark.parametrize("content_type", ["application/json", "text/plain", "image/png", "x"])
def test_other_kinds_of_body_are_told_what_is_missing(content_type: str):
    refused(raw(b'{"narrative": "..."}', content_type), 422, "narrative", "agree_privacy")


def test_what_breaks_after_the_text_gives_the_text_back():
    broken = b"X: " + b"y" * 70_000 + b"\r\n\r\nz"
    response = raw(multipart(*parts_of(filled_in()), broken), MULTIPART)
    assert response.status_code == 400
    assert narrative_of(response) == NARRATIVE
    assert not Submission.objects.exists()


@pytest.mark.parametrize("short_by", [1, 5, 30, 200])
def test_a_body_that_was_cut_off_is_not_half_a_report(short_by: int):
    photo_part = part("attachments", JPEG, b'; filename="a.jpg"')
    body = multipart(*parts_of(filled_in()), photo_part)
    response = cut_off(body, MULTIPART, short_by)
    assert response.status_code == 400
    assert narrative_of(response) == NARRATIVE
    assert not Submission.objects.exists()


def test_a_short_form_that_was_cut_off_is_not_half_a_report():
    body = "&".join(f"{name}={value}" for name, value in filled_in().items()).encode()
    kind = "application/x-www-form-urlencoded"
    response = cut_off(body, kind, 1)
    assert response.status_code == 400
    assert not Submission.objects.exists()


@pytest.mark.parametrize("phone", ["1234", "没有", "8220719", "\x00", "9" * 500])
def test_a_phone_that_is_none(phone: str):
    response = post(named(reporter_phone=phone))
    refused(response, 422, "reporter_phone")
    assert "张三（演示）" in text_of(response)


def test_a_token_used_again_for_other_words_loses_none_of_them():
    sent = filled_in()
    code = code_of(post(sent))
    other = {**sent, "narrative": "（演示）后来又想起一件事，写在这里。", "subject": "演示乙"}
    codes = {code_of(post(other)), code_of(post(other))}
    assert len(codes) == 1
    assert codes != {code}
    assert Submission.objects.count() == 2


def test_nothing_typed_is_logged(caplog: pytest.LogCaptureFixture):
    """Not for any of the answers above 399, not even by the logger that the settings quieten."""
    caplog.set_level(logging.DEBUG, "django.request")
    post(filled_in(place="canary-1", narrative="canary-2"))
    post(filled_in(place="canary-3", **{f"canary-{n}": "x" for n in range(900)}))
    raw(multipart(part("canary-4", b"canary-5"), b"X: " + b"canary" * 9000), MULTIPART)
    assert caplog.records
    for record in caplog.records:
        assert "canary" not in f"{record.getMessage()} {record.exc_text}"
        assert record.exc_info is None
