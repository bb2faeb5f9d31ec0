"""A round with its office's and first team's clerk at work, made once for a whole module."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.test import Client, override_settings
from pytest_django import DjangoDbBlocker

from intake.models import StaffUser
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake, record_what_was_made
from tests.running.standing_rows import standing_rows


@dataclass
class Office:
    """Who works there; `office` and `team` are logged in."""

    intake: Intake
    clerk: StaffUser
    teams_clerk: StaffUser
    office: Client
    team: Client


def _make() -> Office:
    intake = make_intake()
    clerk = make_clerk(intake, intake.office)
    teams_clerk = make_clerk(intake, intake.desks[0])
    record_what_was_made()
    office, team = log_in(Client(), clerk), log_in(Client(), teams_clerk)
    return Office(intake, clerk, teams_clerk, office, team)


@contextmanager
def standing_office(blocker: DjangoDbBlocker, folder: Path) -> Iterator[Office]:
    """It stands until the end; each test's own rows go with the test."""
    found: list[Office] = []
    sealed = folder / "sealed"
    sealed.mkdir()
    with (
        override_settings(SIMULATED_NOW=INSIDE),
        standing_rows(blocker, sealed, lambda: found.append(_make())),
    ):
        yield found[0]
