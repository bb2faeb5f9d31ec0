"""Several items at once: what was previewed is what is executed, all of it or nothing."""

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from intake import audit
from intake.choices import Action, Status
from intake.models import AuditEvent, Submission
from tests.intake.casework.moving.world import (
    RESULT,
    World,
    go,
    inquiring,
    make_world,
    now,
    registered,
)
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk
from tests.sending import preview_token, text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


@pytest.fixture
def world() -> World:
    return make_world()


def ask(client: Client, *items: Submission, to: str = "") -> HttpResponse:
    values = {"item": [item.pk for item in items], **({"to": to} if to else {})}
    return client.post(f"{LIST}several/", values)


def confirm(client: Client, token: str, **typed: str) -> HttpResponse:
    return client.post(f"{LIST}several/", {"token": token, **typed})


def test_the_list_leads_to_a_preview_and_the_preview_to_the_deed(world: World):
    ready, not_ready = [inquiring(world), inquiring(world)], registered(world)
    client = log_in(Client(), world.clerk)
    ticked = [item.pk for item in (*ready, not_ready)]
    action = {"action": "move_selected", "index": "0", "_selected_action": ticked}
    page = text_of(client.post(LIST, action))
    assert "办结（2 件可以）" in page and "作废" not in page
    preview = ask(client, *ready, not_ready, to="closed")
    page = text_of(preview)
    assert "<b>2</b> 件会改，<b>1</b> 件不会" in page
    assert "这一件现在是“待研判”，不能改成“已办结”。" in page
    assert confirm(client, preview_token(preview)).status_code == 422
    done = confirm(client, preview_token(preview), result=RESULT)
    assert done.status_code == 302
    assert [now(item).status for item in ready] == [Status.CLOSED] * 2
    assert now(not_ready).version == not_ready.version
    assert audit.verify().is_sound


def test_all_that_the_list_finds_are_taken_across_its_pages_and_no_more_than_the_most(
    world: World, monkeypatch: pytest.MonkeyPatch
):
    from intake.admin.items import item_list
    from intake.admin.judging import several_pages

    found, other = [registered(world) for _ in range(3)], inquiring(world)
    client = log_in(Client(), world.clerk)
    monkeypatch.setattr(item_list.SubmissionAdmin, "list_per_page", 2)
    address = f"{LIST}?status__exact=to_assess"
    page = text_of(client.get(address))
    assert "选中全部 3 件" in page and 'name="select_across" value="0"' in page
    ticked = {"_selected_action": [found[0].pk], "select_across": "1"}
    action = {"action": "move_selected", "index": "0", **ticked}
    items = client.post(address, action).context["items"]
    assert {item.pk for item in items} == {item.pk for item in found}
    assert other.pk not in {item.pk for item in items}
    for module in (item_list, several_pages):
        monkeypatch.setattr(module, "MOST_AT_ONCE", 2)
    assert "一次最多办 2 件，现在有 3 件" in text_of(client.get(address))
    for deed in ("move_selected", "register_selected"):
        answer = client.post(address, {**action, "action": deed})
        assert (answer.status_code, answer["Location"]) == (302, address)


def test_a_preview_that_has_grown_old_is_shown_anew_and_nothing_is_done(world: World):
    first, second = inquiring(world), inquiring(world)
    client = log_in(Client(), world.clerk)
    token = preview_token(ask(client, first, second, to="closed"))
    go(second, Status.TO_ASSESS, world.head, reason="（演示）")
    late = confirm(client, token, result=RESULT)
    page = text_of(late)
    assert late.status_code == 409
    assert "一件也没有办" in page and "<b>1</b> 件会改" in page and RESULT in page
    assert now(first).status == Status.INQUIRING
    assert confirm(client, preview_token(late), result=RESULT).status_code == 302
    assert now(first).status == Status.CLOSED


def test_a_preview_is_only_for_whoever_looked_at_it(world: World):
    item = inquiring(world)
    token = preview_token(ask(log_in(Client(), world.clerk), item, to="closed"))
    head = log_in(Client(), world.head)
    for wrong in (token, token[:-2], "", "x:y:z"):
        assert confirm(head, wrong, result=RESULT).status_code == 302
    assert now(item).status == Status.INQUIRING
    assert AuditEvent.objects.filter(action=Action.MOVE).count() == 2


def test_items_of_another_desk_and_nonsense_are_not_there(world: World):
    item = inquiring(world)
    stranger = log_in(Client(), make_clerk(world.intake, world.intake.desks[1]))
    for keys in ([item.pk], ["nonsense"], []):
        answer = stranger.post(f"{LIST}several/", {"item": keys, "to": "closed"}, follow=True)
        assert "没有选中信访件" in text_of(answer)


def test_no_more_than_the_most_at_once(world: World, monkeypatch: pytest.MonkeyPatch):
    from intake.admin.judging import several_pages

    monkeypatch.setattr(several_pages, "MOST_AT_ONCE", 1)
    items = [send(world.intake, world.intake.targets[0]) for _ in range(2)]
    answer = ask(log_in(Client(), world.clerk), *items)
    assert (answer.status_code, answer["Location"]) == (302, LIST)


def test_a_preview_of_many_asks_as_often_as_one_of_few(world: World):
    many = [inquiring(world) for _ in range(4)]
    client, counts = log_in(Client(), world.clerk), []
    for some in (many[:1], many):
        with CaptureQueriesContext(connection) as asked:
            assert ask(client, *some, to="closed").status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]
