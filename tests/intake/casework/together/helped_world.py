"""An item of one team that a second helps with: made once, and found so by every test."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from pytest_django import DjangoDbBlocker

from intake.casework import registering
from intake.casework.together import helping
from intake.choices import Role
from intake.models import HelpingDesk, StaffUser, Submission
from tests.making import (
    INSIDE,
    Intake,
    make_clerk,
    make_head,
    make_intake,
    make_staff,
    record_what_was_made,
)
from tests.running.standing_rows import standing_rows
from tests.staff_work import keyring_for, send, send_with_all

TOLD = "（演示）协办看了台账，数字对不上"


@dataclass
class Helped:
    """`item` lies at the lead's desk, whose clerk `lead` is; `helper` is of the desk that helps.

    `other` is of a third team; `own` lies at the helper's desk, and has no helpers.
    """

    intake: Intake
    item: Submission
    own: Submission
    lead: StaffUser
    helper: StaffUser
    other: StaffUser
    office: StaffUser
    head: StaffUser
    auditor: StaffUser

    @property
    def row(self) -> HelpingDesk:
        """The help that began first."""
        return HelpingDesk.objects.earliest("pk")

    def again(self) -> Submission:
        """The item as it is now."""
        return Submission.objects.select_related("desk", "round").get(pk=self.item.pk)


def make_helped() -> Helped:
    """A report with a photo and a supplement with another, registered and given to a helper."""
    intake = make_intake(teams=3)
    lead, helper, other = (make_clerk(intake, desk) for desk in intake.desks)
    office, head = make_clerk(intake, intake.office), make_head(intake)
    auditor = make_staff(Role.AUDITOR)
    record_what_was_made()
    item, own = send_with_all(intake, intake.targets[0]), send(intake, intake.targets[1])
    registering.register([item, own], by=office, at=INSIDE)
    item.refresh_from_db()
    helping.add(item, intake.desks[1], keyring=keyring_for(office), by=office, at=INSIDE)
    return Helped(intake, item, own, lead, helper, other, office, head, auditor)


@contextmanager
def standing_help(blocker: DjangoDbBlocker) -> Iterator[Helped]:
    """For a fixture of a module."""
    made: list[Helped] = []
    with standing_rows(blocker, lambda: made.append(make_helped())):
        yield made[0]
