"""The disk is full: nothing is acknowledged, nothing half stored."""

import resource
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError, connection
from django.db.backends.signals import connection_created
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.citizen.incoming.what_was_sent import NO_ROOM
from intake.keeping import sealed_files
from intake.keeping.part_rows import PART_SIZES
from intake.models import Attachment, Submission, Supplement
from tests.intake.keeping.kept import kept_names
from tests.making import INSIDE, Intake, make_intake
from tests.sending import JPEG, NARRATIVE, code_of, filled_in, narrative_of, photo, text_of

# A full disk ends SQLite's whole transaction, which must not be the test's.
pytestmark = pytest.mark.django_db(transaction=True)

KILOBYTE = 1024


@pytest.fixture(autouse=True)
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def tell(statement: str) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone() if cursor.description else None


@contextmanager
def disk_full_at(size: int) -> Iterator[None]:
    """No file of this process can grow beyond `size`: writing on fails as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


@contextmanager
def only_the_first_part_fits() -> Iterator[None]:
    """The disk is full in the middle of a file: SQLite finds no page, PostgreSQL is told so."""
    if connection.vendor == "sqlite":
        # Pages that earlier tests left free would be room.
        tell("VACUUM")
        pages = tell("PRAGMA page_count")[0] + PART_SIZES["sqlite"] // 4096 * 3 // 2
        full, room = f"PRAGMA max_page_count = {pages}", "PRAGMA max_page_count = 4294967294"
    else:
        full, room = FULL_AT_THE_SECOND, "DROP FUNCTION no_room() CASCADE"
    tell(full)

    def limited(**_told: object) -> None:
        # SQLite knows its limit by the connection, and who seals large files takes a new one.
        if connection.vendor == "sqlite":
            tell(full)

    connection_created.connect(limited)
    try:
        yield
    finally:
        connection_created.disconnect(limited)
        tell(room)


# As the server itself says it, since a test cannot fill its disk.
FULL_AT_THE_SECOND = """
CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
RAISE EXCEPTION 'disk is full: no space left on device' USING ERRCODE = 'disk_full'; END $$;
CREATE TRIGGER no_room BEFORE INSERT ON intake_sealedpart FOR EACH ROW WHEN (NEW.number > 0)
EXECUTE FUNCTION no_room()"""


def assert_nothing_was_taken(response: HttpResponse) -> None:
    assert response.status_code == 503
    assert narrative_of(response) == NARRATIVE
    assert "没有提交成功" in text_of(response)
    assert "receipt-code" not in text_of(response)
    assert not Submission.objects.exists()
    assert not Attachment.objects.exists()


def large() -> SimpleUploadedFile:
    return photo(content=JPEG + b"\0" * 4096 * KILOBYTE)


def test_a_sealed_file_that_does_not_fit_leaves_nothing():
    with only_the_first_part_fits(), pytest.raises(OperationalError, match="disk is full"):
        sealed_files.write(b"x" * 4096 * KILOBYTE)
    assert kept_names() == set()


def test_the_text_is_given_back_and_can_be_sent_again_when_there_is_room():
    sent = filled_in(place="三里铺村", attachments=[photo(), large()])
    with only_the_first_part_fits():
        response = Client().post("/report/", sent)
    assert_nothing_was_taken(response)
    assert "三里铺村" in text_of(response)
    assert "重新选一次" in text_of(response)
    assert NO_ROOM in text_of(response)
    assert kept_names() == set()
    again = Client().post("/report/", {**sent, "attachments": [photo()]})
    assert code_of(again)
    assert "只登记了一件" not in text_of(again)


def test_a_file_that_does_not_fit_while_it_comes():
    sent = filled_in(place="三里铺村", attachments=[photo(), large()])
    with disk_full_at(500 * KILOBYTE):
        response = Client().post("/report/", sent)
    assert_nothing_was_taken(response)
    assert NO_ROOM in text_of(response)
    assert kept_names() == set()


def test_a_spool_without_a_folder(settings: Settings, tmp_path: Path):
    settings.SPOOL_ROOT = tmp_path / "a file"
    settings.SPOOL_ROOT.write_text("")
    large = photo(content=JPEG + b"\0" * 2 * 1024 * KILOBYTE)
    assert_nothing_was_taken(Client().post("/report/", filled_in(attachments=[large])))
    assert Client().post("/report/", filled_in(attachments=[photo()])).status_code == 200


def test_no_folder_is_needed(settings: Settings, tmp_path: Path):
    settings.MEDIA_ROOT = tmp_path / "a file"
    settings.MEDIA_ROOT.write_text("")
    settings.SPOOL_ROOT = settings.MEDIA_ROOT
    assert Client().post("/report/", filled_in()).status_code == 200
    assert Client().post("/report/", filled_in(attachments=photo())).status_code == 200
    assert kept_names() == {Attachment.objects.get().sealed_file}
    assert list(tmp_path.iterdir()) == [settings.MEDIA_ROOT]


def test_a_report_without_files_needs_no_room_for_them():
    with only_the_first_part_fits():
        assert Client().post("/report/", filled_in()).status_code == 200


def test_a_supplement_that_does_not_fit_is_given_back():
    code = code_of(Client().post("/report/", filled_in()))
    sent = {**filled_in(attachments=large()), "code": code}
    with only_the_first_part_fits():
        response = Client().post("/receipt/supplement/", sent)
    assert response.status_code == 503
    assert narrative_of(response) == NARRATIVE
    assert 'action="/receipt/supplement/"' in text_of(response)
    assert (kept_names(), Supplement.objects.count()) == (set(), 0)


@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="a limit that only SQLite has")
def test_a_database_that_is_full():
    tell("VACUUM")
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
