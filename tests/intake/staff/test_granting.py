"""Letting members into desks, and out again."""

from typing import Any

import pytest

from intake.choices import Action, Role
from intake.models import AuditEvent, DeskAccess, StaffKey, StaffUser
from intake.sealing import sealing
from intake.sealing.unsealing import unwrap_identity
from intake.staff import granting, opening_desks, passwords
from intake.staff.granting import GrantRefused
from intake.staff.keyring import Keyring, NoDeskAccess
from tests.logging_in import make_device, make_ready
from tests.making import INSIDE, PASSWORD, make_clerk, make_intake, make_staff

pytestmark = pytest.mark.django_db


def keyring(user: StaffUser) -> Keyring:
    return Keyring(user, unwrap_identity(user.key.wrapped_identity, PASSWORD))


def test_the_office_lets_a_clerk_into_a_team_desk():
    intake = make_intake()
    office, clerk = make_clerk(intake, intake.office), make_ready(Role.TEAM)
    desk = intake.desks[0]
    access = granting.grant(clerk, desk, keyring=keyring(office), by=office, at=INSIDE)
    assert keyring(clerk).desk_secret(desk) == intake.secrets[desk.pk]
    assert (access.granted_by, access.granted_at) == (office, INSIDE)
    event = AuditEvent.objects.get()
    assert (event.action, event.actor, event.desk) == (Action.GRANT, office, desk)
    assert event.object_id == str(clerk.pk)
    assert event.detail == {"recipient": clerk.key.recipient}


def test_the_office_lets_a_colleague_into_its_own_desk():
    intake = make_intake()
    office, colleague = make_clerk(intake, intake.office), make_ready(Role.OFFICE)
    granting.grant(colleague, intake.office, keyring=keyring(office), by=office, at=INSIDE)
    assert keyring(colleague).desk_secret(intake.desks[1]) == intake.secrets[intake.desks[1].pk]


@pytest.mark.parametrize("role", [Role.TEAM, Role.AUDITOR, Role.ADMINISTRATOR])
def test_nobody_else_gets_the_office_desk(role: Role):
    intake = make_intake()
    office, other = make_clerk(intake, intake.office), make_staff(role)
    with pytest.raises(GrantRefused, match="角色"):
        granting.grant(other, intake.office, keyring=keyring(office), by=office, at=INSIDE)
    assert not DeskAccess.objects.filter(user=other).exists()
    assert not AuditEvent.objects.exists()


@pytest.mark.parametrize("role", [Role.OFFICE, Role.AUDITOR, Role.ADMINISTRATOR])
def test_only_team_clerks_get_a_team_desk(role: Role):
    intake = make_intake()
    office, other = make_clerk(intake, intake.office), make_staff(role)
    with pytest.raises(GrantRefused):
        granting.grant(other, intake.desks[0], keyring=keyring(office), by=office, at=INSIDE)


def test_a_team_clerk_lets_nobody_in():
    intake = make_intake()
    clerk, colleague = make_clerk(intake, intake.desks[0]), make_staff(Role.TEAM)
    with pytest.raises(GrantRefused, match="只有巡察办"):
        granting.grant(colleague, intake.desks[0], keyring=keyring(clerk), by=clerk, at=INSIDE)


def test_the_office_of_another_round_lets_nobody_in():
    intake, other = make_intake(), make_intake()
    stranger = make_clerk(other, other.office)
    with pytest.raises(NoDeskAccess):
        granting.grant(
            make_staff(Role.TEAM),
            intake.desks[0],
            keyring=keyring(stranger),
            by=stranger,
            at=INSIDE,
        )


def test_nobody_grants_with_the_keys_of_another():
    intake = make_intake()
    office, forger = make_clerk(intake, intake.office), make_staff(Role.OFFICE)
    with pytest.raises(GrantRefused):
        granting.grant(
            make_staff(Role.TEAM), intake.desks[0], keyring=keyring(office), by=forger, at=INSIDE
        )


@pytest.mark.parametrize("is_active", [True, False])
def test_a_second_grant_and_one_to_a_shut_account_are_refused(is_active: bool):
    intake = make_intake()
    office = make_clerk(intake, intake.office)
    clerk = make_clerk(intake, intake.desks[0], is_active=is_active)
    make_device(clerk)
    with pytest.raises(GrantRefused, match="已经有" if is_active else "不能有"):
        granting.grant(clerk, intake.desks[0], keyring=keyring(office), by=office, at=INSIDE)


