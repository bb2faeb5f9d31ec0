"""The page of an item offers what this member may do now; what cannot be done is said, not lost."""

import re
from typing import Any

import pytest
from django.http import HttpResponse
from django.test import Client
from pytest_django.fixtures import Settings

from intake.casework import case_files
from intake.casework.moving.move_table import Need
from intake.casework.moving.needed import SENTENCES
from intake.casework.moving.voiding_by_two import pending_of
from intake.choices import Action, Handling, Status
from intake.models import AuditEvent, StaffUser, Submission
from tests.intake.casework.moving.world import (
    OPINION,
    REASON,
    World,
    go,
    inquiring,
    judged,
    make_world,
    now,
    proposed,
    registered,
)
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk
from tests.sending import text_of
from tests.staff_work import keyring_for

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


@pytest.fixture
def world() -> World:
    return make_world()


def client_of(user: StaffUser) -> Client:
    return log_in(Client(), user)


def press(client: Client, item: Submission, to: str, **typed: Any) -> HttpResponse:
    values = {"version": item.version, "to": to, **typed}
    return client.post(f"{LIST}{item.pk}/move/", values)


def marked(answer: HttpResponse) -> set[str]:
    """The fields that are marked as wrong; of radio buttons each is."""
    return set(re.findall(r'name="(\w+)"[^>]*aria-invalid="true"', text_of(answer)))


def buttons_on(page: str) -> list[str]:
    return re.findall(r'name="to" value="(\w+)"', page)


def test_the_page_says_what_programs_hold_on_to(world: World):
    item = judged(world)
    page = text_of(client_of(world.clerk).get(f"{LIST}{item.pk}/change/"))
    told = f'data-status="to_assess" data-number="1-0001" data-version="{item.version}"'
    assert re.search(rf"<main [^>]*{told}", page)


def test_each_is_offered_what_is_theirs_and_pressing_it_leads_back(world: World):
    item = proposed(world)
    offered = {
        name: buttons_on(text_of(client_of(getattr(world, name)).get(f"{LIST}{item.pk}/change/")))
        for name in ("clerk", "head", "office", "office_head")
    }
    assert offered == {
        "clerk": ["to_assess", "voided"],
        "head": ["inquiring", "to_assess", "voided"],
        "office": ["voided"],
        "office_head": ["inquiring", "to_assess", "voided"],
    }
    # Whoever approves reads first what was proposed.
    head = client_of(world.head)
    assert OPINION in text_of(head.get(f"{LIST}{item.pk}/change/"))
    answer = press(head, item, "inquiring", opinion="（演示）同意")
    assert (answer.status_code, answer["Location"]) == (302, f"{LIST}{item.pk}/change/")
    assert now(item).status == Status.INQUIRING


@pytest.mark.parametrize(
    ("make", "to", "who", "lacks"),
    [
        (judged, "to_approve", "clerk", {"handling", "opinion"}),
        (proposed, "inquiring", "head", {"opinion"}),
        (proposed, "to_assess", "head", {"reason"}),
        (inquiring, "closed", "clerk", {"result"}),
        (registered, "returned", "clerk", {"reason"}),
        (registered, "voided", "office", {"reason"}),
    ],
)
def test_what_is_missing_is_said_at_its_field(
    world: World, make: Any, to: str, who: str, lacks: set[str]
):
    item = make(world)
    answer = press(client_of(getattr(world, who)), item, to)
    assert answer.status_code == 422
    assert marked(answer) == lacks
    said = text_of(answer)
    assert [name for name in lacks if str(SENTENCES[Need(name)]) not in said] == []

    assert (now(item).status, now(item).version) == (item.status, item.version)


def test_the_facts_that_are_judged_first_are_named_beside_the_fields(world: World):
    page = text_of(press(client_of(world.clerk), registered(world), "to_approve"))
    assert "还没有甄别：信访件性质。" in page and str(SENTENCES[Need.OPINION]) in page


def test_nothing_typed_is_lost_when_something_else_is_missing(world: World):
    item = registered(world)
    typed = {"handling": Handling.INQUIRE.value, "opinion": OPINION}
    page = text_of(answer := press(client_of(world.clerk), item, "to_approve", **typed))
    assert answer.status_code == 422
    assert "还没有甄别：信访件性质。" in page
    assert OPINION in page
    assert re.search(r'value="inquire"[^>]*checked', page)


