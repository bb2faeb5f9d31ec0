"""What can be chosen, what is taken and what is said of it come from one table."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.models import Attachment
from intake.report import evidence
from intake.report.evidence import CHOOSING, KINDS, OF_ENDING, kind_of
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.making import INSIDE, make_intake
from tests.sending import code_of, filled_in, photo, text_of

# The contract names them.
NAMED = (
    *("JPEG", "PNG", "HEIC", "WebP", "GIF", "BMP", "TIFF", "AVIF", "PDF", "OFD", "TXT", "CSV"),
    *("DOC", "DOCX", "XLS", "XLSX", "PPT", "PPTX", "WPS", "ET", "DPS"),
    *("MP3", "M4A", "AAC", "AMR", "WAV", "OGG", "MP4", "MOV", "3GP"),
    *("WEBA", "WEBM"),
)
ON_PHONES = ["mov", "3gp", "3gpp", "3ga", "amr", "aac", "wav", "ogg", "gif", "bmp", "tif", "avif"]


@pytest.fixture
def _open(settings: Settings) -> None:
    settings.SIMULATED_NOW = INSIDE
    make_intake()


def chooser(page: HttpResponse) -> dict[str, str]:
    """What the page's input for files says."""
    [element] = re.findall(r'<input type="file" id="attachments"[^>]*>', text_of(page))
    return dict(re.findall(r'([\w-]+)="([^"]*)"', element))


def of_report() -> HttpResponse:
    return Client().get("/report/")


def of_errors() -> HttpResponse:
    return Client().post("/report/", filled_in(narrative="短", attachments=[photo()]))


def of_supplement() -> HttpResponse:
    code = code_of(Client().post("/report/", filled_in()))
    return Client().post("/receipt/", {"code": code})


def of_what_is_sent_again() -> HttpResponse:
    fields = {f"field-{n}": "x" for n in range(900)}
    return Client().post("/report/", filled_in(attachments=[photo()], **fields))


def test_every_kind_of_the_contract_is_in_the_table():
    assert {kind.upper() for kind in NAMED} == {kind.code.upper() for kind in KINDS}
    assert all(kind.called in evidence.ACCEPTED for kind in KINDS)


def test_the_code_of_every_kind_fits_its_column():
    """SQLite would take a longer one."""
    longest = Attachment._meta.get_field("kind").max_length
    assert longest and max(len(kind.code) for kind in KINDS) <= longest


def test_no_ending_belongs_to_two_kinds():
    endings = [ending for kind in KINDS for ending in kind.endings]
    assert len(set(endings)) == len(endings)
    assert set(ON_PHONES) <= set(endings)


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
@pytest.mark.parametrize("page", [of_report, of_errors, of_supplement, of_what_is_sent_again])
def test_every_chooser_offers_what_is_taken_and_names_the_limits(
    page: Callable[[], HttpResponse],
):
    answer = page()
    said = chooser(answer)
    offered = [word for word in said["accept"].split(",") if word.startswith(".")]
    assert offered == [f".{ending}" for kind in KINDS for ending in kind.endings]
    assert not re.search(r"\*|svg|html|zip", said["accept"])
    limits = [said[f"data-most-{what}"] for what in ("files", "bytes", "together")]
    assert limits == ["9", "104857600", "209715200"]
    for words in (evidence.NOT_TAKEN, evidence.LONG_RECORDING):
        assert f"hidden>{words}</p>" in text_of(answer)


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
def test_the_hint_names_every_sort_and_the_limits():
    page = text_of(of_report())
    assert str(CHOOSING["hint"]) in page
    assert all(kind.sort in str(CHOOSING["hint"]) for kind in KINDS)
    assert evidence.LIMITS in page


@pytest.mark.parametrize("ending", OF_ENDING)
def test_what_the_chooser_offers_is_taken(ending: str):
    """Under each ending a good file of its kind."""
    content = corpus.GOOD[OF_ENDING[ending].code][1]()
    assert kind_of(content, f"材料.{ending.upper()}") == OF_ENDING[ending].code


@pytest.mark.parametrize("name", ["图.svg", "网页.html", "程序.exe", "材料.zip", "a.js"])
def test_what_is_not_offered_is_not_taken(name: str):
    assert name.rpartition(".")[2] not in OF_ENDING
    assert all(kind_of(make(), name) is None for _, make in corpus.GOOD.values())


@pytest.mark.usefixtures("_open")
@pytest.mark.django_db
def test_the_page_says_one_sentence_of_all_refused_files_and_marks_the_field():
    refused = [photo(*made) for made in (("图.svg", b"<svg/>"), ("木马.exe", b"MZ"))]
    page = text_of(Client().post("/report/", filled_in(attachments=[*refused, photo("好.jpg")])))
    assert "“图.svg”、“木马.exe”不是可以接收的格式。" + evidence.NOT_TAKEN in page
    assert page.count(evidence.ACCEPTED) == 1
    assert '<a href="#attachments">“图.svg”、“木马.exe”不是可以接收的格式。</a>' in page
