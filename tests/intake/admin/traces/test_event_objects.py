"""The auditor reads what an event is about in words, and finds it by them; never content."""

import pytest
from django.db import connection
from django.db.models import Model
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection.models import ContactPoint
from intake import audit
from intake.admin.traces.event_objects import NAMED
from intake.choices import Action, Role
from intake.models import AuditEvent, StaffUser, Submission
from tests.logging_in import log_in
from tests.making import (
    INSIDE,
    Intake,
    make_box,
    make_clerk,
    make_contact,
    make_draft,
    make_intake,
    make_staff,
)
from tests.sending import text_of
from tests.staff_work import send, send_with_all

pytestmark = pytest.mark.django_db

LIST, EVENTS = "/admin/intake/submission/", "/admin/intake/auditevent/"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


@pytest.fixture
def intake() -> Intake:
    return make_intake()


@pytest.fixture
def auditor() -> Client:
    return log_in(Client(), make_staff(Role.AUDITOR))


def record(obj: Model) -> AuditEvent:
    """A correction of one row; an item is opened instead."""
    if isinstance(obj, Submission):
        return audit.record(Action.OPEN, by=None, at=INSIDE, obj=obj, desk=obj.desk)
    return audit.record(Action.CORRECT, by=None, at=INSIDE, obj=obj)


def worked_on(intake: Intake) -> tuple[Client, str]:
    """A clerk who opened an item, looked at its file and gave it a number; the item's key."""
    item = send_with_all(intake, intake.targets[0])
    client = log_in(Client(), make_clerk(intake, intake.desks[0], username="wang-yi"))
    client.get(f"{LIST}{item.pk}/change/")
    file = item.attachments.filter(supplement=None).get()
    client.post(f"{LIST}{item.pk}/attachment/{file.pk}/original/", {"reason": "核对细节"})
    return client, str(item.pk)


def test_an_item_is_named_by_its_number_and_before_it_has_one_by_its_moment(
    intake: Intake, auditor: Client
):
    client, key = worked_on(intake)
    page = text_of(auditor.get(EVENTS))
    assert "信访件 待登记，4月15日 10:00 收件" in page
    client.post(f"{LIST}register/", {"item": key})
    for address in (EVENTS, "/admin/"):
        page = text_of(auditor.get(address))
        assert "信访件 1-0001" in page
        assert "工作人员 wang-yi 张（演示）" in page
        assert make_draft().narrative[:6] not in page
    event = AuditEvent.objects.get(action=Action.OPEN)
    assert "信访件 1-0001" in text_of(auditor.get(f"{EVENTS}{event.pk}/change/"))


def test_no_page_of_the_audit_shows_a_bare_id(intake: Intake, auditor: Client):
    client, key = worked_on(intake)
    file = AuditEvent.objects.get(action=Action.TAKE_ORIGINAL).detail["attachment"]
    for page in (text_of(auditor.get(EVENTS)), text_of(client.get(f"{LIST}{key}/change/"))):
        log = page[page.index("<tbody>") :]
        assert file[:8] not in log
        assert "第几份：1" in log
    assert key[:8] not in text_of(auditor.get(EVENTS))


def test_every_kind_of_row_has_words(intake: Intake, auditor: Client):
    box, contact = make_box(intake.round, number=23), make_contact(intake.round)
    for obj in (box, contact, intake.round, intake.teams[0], intake.targets[0]):
        record(obj)
    gone = record(contact)
    ContactPoint.objects.all().delete()
    page = text_of(auditor.get(EVENTS))
    for words in ("举报箱 23 号箱", f"轮次 {intake.round.title}", str(intake.targets[0])):
        assert words in page
    assert "联系方式 （已经不在）" in page
    assert NAMED.keys() == audit.OBJECTS.keys()
    assert gone.object_id


@pytest.mark.parametrize(
    "words", ["1-0001", "1", "１—0001", "第 1 - 1 號", "第一轮第一号", "wang-yi"]
)
def test_the_search_finds_an_item_or_a_member_by_its_name(
    intake: Intake, auditor: Client, words: str
):
    client, key = worked_on(intake)
    client.post(f"{LIST}register/", {"item": key})
    rows = auditor.get(EVENTS, {"q": words}).context["cl"].result_list
    assert Action.REGISTER in {event.action for event in rows}
    assert auditor.get(EVENTS, {"q": "1-0002"}).context["cl"].result_count == 0


@pytest.mark.parametrize("words", ["23", "23号箱", "举报箱 23", "第２３號舉報箱", "二十三号信箱"])
def test_the_search_finds_a_box_by_its_number(intake: Intake, auditor: Client, words: str):
    event = record(make_box(intake.round, number=23))
    found = auditor.get(EVENTS, {"q": words}).context["cl"].result_list
    # A member's own key may be the same number, and then the login is found too.
    assert [one for one in found if one.action != Action.LOGIN] == [event]


def test_a_tampered_event_does_not_break_the_page(intake: Intake, auditor: Client):
    record(intake.round)
    AuditEvent.objects.filter(action=Action.CORRECT).update(object_id="no key")
    assert "轮次 （已经不在）" in text_of(auditor.get(EVENTS))


def test_a_page_of_many_events_costs_as_much_as_one_of_few(intake: Intake, auditor: Client):
    counts = []
    for _ in range(2):
        for _ in range(10):
            record(send(intake, intake.targets[0]))
            record(StaffUser.objects.order_by("?")[0])
            record(make_box(intake.round))
        with CaptureQueriesContext(connection) as queries:
            auditor.get(EVENTS)
        counts.append(len(queries))
    assert counts[0] == counts[1]
    assert not any('"intake_submission"."sealed"' in query["sql"] for query in queries)


def test_whose_deeds_are_looked_for_is_said_by_user_name(auditor: Client):
    """Several may have one full name, as the invented members have."""
    first, second = make_staff(Role.OFFICE), make_staff(Role.OFFICE)
    page = text_of(auditor.get(EVENTS))
    for user in (first, second):
        link = f'?actor__id__exact={user.pk}"'
        assert page[page.index(link) :].split("<", 1)[0].endswith(f">{user.told_apart}")
