"""Files that are not taken are named with the reason, and what was typed beside them is kept."""

import hashlib
from itertools import islice

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from pytest_django.fixtures import Settings

from intake.keeping import sealed_files
from intake.models import Attachment
from intake.report.report_limits import MAX_FILE_BYTES, MEGABYTE, PIECE
from intake.sealing.opening_streams import digest_of_opened
from tests.intake.arriving.decoding.streamed_forms import (
    Sent,
    Streamed,
    pieces_of,
    post_streamed,
)
from tests.intake.arriving.spooling.open_files import nameless_files_open
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
    code_of,
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
    files = [Sent(f"{n}.jpg", 70 * MEGABYTE) for n in range(3)]
    response = post_streamed(filled_in(place="三里铺村"), *files)
    refused(response, 413, "attachments")
    assert "合计超过 200 MB" in text_of(response)
    assert "”超过 100 MB" not in text_of(response)
    assert (narrative_of(response), "三里铺村" in text_of(response)) == (NARRATIVE, True)


def test_of_nine_files_the_one_that_is_too_large_is_named_and_the_others_are_good():
    good = [Sent(f"好{n}.jpg", 3 * MEGABYTE) for n in range(8)]
    large = Sent("视频.mp4", 300 * MEGABYTE)
    response = post_streamed(filled_in(), *good[:4], large, *good[4:])
    refused(response, 422, "attachments")
    assert "“视频.mp4”超过 100 MB" in text_of(response)
    for file in good:
        assert file.name in text_of(response)
    assert narrative_of(response) == NARRATIVE


def test_the_largest_files_are_sealed_as_they_came(intake: Intake):
    sent = [Sent(f"{n}.jpg", MAX_FILE_BYTES, piece=bytes([n]) * PIECE) for n in range(2)]
    assert post_streamed(filled_in(target=intake.targets[0].code), *sent).status_code == 200
    for row, file in zip(Attachment.objects.order_by("position"), sent, strict=True):
        digest = hashlib.sha256()
        for piece in file.pieces():
            digest.update(piece)
        with sealed_files.opened(row.sealed_file) as sealed:
            found = digest_of_opened(sealed, intake.secrets[intake.desks[0].pk])
        assert (row.size, found) == (MAX_FILE_BYTES, digest.hexdigest())


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


@pytest.mark.parametrize("pieces", [40, 100])
def test_a_large_file_that_is_cut_off_leaves_nothing_and_the_words_stay(pieces: int):
    large, sent, before = Sent("录像.mp4", 8 * MEGABYTE), filled_in(), nameless_files_open()
    cut = Streamed(islice(pieces_of(sent, [large]), pieces))
    response = post_streamed(sent, large, **{"wsgi.input": cut})
    refused(response, 400)
    assert narrative_of(response) == NARRATIVE
    assert nameless_files_open() <= before


def test_the_same_large_files_sent_again_are_one_report_and_others_another():
    sent, large = filled_in(), Sent("录像.jpg", 3 * MEGABYTE)
    codes = [code_of(post_streamed(sent, large)) for _ in range(2)]
    assert codes[0] == codes[1]
    assert Attachment.objects.count() == 1
    other = large._replace(piece=b"\1" * PIECE)
    assert code_of(post_streamed(sent, other)) != codes[0]
    assert Attachment.objects.count() == 2
