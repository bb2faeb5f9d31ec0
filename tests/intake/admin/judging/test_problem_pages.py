"""问题类别: the office keeps two levels; what is taken out is not offered, none is deleted."""

from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client

from intake import audit
from intake.choices import Action, Role
from intake.models import AuditEvent, Problem
from tests.logging_in import log_in
from tests.making import make_intake, make_member, record_what_was_made
from tests.sending import text_of

pytestmark = pytest.mark.django_db

PROBLEMS = "/admin/intake/problem/"


@pytest.fixture
def client() -> Client:
    office = make_member(make_intake(), Role.OFFICE)
    record_what_was_made()
    return log_in(Client(), office)


def change(client: Client, code: str, **values: Any) -> HttpResponse:
    row = Problem.objects.get(code=code)
    typed = {"name": row.name, "parent": row.parent_id or "", "order": row.order, "is_active": "on"}
    return client.post(f"{PROBLEMS}{row.pk}/change/", {**typed, **values})


def test_a_new_one_gets_a_code_of_its_own_and_leaves_an_event(client: Client):
    parent = Problem.objects.get(code="integrity")
    typed = {"name": "收礼（演示）", "parent": parent.pk, "order": "1", "is_active": "on"}
    assert client.post(f"{PROBLEMS}add/", typed).status_code == 302
    row = Problem.objects.get(name="收礼（演示）")
    assert row.code.startswith("p") and str(row) == "廉洁纪律·收礼（演示）"
    assert AuditEvent.objects.get(action=Action.CORRECT).object_id == str(row.pk)
    assert audit.verify().is_sound


def test_there_is_no_third_level(client: Client):
    bribery = Problem.objects.get(code="bribery")
    for code, parent in (("life", bribery.pk), ("duty_crime", Problem.objects.earliest("pk").pk)):
        assert change(client, code, parent=parent).status_code == 200
    with pytest.raises(Exception, match="只有两级"):
        Problem(code="x", name="x", parent=bribery).full_clean()


def test_one_is_taken_out_and_never_deleted(client: Client):
    assert change(client, "life", is_active="").status_code == 302
    row = Problem.objects.get(code="life")
    assert row not in Problem.objects.choosable()
    page = text_of(client.get(f"{PROBLEMS}{row.pk}/change/"))
    assert "/delete/" not in page
    assert client.post(f"{PROBLEMS}{row.pk}/delete/", {"post": "yes"}).status_code == 403
