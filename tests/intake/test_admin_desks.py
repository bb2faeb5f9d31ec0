"""The office lets members into desks and takes desks back; both leave events."""

import pytest
from django.test import Client

from intake.choices import Action, Role
from intake.keyring import COOKIE
from intake.models import AuditEvent, DeskAccess
from tests.logging_in import log_in
from tests.making import make_clerk, make_draft, make_intake, make_staff
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

ADD = "/admin/intake/deskaccess/add/"


def test_a_member_who_was_let_in_reads_what_lies_there():
    intake = make_intake()
    item, new = send(intake, intake.targets[0]), make_staff(Role.TEAM)
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
    stranger, auditor = make_staff(Role.TEAM), make_staff(Role.AUDITOR)
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
    client = log_in(Client(), make_clerk(intake, intake.office))
    page = client.post(ADD, {"user": clerk.pk, "desk": intake.desks[0].pk})
    assert "已经有这个受理席的授权" in text_of(page)


def test_without_keys_the_office_is_asked_to_log_in_again():
    intake = make_intake()
    client = log_in(Client(), make_clerk(intake, intake.office))
    del client.cookies[COOKIE]
    new = make_staff(Role.TEAM)
    response = client.post(ADD, {"user": new.pk, "desk": intake.desks[0].pk})
    assert response["Location"].startswith("/admin/login/")
    assert not DeskAccess.objects.filter(user=new).exists()
