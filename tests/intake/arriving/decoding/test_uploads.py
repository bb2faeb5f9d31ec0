"""Files under way: kept within bounds, under the names that they were sent with."""

import hashlib

import pytest
from django.http import HttpRequest
from pytest_django.fixtures import Settings

from intake.arriving.arrivals import ARRIVAL, Arrival
from intake.arriving.decoding.kept_files import OversizedFile, Uploads, content_of
from intake.arriving.decoding.uploads import BoundedUploadHandler
from intake.report.contents import whole_of
from intake.report.evidence import clean_name
from intake.report.report_limits import MAX_FILE_BYTES, MAX_FILES, MAX_TOTAL_BYTES, MEGABYTE
from tests.intake.arriving.decoding.streamed_forms import Sent, request_of


def read(*sizes: int, name: str = "一.jpg", arrival: Arrival | None = None) -> Uploads:
    """What is kept of files of these sizes, sent in this order."""
    came = request_of({}, [Sent(name, size) for size in sizes])
    meta = {**came, ARRIVAL: arrival or Arrival()}
    handler = BoundedUploadHandler(HttpRequest())
    length = int(came["CONTENT_LENGTH"])
    return handler.handle_raw_input(came["wsgi.input"], meta, length, None, "utf-8")[1]


def kept(uploads: Uploads) -> list[int]:
    """How many bytes of each file can be read."""
    return [content_of(file).size for file in uploads.getlist("attachments")]


def test_files_are_kept_up_to_the_bound_on_all_of_them():
    whole = MAX_TOTAL_BYTES // MAX_FILE_BYTES
    assert kept(read(*[MAX_FILE_BYTES] * whole)) == [MAX_FILE_BYTES] * whole


def test_what_is_past_the_bound_on_all_files_is_dropped_and_what_fits_is_kept():
    uploads = read(*[60 * MEGABYTE] * 4, 20 * MEGABYTE, 4)
    assert kept(uploads) == [60 * MEGABYTE] * 3 + [0, 20 * MEGABYTE, 0]
    files = uploads.getlist("attachments")
    assert [isinstance(file, OversizedFile) for file in files] == [False] * 3 + [True, False, True]
    assert [file.size for file in files][3:] == [60 * MEGABYTE, 20 * MEGABYTE, 4]


def test_one_file_past_its_bound_is_dropped_whole_and_its_room_is_free():
    arrival = Arrival()
    assert kept(read(MAX_FILE_BYTES + 1, MEGABYTE, arrival=arrival)) == [0, MEGABYTE]
    assert arrival.spooled < 2 * MEGABYTE


def test_no_more_files_are_kept_than_a_form_may_have():
    assert kept(read(*[5] * (MAX_FILES + 2))) == [5] * MAX_FILES + [0, 0]


def test_files_can_be_read_as_they_came_small_and_large():
    uploads = read(5, 3 * MEGABYTE + 7, 0)
    for file, size in zip(uploads.getlist("attachments"), (5, 3 * MEGABYTE + 7, 4), strict=True):
        whole = b"".join(Sent("", size).pieces())
        content = content_of(file)
        assert (file.read(), whole_of(content)) == (whole, whole)
        assert content.sha256 == hashlib.sha256(whole).hexdigest()
        assert file.size == content.size == len(whole)


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
    [file] = read(4, name=name).getlist("attachments")
    assert clean_name(file.name or "") == name.replace("\u3000", " ")


@pytest.mark.parametrize("name", [".", "..", "\u200b", "/", "目录/"])
def test_a_file_without_a_name_is_not_lost(name: str):
    [file] = read(4, name=name).getlist("attachments")
    assert (file.name, file.size) == ("未命名", 4)
