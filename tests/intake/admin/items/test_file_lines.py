"""The list of an opened item's files: numbered, told apart, and marked where care is needed."""

import re
from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.models import Attachment, Submission
from intake.report.draft import Attachment as File
from intake.report.evidence import MARK_WORDS, Mark
from tests.intake.admin.items.test_evidence_pages import (
    FOR_FILING,
    Sent,
    address,
    clerk_of,
    sent,  # noqa: F401
    standing,  # noqa: F401
)
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.intake.report.evidence.containers import compound, word
from tests.making import INSIDE, make_intake
from tests.sending import filled_in, photo, text_of
from tests.staff_work import PHOTO, send_with_all

pytestmark = pytest.mark.django_db

# A password and macros.
LOCKED_WORDS = b"\xec\xa5" + b"\0" * 8 + b"\0\1" + bytes(4096)
BOTH = compound({"WordDocument": LOCKED_WORDS, "Macros/VBA": b"x"})


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings) -> None:
    settings.SIMULATED_NOW = INSIDE


def test_files_of_one_name_are_told_apart_in_list_copy_and_download(sent: Sent):  # noqa: F811
    first, second = (
        File.of_bytes("image.jpg", "jpeg", corpus.picture(size=(n, n))) for n in (8, 9)
    )
    rows, clerk = sent(first, second)
    page = text_of(clerk.get(rows[0].submission.get_absolute_url()))
    assert page.index("1.</span> image.jpg") < page.index("2.</span> image.jpg")
    assert page.index("材料 1：image.jpg") < page.index("材料 2：image.jpg")
    for number, row in enumerate(rows, start=1):
        for answer, how in (
            (clerk.get(address(row, "view")), "inline"),
            (clerk.post(address(row, "original"), FOR_FILING), "attachment"),
        ):
            assert answer["Content-Disposition"] == f'{how}; filename="{number}-image.jpg"'


def test_a_file_of_a_supplement_is_told_apart_from_one_of_the_report():
    intake = make_intake()
    item, clerk = send_with_all(intake, intake.targets[0]), clerk_of(intake)
    before, later = item.attachments.order_by("supplement__received_at")
    if before.supplement_id:
        before, later = later, before
    page = text_of(clerk.get(item.get_absolute_url()))
    assert f"材料 1：{PHOTO.name}" in page
    assert '<ol class="files" start="2">' in page
    for number, row in ((1, before), (2, later)):
        saved = clerk.post(address(row, "original"), FOR_FILING)["Content-Disposition"]
        assert saved == f"attachment; filename*=utf-8''{quote(f'{number}-{PHOTO.name}')}"


def test_a_file_with_a_password_or_macros_is_marked_for_the_clerk():
    intake = make_intake(teams=1)
    files = [
        photo("合同.doc", BOTH),
        photo("表.docm", word(word__vbaProject=b"x")),
        photo("好.jpg"),
    ]
    typed = filled_in(target=intake.targets[0].code, attachments=files)
    assert Client().post("/report/", typed).status_code == 200
    item = Submission.objects.get()
    page = text_of(clerk_of(intake).get(item.get_absolute_url()))
    lines = re.search(r'<ol class="files".*?</ol>', page, re.DOTALL)
    assert lines
    told = [re.findall(r'"caution">(.*?)<', line) for line in lines[0].split("<li>")[1:]]
    locked, with_macros = (str(MARK_WORDS[mark]) for mark in Mark)
    assert told == [[locked, with_macros], [with_macros], []]


def test_what_is_marked_stands_nowhere_in_clear():
    make_intake(teams=1)
    assert (
        Client().post("/report/", filled_in(attachments=[photo("x.doc", BOTH)])).status_code == 200
    )
    row = Attachment.objects.get()
    told = [str(getattr(row, field.attname)) for field in Attachment._meta.concrete_fields]
    assert not any(mark in value for mark in Mark for value in told)
    assert b"locked" not in bytes(row.submission.sealed)
