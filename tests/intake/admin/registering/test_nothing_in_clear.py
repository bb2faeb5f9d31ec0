"""What a clerk types while registering is found nowhere in clear, saved or not."""

import logging

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile as Sent
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.registering.clerk_fields import ClerkWords
from intake.admin.registering.register_form import RegisterForm
from intake.casework.registering.way_table import ASKED, BY_NAME, WAYS
from intake.choices import Way
from intake.models import DraftScan, Submission, WrittenDraft
from tests.intake.admin.registering.filling_in import ADD, a_box, an_opening, letter
from tests.intake.keeping.kept import files_in_the_folder, kept_contents
from tests.intake.report.evidence.evidence_corpus import picture
from tests.intake.test_canary import assert_holds_none, dump, readable, sessions
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake

CANARY = "金丝雀"
COUNTS = {"people": "9", "signers": "9"}
PASSED_ON = "superior"
SHEETS = {way: f"{way:->16}" for way in WAYS}


def words_of(way: Way) -> dict[str, str]:
    """The canary in every field of words that the way has, but for the body, which is chosen."""
    fields = RegisterForm.base_fields
    words = [a.name for a in ASKED if way in a.ways and isinstance(fields[a.name], ClerkWords)]
    counts = {name: count for name, count in COUNTS.items() if way in BY_NAME[name].ways}
    return {**dict.fromkeys(words, CANARY), **counts, "target": "", "origin": PASSED_ON}


@pytest.mark.django_db
def test_no_word_of_a_clerk_stands_in_clear(settings: Settings, caplog: pytest.LogCaptureFixture):
    caplog.set_level(logging.DEBUG)
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    client = log_in(Client(), make_clerk(intake, intake.office))
    opening, desk = an_opening(intake, a_box(intake)).pk, intake.desks[0].pk
    for way in WAYS:
        typed = letter(way=way, _sheet=SHEETS[way], desk=desk, **words_of(way))
        typed |= {"opening": opening} if way == Way.BOX else {}
        scan = {"_sheet": SHEETS[way], "attachments": Sent(f"{CANARY}.jpg", picture())}
        assert client.post(f"{ADD}scans/", scan).status_code == 200
        assert client.post(f"{ADD}routing/", typed).status_code == 200
        refused = client.post(ADD, {**typed, "received_on": CANARY, "_save": ""})
        assert refused.status_code == 422
        assert client.post(ADD, {**typed, "_save": ""}).status_code == 302
        assert client.post("/admin/written/register/", typed).status_code == 200
    assert Submission.objects.count() == DraftScan.objects.count() == len(WAYS)
    assert WrittenDraft.objects.exists()
    for table, text in dump():
        assert_holds_none((CANARY,), text, table)
    for text in sessions():
        assert_holds_none((CANARY,), text, "a session")
    for sealed in kept_contents():
        assert_holds_none((CANARY,), readable(sealed), "a sealed file")
    assert not files_in_the_folder()
    for record in caplog.records:
        if record.name != "django.db.backends":
            assert_holds_none((CANARY,), record.getMessage(), "the log")
