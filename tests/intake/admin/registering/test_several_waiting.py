"""Several items are registered from the list at once; their repeats are found from then on."""

import uuid

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.judging.several_pages import Preview
from intake.casework.moving.several import MOST_AT_ONCE
from intake.casework.registering import register_several
from intake.casework.together.finding_repeats import look_up
from intake.casework.together.item_facts import told_facts
from intake.casework.versions import ChangedMeanwhile
from intake.choices import Status
from intake.models import ItemDigest, Submission
from intake.staff.keyring import COOKIE
from tests.intake.casework.together.two_letters import MATTER, PHONE, TOLD
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake
from tests.sending import preview_token, text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"
REGISTER = f"{LIST}register/"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def test_what_is_registered_together_is_compared_from_then_on():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    items = [send(intake, intake.targets[0], narrative=MATTER, **TOLD) for _ in range(2)]
    damaged = send(intake, intake.targets[0])
    Submission.objects.filter(pk=damaged.pk).update(sealed=b"no age file")
    client = log_in(Client(), clerk)
    page = text_of(client.get(LIST))
    assert "登记本页（3 件）" in page and 'value="gather_selected">放进移交清单' in page
    token = preview_token(client.post(REGISTER, {"item": [one.pk for one in (*items, damaged)]}))
    assert not Submission.objects.filter(number__isnull=False).exists()
    answer = client.post(REGISTER, {"token": token})
    assert answer.status_code == 302
    assert set(Submission.objects.values_list("number", flat=True)) == {1, 2, 3}
    assert set(ItemDigest.objects.values_list("submission", flat=True)) == {one.pk for one in items}
    keyring = keyring_for(clerk)
    facts = told_facts(reporter_phone=PHONE)
    hits = look_up(facts, intake.round, keyring, by=clerk, at=INSIDE)
    assert {hit.item.pk for hit in hits} == {one.pk for one in items}


def test_more_than_go_at_once_and_what_does_not_wait_is_said():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), clerk)
    there, waiting = (send(intake, intake.targets[0]) for _ in range(2))
    elsewhere = send(intake, intake.targets[1])
    address = f"{LIST}register/"
    client.post(address, {"item": [there.pk]})
    many = [waiting.pk, *(uuid.uuid4() for _ in range(MOST_AT_ONCE))]
    refused = text_of(client.post(address, {"item": many}, follow=True))
    assert f"一次最多办 {MOST_AT_ONCE} 件" in refused
    waiting.refresh_from_db()
    assert waiting.number is None
    chosen = {"item": [there.pk, waiting.pk, elsewhere.pk]}
    preview = client.post(address, chosen)
    said = text_of(preview)
    assert "<b>1</b> 件会改，<b>1</b> 件不会" in said
    assert "1-0001" in said and "有 1 件不在您的受理席，不能登记。" in said
    done = text_of(client.post(address, {"token": preview_token(preview)}, follow=True))
    assert "已登记，编号 2。" in done
    elsewhere.refresh_from_db()
    assert elsewhere.number is None


def test_what_was_registered_after_the_preview_is_said_and_nothing_is_done():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    client = log_in(Client(), clerk)
    first, second = (send(intake, intake.targets[0]) for _ in range(2))
    token = preview_token(client.post(REGISTER, {"item": [first.pk, second.pk]}))
    client.post(REGISTER, {"item": [first.pk]})
    late = client.post(REGISTER, {"token": token})
    assert late.status_code == 409 and "一件也没有办" in text_of(late)
    second.refresh_from_db()
    assert second.number is None
    with pytest.raises(ChangedMeanwhile):
        register_several([first, second], keyring_for(clerk), by=clerk, at=INSIDE)
    second.refresh_from_db()
    assert second.number is None
    assert client.post(REGISTER, {"token": preview_token(late)}).status_code == 302
    second.refresh_from_db()
    assert second.number == 2
    # Nobody takes the preview of another, nor one that leads elsewhere.
    other = log_in(Client(), make_clerk(intake, intake.desks[0]))
    assert "不是给您的" in text_of(other.post(REGISTER, {"token": token}, follow=True))
    elsewhere = Preview(Status.CLOSED, [], []).token(clerk.pk)
    assert "不是给您的" in text_of(client.post(REGISTER, {"token": elsewhere}, follow=True))


def test_without_its_keys_a_session_registers_nothing():
    intake = make_intake()
    item = send(intake, intake.targets[0])
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    del client.cookies[COOKIE]
    answer = client.post(f"{LIST}register/", {"item": [item.pk]})
    assert answer.status_code == 302 and answer["Location"].startswith("/admin/login/")
    item.refresh_from_db()
    assert item.number is None
