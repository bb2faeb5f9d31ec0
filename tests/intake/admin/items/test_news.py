"""What was added is marked until a member of the item's own desk has opened it."""

from datetime import timedelta

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.citizen.adding import supplement
from intake.citizen.receipt_keys import code_of
from intake.models import AuditEvent, Submission, Supplement
from intake.report.draft import SupplementDraft
from intake.report.form_tokens import new_nonce
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_draft, make_intake
from tests.sending import text_of
from tests.staff_work import ADDED, send, send_with_all

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
MARK = '<span class="tag tag--late">新补充</span>'


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


@pytest.fixture
def intake() -> Intake:
    return make_intake()


@pytest.fixture
def item(intake: Intake) -> Submission:
    """An item of the first team's desk with a supplement."""
    return send_with_all(intake, intake.targets[0])


def page_of(client: Client, item: Submission) -> str:
    return text_of(client.get(f"{LIST}{item.pk}/change/"))


def places_that_mark(client: Client) -> list[str]:
    """Which of start page, list and filter say that something was added."""
    said = {
        "start": "1 件有新补充" in text_of(client.get("/admin/")),
        "list": MARK in text_of(client.get(LIST)),
        "filter": client.get(f"{LIST}?supplement=new").context["cl"].result_count == 1,
    }
    return [place for place, is_marked in said.items() if is_marked]


def test_a_supplement_is_marked_until_a_member_of_the_desk_opens_the_item(
    intake: Intake, item: Submission
):
    send(intake, intake.targets[0])
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    assert places_that_mark(client) == ["start", "list", "filter"]
    assert MARK in page_of(client, item)
    assert places_that_mark(client) == []
    assert ADDED in (again := page_of(client, item)) and MARK not in again


def test_the_office_looking_into_a_teams_item_leaves_the_mark(intake: Intake, item: Submission):
    office = log_in(Client(), make_clerk(intake, intake.office))
    clerk = log_in(Client(), make_clerk(intake, intake.desks[0]))
    assert MARK in page_of(office, item)
    assert places_that_mark(clerk) == ["start", "list", "filter"]


def test_other_desks_are_told_nothing(intake: Intake, item: Submission):
    other = log_in(Client(), make_clerk(intake, intake.desks[1]))
    assert places_that_mark(other) == []


def test_only_what_came_after_the_last_opening_is_marked(intake: Intake):
    draft = make_draft(target_code=intake.targets[0].code)
    item = send(intake, intake.targets[0], nonce=draft.nonce)
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    code = code_of(draft.nonce, draft.content)
    for minute, words in enumerate(("第一次补充（演示）", "第二次补充（演示）")):
        at = INSIDE + timedelta(minutes=minute)
        supplement(code, SupplementDraft(narrative=words), nonce=new_nonce(), at=at)
        page = page_of(client, item)
        assert page.count(MARK) == 1
        assert page.index(MARK) < page.index(words)
    assert page.index("第一次补充") < page.index(MARK)


def test_what_was_slow_to_come_in_is_marked_though_it_started_before_the_opening(
    intake: Intake, item: Submission
):
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    page_of(client, item)
    early = INSIDE - timedelta(minutes=9)
    Supplement.objects.create(
        submission=item, received_at=early, idempotency_key="slow", sealed=b"", sealed_digest=""
    )
    assert places_that_mark(client) == ["start", "list", "filter"]


def test_at_a_new_desk_everything_added_is_new(intake: Intake, item: Submission):
    page_of(log_in(Client(), make_clerk(intake, intake.desks[0])), item)
    office = log_in(Client(), make_clerk(intake, intake.office))
    item.refresh_from_db()
    typed = {"desk": intake.desks[1].pk, "reason": "（演示）", "version": item.version}
    office.post(f"{LIST}{item.pk}/reroute/", typed)
    assert places_that_mark(log_in(Client(), make_clerk(intake, intake.desks[1]))) == [
        "start",
        "list",
        "filter",
    ]


def test_the_arrival_stands_in_the_items_log_and_adds_no_event(intake: Intake, item: Submission):
    assert not AuditEvent.objects.exists()
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    for page in ("change", "history"):
        events = client.get(f"{LIST}{item.pk}/{page}/").context["events"]
        assert ("反映人", "补充材料收到", INSIDE) in [(e.who, e.deed, e.at) for e in events]
