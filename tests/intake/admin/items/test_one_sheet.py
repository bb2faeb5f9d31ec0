"""Two reports of one sheet: the clerk of a desk sees it, and of another desk's nothing."""

from dataclasses import replace

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.current import read
from intake.admin.items.item_lines import ONE_SHEET
from intake.citizen.submitting import submit
from intake.models import Submission
from intake.report.form_tokens import new_nonce
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_draft, make_intake
from tests.sending import text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def send(intake: Intake, target: int, words: str, nonce: str) -> None:
    draft = make_draft(target_code=intake.targets[target].code, nonce=nonce)
    submit(replace(draft, narrative=words), published=read(intake.round), at=INSIDE)


def marks_seen_at(intake: Intake, desk: int) -> tuple[int, list[bool]]:
    """How many rows of the list are marked, and whether each item that is opened is."""
    client = log_in(Client(), make_clerk(intake, intake.desks[desk]))
    items = Submission.objects.filter(desk=intake.desks[desk])
    pages = [text_of(client.get(f"{LIST}{item.pk}/change/")) for item in items]
    return text_of(client.get(LIST)).count(ONE_SHEET), [ONE_SHEET in page for page in pages]


def test_two_reports_of_one_sheet_are_marked_in_the_list_and_when_opened(intake: Intake):
    sheet = new_nonce()
    send(intake, 0, "（演示）第一回写的话，有十个字。", sheet)
    send(intake, 0, "（演示）第二回写的话，有十个字。", sheet)
    assert marks_seen_at(intake, 0) == (2, [True, True])


def test_reports_of_two_sheets_are_not_marked(intake: Intake):
    for _ in range(2):
        send(intake, 0, "（演示）写的话，至少有十个字。", new_nonce())
    assert marks_seen_at(intake, 0) == (0, [False, False])


def test_nothing_is_told_of_a_report_that_went_to_another_desk(intake: Intake):
    sheet = new_nonce()
    send(intake, 0, "（演示）第一回写的话，有十个字。", sheet)
    send(intake, 1, "（演示）第二回写的话，有十个字。", sheet)
    assert marks_seen_at(intake, 0) == (0, [False])
    assert marks_seen_at(intake, 1) == (0, [False])
