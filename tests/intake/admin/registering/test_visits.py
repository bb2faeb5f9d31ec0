"""Registering a visit: how many came, and who received them."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.models import Submission
from intake.report.draft import Report
from intake.sealing.unsealing import open_sealed
from tests.intake.admin.registering.filling_in import ADD, letter
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake

pytestmark = pytest.mark.django_db

CASES: dict[str, tuple[dict[str, str], int]] = {
    "nothing said": ({}, 1),
    "two named": ({"people": "", "representatives": "甲、乙"}, 2),
}


@pytest.mark.parametrize(("typed", "people"), CASES.values(), ids=CASES)
def test_one_at_least_came_and_whoever_registers_received_them(
    settings: Settings, typed: dict[str, str], people: int
):
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    sent = letter(way="visit", **typed, _save="")
    assert log_in(Client(), clerk).post(ADD, sent).status_code == 302
    item = Submission.objects.get()
    report = Report.from_bytes(open_sealed(bytes(item.sealed), intake.secrets[item.desk_id]))
    assert (item.people, report.paper.receivers) == (people, clerk.told_apart)
