"""Staff look at a round's page before citizens can."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import Role
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_intake, make_staff

pytestmark = pytest.mark.django_db


@pytest.fixture
def hidden(settings: Settings) -> Intake:
    settings.SIMULATED_NOW = INSIDE
    return make_intake(slug="hidden", title="还没有公开的公告", is_public=False)


def address_of(intake: Intake) -> str:
    return f"/admin/inspection/round/{intake.round.pk}/preview/"


def test_the_office_sees_the_page_and_that_it_is_hidden(hidden: Intake):
    client = log_in(Client(), make_clerk(hidden, hidden.office))

    response = client.get(address_of(hidden))

    page = response.content.decode()
    assert response.status_code == 200
    assert "这一轮还没有公开，只有工作人员看得到" in page
    assert hidden.targets[0].name in page
    assert f'href="/admin/inspection/round/{hidden.round.pk}/change/"' in page
    assert "no-store" in response.headers["Cache-Control"]


def test_the_rounds_page_leads_to_it(hidden: Intake):
    client = log_in(Client(), make_clerk(hidden, hidden.office))

    page = client.get(f"/admin/inspection/round/{hidden.round.pk}/change/").content.decode()

    assert f'href="{address_of(hidden)}"' in page
    assert 'name="is_public"' in page


def test_a_public_round_says_that_it_is_public(hidden: Intake):
    hidden.round.is_public = True
    hidden.round.save()
    client = log_in(Client(), make_clerk(hidden, hidden.desks[0]))

    assert "预览：这一轮已经公开。" in client.get(address_of(hidden)).content.decode()


def test_strangers_are_sent_to_the_login(hidden: Intake):
    response = Client().get(address_of(hidden))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/admin/login/")


def test_who_sees_no_notice_sees_no_preview(hidden: Intake):
    client = log_in(Client(), make_staff(Role.AUDITOR))

    assert client.get(address_of(hidden)).status_code == 403


def test_a_round_that_is_not_there_is_404(hidden: Intake):
    client = log_in(Client(), make_clerk(hidden, hidden.office))

    assert client.get("/admin/inspection/round/999999/preview/").status_code == 404


def test_the_page_is_only_read(hidden: Intake):
    client = log_in(Client(), make_clerk(hidden, hidden.office))

    assert client.post(address_of(hidden)).status_code == 405


def test_citizens_pages_of_the_staff_say_nothing_about_it(hidden: Intake):
    client = log_in(Client(), make_clerk(hidden, hidden.office))

    assert "还没有公开的公告" not in client.get("/").content.decode()
