"""A clerk settles whether an item is within the round's scope, and the audit says who and what."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake import audit
from intake.choices import Action, Scope
from intake.models import AuditEvent, Submission
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake, record_what_was_made
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
CHORE = "1 件还没有核对受理范围。"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def test_the_chore_of_the_start_page_can_be_done():
    intake = make_intake()
    item, clerk = send(intake), make_clerk(intake, intake.office)
    client = log_in(Client(), clerk)
    record_what_was_made()
    assert CHORE in text_of(client.get("/admin/"))
    page = client.post(
        f"{LIST}{item.pk}/scope/", {"scope": "out", "version": item.version}, follow=True
    )
    assert "受理范围已改为“范围外”，已留痕。" in text_of(page)
    assert CHORE not in text_of(client.get("/admin/"))
    event = AuditEvent.objects.get(action=Action.SET_SCOPE)
    assert (event.actor, event.object_id, event.desk) == (clerk, str(item.pk), item.desk)
    assert event.detail == {"from_scope": "unchecked", "scope": "out"}
    assert audit.verify().is_sound


def test_the_opened_item_offers_it_and_its_log_says_it_in_words():
    intake = make_intake()
    item = send(intake, intake.targets[0])
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    client.post(f"{LIST}{item.pk}/scope/", {"scope": "out", "version": item.version})
    page = text_of(client.get(f"{LIST}{item.pk}/change/"))
    assert f'action="{LIST}{item.pk}/scope/"' in page
    assert "原受理范围：范围内" in page and "受理范围：范围外" in page


def test_what_stays_as_it_is_leaves_no_event():
    intake = make_intake()
    item, client = send(intake), log_in(Client(), make_clerk(intake, intake.office))
    page = client.post(
        f"{LIST}{item.pk}/scope/", {"scope": item.scope, "version": item.version}, follow=True
    )
    assert "没有改动" in text_of(page)
    assert not AuditEvent.objects.filter(action=Action.SET_SCOPE).exists()


@pytest.mark.parametrize("typed", [{}, {"scope": ""}, {"scope": "nonsense"}, {"scope": "\x00"}])
def test_only_one_of_the_three_can_be_chosen(typed: dict[str, str]):
    intake = make_intake()
    item, client = send(intake), log_in(Client(), make_clerk(intake, intake.office))
    page = client.post(f"{LIST}{item.pk}/scope/", typed, follow=True)
    assert "没有改" in text_of(page)
    assert Submission.objects.get().scope == Scope.UNCHECKED


def test_another_desk_cannot_set_it():
    intake = make_intake()
    item = send(intake, intake.targets[0])
    client = log_in(Client(), make_clerk(intake, intake.desks[1]))
    assert (
        client.post(
            f"{LIST}{item.pk}/scope/", {"scope": "out", "version": item.version}
        ).status_code
        == 404
    )
    assert Submission.objects.get().scope == item.scope


def test_a_stale_page_does_not_overturn_what_a_colleague_settled():
    intake = make_intake()
    item, client = send(intake), log_in(Client(), make_clerk(intake, intake.office))
    address, shown = f"{LIST}{item.pk}/scope/", {"scope": "out", "version": item.version}
    page = text_of(client.get(f"{LIST}{item.pk}/change/"))
    # Both forms of the page say in which version it was drawn.
    assert page.count(f'name="version" value="{item.version}"') >= 2
    assert "已留痕" in text_of(client.post(address, {**shown, "scope": "in"}, follow=True))
    for stale, said in ((shown, "别人已经改过它"), ({"scope": "out"}, "这一页不完整")):
        assert said in text_of(client.post(address, stale, follow=True))
    assert Submission.objects.get().scope == Scope.IN
