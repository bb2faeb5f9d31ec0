"""Every limit is the same wherever it is met: in the form, in its page, and on the way in."""

from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from pytest_django.fixtures import Settings

from inspection.body_search import MAX_CHARACTERS
from intake.arriving.decoding.form_parts import FEW_WORDS
from intake.citizen.forms import ReportForm, SupplementForm
from intake.citizen.forms.typed_text import Words
from intake.report import report_limits
from intake.report.report_limits import LONGEST, LONGEST_ESCAPED, LONGEST_IN_PARTS, MAX_FILES
from tests.making import INSIDE, make_intake
from tests.sending import named, narrative_of, text_of

# Of four bytes, and so the longest that a character can be.
CHARACTER = "𠮷"
EMPTY_PLACE = (
    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="attachments"; filename=""\r\n'
    "Content-Type: application/octet-stream\r\n\r\n\r\n"
)


@pytest.fixture
def _open(settings: Settings) -> None:
    settings.SIMULATED_NOW = INSIDE
    make_intake()


def longest_report() -> dict[str, str]:
    """As much as a person can write; the telephone's number and its owner's remark."""
    written = {
        name: CHARACTER * LONGEST[name]
        for name in ("place", "subject", "happened", "narrative", "reporter_name")
    }
    phone = "13800000000".ljust(LONGEST["reporter_phone"], CHARACTER)
    ticks = dict.fromkeys(("about_inspectors", "withhold_identity"), "on")
    return named(**written, reporter_phone=phone, round="", category="land", **ticks)


def in_parts(sent: dict[str, str]) -> bytes:
    """As a browser sends it in which nobody chose a file."""
    words = encode_multipart(BOUNDARY, sent)
    end = f"--{BOUNDARY}--\r\n".encode()
    return words.removesuffix(end) + EMPTY_PLACE.encode() * MAX_FILES + end


def send(body: bytes, kind: str) -> HttpResponse:
    return Client().generic("POST", "/report/", body, kind)


def test_each_field_of_words_has_its_limit_in_the_table():
    fields = {
        name: field.longest
        for name, field in ReportForm.base_fields.items()
        if isinstance(field, Words)
    }
    assert fields == LONGEST
    supplement = SupplementForm.base_fields["narrative"]
    assert isinstance(supplement, Words)
    assert supplement.longest == LONGEST["narrative"]


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
def test_the_longest_report_in_parts_is_as_short_as_its_bound_says_and_is_taken():
    body = in_parts(longest_report())
    assert 0.8 * LONGEST_IN_PARTS < len(body) <= LONGEST_IN_PARTS
    assert 'id="receipt-code"' in text_of(send(body, MULTIPART_CONTENT))


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
def test_the_longest_escaped_report_is_as_short_as_its_bound_says_and_is_taken():
    body = urlencode(longest_report()).encode()
    assert 0.8 * LONGEST_ESCAPED < len(body) <= LONGEST_ESCAPED
    kind = "application/x-www-form-urlencoded"
    assert 'id="receipt-code"' in text_of(send(body, kind))


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
def test_one_character_more_is_told_with_both_numbers_and_given_back():
    narrative = CHARACTER * (LONGEST["narrative"] + 1)
    answer = send(in_parts({**longest_report(), "narrative": narrative}), MULTIPART_CONTENT)
    assert answer.status_code == 422
    assert f"最多写 {LONGEST['narrative']} 个字，现在是 {len(narrative)} 个字" in text_of(answer)
    assert narrative_of(answer) == narrative


def test_every_bound_of_the_server_has_room_for_the_longest_report():
    assert settings.DATA_UPLOAD_MAX_MEMORY_SIZE > LONGEST_ESCAPED
    assert LONGEST_IN_PARTS < FEW_WORDS
    assert LONGEST_IN_PARTS < report_limits.LONGEST_WORDS < report_limits.MOST_WORDS
    whole = report_limits.MAX_TOTAL_BYTES + LONGEST_IN_PARTS
    kept = report_limits.SMALL_FILES + report_limits.MOST_WORDS
    assert kept < report_limits.MOST_BYTES_OF_ONE < report_limits.MOST_BYTES
    assert whole < report_limits.MOST_SPOOLED_OF_ONE
    assert whole < report_limits.LONGEST_REQUEST
    assert report_limits.MOST_BODIES_OF_ONE < report_limits.MOST_BODIES


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
def test_where_one_file_is_chosen_at_a_time_there_are_places_for_all():
    page = text_of(Client().get("/report/"))
    assert page.count('type="file" name="attachments"') == MAX_FILES - 1
    assert page.count('type="file" id="attachments"') == 1


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/", "/report/"])
def test_no_more_can_be_typed_to_find_a_body_than_is_looked_at(path: str):
    assert f'maxlength="{MAX_CHARACTERS}"' in text_of(Client().get(path))
