"""The administrator makes accounts, shuts them and resets what was lost; never deletes one."""

import pytest
from django.test import Client

from intake.choices import Action, Role
from intake.models import AuditEvent, Authenticator, DeskAccess, StaffUser
from tests.logging_in import log_in, make_device
from tests.making import make_clerk, make_intake, make_staff
from tests.sending import text_of

pytestmark = pytest.mark.django_db

STAFF = "/admin/intake/staffuser/"
NEW = "another-invented-pass-2"


@pytest.fixture
def client() -> Client:
    return log_in(Client(), make_staff(Role.ADMINISTRATOR))


def test_a_new_account_can_log_in_and_has_a_key(client: Client):
    typed = {"username": "chen", "full_name": "陈（演示）", "role": "team", "password": NEW}
    assert client.post(f"{STAFF}add/", typed).status_code == 302
    made = StaffUser.objects.get(username="chen")
    assert made.key.recipient.startswith("age1")
    assert log_in(Client(), made, NEW).get("/admin/").status_code == 200
    event = AuditEvent.objects.get(action=Action.CREATE_STAFF)
    assert (event.object_id, event.detail) == (
        str(made.pk),
        {"role": "team", "recipient": made.key.recipient},
    )


@pytest.mark.parametrize("changes", [{"password": "short"}, {"username": ""}, {"role": "boss"}])
def test_a_bad_account_is_not_made(client: Client, changes: dict[str, str]):
    typed = {"username": "chen", "full_name": "", "role": "team", "password": NEW, **changes}
    assert client.post(f"{STAFF}add/", typed).status_code == 200
    assert not StaffUser.objects.filter(role=Role.TEAM).exists()


def test_nobody_becomes_superuser_or_changes_the_role_through_the_page(client: Client):
    user = make_staff(Role.TEAM)
    typed = {"full_name": "陈（演示）", "is_active": "on", "role": "office", "is_superuser": "on"}
    assert client.post(f"{STAFF}{user.pk}/change/", typed).status_code == 302
    user.refresh_from_db()
    assert (user.full_name, user.role, user.is_superuser) == ("陈（演示）", Role.TEAM, False)


def test_who_left_is_shut_out_at_once_and_it_is_noted(client: Client):
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    theirs = log_in(Client(), clerk)
    client.post(f"{STAFF}{clerk.pk}/change/", {"full_name": clerk.full_name})
    assert theirs.get("/admin/").status_code == 302
    event = AuditEvent.objects.get(action=Action.CORRECT)
    assert event.detail == {"可以登录": "是 → 否"}


def test_a_reset_password_takes_the_desks_away(client: Client):
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    address = f"{STAFF}{clerk.pk}/password/"
    assert "受理席的授权全部收回" in text_of(client.get(address))
    twice = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(address, twice).status_code == 302
    assert not DeskAccess.objects.filter(user=clerk).exists()
    assert log_in(Client(), clerk, NEW).get("/admin/").status_code == 200


@pytest.mark.parametrize(("first", "second"), [("short", "short"), (NEW, NEW + "x")])
def test_a_bad_password_is_not_set(client: Client, first: str, second: str):
    user = make_staff(Role.TEAM)
    typed = {"new_password1": first, "new_password2": second}
    assert client.post(f"{STAFF}{user.pk}/password/", typed).status_code == 200
    assert log_in(Client(), user)


def test_a_lost_phone_is_forgotten(client: Client):
    user = make_staff(Role.TEAM)
    make_device(user)
    assert client.post(f"{STAFF}{user.pk}/unenrol/").status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    event = AuditEvent.objects.get(action=Action.ENROL)
    assert (event.object_id, event.detail) == (str(user.pk), {"kind": "reset"})


def test_no_page_of_an_account_shows_a_secret(client: Client):
    user = make_staff(Role.TEAM)
    page = text_of(client.get(f"{STAFF}{user.pk}/change/"))
    assert user.password not in page
    assert user.key.wrapped_identity not in page
