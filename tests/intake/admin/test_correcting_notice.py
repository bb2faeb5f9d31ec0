"""Correcting a published fact: by the office of its own round, and never without an event."""

from typing import Any

import pytest
from django.db.models import Model
from django.test import Client

from inspection.models import DropBox, Target, Team, WorkCalendarDay
from intake import audit
from intake.choices import Action, Role
from intake.models import AuditEvent
from tests.logging_in import log_in
from tests.making import (
    Intake,
    make_box,
    make_clerk,
    make_contact,
    make_intake,
    make_staff,
    record_what_was_made,
)
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db


def office(intake: Intake) -> Client:
    return log_in(Client(), make_clerk(intake, intake.office))


def correct(client: Client, row: Model, **typed: Any) -> None:
    """Fills the row's own page in and saves it."""
    name = row._meta.model_name
    response = client.post(f"/admin/inspection/{name}/{row.pk}/change/", typed)
    assert response.status_code == 302, response.context["errors"]


def correction() -> dict[str, Any]:
    detail: dict[str, Any] = AuditEvent.objects.get(action=Action.CORRECT).detail
    return detail


def test_a_correction_is_told_with_old_and_new_value():
    intake = make_intake()
    box = make_box(intake.round, number=3, order=3, location="岚东县旧址")
    client = office(intake)
    correct(client, box, order=3, number=3, location="岚东县新址")
    box.refresh_from_db()
    assert box.location == "岚东县新址"
    assert correction() == {
        "做法": "更正",
        "举报箱": "3 号箱",
        "位置": "岚东县旧址 → 岚东县新址",
    }
    record_what_was_made()
    assert audit.verify().is_sound


def test_saving_without_a_change_leaves_no_event():
    intake = make_intake()
    box = make_box(intake.round, number=3, order=3, location="岚东县旧址")
    correct(office(intake), box, order=3, number=3, location="岚东县旧址")
    assert not AuditEvent.objects.filter(action=Action.CORRECT).exists()


def test_the_history_shows_who_corrected_what():
    intake = make_intake()
    contact = make_contact(intake.round)
    client = office(intake)
    typed = {"order": 1, "kind": "phone", "value": "0599-7654321", "phone": "+865991234567"}
    correct(client, contact, **typed, hours_days="workdays", hours_windows="8:30—18:00")
    page = text_of(client.get(f"/admin/inspection/contactpoint/{contact.pk}/history/"))
    assert "0599-1234567 → 0599-7654321" in page
    assert "张（演示）" in page


def inline(team: Team, *targets: dict[str, Any]) -> dict[str, Any]:
    """The team's page with its bodies, as the browser sends it."""
    data = {"order": team.order, "name": team.name, "series": ""}
    data |= {"targets-TOTAL_FORMS": len(targets), "targets-INITIAL_FORMS": 1}
    for n, target in enumerate(targets):
        data |= {f"targets-{n}-{name}": value for name, value in target.items()}
    return data


def test_the_bodies_of_a_team_are_corrected_on_its_page():
    intake = make_intake()
    team, target = intake.teams[0], intake.targets[0]
    kept = {"id": target.pk, "team": team.pk, "order": 1, "name": target.name, "kind": "village"}
    new = {"team": team.pk, "order": 2, "name": "岚东县青石镇", "kind": "town"}
    correct(office(intake), team, **inline(team, kept, new))
    events = AuditEvent.objects.filter(action=Action.CORRECT).order_by("sequence")
    assert [event.detail["做法"] for event in events] == ["更正", "新增"]
    assert events[0].detail["类型"] == "乡镇（街道） → 村（社区）"
    assert events[0].object_id == str(target.pk)
    assert Target.objects.get(name="岚东县青石镇").code


def test_a_body_with_items_stays():
    intake = make_intake()
    send(intake, intake.targets[0])
    team, target = intake.teams[0], intake.targets[0]
    gone = {"id": target.pk, "team": team.pk, "order": 1, "name": target.name, "kind": "town"}
    data = inline(team, {**gone, "DELETE": "on"})
    response = office(intake).post(f"/admin/inspection/team/{team.pk}/change/", data)
    assert response.status_code == 200
    assert Target.objects.filter(pk=target.pk).exists()


def test_adding_and_deleting_leave_events():
    intake = make_intake()
    client = office(intake)
    typed = {"round": intake.round.pk, "order": 1, "number": 1, "location": "门外"}
    client.post("/admin/inspection/dropbox/add/", typed)
    box = DropBox.objects.get()
    client.post(f"/admin/inspection/dropbox/{box.pk}/delete/", {"post": "yes"})
    assert not DropBox.objects.exists()
    events = AuditEvent.objects.filter(action=Action.CORRECT).order_by("sequence")
    assert [(e.detail["做法"], e.object_id) for e in events] == [
        ("新增", str(box.pk)),
        ("删除", str(box.pk)),
    ]


def test_another_rounds_office_cannot_put_a_row_into_this_round():
    intake, other = make_intake(), make_intake()
    typed = {"round": intake.round.pk, "order": 1, "number": 1, "location": "门外"}
    response = office(other).post("/admin/inspection/dropbox/add/", typed)
    assert response.status_code == 200
    assert not DropBox.objects.exists()


def test_the_round_shows_its_source_and_takes_a_new_last_day():
    intake = make_intake()
    client, address = office(intake), f"/admin/inspection/round/{intake.round.pk}/change/"
    assert "一届市委第一轮巡察公告（演示）" in text_of(client.get(address))
    form = client.get(address).context["adminform"].form
    typed = {name: form[name].value() for name in form.fields}
    typed = {k: v for k, v in typed.items() if v not in (None, False, [])} | {"special_checks": ""}
    correct(client, intake.round, **typed | {"accepts_until": "2025-06-25"})
    assert correction()["受理信访截止时间"] == "2025-06-20 → 2025-06-25"


@pytest.mark.parametrize("role", [Role.OFFICE, Role.ADMINISTRATOR])
def test_working_days_are_kept_by_the_office_and_the_administrator(role: Role):
    client = log_in(Client(), make_staff(role))
    typed = {"date": "2027-01-01", "name": "元旦"}
    assert client.post("/admin/inspection/workcalendarday/add/", typed).status_code == 302
    assert WorkCalendarDay.objects.get(date="2027-01-01").is_workday is False
    assert correction()["日期"] == "2027-01-01"
