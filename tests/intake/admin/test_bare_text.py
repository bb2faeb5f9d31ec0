"""What nobody sees, pasted with a name, a code or a search, keeps no member of staff out."""

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import Role
from intake.models import StaffUser
from tests.logging_in import code_of, is_in, log_in, make_device, post_login
from tests.making import INSIDE, make_clerk, make_intake, make_staff
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

STAFF = "/admin/intake/staffuser/"
COPIED = ["\u2068{}\u2069", "\u202d{}", "\ufeff{}\u200b", "\u00ad {}\u200d", "{}\u2069"]


@pytest.fixture(autouse=True)
def inside_the_window(settings: Settings) -> None:
    settings.SIMULATED_NOW = INSIDE


@pytest.mark.parametrize("around", COPIED)
def test_a_copied_name_and_code_let_in(around: str):
    user, client = make_staff(Role.AUDITOR), Client()
    code = code_of(make_device(user))
    post_login(client, around.format(user.username), around.format(f"{code[:3]}\u2029{code[3:]}"))
    assert is_in(client)


@pytest.mark.parametrize("around", COPIED)
def test_an_account_is_made_by_the_names_that_are_seen(around: str):
    client = log_in(Client(), make_staff(Role.ADMINISTRATOR))
    names = {"username": around.format("chen"), "full_name": around.format("陈（演示）")}
    client.post(f"{STAFF}add/", {**names, "role": "team", "password": "another-invented-pass-2"})
    made = StaffUser.objects.get(role=Role.TEAM)
    assert (made.username, made.full_name) == ("chen", "陈（演示）")
    changed = {"full_name": around.format("陈二（演示）"), "is_active": "on"}
    client.post(f"{STAFF}{made.pk}/change/", changed)
    made.refresh_from_db()
    assert made.full_name == "陈二（演示）"


@pytest.mark.parametrize("around", COPIED)
def test_a_copied_search_finds(around: str):
    intake = make_intake()
    item = send(intake, intake.targets[0])
    clerk = log_in(Client(), make_clerk(intake, intake.desks[0]))
    for searched in (intake.targets[0].name, "4月15日"):
        found = clerk.get("/admin/intake/submission/", {"q": around.format(searched)})
        assert str(item.pk) in text_of(found)
    user = make_staff(Role.ADMINISTRATOR)
    page = text_of(log_in(Client(), user).get(STAFF, {"q": around.format(user.username)}))
    assert f"{STAFF}{user.pk}/change/" in page
