"""What the staff does properly is in the chain: afterwards everything still compares."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from inspection.current import read
from intake import audit
from intake.casework import registering
from intake.choices import Role, Way
from intake.models import StaffUser
from intake.staff import accounts, granting, opening_desks, passwords
from intake.staff.entering import second_factor
from tests.logging_in import log_in, make_ready
from tests.making import (
    INSIDE,
    PASSWORD,
    Intake,
    make_clerk,
    make_draft,
    make_intake,
    make_round,
    make_staff,
    make_team,
    record_what_was_made,
)
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db
OTHER = "another-invented-password"
Deed = Callable[[Intake, StaffUser, Path], object]


def choose(intake: Intake, office: StaffUser, folder: Path) -> None:
    """An account of the set-up, from its making to the first password of its own."""
    opening_desks.open_desks(
        round_ := make_round(), recovery_file=folder / "recovery.txt", at=INSIDE
    )
    identity = opening_desks.identity_for(opening_desks.office_desk(round_))
    user = accounts.create("wang", PASSWORD, role=Role.OFFICE, at=INSIDE)
    assert identity
    desk = opening_desks.office_desk(round_)
    granting.grant_with_recovery(user, desk, identity=identity, at=INSIDE, is_set_up=True)
    secret = keyring_for(user)._secret
    passwords.choose_password(user, OTHER, old_secret=secret, at=INSIDE)
    assert user.accesses.count() == 1


def rename(intake: Intake, office: StaffUser, folder: Path) -> None:
    administrator, client = make_ready(Role.ADMINISTRATOR), Client()
    record_what_was_made()
    log_in(client, administrator)
    address = f"/admin/intake/staffuser/{office.pk}/change/"
    assert client.post(address, {"full_name": "李（演示）"}).status_code == 302
    office.refresh_from_db()
    assert (office.full_name, office.is_active) == ("李（演示）", False)


def take_in(intake: Intake, office: StaffUser, folder: Path) -> None:
    published = read(intake.round)
    registering.take_in(
        make_draft(), published=published, way=Way.LETTER, received_at=INSIDE, by=office
    )


def grant_and_revoke(intake: Intake, office: StaffUser, folder: Path) -> None:
    user = make_ready(Role.TEAM)
    record_what_was_made()
    keyring = keyring_for(office)
    access = granting.grant(user, intake.desks[0], keyring=keyring, by=office, at=INSIDE)
    assert not audit.verify().problems
    granting.revoke(access, by=office, at=INSIDE)


def make_a_first_key(intake: Intake, office: StaffUser, folder: Path) -> None:
    user = make_staff(Role.AUDITOR)
    user.key.delete()
    record_what_was_made()
    passwords.reset_password(StaffUser.objects.get(pk=user.pk), OTHER, by=office, at=INSIDE)


DEEDS: dict[str, Deed] = {
    "choose an own password": choose,
    "rename and shut an account": rename,
    "take a letter in": take_in,
    "grant and revoke": grant_and_revoke,
    "open a new team's desk": lambda intake, office, _: (
        make_team(intake.round),
        opening_desks.open_missing_desks(intake.round, at=INSIDE),
    ),
    "reset a password": lambda intake, office, _: passwords.reset_password(
        office, OTHER, by=None, at=INSIDE
    ),
    "make a key for who has none": make_a_first_key,
    "change a password": lambda intake, office, _: passwords.change_password(
        office, old=PASSWORD, new=OTHER, at=INSIDE
    ),
    "take a second factor away": lambda intake, office, _: second_factor.reset(
        office, by=office, at=INSIDE
    ),
    "register": lambda intake, office, _: registering.register(
        [send(intake)], by=office, at=INSIDE
    ),
}


@pytest.mark.parametrize("deed", DEEDS.values(), ids=DEEDS.keys())
def test_after_a_proper_deed_everything_compares(deed: Deed, tmp_path: Path):
    intake = make_intake()
    office = make_clerk(intake, intake.office)
    record_what_was_made()
    deed(intake, office, tmp_path)
    assert audit.verify().problems == ()
