"""The administrator makes accounts, shuts them and resets what was lost; never deletes one."""

import pytest
from django.core.exceptions import ValidationError
from django.test import Client

from intake.choices import Action, Role
from intake.models import AuditEvent, Authenticator, DeskAccess, StaffUser
from intake.staff import accounts
from tests.logging_in import CHOOSE, code_of, log_in, make_device, make_ready, post_login
from tests.making import INSIDE, make_clerk, make_intake, make_staff
from tests.sending import text_of

pytestmark = pytest.mark.django_db

STAFF = "/admin/intake/staffuser/"
NEW = "another-invented-pass-2"


@pytest.fixture
def client() -> Client:
    return log_in(Client(), make_staff(Role.ADMINISTRATOR))


def test_a_new_account_has_a_key_and_must_choose_a_password(client: Client):
    typed = {"username": "chen", "full_name": "陈（演示）", "role": "team", "password": NEW}
    assert client.post(f"{STAFF}add/", typed).status_code == 302
    made = StaffUser.objects.get(username="chen")
    assert made.key.recipient.startswith("age1")
    assert not made.has_own_password
    assert post_login(Client(), "chen", "", NEW)["Location"] == CHOOSE
    event = AuditEvent.objects.get(action=Action.CREATE_STAFF)
    assert (event.object_id, event.detail) == (
        str(made.pk),
        {"role": "team", "recipient": made.key.recipient},
    )


@pytest.mark.parametrize("name", ["张\u202e三", "张\u200b三", "张\u2066三", "张\ufeff三"])
def test_no_name_holds_characters_that_nobody_sees(client: Client, name: str):
    typed = {"username": "chen", "full_name": name, "role": "team", "password": NEW}
    client.post(f"{STAFF}add/", typed)
    assert StaffUser.objects.get(username="chen").full_name == "张三"
    with pytest.raises(ValidationError, match="姓名里有看不见的字符"):
        accounts.create("chen2", NEW, role=Role.TEAM, full_name=name, at=INSIDE)


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


def test_who_may_approve_is_set_here_and_noted(client: Client):
    typed = {"username": "chen", "full_name": "", "role": "team", "password": NEW}
    client.post(f"{STAFF}add/", {**typed, "may_approve": "on"})
    made = StaffUser.objects.get(username="chen")
    assert made.may_approve
    event = AuditEvent.objects.get(action=Action.CREATE_STAFF)
    assert event.detail["approves"] == "yes"
    client.post(f"{STAFF}{made.pk}/change/", {"full_name": "", "is_active": "on"})
    made.refresh_from_db()
    assert not made.may_approve
    assert AuditEvent.objects.get(action=Action.CORRECT).detail == {"可以审批": "是 → 否"}


def test_nobody_but_clerks_becomes_a_head_here(client: Client):
    typed = {"username": "chen", "full_name": "", "role": "auditor", "password": NEW}
    page = client.post(f"{STAFF}add/", {**typed, "may_approve": "on"})
    assert "只有巡察办和巡察组的人可以审批。" in text_of(page)
    auditor = make_staff(Role.AUDITOR)
    address = f"{STAFF}{auditor.pk}/change/"
    assert "may_approve" not in text_of(client.get(address))
    sent = {"full_name": "沈（演示）", "is_active": "on", "may_approve": "on"}
    assert client.post(address, sent).status_code == 302
    auditor.refresh_from_db()
    assert (auditor.full_name, auditor.may_approve) == ("沈（演示）", False)


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
    page = text_of(client.get(address))
    assert "受理席的授权全部收回" in page
    assert "现在有1个受理席的授权，都会收回。" in page
    twice = {"new_password1": NEW, "new_password2": NEW}
    assert client.post(address, twice).status_code == 302
    assert not DeskAccess.objects.filter(user=clerk).exists()
    response = post_login(Client(), clerk.username, code_of(make_device(clerk)), NEW)
    assert response["Location"] == CHOOSE


@pytest.mark.parametrize(("first", "second"), [("short", "short"), (NEW, NEW + "x")])
def test_a_bad_password_is_not_set(client: Client, first: str, second: str):
    user = make_staff(Role.TEAM)
    typed = {"new_password1": first, "new_password2": second}
    assert client.post(f"{STAFF}{user.pk}/password/", typed).status_code == 200
    assert log_in(Client(), user)


def test_a_lost_phone_is_forgotten_and_the_desks_with_it(client: Client):
    intake = make_intake()
    user = make_clerk(intake, intake.desks[0])
    theirs = log_in(Client(), user)
    address = f"{STAFF}{user.pk}/unenrol/"
    page = text_of(client.get(address))
    assert "受理席的授权全部收回" in page
    assert "现在有1个受理席的授权，都会收回。" in page
    assert Authenticator.objects.is_bound(user)
    assert client.post(address).status_code == 302
    assert not Authenticator.objects.filter(user=user).exists()
    assert not DeskAccess.objects.filter(user=user).exists()
    assert theirs.get("/admin/").status_code == 302
    event = AuditEvent.objects.get(action=Action.ENROL)
    assert (event.object_id, event.detail) == (str(user.pk), {"kind": "reset", "dropped": 1})


@pytest.mark.parametrize("page", ["password", "unenrol"])
def test_the_last_of_the_office_is_told_before_the_office_is_shut_out(client: Client, page: str):
    intake = make_intake()
    last, left = make_clerk(intake, intake.office), make_clerk(intake, intake.office)
    StaffUser.objects.filter(pk=left.pk).update(is_active=False)
    told = f"{intake.round.title}：巡察办只剩这一位能打开信访件。"
    assert told in text_of(client.get(f"{STAFF}{last.pk}/{page}/"))
    StaffUser.objects.filter(pk=left.pk).update(is_active=True)
    assert told not in text_of(client.get(f"{STAFF}{last.pk}/{page}/"))


def test_the_page_of_an_account_says_whose_password_it_is_and_whether_a_phone_is_bound(
    client: Client,
):
    ready, fresh = make_ready(Role.TEAM), make_staff(Role.TEAM, password_chosen_at=None)
    assert "本人选的密码；绑定了验证器。" in text_of(client.get(f"{STAFF}{ready.pk}/change/"))
    page = text_of(client.get(f"{STAFF}{fresh.pk}/change/"))
    assert "密码是别人设的，本人还没有换；还没有绑定验证器。" in page


def test_no_page_of_an_account_shows_a_secret(client: Client):
    user = make_staff(Role.TEAM)
    page = text_of(client.get(f"{STAFF}{user.pk}/change/"))
    assert user.password not in page
    assert user.key.wrapped_identity not in page
