"""The pages of sealed matters: two sessions, two passwords, and nothing of it anywhere else."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import Role
from intake.models import SealedMatter, StaffUser
from tests.logging_in import log_in
from tests.making import INSIDE, PASSWORD, Intake, make_clerk, make_intake, make_staff
from tests.sending import invalid_fields, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/sealedmatter/"
ADD = f"{LIST}add/"


@dataclass
class Office:
    """Two clerks, each in a browser of their own."""

    intake: Intake
    people: list[StaffUser]
    first: Client
    second: Client


@pytest.fixture
def office(settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    intake = make_intake()
    people = [make_clerk(intake, intake.office, full_name=f"{n}号（演示）") for n in "甲乙"]
    return Office(intake, people, *(log_in(Client(), member) for member in people))


def keep(office: Office, **changes: Any) -> Any:
    page = text_of(office.first.get(ADD))
    expected = re.search(r'name="expected" value="(\d+)"', page)
    assert expected
    typed = {"received_on": "2025-04-14", "keeper": office.people[1].pk, "expected": expected[1]}
    return office.first.post(ADD, {**typed, **changes}, follow=True)


def press(client: Client, matter: SealedMatter, deed: str, **more: Any) -> Any:
    page = text_of(client.get(matter.get_absolute_url()))
    mark = re.search(r'name="seen" value="([^"]*)"', page)
    shown = {"deed": deed, "seen": mark[1] if mark else "", "password": PASSWORD}
    return client.post(matter.get_absolute_url(), {**shown, **more})


def test_from_the_envelope_to_the_second_signature(office: Office):
    told = text_of(keep(office))
    matter = SealedMatter.objects.get()
    assert "已登记，编号 密-001。请把编号写在信封外面。" in told
    assert "2025-04-21" in told
    assert "04-21 以前上送" in text_of(office.second.get(f"{LIST}?sent=here"))
    future = press(office.first, matter, "send", sent_on="2025-04-16")
    assert (future.status_code, invalid_fields(future)) == (422, {"sent_on"})
    wrong = press(office.first, matter, "send", sent_on="2025-04-15", password="guess-guess-1")
    assert invalid_fields(wrong) == {"password"}
    assert press(office.first, matter, "send", sent_on="2025-04-15").status_code == 302
    own = press(office.first, matter, "witness")
    assert own.status_code == 422
    assert "同一个人不能签两次" in text_of(own)
    assert "等见证人签名" in text_of(office.second.get(f"{LIST}?sent=unsigned"))
    assert press(office.second, matter, "witness").status_code == 302
    page = text_of(office.first.get(matter.get_absolute_url()))
    assert "已上送" in page
    assert 'name="deed"' not in page
    late = press(office.second, matter, "witness")
    assert late.status_code == 422
    assert "两个人都已签名，不能再改。" in text_of(late)


def test_a_second_press_is_no_second_matter_unless_it_is_meant(office: Office):
    keep(office)
    again = keep(office, expected="1")
    assert again.status_code == 422
    assert "密-001 刚才已经登记。" in text_of(again)
    assert 'name="expected" value="2"' in text_of(again)
    assert SealedMatter.objects.count() == 1
    keep(office)
    assert SealedMatter.objects.count() == 2


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"received_on": "2025-04-16"}, "received_on"),
        ({"received_on": ""}, "received_on"),
        ({"received_on": "上周"}, "received_on"),
        ({"keeper": "0"}, "keeper"),
    ],
)
def test_each_mistake_stands_at_its_field(office: Office, changes: dict[str, str], field: str):
    told = keep(office, **changes)
    assert told.status_code == 422
    assert invalid_fields(told) == {field}
    assert not SealedMatter.objects.exists()


def test_no_other_page_tells_of_it(office: Office):
    keep(office)
    for page in ("/admin/intake/submission/", "/admin/intake/submission/?q=密-001"):
        assert "密-001" not in text_of(office.second.get(page)).replace('value="密-001"', "")
    team = log_in(Client(), make_clerk(office.intake, office.intake.desks[0]))
    assert "密封件" not in text_of(team.get("/admin/"))
    auditor = log_in(Client(), make_staff(Role.AUDITOR))
    told = text_of(auditor.get("/admin/intake/auditevent/"))
    assert "密封件 密-001" in told
    assert "编号：1" in told
    other = make_intake()
    stranger = log_in(Client(), make_clerk(other, other.office))
    assert stranger.get(SealedMatter.objects.get().get_absolute_url()).status_code == 404
    assert "密-001" not in text_of(stranger.get(LIST))


def test_a_matter_leads_back_to_its_row_also_after_a_press(office: Office):
    keep(office)
    matter, way = SealedMatter.objects.get(), "?_changelist_filters=sent%3Dhere"
    opened = f"{matter.get_absolute_url()}{way}"
    found = text_of(office.first.get(f"{LIST}?sent=here"))
    assert f'href="{opened}"' in found and f'id="item-{matter.pk}"' in found
    assert f'href="{ADD}{way}"' in found
    back = f'href="{LIST}?sent=here#item-{matter.pk}"'
    assert back in text_of(office.first.get(opened))
    assert f'href="{LIST}?sent=here"' in text_of(office.first.get(f"{ADD}{way}"))
    signed = {"deed": "send", "sent_on": "2025-04-15", "password": PASSWORD, "seen": ""}
    assert office.first.post(opened, signed)["Location"] == opened
    another = {"received_on": "2025-04-14", "keeper": office.people[0].pk, "expected": 2}
    kept = office.first.post(f"{ADD}{way}", another)["Location"]
    assert kept == f"{SealedMatter.objects.get(number=2).get_absolute_url()}{way}"
