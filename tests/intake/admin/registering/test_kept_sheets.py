"""What is being typed on a sheet of the registering page: kept, offered, never written over."""

import re
from collections.abc import Callable

import pytest
from django.http import HttpResponse
from pytest_django.fixtures import Settings

from intake.choices import Way
from intake.models import WrittenDraft
from tests.intake.admin.registering.filling_in import ADD, letter, sheet_on
from tests.intake.admin.registering.standing_office import Office, make_office
from tests.making import INSIDE
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db

KEEP_AT = re.compile(r'data-written="([^"]+)"')
OFFERED = re.compile(r'name="_written" value="([^"]+)"')


standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def keep(office: Office, page: HttpResponse, **typed: str) -> dict[str, str]:
    """As the page's script does."""
    (address,) = KEEP_AT.findall(page.content.decode())
    sent = letter(_sheet=sheet_on(page), **typed)
    assert office.office.post(address, sent).status_code == 200
    return sent


def offered(page: HttpResponse) -> dict[str, str]:
    """What the offer's form brings along."""
    return {"_written": OFFERED.findall(page.content.decode())[0]}


def test_what_is_being_typed_is_given_back_to_the_same_person(office: Office):
    keep(office, office.office.get(ADD), way="box", subject="金丝雀", received_on="")
    page = office.office.get(ADD)
    assert "放回去" in text_of(page)
    assert "放回去" not in text_of(office.team.get(ADD))
    # Whose they are not gets an empty page.
    assert office.team.post(ADD, {**offered(page), "_put_back": "1"}).status_code == 302
    back = office.office.post(ADD, {**offered(page), "_put_back": "1"})
    assert back.status_code == 200
    assert back.context["form"].way == Way.BOX
    assert 'value="金丝雀"' in back.content.decode()
    assert "errornote" not in back.content.decode()
    assert "放回去" not in text_of(back)
    # It is the sheet that it was: saved, nothing of it is offered once more.
    assert office.office.post(ADD, letter(_sheet=sheet_on(back), _save="")).status_code == 302
    assert "放回去" not in text_of(office.office.get(ADD))


def test_a_letter_of_another_sheet_neither_writes_over_nor_removes_what_waits(office: Office):
    keep(office, office.office.get(ADD), subject="第一张")
    second = office.office.get(ADD)
    typed = keep(office, second, subject="第二张")
    assert WrittenDraft.objects.count() == 2
    assert office.office.post(ADD, {**typed, "_save": ""}).status_code == 302
    page = office.office.get(ADD)
    back = office.office.post(ADD, {**offered(page), "_put_back": "1"})
    assert 'value="第一张"' in back.content.decode()
    gone = office.office.post(ADD, {**offered(page), "_throw_away": "1"})
    assert gone.status_code == 302 and not WrittenDraft.objects.exists()


def test_a_sheet_that_becomes_another_takes_its_words_along(office: Office):
    page = office.office.get(ADD)
    typed = keep(office, page, subject="第一件")
    assert office.office.post(ADD, {**typed, "_save": ""}).status_code == 302
    # Somebody went back to it and typed on.
    again = office.office.post(ADD, {**keep(office, page, subject="第二件"), "_save": ""})
    assert again.status_code == 422 and sheet_on(again) != typed["_sheet"]
    (address,) = KEEP_AT.findall(again.content.decode())
    assert address == f"/admin/written/{WrittenDraft.objects.get().place}/"
