"""What is unusual is said in words, and each figure is the list that it leads to."""

import random
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection.schedule import Calendar, midnight
from intake.admin.traces.days_form import REVERSED, TOO_LONG
from intake.admin.traces.finding_filter import finding_address
from intake.audit.watching.days_asked import MOST_DAYS, Days
from intake.audit.watching.patterns import LOOKED, PATTERN_OF, PATTERNS, Pattern, Within
from intake.choices import Action, Role
from intake.models import AuditEvent, StaffUser, Submission
from tests.intake.audit.watching.events_of_people import Done, store
from tests.logging_in import log_in
from tests.making import INSIDE, SHANGHAI, Intake, make_clerk, make_draft, make_intake, make_staff
from tests.running.standing_world import standing_world
from tests.sending import text_of
from tests.staff_work import send

pytestmark = pytest.mark.django_db

PAGE = "/admin/intake/auditevent/patterns/"
DAYS = Days(date(2025, 3, 24), date(2025, 4, 15), SHANGHAI)
ASKED = {"since": DAYS.since.isoformat(), "until": DAYS.until.isoformat()}
EVERY = pytest.mark.parametrize("pattern", PATTERNS, ids=lambda one: one.name)


@dataclass
class World:
    intake: Intake
    items: list[Submission]
    clerks: list[StaffUser]
    auditor: Client


def make_world() -> World:
    """Six clerks at random, of whom one reads most of all; and accounts that were tried."""
    intake = make_intake()
    items = [send(intake, intake.targets[0]) for _ in range(3)]
    clerks = [make_clerk(intake, intake.desks[0]) for _ in range(6)]
    chance = random.Random(8)
    deeds = []
    for n in range(1200):
        by = clerks[min(chance.choice([0, 0, 0, 0, 1, 2, 3, 4, 5]), 5)]
        action = chance.choice([*LOOKED, Action.OPEN, Action.OPEN, Action.REGISTER])
        moment = midnight(DAYS.since, SHANGHAI) + timedelta(minutes=chance.randrange(23 * 1440))
        deeds.append(Done(action, by, moment, items[n % 2], intake.desks[0]))
    # Before the days, after them, and of a command.
    outside = [midnight(DAYS.since, SHANGHAI) - timedelta(seconds=1)]
    outside.append(midnight(DAYS.until, SHANGHAI) + timedelta(days=1))
    deeds += [Done(Action.OPEN, clerk, at, items[2]) for at in outside for clerk in clerks]
    deeds += [Done(Action.OPEN, None, INSIDE, items[2])]
    deeds += [Done(Action.LOGIN_FAILED, None, INSIDE, clerks[0]) for _ in range(5)]
    deeds += [Done(Action.LOGIN_LOCKED, None, INSIDE, clerks[0])]
    deeds += [Done(Action.LOGIN_FAILED, None, INSIDE, clerks[1]) for _ in range(4)]
    deeds += [Done(Action.LOGIN_FAILED, None, INSIDE, tries=3) for _ in range(2)]
    store(deeds)
    return World(intake, items, clerks, log_in(Client(), make_staff(Role.AUDITOR)))


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def links_of(world: World, pattern: Pattern, **asked: str) -> dict[str, int]:
    """Address and figure of each finding, as the page says them."""
    page = text_of(world.auditor.get(PAGE, asked or ASKED))
    part = page[page.index(f'id="pattern-{pattern.name}"') :].split("</section>")[0]
    assert pattern.words in part
    return {unescape(url): int(n) for url, n in re.findall(r'<a href="([^"]+)">(\d+) 条', part)}


@EVERY
def test_each_figure_is_the_list_behind_it(world: World, pattern: Pattern):
    links = links_of(world, pattern)
    assert links, pattern.name
    for url, figure in links.items():
        assert world.auditor.get(url).context["cl"].result_count == figure


@EVERY
def test_all_findings_of_a_pattern_have_a_list_too(world: World, pattern: Pattern):
    events = pattern.events(Within(DAYS, Calendar({}, frozenset({2025}))))
    answer = world.auditor.get(finding_address(pattern, "", DAYS))
    if pattern.name != "rest_days":
        assert answer.context["cl"].result_count == AuditEvent.objects.filter(events).count()
    assert pattern.title in text_of(answer)


def test_what_is_counted_is_what_the_definition_says(world: World):
    doors = links_of(world, PATTERN_OF["doors"])
    # Six tries at the first account; four at the second are too few; two hours of unknown names.
    assert sorted(doors.values()) == [2, 6]
    assert "没有这个账号的登录" in text_of(world.auditor.get(PAGE, ASKED))
    readers = links_of(world, PATTERN_OF["many_readers"])
    assert not any(str(world.items[2].pk) in url for url in readers)
    assert len(readers) == 2
    far_more = links_of(world, PATTERN_OF["far_more"])
    assert all(
        f"far_more~{world.clerks[0].pk}~" in unescape(url).replace("%7E", "~") for url in far_more
    )


def test_without_events_each_pattern_says_so_and_nothing_of_content_is_shown(world: World):
    page = text_of(world.auditor.get(PAGE, {"since": "2024-01-01", "until": "2024-01-31"}))
    assert page.count("这些天没有。") == len(PATTERNS)
    assert "2024年的工作日安排还没有录入" in page
    assert make_draft().narrative[:6] not in text_of(world.auditor.get(PAGE, ASKED))


@pytest.mark.parametrize(
    ("asked", "sentence"),
    [
        ({"since": "2025-04-15", "until": "2025-04-01"}, REVERSED),
        ({"since": "2024-04-15", "until": "2025-04-15"}, TOO_LONG),
        ({"since": "四月"}, "请写一个日期"),
    ],
)
def test_bad_days_are_said(world: World, asked: dict[str, str], sentence: str):
    answer = world.auditor.get(PAGE, asked)
    assert answer.status_code == 422
    assert sentence in text_of(answer)


@pytest.mark.parametrize(
    "value",
    [
        "nights~1~2025-04-01",
        "nights~1~2025-04-02~2025-04-01",
        f"nights~1~2025-04-01~{date(2025, 4, 1) + timedelta(days=MOST_DAYS)}",
        "nights~x~2025-04-01~2025-04-02",
        "many_readers~1~2025-04-01~2025-04-02",
        f"nights~{2**64}~2025-04-01~2025-04-02",
        "others~1~2025-04-01~2025-04-02",
        "nights~1~2025-04-01~2025-02-30",
    ],
)
def test_a_finding_that_no_page_makes_is_refused(world: World, value: str):
    assert world.auditor.get("/admin/intake/auditevent/", {"finding": value}).status_code == 400


def test_more_events_cost_no_more_queries(world: World):
    counts = []
    for more in (0, 300):
        store(Done(Action.OPEN, world.clerks[n % 6], INSIDE, world.items[2]) for n in range(more))
        with CaptureQueriesContext(connection) as asked:
            world.auditor.get(PAGE, ASKED)
        counts.append(len(asked))
    assert counts[0] == counts[1]