@pytest.mark.parametrize("to", ["archived", "transferred", "nonsense", "", "\x00"])
def test_what_is_no_move_is_said(world: World, to: str):
    item = registered(world)
    answer = press(client_of(world.office_head), item, to)
    assert (answer.status_code, now(item).version) == (422, item.version)


@pytest.mark.parametrize("version", ["", "x", "-1", "9" * 30, "١"])
def test_a_form_without_a_version_does_nothing(world: World, version: str):
    item = inquiring(world)
    answer = press(client_of(world.clerk), item, "closed", version=version, result="（演示）")
    assert answer.status_code == 422
    assert now(item).status == Status.INQUIRING


def test_whoever_may_not_is_refused_and_another_desk_sees_nothing(world: World):
    item = proposed(world)
    assert press(client_of(world.clerk), item, "inquiring", opinion=OPINION).status_code == 403
    stranger = client_of(make_clerk(world.intake, world.intake.desks[1]))
    assert press(stranger, item, "voided", reason=REASON).status_code == 404
    assert now(item).status == Status.TO_APPROVE


def test_a_button_pressed_twice_is_one_move(world: World):
    item, client = judged(world), client_of(world.clerk)
    typed = {"handling": Handling.KEEP.value, "opinion": OPINION}
    answers = [press(client, item, "to_approve", **typed) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    assert AuditEvent.objects.filter(action=Action.MOVE).count() == 1
    asked = [press(client, now(item), "voided", reason=REASON) for _ in range(2)]
    assert [answer.status_code for answer in asked] == [302, 403]


def test_two_tabs_tell_of_one_another(world: World):
    """The later press says both versions and keeps what was typed; pressed again it is done."""
    item, client = judged(world), client_of(world.clerk)
    press(client, item, "to_approve", handling=Handling.KEEP.value, opinion=OPINION)
    late = press(client, item, "returned", reason=REASON)
    page = text_of(late)
    assert late.status_code == 409
    assert f"第 {item.version + 1} 版；您打开的是第 {item.version} 版" in page
    assert "待审批" in page and "退回改派" in page and REASON in page
    go(item, Status.TO_ASSESS, world.clerk, reason="（演示）撤回")
    again = press(client, item, "returned", reason=REASON)
    assert again.status_code == 409
    version = re.search(r'name="version" value="(\d+)"', text_of(again))
    assert version
    done = press(client, item, "returned", reason=REASON, version=version[1])
    assert (done.status_code, now(item).status) == (302, Status.RETURNED)


def test_voiding_is_asked_for_by_one_and_confirmed_by_another(world: World):
    item, clerk, head = registered(world), client_of(world.clerk), client_of(world.head)
    assert press(clerk, item, "voided", reason=REASON).status_code == 302
    item = now(item)
    page = text_of(head.get(f"{LIST}{item.pk}/change/"))
    assert "申请作废这一件" in page and REASON in page and buttons_on(page) == ["voided"]
    assert buttons_on(text_of(clerk.get(f"{LIST}{item.pk}/change/"))) == []
    assert press(clerk, item, "voided").status_code == 403
    assert head.post(f"{LIST}{item.pk}/keep/", {"version": item.version}).status_code == 302
    assert pending_of(item) is None
    press(clerk, now(item), "voided", reason=REASON)
    assert press(head, now(item), "voided").status_code == 302
    assert now(item).status == Status.VOIDED


def test_the_words_of_a_deed_stand_in_the_case_file_and_nowhere_else(world: World):
    item = registered(world)
    client = client_of(world.clerk)
    press(client, item, "returned", reason=REASON)
    assert REASON not in str(list(AuditEvent.objects.values_list("detail", "covers")))
    assert REASON not in str(list(Submission.objects.values_list()))
    words = case_files.open(now(item), keyring_for(world.clerk)).words
    assert words.notes[-1].words == REASON
    page = text_of(client.get(f"{LIST}{item.pk}/change/"))
    assert "原状态：待研判" in page and "状态：退回改派" in page and "写了：理由" in page
