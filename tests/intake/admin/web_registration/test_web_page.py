"""A web report's registration: proposals are shown with their words, and only ticks are taken."""

import re
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.casework import case_files
from intake.casework.together import keeping_digests
from intake.choices import Action, Nature, Rank, Status
from intake.models import ItemDigest, StaffUser, Submission
from tests.logging_in import actions, log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake
from tests.sending import text_of
from tests.staff_work import keyring_for, send

pytestmark = pytest.mark.django_db

WORDS = "（演示）村支书王建国收了承包人的钱，把机动地低价包给亲戚，还公款吃喝。"


@pytest.fixture
def intake(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake()


def page_of(item: Submission) -> str:
    return f"/admin/intake/submission/{item.pk}/registering/"


def asked(intake: Intake, **draft: Any) -> tuple[Submission, Client, StaffUser]:
    item = send(intake, intake.targets[0], narrative=WORDS, **draft)
    clerk = make_clerk(intake, intake.desks[0])
    return item, log_in(Client(), clerk), clerk


def test_what_the_words_propose_is_shown_and_nothing_is_decided(intake: Intake):
    item, client, _clerk = asked(intake)
    page = client.get(page_of(item))
    text = text_of(page)
    offered = {offer.key for offer in page.context["offers"]}
    assert {"accused:0", "nature:accusation", "rank:village"} <= offered
    assert "王建国" in text
    assert "反映内容里写着" in text
    assert not re.search('name="accept"[^>]*checked', page.content.decode())
    form = page.context["sheet"].form
    assert [form[name].value() for name in ("nature", "rank", "main_problem")] == ["", "", None]
    assert actions()[-1] == Action.OPEN
    answer = client.post(page_of(item))
    item.refresh_from_db()
    assert answer["Location"] == item.get_absolute_url()
    assert (item.number, item.status) == (1, Status.TO_ASSESS)
    assert (item.nature, item.rank, item.main_problem) == ("", "", None)
    assert 'id="registered-number">1-0001<' in client.get(answer["Location"]).content.decode()


def test_only_what_is_ticked_is_taken_and_only_what_was_offered(intake: Intake):
    item, client, clerk = asked(intake)
    ticked = ["accused:0", "nature:accusation", "rank:village", "rank:province", "focus:999999"]
    client.post(page_of(item), {"accept": ticked})
    item.refresh_from_db()
    assert (item.number, item.nature, item.rank) == (1, Nature.ACCUSATION, Rank.VILLAGE)
    case = case_files.open(item, keyring_for(clerk))
    assert [one.name for one in case.words.accused] == ["王建国"]
    # Pressed twice, it is one registration.
    assert client.post(page_of(item), {"accept": ["nature:appeal"]}).status_code == 302
    item.refresh_from_db()
    assert (item.number, item.nature) == (1, Nature.ACCUSATION)
    assert "王建国" not in str([vars(event) for event in item.round.submissions.all()])


def test_the_offers_are_no_way_past_the_reporter_s_name(intake: Intake):
    item, client, _clerk = asked(
        intake, identity="named", reporter_name="金丝雀", reporter_phone="13800000000"
    )
    assert "金丝雀" not in client.get(page_of(item)).content.decode()


@pytest.mark.parametrize("ticked", [[], ["accused:0"]])
def test_its_repeats_are_found_as_soon_as_it_has_its_number(intake: Intake, ticked: list[str]):
    item, client, clerk = asked(intake)
    ItemDigest.objects.all().delete()
    client.post(page_of(item), {"accept": ticked})
    kept = digests_of(item)
    keeping_digests.renew(Submission.objects.get(pk=item.pk), keyring_for(clerk))
    assert kept and kept == digests_of(item)


def digests_of(item: Submission) -> set[tuple[str, str]]:
    return set(ItemDigest.objects.filter(submission=item).values_list("trait", "digest"))
