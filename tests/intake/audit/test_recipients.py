"""Nothing is sealed to a public key that was exchanged in the database."""

import logging

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from inspection.current import read
from intake import audit
from intake.audit import NotGenuine, recipient_of
from intake.casework import rerouting
from intake.choices import Role
from intake.citizen import adding, submitting
from intake.models import Desk, DeskAccess, StaffKey, StaffUser, Submission
from intake.report.draft import SupplementDraft
from intake.report.form_tokens import new_nonce
from intake.sealing import sealing
from intake.staff import granting, opening_desks, passwords
from intake.staff.granting import GrantRefused
from intake.staff.opening_desks import DesksRefused
from tests.logging_in import make_ready
from tests.making import INSIDE, Intake, make_clerk, make_draft, make_intake, make_staff, make_team
from tests.sending import filled_in, text_of
from tests.staff_work import keyring_for, send, send_with_all

pytestmark = pytest.mark.django_db


def exchange(desk: Desk) -> None:
    """The attacker's own key, with the code of the desk beside it."""
    Desk.objects.filter(pk=desk.pk).update(recipient=sealing.new_identity().recipient)


def test_a_report_for_an_exchanged_desk_goes_to_the_office(caplog: pytest.LogCaptureFixture):
    intake = make_intake()
    exchange(intake.desks[0])
    item = send(intake, intake.targets[0])
    assert item.desk == intake.office
    assert item.route_reason.startswith("巡察组的封存公钥核对不过，先送巡察办；")
    assert [record.levelno for record in caplog.records] == [logging.ERROR]


def test_a_desk_that_takes_anothers_place_is_exchanged_too():
    """A key and its code belong to one team of one round."""
    intake = make_intake()
    first, second = intake.desks
    Desk.objects.filter(pk=second.pk).update(
        recipient=first.recipient, recipient_code=first.recipient_code
    )
    second.refresh_from_db()
    with pytest.raises(NotGenuine):
        recipient_of(second)


def test_without_any_genuine_desk_a_report_is_given_back(settings: Settings):
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    exchange(intake.office)
    response = Client().post("/report/", filled_in(narrative="（演示）没有丢的文字。"))
    assert response.status_code == 503
    assert "（演示）没有丢的文字。" in text_of(response)
    assert not Submission.objects.exists()


def test_nothing_is_added_to_a_report_at_an_exchanged_desk():
    intake = make_intake()
    draft = make_draft(target_code=intake.targets[0].code)
    code = submitting.submit(draft, published=read(intake.round), at=INSIDE).code
    exchange(intake.desks[0])
    with pytest.raises(NotGenuine):
        adding.supplement(
            code, SupplementDraft(narrative="（演示）补充。"), nonce=new_nonce(), at=INSIDE
        )


def test_nothing_is_sent_on_to_an_exchanged_desk():
    intake = make_intake()
    item, office = send_with_all(intake, intake.targets[0]), make_clerk(intake, intake.office)
    exchange(intake.desks[1])
    to = Desk.objects.get(pk=intake.desks[1].pk)
    with pytest.raises(rerouting.CannotReroute, match="封存公钥"):
        rerouting.reroute(
            item, to=to, keyring=keyring_for(office), by=office, at=INSIDE, reason="（演示）"
        )
    item.refresh_from_db()
    assert item.desk == intake.desks[0]


def test_a_new_teams_desk_is_not_sealed_to_an_exchanged_office():
    intake = make_intake()
    make_team(intake.round)
    exchange(intake.office)
    with pytest.raises(DesksRefused, match="不一样"):
        opening_desks.open_missing_desks(intake.round, at=INSIDE)


def grant_to_team(intake: Intake, key: StaffKey) -> DeskAccess:
    office = make_clerk(intake, intake.office)
    keyring = keyring_for(office)
    return granting.grant(key.user, intake.desks[0], keyring=keyring, by=office, at=INSIDE)


def test_a_desk_is_not_granted_to_an_exchanged_key():
    intake, key = make_intake(), make_ready(Role.TEAM).key
    StaffKey.objects.filter(pk=key.pk).update(recipient=sealing.new_identity().recipient)
    with pytest.raises(GrantRefused, match="不一样"):
        grant_to_team(intake, key)
    assert not DeskAccess.objects.filter(user=key.user).exists()


def test_a_desk_is_not_granted_to_a_members_former_key():
    """Whoever knows the former password put the pair from then back, code and all."""
    intake, administrator = make_intake(), make_staff(Role.ADMINISTRATOR)
    user = make_ready(Role.TEAM)
    former = {name: getattr(user.key, name) for name in ("recipient", "recipient_code")}
    passwords.reset_password(user, "another-invented-one", by=administrator, at=INSIDE)
    StaffKey.objects.filter(user=user).update(**former)
    StaffUser.objects.filter(pk=user.pk).update(password_chosen_at=INSIDE)
    with pytest.raises(GrantRefused, match="不一样"):
        grant_to_team(intake, StaffKey.objects.get(user=user))


def test_a_desk_is_granted_to_the_key_of_today():
    administrator, user = make_staff(Role.ADMINISTRATOR), make_staff(Role.TEAM)
    passwords.reset_password(user, "another-invented-one", by=administrator, at=INSIDE)
    key = StaffKey.objects.get(user=user)
    assert audit.recipient_of_member(key) == key.recipient