def test_an_account_without_a_key_is_refused():
    intake = make_intake()
    office, clerk = make_clerk(intake, intake.office), make_staff(Role.TEAM)
    StaffKey.objects.filter(user=clerk).delete()
    with pytest.raises(GrantRefused, match="还没有密钥"):
        granting.grant(clerk, intake.desks[0], keyring=keyring(office), by=office, at=INSIDE)


@pytest.mark.parametrize(
    ("changes", "is_bound", "words"),
    [
        ({"password_chosen_at": None}, True, "还没有选自己的密码"),
        ({}, False, "还没有绑定验证器"),
        ({"password_chosen_at": None}, False, "还没有选自己的密码"),
    ],
)
def test_nobody_is_let_in_before_choosing_a_password_and_binding_a_phone(
    changes: dict[str, Any], is_bound: bool, words: str
):
    intake = make_intake()
    office = make_clerk(intake, intake.office)
    clerk = (make_ready if is_bound else make_staff)(Role.TEAM, **changes)
    desk = intake.desks[0]
    with pytest.raises(GrantRefused, match=words):
        granting.grant(clerk, desk, keyring=keyring(office), by=office, at=INSIDE)
    identity = sealing.Identity(intake.secrets[intake.office.pk], intake.office.recipient)
    with pytest.raises(GrantRefused, match=words):
        granting.grant_with_recovery(clerk, desk, identity=identity, at=INSIDE)
    assert not clerk.accesses.exists()


def test_a_member_whose_password_was_reset_a_moment_ago_is_not_let_in():
    """The row that the caller read before says otherwise."""
    intake = make_intake()
    office, clerk = make_clerk(intake, intake.office), make_ready(Role.TEAM)
    read_before = StaffUser.objects.get(pk=clerk.pk)
    passwords.reset_password(clerk, "set-by-somebody-else-1", by=None, at=INSIDE)
    with pytest.raises(GrantRefused, match="还没有选自己的密码"):
        granting.grant(read_before, intake.desks[0], keyring=keyring(office), by=office, at=INSIDE)


def test_revoking_shuts_the_member_out():
    intake = make_intake()
    office, clerk = make_clerk(intake, intake.office), make_clerk(intake, intake.desks[0])
    granting.revoke(clerk.accesses.get(), by=office, at=INSIDE)
    with pytest.raises(NoDeskAccess):
        keyring(clerk).desk_secret(intake.desks[0])
    event = AuditEvent.objects.get()
    assert (event.action, event.object_id) == (Action.REVOKE, str(clerk.pk))


def test_the_last_access_of_the_office_stays():
    intake = make_intake()
    first, second = make_clerk(intake, intake.office), make_clerk(intake, intake.office)
    granting.revoke(second.accesses.get(), by=first, at=INSIDE)
    with pytest.raises(GrantRefused, match="最后一个授权"):
        granting.revoke(first.accesses.get(), by=first, at=INSIDE)
    assert DeskAccess.objects.get().user == first


def test_a_member_who_cannot_log_in_does_not_count_as_the_offices_last():
    intake = make_intake()
    first, left = make_clerk(intake, intake.office), make_clerk(intake, intake.office)
    StaffUser.objects.filter(pk=left.pk).update(is_active=False)
    with pytest.raises(GrantRefused, match="最后一个授权"):
        granting.revoke(first.accesses.get(), by=first, at=INSIDE)
    granting.revoke(left.accesses.get(), by=first, at=INSIDE)
    assert DeskAccess.objects.get().user == first


def test_only_the_office_of_the_round_revokes():
    intake, other = make_intake(), make_intake()
    clerk, colleague = (make_clerk(intake, intake.desks[0]) for _ in range(2))
    for by in (colleague, make_clerk(other, other.office), make_staff(Role.ADMINISTRATOR)):
        with pytest.raises(GrantRefused, match="只有巡察办"):
            granting.revoke(clerk.accesses.get(), by=by, at=INSIDE)
    assert clerk.accesses.exists()


def test_a_foreign_recovery_identity_opens_no_team_desk():
    intake = make_intake()
    with pytest.raises(opening_desks.RecoveryFileRefused):
        granting.grant_with_recovery(
            make_staff(Role.TEAM), intake.desks[0], identity=sealing.new_identity(), at=INSIDE
        )
