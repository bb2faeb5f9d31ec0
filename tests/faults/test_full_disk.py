"""The place for sealed files is full or gone: nothing is acknowledged, nothing half stored."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.citizen.incoming.what_was_sent import NO_ROOM
from intake.models import Attachment, Submission
from intake.sealing import sealed_files
from tests.making import INSIDE, Intake, make_intake
from tests.sending import JPEG, NARRATIVE, code_of, filled_in, narrative_of, photo, text_of

pytestmark = pytest.mark.django_db

KILOBYTE = 1024


@pytest.fixture(autouse=True)
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


@contextmanager
def disk_full_at(size: int) -> Iterator[None]:
    """No file of this process can grow beyond `size`: writing on fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def kept_files() -> list[Path]:
    return [path for path in Path(django_settings.MEDIA_ROOT).rglob("*") if path.is_file()]


def assert_nothing_was_taken(response: HttpResponse) -> None:
    assert response.status_code == 503
    assert narrative_of(response) == NARRATIVE
    assert "没有提交成功" in text_of(response)
    assert "receipt-code" not in text_of(response)
    assert not Submission.objects.exists()
    assert not Attachment.objects.exists()


def test_a_sealed_file_that_does_not_fit_leaves_nothing():
    with disk_full_at(50 * KILOBYTE), pytest.raises(OSError, match="too large"):
        sealed_files.write(b"x" * 100 * KILOBYTE)
    assert kept_files() == []


@pytest.mark.parametrize("size", [600, 5 * 1024], ids=["while it is sealed", "while it comes"])
def test_the_text_is_given_back_and_can_be_sent_again_when_there_is_room(size: int):
    large = photo(content=JPEG + b"\0" * size * KILOBYTE)
    sent = filled_in(place="三里铺村", attachments=[photo(), large])
    with disk_full_at(500 * KILOBYTE):
        response = Client().post("/report/", sent)
    assert_nothing_was_taken(response)
    assert "三里铺村" in text_of(response)
    assert "重新选一次" in text_of(response)
    assert NO_ROOM in text_of(response)
    assert kept_files() == []
    again = Client().post("/report/", {**sent, "attachments": [photo()]})
    assert code_of(again)
    assert "只登记了一件" not in text_of(again)


def test_a_folder_that_is_none(settings: Settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "a file"
    settings.MEDIA_ROOT.write_text("")
    assert_nothing_was_taken(Client().post("/report/", filled_in(attachments=photo())))


def test_a_spool_without_a_folder(settings: Settings, tmp_path: Path):
    settings.SPOOL_ROOT = tmp_path / "a file"
    settings.SPOOL_ROOT.write_text("")
    large = photo(content=JPEG + b"\0" * 2 * 1024 * KILOBYTE)
    assert_nothing_was_taken(Client().post("/report/", filled_in(attachments=[large])))
    assert Client().post("/report/", filled_in(attachments=[photo()])).status_code == 200


def test_a_report_without_files_needs_no_folder(settings: Settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "a file"
    settings.MEDIA_ROOT.write_text("")
    settings.SPOOL_ROOT = settings.MEDIA_ROOT
    assert Client().post("/report/", filled_in()).status_code == 200


def test_a_supplement_that_does_not_fit_is_given_back(settings: Settings, tmp_path: Path):
    code = code_of(Client().post("/report/", filled_in()))
    settings.MEDIA_ROOT = tmp_path / "a file"
    settings.MEDIA_ROOT.write_text("")
    sent = {**filled_in(attachments=photo()), "code": code}
    response = Client().post("/receipt/supplement/", sent)
    assert response.status_code == 503
    assert narrative_of(response) == NARRATIVE
    assert 'action="/receipt/supplement/"' in text_of(response)


@pytest.mark.django_db(transaction=True)
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a limit that only SQLite has")
def test_a_database_that_is_full():
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages}")
        try:
            long = NARRATIVE + "字" * 9000
            answers = [Client().post("/report/", filled_in(narrative=long)) for _ in range(30)]
        finally:
            cursor.execute("PRAGMA max_page_count = 4294967294")
    refused = [answer for answer in answers if answer.status_code == 503]
    assert refused
    assert narrative_of(refused[0]) == long
    assert Submission.objects.count() == len(answers) - len(refused)
