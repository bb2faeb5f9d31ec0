"""The pages of an opening: two people sign, each with the own password from the own session."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.choices import Action, Role
from intake.models import AuditEvent, BoxOpening, StaffUser
from tests.box_work import open_box, put_in
from tests.logging_in import log_in
from tests.making import INSIDE, PASSWORD, make_box, make_clerk, make_intake, make_staff
from tests.running.standing_world import standing_world
from tests.sending import invalid_fields, text_of

pytestmark = pytest.mark.django_db

LIST = "/admin/intake/boxopening/"
ADD = f"{LIST}add/"
CANARY = "金丝雀在封条上"


@dataclass
class Office:
    """Two clerks who open a box, each in a browser of their own."""

    box: Any
    people: list[StaffUser]
    first: Client
    second: Client
    third: Client

    def opening(self, *, confirmed: bool = True, **changes: Any) -> BoxOpening:
        second = self.people[1] if confirmed else None
        return open_box(self.box, self.people[0], second, **changes)


def make_office() -> Office:
    intake = make_intake()
    people = [make_clerk(intake, intake.office) for _ in range(3)]
    clients = [log_in(Client(), member) for member in people]
    return Office(make_box(intake.round), people, *clients)


standing = standing_world(make_office, at=INSIDE)


@pytest.fixture
def office(standing: Callable[[], Office], settings: Settings) -> Office:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def typed(office: Office, **changes: Any) -> dict[str, Any]:
    values = {
        "drop_box": office.box.pk,
        "opened_at": "2025-04-15T09:00",
        "count": "3",
        "first_number": "1",
        "last_number": "3",
        "damage": "",
        "password": PASSWORD,
    }
    return {**values, **changes}


def press(client: Client, opening: BoxOpening, deed: str, **more: Any) -> Any:
    """As the page of the record does it: with the mark that it shows."""
    page = text_of(client.get(opening.get_absolute_url()))
    mark = re.search(rf'name="seen" value="([^"]*)" id="{deed}_seen"', page)
    shown = {"deed": deed, "seen": mark[1] if mark else "", "password": PASSWORD}
    return client.post(opening.get_absolute_url(), {**shown, **more})


def test_one_records_and_another_confirms(office: Office):
    told = office.first.post(ADD, typed(office, damage=CANARY), follow=True)
    opening = BoxOpening.objects.get()
    assert told.redirect_chain == [(opening.get_absolute_url(), 302)]
    page = text_of(told)
    assert CANARY in page
    assert "等另一个开箱的人登录自己的账号来确认。" in page
    assert "我在场，确认" not in page
    assert "待确认" in text_of(office.first.get(LIST))
    assert "我在场，确认" in text_of(office.second.get(opening.get_absolute_url()))
    assert press(office.second, opening, "confirm").status_code == 302
    opening.refresh_from_db()
    assert opening.confirmed_by == office.people[1]
    listed = text_of(office.third.get(LIST))
    assert "件数不一致" in listed
    assert CANARY not in listed


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"drop_box": ""}, "drop_box"),
        ({"drop_box": "999999"}, "drop_box"),
        ({"opened_at": "2025-04-15T10:01"}, "opened_at"),
        ({"opened_at": "0001-01-01T00:00"}, "opened_at"),
        ({"opened_at": "昨天"}, "opened_at"),
        ({"count": "三"}, "count"),
        ({"count": "-1"}, "count"),
        ({"count": "0"}, "first_number"),
        ({"last_number": "4"}, "last_number"),
        ({"first_number": "99999999999999999999"}, "first_number"),
        ({"damage": "\x00"}, "damage"),
        ({"damage": "破" * 501}, "damage"),
        ({"password": ""}, "password"),
        ({"password": "not-the-own-password"}, "password"),
    ],
)
def test_each_mistake_stands_at_its_field_and_nothing_is_lost(
    office: Office, changes: dict[str, str], field: str
):
    told = office.first.post(ADD, typed(office, **{"damage": CANARY, **changes}))
    assert told.status_code == 422
    assert invalid_fields(told) == {field}
    assert "damage" in changes or CANARY in text_of(told)
    assert PASSWORD not in text_of(told)
    assert not BoxOpening.objects.exists()


def test_pressed_twice_is_recorded_once(office: Office):
    assert office.first.post(ADD, typed(office)).status_code == 302
    again = office.first.post(ADD, typed(office))
    assert again.status_code == 422
    assert "已经有一份开箱记录，不用再记一份。" in text_of(again)
    assert BoxOpening.objects.count() == 1


def test_the_second_sees_that_the_record_changed_meanwhile(office: Office):
    opening = office.opening(confirmed=False)
    old = re.search(
        r'name="seen" value="([^"]*)"', text_of(office.second.get(opening.get_absolute_url()))
    )
    assert old
    corrected = press(office.first, opening, "correct", **typed(office, count="4", last_number="4"))
    assert corrected.status_code == 302
    told = office.second.post(
        opening.get_absolute_url(), {"deed": "confirm", "seen": old[1], "password": PASSWORD}
    )
    assert told.status_code == 422
    assert "记录或者登记的件数有变化。请再看一遍。" in text_of(told)
    assert "4 件" in text_of(told)
    opening.refresh_from_db()
    assert not opening.is_confirmed
    assert press(office.second, opening, "confirm").status_code == 302
    assert "已经确认过了" in text_of(press(office.third, opening, "confirm"))


def test_nobody_signs_for_another(office: Office):
    """Neither the one who recorded it, twice, nor anybody at an open session."""
    opening = office.opening(confirmed=False)
    own = press(office.first, opening, "confirm")
    assert own.status_code == 422
    assert "记录人不能自己确认" in text_of(own)
    for attempt in range(1, 6):
        told = press(office.second, opening, "confirm", password="guessed-password-1")
        assert told.status_code == 422
        assert invalid_fields(told) == {"password"}
        event = AuditEvent.objects.filter(action=Action.NOT_SIGNED).latest("sequence")
        assert (event.actor, event.detail) == (office.people[1], {"attempt": attempt})
    locked = press(office.second, opening, "confirm")
    assert "30分钟以内不能再签" in text_of(locked)
    opening.refresh_from_db()
    assert not opening.is_confirmed


def test_a_discrepancy_is_explained_by_both(office: Office):
    opening = office.opening()
    put_in(opening)
    told = "1 份开箱记录，登记的件数和取出的件数不一样，还没有说明清楚。"
    watching = text_of(office.third.get(opening.get_absolute_url()))
    assert "等开箱的两个人说明为什么对不上。" in watching
    assert 'name="deed"' not in watching
    missing = press(office.first, opening, "explain", explanation="")
    assert invalid_fields(missing) == {"explanation"}
    wrong = press(office.first, opening, "explain", explanation=CANARY, password="x")
    assert CANARY in text_of(wrong)
    assert press(office.first, opening, "explain", explanation=CANARY).status_code == 302
    assert "来同意这个说明" in text_of(office.first.get(opening.get_absolute_url()))
    assert CANARY in text_of(office.second.get(opening.get_absolute_url()))
    assert "说明待同意" in text_of(office.third.get(LIST))
    # It stays on everybody's start page until both stand for the explanation.
    assert told in text_of(office.third.get("/admin/"))
    assert press(office.second, opening, "agree").status_code == 302
    assert "差异已说明" in text_of(office.third.get(LIST))
    assert told not in text_of(office.third.get("/admin/"))
    settled = text_of(office.second.get(opening.get_absolute_url()))
    assert 'name="deed"' not in settled
    events = AuditEvent.objects.exclude(action__in=["login", "read_box"])
    assert CANARY not in repr(list(events.values()))


def test_a_letter_that_came_in_while_somebody_wrote_loses_no_word(office: Office):
    opening = office.opening()
    page = text_of(office.first.get(opening.get_absolute_url()))
    mark = re.search(r'name="seen" value="([^"]*)"', page)
    assert mark
    put_in(opening)
    told = office.first.post(
        opening.get_absolute_url(),
        {"deed": "explain", "seen": mark[1], "explanation": CANARY, "password": PASSWORD},
    )
    assert told.status_code == 422
    assert "有变化" in text_of(told)
    assert CANARY in text_of(told)
    fresh = re.search(r'name="seen" value="([^"]*)"', text_of(told))
    assert fresh
    assert fresh[1] != mark[1]


def test_the_record_lists_its_letters_and_leaves_out_what_is_not_the_members(office: Office):
    opening = office.opening()
    letter = put_in(opening)
    page = text_of(office.second.get(opening.get_absolute_url()))
    assert letter.get_absolute_url() in page
    assert "还没有登记。" not in page
    assert "1 件</dd>" in page


def test_it_is_not_there_for_another_round_and_forbidden_to_other_roles(office: Office):
    opening = office.opening()
    other = make_intake()
    stranger = log_in(Client(), make_clerk(other, other.office))
    address = opening.get_absolute_url()
    for answer in (stranger.get(address), stranger.post(address, {"deed": "confirm"})):
        assert answer.status_code == 404
    assert str(office.box) not in text_of(stranger.get(LIST)) + text_of(stranger.get(ADD))
    told = stranger.post(ADD, typed(office))
    assert invalid_fields(told) == {"drop_box"}
    for role in (Role.AUDITOR, Role.ADMINISTRATOR):
        member = log_in(Client(), make_staff(role))
        for page in (address, LIST, ADD):
            assert member.get(page).status_code == 403
        assert member.post(ADD, typed(office)).status_code == 403
    assert office.first.post(address, {"deed": "burn"}).status_code == 400
    assert office.first.get(f"{address}?deed=confirm").status_code == 400


def test_the_list_finds_what_is_still_to_be_done(office: Office):
    office.opening(confirmed=False)
    later = {"opened_at": INSIDE - timedelta(minutes=5), "first_number": 11, "last_number": 13}
    office.opening(**later)
    for state, shown, hidden in (("unconfirmed", "1—3", "11—13"), ("differs", "11—13", "1—3<")):
        page = text_of(office.first.get(f"{LIST}?state={state}"))
        assert shown in page
        assert hidden not in page
    assert office.first.get(f"{LIST}?state=other").status_code == 400


def test_an_opening_leads_back_to_its_row_also_after_a_press(office: Office):
    opening, way = office.opening(confirmed=False), "?_changelist_filters=state%3Dunconfirmed"
    opened = f"{opening.get_absolute_url()}{way}"
    found = text_of(office.second.get(f"{LIST}?state=unconfirmed"))
    assert f'href="{opened}"' in found and f'id="item-{opening.pk}"' in found
    page = text_of(office.second.get(opened))
    assert f'href="{LIST}?state=unconfirmed#item-{opening.pk}"' in page
    seen = re.search(r'name="seen" value="([^"]*)" id="confirm_seen"', page)
    assert seen
    typed = {"deed": "confirm", "seen": seen[1], "password": PASSWORD}
    assert office.second.post(opened, typed)["Location"] == opened
