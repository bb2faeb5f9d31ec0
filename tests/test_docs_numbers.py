"""The limits that the documents tell are those that hold."""

import re

import pytest
from django.conf import settings

from intake.arriving import reception
from intake.report import report_limits
from intake.report.report_limits import KILOBYTE, LONGEST, MEGABYTE
from tests.intake.arriving import test_worker_memory
from tests.intake.arriving.decoding import test_upload_memory
from tests.reading import ROOT

README, DEPLOYMENT = "README.md", "docs/deployment.md"
# What a document says, each number as `#`, and what those numbers are.
TOLD = (
    (
        README,
        "# to # characters, # files of # MB each, # MB together",
        (
            report_limits.SHORTEST_NARRATIVE,
            LONGEST["narrative"],
            report_limits.MAX_FILES,
            report_limits.MAX_FILE_BYTES // MEGABYTE,
            report_limits.MAX_TOTAL_BYTES // MEGABYTE,
        ),
    ),
    (
        README,
        "At most # bodies a process are awaited, # of one address, which hold # MB of memory",
        (
            report_limits.MOST_BODIES,
            report_limits.MOST_BODIES_OF_ONE,
            report_limits.MOST_BYTES_OF_ONE // MEGABYTE,
        ),
    ),
    (
        README,
        "Files above # MB together are encrypted as they come",
        (report_limits.SMALL_FILES // MEGABYTE,),
    ),
    (
        README,
        "below a #th of what is free on that disk, and of one address below # MB",
        (report_limits.SPOOLED_PART, report_limits.MOST_SPOOLED_OF_ONE // MEGABYTE),
    ),
    (README, "words above # MB together are not read", (report_limits.MOST_WORDS // MEGABYTE,)),
    (README, "a process stays below # MB", (test_worker_memory.MOST_MIB,)),
    (README, "A sender below # bytes a second", (reception.SLOWEST_RATE,)),
    (README, "| reports from one address (IPv6: one /64) | # |", (settings.FLOOD_REPORTS_OF_ONE,)),
    (README, "| reports with the very same words | # |", (settings.FLOOD_SAME_TEXT,)),
    (
        README,
        "| files from one address, from all | # MB, # GB |",
        (settings.FLOOD_MB_OF_ONE, settings.FLOOD_MB // 1000),
    ),
    (
        README,
        "| reports from all addresses | # | past it an address has #",
        (settings.FLOOD_REPORTS, settings.FLOOD_REPORTS_OF_ONE_CROWDED),
    ),
    (
        README,
        "# idle minutes end a session, # hours any",
        (settings.SESSION_COOKIE_AGE // 60, settings.SESSION_LONGEST_SECONDS // 3600),
    ),
    (
        DEPLOYMENT,
        "up to # MB more for each large upload that it seals, and never more than # MB for what"
        " is still coming in, # MB of it from one address",
        (
            test_upload_memory.MOST_MIB,
            report_limits.MOST_BYTES // MEGABYTE,
            report_limits.MOST_BYTES_OF_ONE // MEGABYTE,
        ),
    ),
    (
        DEPLOYMENT,
        "每个文件不超过 # MB，合计不超过 # MB",
        (
            report_limits.MAX_FILE_BYTES // MEGABYTE,
            report_limits.MAX_TOTAL_BYTES // MEGABYTE,
        ),
    ),
)


def numbers(document: str, sentence: str) -> list[float]:
    """The numbers in a sentence of a document, which stands there once."""
    text = " ".join((ROOT / document).read_text(encoding="utf-8").split())
    pattern = re.escape(" ".join(sentence.split())).replace(r"\#", r"([\d,]+)")
    [found] = re.finditer(pattern, text)
    return [float(number.replace(",", "")) for number in found.groups()]


@pytest.mark.parametrize(("document", "sentence", "true"), TOLD)
def test_the_documents_tell_the_limits_that_hold(
    document: str, sentence: str, true: tuple[float, ...]
):
    assert numbers(document, sentence) == list(true)


def test_a_report_without_files_fits_into_the_memory_of_the_proxy():
    [buffer] = numbers(DEPLOYMENT, "client_body_buffer_size #k")
    assert buffer * KILOBYTE >= report_limits.LONGEST_IN_PARTS
    assert numbers(DEPLOYMENT, "and a whole report without files, in # KB") == [buffer]


def test_the_proxy_keeps_no_body_where_it_would_lie_in_clear():
    text = (ROOT / DEPLOYMENT).read_text(encoding="utf-8")
    assert text.count("proxy_request_buffering off;") == 1
    assert "proxy_request_buffering on;" not in text


def test_the_proxy_leaves_what_is_too_much_to_the_site_which_gives_it_back():
    [most] = numbers(DEPLOYMENT, "client_max_body_size #m")
    whole = report_limits.MAX_TOTAL_BYTES + report_limits.MOST_WORDS
    assert 1.5 * whole <= most * MEGABYTE <= report_limits.LONGEST_REQUEST
    assert numbers(DEPLOYMENT, "Bodies, # MB each at most") == [most]
