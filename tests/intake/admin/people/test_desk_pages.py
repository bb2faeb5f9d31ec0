"""The office lets members into desks and takes desks back; both leave events."""

from datetime import datetime

import pytest
from django.test import Client

from intake.choices import Action, Role
from intake.models import AuditEvent, DeskAccess
from intake.report.check_code import check_code_of
from intake.staff.keyring import COOKIE
from tests.logging_in import log_in, make_device, make_ready
from tests.making import SHANGHAI, make_clerk, make_draft, make_intake, make_staff
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

ADD = "/admin/intake/deskaccess/add/"


def test_a_member_who_was_let_in_reads_what_lies_there():
    intake = make_intake()
    item, new = send(intake, intake.targets[0]), make_ready(Role.TEAM)
    office = make_clerk(intake, intake.office)
    page = log_in(Client(), office).post(ADD, {"user": new.pk, "desk": intake.desks[0].pk})
    assert page.status_code == 302
    access = DeskAccess.objects.get(user=new)
    assert (access.desk, access.granted_by) == (intake.desks[0], office)
    address = f"/admin/intake/submission/{item.pk}/change/"
    assert make_draft().narrative in text_of(log_in(Client(), new).get(address))
    event = AuditEvent.objects.get(action=Action.GRANT)
    assert (event.actor, event.desk, event.object_id) == (office, intake.desks[0], str(new.pk))


def test_a_member_who_was_shut_out_reads_nothing_more():
    intake = make_intake()
    item, clerk = send(intake, intake.targets[0]), make_clerk(intake, intake.desks[0])
    client = log_in(Client(), clerk)
    access = DeskAccess.objects.get(user=clerk)
    office = log_in(Client(), make_clerk(intake, intake.office))
    address = f"/admin/intake/deskaccess/{access.pk}/delete/"
    assert "收回后，这位工作人员不能再看" in text_of(office.get(address))
    assert office.post(address, {"post": "yes"}).status_code == 302
    assert client.get(f"/admin/intake/submission/{item.pk}/change/").status_code == 404
    assert AuditEvent.objects.filter(action=Action.REVOKE).count() == 1


def test_the_offices_last_member_cannot_be_shut_out():
    intake = make_intake()
    office = make_clerk(intake, intake.office)
    access = DeskAccess.objects.get(user=office)
    address = f"/admin/intake/deskaccess/{access.pk}/delete/"
    page = log_in(Client(), office).post(address, {"post": "yes"}, follow=True)
    assert "这是巡察办最后一个授权" in text_of(page)
    assert DeskAccess.objects.filter(pk=access.pk).exists()


def test_only_members_who_fit_and_desks_of_the_own_round_are_offered():
    intake, other = make_intake(), make_intake()
    stranger, auditor = make_ready(Role.TEAM), make_ready(Role.AUDITOR)
    client = log_in(Client(), make_clerk(intake, intake.office))
    for typed in (
        {"user": auditor.pk, "desk": intake.desks[0].pk},
        {"user": stranger.pk, "desk": other.desks[0].pk},
        {"user": stranger.pk, "desk": intake.office.pk},
    ):
        assert client.post(ADD, typed).status_code == 200
    assert not DeskAccess.objects.filter(user__in=(stranger, auditor)).exists()


def test_a_desk_is_not_given_twice():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    make_device(clerk)
    client = log_in(Client(), make_clerk(intake, intake.office))
    page = client.post(ADD, {"user": clerk.pk, "desk": intake.desks[0].pk})
    assert "已经有这个受理席的授权" in text_of(page)


def test_without_keys_the_office_is_asked_to_log_in_again():
    intake = make_intake()
    client = log_in(Client(), make_clerk(intake, intake.office))
    del client.cookies[COOKIE]
    new = make_ready(Role.TEAM)
    response = client.post(ADD, {"user": new.pk, "desk": intake.desks[0].pk})
    assert response.status_code == 403
    assert 'name="otp_token"' in text_of(response)
    assert not DeskAccess.objects.filter(user=new).exists()


def test_the_form_tells_look_alikes_apart_by_name_day_and_check_code():
    intake = make_intake()
    since = datetime(2025, 4, 1, 0, 30, tzinfo=SHANGHAI)
    real = make_ready(Role.TEAM, username="zhang", full_name="张三（演示）", date_joined=since)
    false = make_ready(Role.TEAM, username="zhang1", full_name="张三（演示）")
    page = text_of(log_in(Client(), make_clerk(intake, intake.office)).get(ADD))
    code = check_code_of(real.key.recipient)
    assert f"zhang · 核对码 {code} · 2025年4月1日建的账号 · 张三（演示）</option>" in page
    assert ">zhang1 · 核对码 " in page
    assert check_code_of(false.key.recipient) in page
    assert "请当面或者打电话，让本人念出核对码，和这里的一样才授权。" in page


def test_a_full_name_cannot_stand_in_for_the_check_code():
    """Whoever makes accounts also writes their names."""
    intake = make_intake()
    forged = "张三 · 核对码 A7K3MX"
    false = make_ready(Role.TEAM, username="zhang1", full_name=forged)
    page = text_of(log_in(Client(), make_clerk(intake, intake.office)).get(ADD))
    code = check_code_of(false.key.recipient)
    assert page.index(f">zhang1 · 核对码 {code} · ") < page.index(forged)


def test_the_member_sees_the_same_check_code_on_the_own_pages():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), clerk)
    for address in ("/admin/", "/admin/password_change/"):
        page = text_of(client.get(address))
        assert f'<code id="check-code">{check_code_of(clerk.key.recipient)}</code>' in page
        assert "当面或者打电话请您念出这六个字符" in page


@pytest.mark.parametrize("role", [Role.AUDITOR, Role.ADMINISTRATOR])
def test_whoever_can_have_no_desk_sees_no_check_code(role: Role):
    assert "核对码" not in text_of(
        log_in(Client(), make_staff(role)).get("/admin/password_change/")
    )


def test_whoever_is_not_ready_is_not_offered_and_the_page_says_why():
    intake = make_intake()
    unchosen = make_ready(Role.TEAM, username="li", password_chosen_at=None)
    unbound = make_staff(Role.TEAM, username="sun")
    client = log_in(Client(), make_clerk(intake, intake.office))
    page = text_of(client.get(ADD))
    assert "还不能授权：还没有选自己的密码，请本人先登录一次。" in page
    assert "还不能授权：还没有绑定验证器，请本人先登录一次。" in page
    for user in (unchosen, unbound):
        assert f"<td>{user.username}</td>" in page
        assert f">{user.username} · " not in page
        typed = {"user": user.pk, "desk": intake.desks[0].pk}
        assert client.post(ADD, typed).status_code == 200
        assert not user.accesses.exists()


def test_the_list_names_the_account_and_its_check_code():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), make_clerk(intake, intake.office))
    page = text_of(client.get("/admin/intake/deskaccess/"))
    assert clerk.told_apart in page
    assert check_code_of(clerk.key.recipient) in page
