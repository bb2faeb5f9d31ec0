"""Two letters of one person about one matter, at one desk, registered and opened."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from intake.casework import opening
from intake.casework.registering import register
from intake.models import StaffUser, Submission
from tests.making import INSIDE, Intake, make_clerk, make_intake, record_what_was_made
from tests.staff_work import keyring_for, send

MATTER = (
    "（演示）第三村的机动地去年发包没有开会，也没有公示，"
    "承包款十二万元没有进村集体的账，村民问了几次都没有人答复。"
)
AGAIN = f"{MATTER}上次写信以后一直没有人来，请再看一看。"
PHONE = "13912345670"
TOLD = {
    "subject": "王德发",
    "identity": "named",
    "reporter_name": "赵小明",
    "reporter_phone": PHONE,
}
LATER = INSIDE + timedelta(days=2)


@dataclass
class TwoLetters:
    """`first` came in a day before `second`; `clerk` works at the desk of the first."""

    intake: Intake
    clerk: StaffUser
    office: StaffUser
    first: Submission
    second: Submission


def make_two_letters(**changes: Any) -> TwoLetters:
    """The same reporter, who writes the number with spaces; `changes` are of the second."""
    intake = make_intake()
    clerk, office = make_clerk(intake, intake.desks[0]), make_clerk(intake, intake.office)
    record_what_was_made()
    first = send(intake, intake.targets[0], narrative=MATTER, **TOLD)
    values = {**TOLD, "narrative": AGAIN, "reporter_phone": "139 1234 5670", **changes}
    target = values.pop("target", intake.targets[0])
    second = send(intake, target, at=INSIDE + timedelta(days=1), **values)
    two = TwoLetters(intake, clerk, office, first, second)
    for item in (first, second):
        take_on(two, item)
    return two


def take_on(two: TwoLetters, item: Submission) -> None:
    """The office registers an item, and opens it once."""
    register([item], by=two.office, at=LATER)
    item.refresh_from_db()
    opening.open(item, keyring_for(two.office), by=two.office, at=LATER)
