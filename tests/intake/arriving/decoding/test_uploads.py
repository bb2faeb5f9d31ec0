"""Files under way: kept within bounds, under the names that they were sent with."""

from io import BytesIO

import pytest
from django.http import HttpRequest
from pytest_django.fixtures import Settings

from intake.arriving.decoding.kept_files import OversizedFile, Uploads
from intake.arriving.decoding.uploads import BoundedMemoryUploadHandler
from intake.report.evidence import clean_name
from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, MEGABYTE
from tests.intake.citizen.incoming.bad_bodies import MULTIPART, multipart, part


def read(*sizes: int, name: str = "一.jpg") -> Uploads:
    """What is kept of files of these sizes, sent in this order."""
    head = f'; filename="{name}"'.encode()
    body = multipart(*[part("attachments", bytes(size), head) for size in sizes])
    meta = {"CONTENT_TYPE": MULTIPART, "CONTENT_LENGTH": str(len(body))}
    handler = BoundedMemoryUploadHandler(HttpRequest())
    return handler.handle_raw_input(BytesIO(body), meta, len(body), None, "utf-8")[1]


def kept(uploads: Uploads) -> list[int]:
    """How many bytes of each file are in memory."""
    return [len(file.read()) for file in uploads.getlist("attachments")]


def test_files_are_kept_up_to_the_bound_on_all_of_them():
    whole = MAX_TOTAL_BYTES // MAX_FILE_BYTES
    assert kept(read(*[MAX_FILE_BYTES] * whole)) == [MAX_FILE_BYTES] * whole


def test_what_is_past_the_bound_on_all_files_is_dropped_and_what_fits_is_kept():
    uploads = read(*[8 * MEGABYTE] * 4, 6 * MEGABYTE, 1)
    assert kept(uploads) == [8 * MEGABYTE] * 3 + [0, 6 * MEGABYTE, 0]
    files = uploads.getlist("attachments")
    assert [isinstance(file, OversizedFile) for file in files] == [False] * 3 + [True, False, True]
    assert [file.size for file in files][3:] == [8 * MEGABYTE, 6 * MEGABYTE, 1]


def test_one_file_past_its_bound_is_dropped_whole():
    assert kept(read(MAX_FILE_BYTES + 1, MAX_FILE_BYTES)) == [0, MAX_FILE_BYTES]


def test_no_more_files_are_kept_than_a_form_may_have():
    assert kept(read(*[5] * (MAX_FILES + 2))) == [5] * MAX_FILES + [0, 0]


@pytest.mark.parametrize(
    "name",
    [
        "\u0378新字\U0003347f.jpg",
        "\ue4c6造字.jpg",
        "家👨\u200d👩\u200d👧.jpg",
        "全角\u3000空格.jpg",
        "A&amp;B&copy.jpg",
    ],
)
def test_characters_that_are_newer_than_our_tables_come_in(name: str, settings: Settings):
    [file] = read(3, name=name).getlist("attachments")
    assert clean_name(file.name or "") == name.replace("\u3000", " ")


@pytest.mark.parametrize("name", [".", "..", "\u200b", "/", "目录/"])
def test_a_file_without_a_name_is_not_lost(name: str):
    [file] = read(3, name=name).getlist("attachments")
    assert (file.name, file.size) == ("未命名", 3)
