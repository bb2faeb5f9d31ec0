"""An item is found by its number, and leads back to its row in the list as it was."""

from urllib.parse import quote

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.finding.finding_pages import NOT_THERE
from intake.models import Submission
from tests.logging_in import log_in
from tests.making import INSIDE, make_clerk, make_intake
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/submission/"


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings):
    settings.SIMULATED_NOW = INSIDE


def test_a_number_leads_to_the_own_item_and_to_no_other_desks():
    intake = make_intake()
    office = log_in(Client(), make_clerk(intake, intake.office))
    for target in intake.targets[:2]:
        office.post(f"{LIST}register/", {"item": [send(intake, target).pk]})
    mine, theirs = (Submission.objects.get(number=number) for number in (1, 2))
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    for typed in ("1-0001", "1", "第1号"):
        assert client.get(f"{LIST}number/", {"n": typed})["Location"] == mine.get_absolute_url()
    answers = {
        text_of(client.get(f"{LIST}number/", {"n": typed}, follow=True)).partition(NOT_THERE)[1]
        for typed in (theirs.display_number, "2", "999", "", "x")
    }
    assert answers == {NOT_THERE}
    assert office.get(f"{LIST}number/", {"n": "2"})["Location"] == theirs.get_absolute_url()
    assert client.get(f"{LIST}number/?n=1&desk=1").status_code == 400


def test_an_opened_item_leads_back_to_its_row_in_the_list_as_it_was():
    intake = make_intake()
    item = send(intake, intake.targets[0])
    client = log_in(Client(), make_clerk(intake, intake.desks[0]))
    page = text_of(client.get(f"{LIST}?status__exact=unregistered"))
    way = quote("status__exact=unregistered", safe="")
    link = f"{LIST}{item.pk}/change/?_changelist_filters={way}"
    assert f'href="{link}"' in page and f'id="item-{item.pk}"' in page
    back = f'{LIST}?status__exact=unregistered#item-{item.pk}"'
    assert back in text_of(client.get(link))
    assert f'href="{LIST}#item-{item.pk}"' in text_of(client.get(item.get_absolute_url()))
    assert client.get(f"{link}%26sealed__contains%3Da").status_code == 400
