"""A report that was spoken and not written goes the whole way: received, found, judged, printed."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.casework.printing.giving_papers import paper_of_item
from intake.casework.printing.paper_table import Of, paper_kind
from intake.casework.together.finding_repeats import compare
from intake.choices import Status
from intake.models import StaffUser, Submission
from intake.report.draft import AttachmentNote, SupplementReport
from tests.intake.papers.invented_papers import words_in
from tests.intake.report.evidence import evidence_corpus as corpus
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.running.standing_world import standing_world
from tests.sending import code_of, filled_in, look_up_token, photo, text_of
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

IN_ITS_PLACE = "（见录音）"


@dataclass
class Office:
    intake: Intake
    user: StaffUser
    clerk: Client


def make_office() -> Office:
    intake = make_intake()
    user = make_clerk(intake, intake.office)
    return Office(intake, user, log_in(Client(), user))


standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def speak(client: Client) -> Submission:
    """A report and a supplement without a word."""
    name, make = corpus.GOOD["weba"]
    sent = client.post("/report/", filled_in(narrative="", attachments=[photo(name, make())]))
    assert sent.status_code == 200, text_of(sent)
    code = code_of(sent)
    added = client.post(
        "/receipt/supplement/",
        {"code": code, "form_token": look_up_token(code), "attachments": [photo(name, make())]},
    )
    assert added.status_code == 200, text_of(added)
    return Submission.objects.latest("received_at", "pk")


def test_it_is_received_routed_to_be_checked_and_read_as_spoken(office: Office):
    item = speak(Client())
    assert item.desk == office.intake.office
    assert "没有写明是哪个单位" in item.route_reason
    page = text_of(office.clerk.get(item.get_absolute_url()))
    assert page.count(IN_ITS_PLACE) == 2
    registering = f"/admin/intake/submission/{item.pk}/registering/"
    assert IN_ITS_PLACE in text_of(office.clerk.get(registering))
    assert office.clerk.post(registering)["Location"] == item.get_absolute_url()
    item.refresh_from_db()
    assert (item.number, item.status) == (1, Status.TO_ASSESS)


def test_nobody_s_silence_repeats_another_s_and_papers_say_where_it_is_told(office: Office):
    items = [speak(Client()), speak(Client())]
    for item in items:
        office.clerk.post(f"/admin/intake/submission/{item.pk}/registering/")
        item.refresh_from_db()
    keyring = keyring_for(office.user)
    found = compare(items[1], keyring, by=office.user, at=INSIDE)
    assert (found.opened, found.candidates) == (1, ())
    kind = paper_kind("set", Of.ITEM)
    assert kind
    paper = paper_of_item(kind, items[0], keyring, purpose=None, by=office.user, at=INSIDE)
    assert words_in(paper.content).count(IN_ITS_PLACE) == 2


@pytest.mark.parametrize(
    ("narrative", "kinds", "told"),
    [
        ("写了字", ("weba",), "写了字"),
        ("", ("weba", "jpeg"), IN_ITS_PLACE),
        ("", ("jpeg",), "（见材料）"),
        ("", (), ""),
    ],
)
def test_what_is_read_where_nothing_was_written(narrative: str, kinds: tuple[str, ...], told: str):
    notes = tuple(AttachmentNote("文件", kind, 1) for kind in kinds)
    assert SupplementReport(narrative, notes).told == told
