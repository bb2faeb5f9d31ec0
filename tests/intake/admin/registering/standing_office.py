"""A round with its office's and first team's clerk at work, for the tests of a module to share."""

from dataclasses import dataclass

from django.test import Client

from intake.models import StaffUser
from tests.logging_in import log_in
from tests.making import Intake, make_clerk, make_intake, record_what_was_made


@dataclass
class Office:
    """Who works there; `office` and `team` are logged in."""

    intake: Intake
    clerk: StaffUser
    teams_clerk: StaffUser
    office: Client
    team: Client


def make_office() -> Office:
    """For `standing_world`."""
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    teams_clerk = make_clerk(intake, intake.desks[0])
    record_what_was_made()
    office, team = log_in(Client(), clerk), log_in(Client(), teams_clerk)
    return Office(intake, clerk, teams_clerk, office, team)
