"""Files that are not taken are named with the reason, and what was typed beside them is kept."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from intake.models import Attachment
from intake.report.report_limits import MEGABYTE
from tests.intake.citizen.incoming.bad_bodies import (
    MULTIPART,
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
    filled_in,
    narrative_of,
    photo,
    text_of,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


@pytest.mark.parametrize(
    ("file", "reason"),
    [
        (photo("大.jpg", JPEG + b"\0" * 10 * MEGABYTE), "超过 10 MB"),
        (photo("空.jpg", b""), "空文件"),
        (photo("程序.exe", b"MZ\x90\x00"), "格式"),
        (photo("网页.jpg", b"<html><script>alert(1)</script>"), "格式"),
        (photo("图.svg", b"<svg/>"), "格式"),
    ],
)
def test_a_file_that_is_refused(file: SimpleUploadedFile, reason: str):
    response = post(filled_in(attachments=[photo(), file]))
    refused(response, 422, "attachments")
    assert str(file.name) in text_of(response)
    assert reason in text_of(response)
    assert narrative_of(response) == NARRATIVE


@pytest.mark.parametrize("count", [10, 60])
def test_too_many_files(count: int):
    response = post(filled_in(attachments=[photo(f"{n}.jpg") for n in range(count)]))
    refused(response, 422, "attachments")
    assert f"{count} 个" in text_of(response)


def test_files_that_are_too_much_together():
    files = [photo(f"{n}.jpg", JPEG + b"\0" * 8 * MEGABYTE) for n in range(4)]
    response = post(filled_in(attachments=files, place="三里铺村"))
    refused(response, 413, "attachments")
    assert "合计超过 30 MB" in text_of(response)
    assert "”超过 10 MB" not in text_of(response)
    assert (narrative_of(response), "三里铺村" in text_of(response)) == (NARRATIVE, True)


def test_one_file_of_forty_megabytes_is_named():
    response = post(filled_in(attachments=[photo("视频.mp4", b"\0" * 40 * MEGABYTE)]))
    refused(response, 422, "attachments")
    assert "视频.mp4" in text_of(response)


@pytest.mark.parametrize("name", ["长" * 5000 + ".jpg", "a" * 5000, "../" * 1600 + "a.jpg"])
def test_a_file_with_a_name_of_five_thousand_characters(name: str):
    body = multipart(
        *parts_of(filled_in()), part("attachments", JPEG, f'; filename="{name}"'.encode())
    )
    response = raw(body, MULTIPART)
    assert response.status_code == 200
    assert ("有的文件名太长" in text_of(response)) == (not name.startswith("../"))
    assert Attachment.objects.count() == 1


@pytest.mark.parametrize("name", ['"', "\u202egpj.exe", "\x00.jpg", "a\r\nX: y", "."])
def test_odd_names_of_files_never_crash(name: str):
    body = multipart(
        *parts_of(filled_in()), part("attachments", JPEG, f'; filename="{name}"'.encode())
    )
    assert raw(body, MULTIPART).status_code in (200, 422)


def test_base64_parts_are_read_or_refused():
    coded = b"; filename=a.jpg\r\nContent-Transfer-Encoding: base64"
    body = multipart(*parts_of(filled_in()), part("attachments", b"!!!", coded))
    response = raw(body, MULTIPART)
    assert response.status_code in (400, 422)
    assert narrative_of(response) == NARRATIVE
