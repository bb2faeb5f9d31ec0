"""Who read an item, and what a member read: each figure is its list, and nothing of content."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from html import unescape

import pytest
from django.test import Client
from pytest_django.fixtures import Settings

from intake.admin.traces.days_form import TOO_LONG
from intake.admin.watching.readers_page import NO_ITEM, SEVERAL
from intake.audit.watching.readings import OF_MANY
from intake.casework import registering
from intake.choices import Action, Role
from intake.models import SealedMatter, StaffUser, Submission
from tests.intake.audit.watching.events_of_people import Done, store
from tests.intake.casework.transfers.list_world import lay_on_a_list
from tests.logging_in import log_in
from tests.making import INSIDE, Intake, make_clerk, make_draft, make_intake, make_staff
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

PAGE = "/admin/intake/auditevent/readers/"


@dataclass
class World:
    intake: Intake
    items: list[Submission]
    wang: StaffUser
    li: StaffUser
    auditor: Client


def give_number(item: Submission, clerk: StaffUser) -> None:
    registering.register([item], by=clerk, at=INSIDE)
    Submission.objects.filter(pk=item.pk).update(number=157)


def make_world() -> World:
    """Wang opened both items, Li printed one, and opened the list that it stands on."""
    intake = make_intake(ordinal=8)
    items = [send(intake, intake.targets[0]) for _ in range(2)]
    desk = intake.desks[0]
    wang, li = (make_clerk(intake, desk, username=name) for name in ("wang-yi", "li-er"))
    give_number(items[0], wang)
    entry = lay_on_a_list(items[0], desk)
    first, later = INSIDE - timedelta(days=40), INSIDE - timedelta(days=1)
    store(
        [
            Done(Action.OPEN, wang, first, items[0], desk),
            Done(Action.OPEN, wang, later, items[0], desk),
            Done(Action.OPEN, wang, later, items[1], desk),
            Done(Action.JUDGE, wang, later, items[0], desk),
            Done(Action.PRINT_PAPER, li, later, items[0], desk),
            Done(Action.OPEN_LIST, li, later, entry.list, desk),
            Done(Action.OPEN, None, later, items[1], desk),
            *(Done(action, li, INSIDE, intake.round, desk) for action in OF_MANY),
            # Another item, or one list of several, is none of these.
            Done(Action.ARCHIVE_PART, None, INSIDE, items[1], desk),
        ]
    )
    return World(intake, items, wang, li, log_in(Client(), make_staff(Role.AUDITOR)))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def lines_of(world: World, **asked: str) -> list[list[str]]:
    """Each line's cells; and each figure is checked against its list."""
    answer = world.auditor.get(PAGE, asked)
    page = text_of(answer)
    assert answer.status_code == 200, page
    assert make_draft().narrative[:6] not in page
    lines = []
    for row in re.findall(r"<tr><td>.*?</tr>", page):
        [(url, figure)] = re.findall(r'<a href="([^"]+)">(\d+)</a>', row)
        assert world.auditor.get(unescape(url)).context["cl"].result_count == int(figure), row
        lines.append(re.findall(r">([^<>]+)<", row))
    return lines


@pytest.mark.parametrize("typed", ["8-0157", "157", "第八轮第157号", "id", "ID"])
def test_who_read_an_item_by_what_it_is_called(world: World, typed: str):
    key = str(world.items[0].pk)
    lines = lines_of(world, item={"id": key, "ID": key.upper()}.get(typed, typed))
    wang, li = world.wang.told_apart, world.li.told_apart
    assert [wang, "启封", "2", "2025-03-06 10:00", "2025-04-14 10:00"] in lines
    assert {(line[0], line[1].split()[0]) for line in lines} >= {
        (wang, "启封"),
        (li, "打印文书"),
        (li, "打开移交清单"),
    }
    # Of another item, and what was no reading, nothing.
    assert sum(int(line[2]) for line in lines) == 4 + len(OF_MANY)


def test_only_within_the_days_and_of_one_member(world: World):
    assert len(lines_of(world, item="8-0157", member=str(world.wang.pk))) == 1
    lines = lines_of(world, item="8-0157", until="2025-03-06")
    assert [line[2] for line in lines] == ["1"]


def test_what_a_member_read_within_days(world: World):
    lines = lines_of(world, member=str(world.wang.pk))
    assert sorted((line[0], line[1]) for line in lines) == [
        ("信访件 8-0157", "1"),
        ("信访件 待登记，4月15日 10:00 收件", "1"),
    ]
    wide = lines_of(world, member=str(world.wang.pk), since="2025-03-01", until="2025-04-15")
    assert [line[1] for line in wide if line[0] == "信访件 8-0157"] == ["2"]
    assert lines_of(world, member=str(world.li.pk), since="2024-01-01", until="2024-01-02") == []


def test_a_command_that_opened_is_named_as_one(world: World):
    lines = lines_of(world, item=str(world.items[1].pk))
    assert "管理命令" in {line[0] for line in lines}


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"item": "8-0999"}, NO_ITEM),
        ({"item": "没有这样的"}, NO_ITEM),
        ({"item": "x" * 101}, "101"),
        ({"member": "0"}, "0 不在可用的选项中"),
        ({"member": "me", "since": "2024-01-01"}, TOO_LONG),
    ],
)
def test_bad_input_is_said(world: World, asked: dict[str, str], sentence: str):
    if asked.get("member") == "me":
        asked["member"] = str(world.wang.pk)
    answer = world.auditor.get(PAGE, asked)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


def test_one_number_of_two_rounds_is_chosen_between(world: World):
    other = make_intake(ordinal=9)
    far = send(other, other.targets[0])
    give_number(far, make_clerk(other, other.desks[0]))
    answer = world.auditor.get(PAGE, {"item": "157"})
    assert answer.status_code == 422
    page = text_of(answer)
    assert SEVERAL in page
    assert f"?item={far.pk}" in page
    assert f"?item={world.items[0].pk}" in page


def test_what_opened_it_beside_another_and_what_took_its_matter_are_readings(world: World):
    """Who compared another item with the earlier ones opened this one too."""
    item, other = world.items
    matter = SealedMatter.objects.create(
        round=world.intake.round,
        number=1,
        received_on=INSIDE.date(),
        keeper=world.wang,
        recorded_at=INSIDE,
        submission=item,
    )
    office = world.intake.office
    store(
        [
            Done(Action.COMPARE_REPEATS, world.wang, INSIDE, other, office),
            Done(Action.TAKE_SEALED, world.li, INSIDE, matter, office),
        ]
    )
    lines = lines_of(world, item=str(item.pk))
    told = {(line[0], line[1].split()[0], line[2]) for line in lines}
    assert (world.wang.told_apart, "比对重复件", "1") in told
    assert (world.li.told_apart, "取上送文件", "1") in told
