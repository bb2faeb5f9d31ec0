"""Each figure is the number of items in the list that it leads to, for whoever looks."""

import io
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from html import unescape
from random import Random

import openpyxl
import pytest
from django.db import connection
from django.db.models import Sum
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django.fixtures import Settings

from inspection.models import FocusTopic
from inspection.schedule import ONE_DAY
from intake.casework.figures.counted_items import by_day
from intake.casework.figures.figure_table import PEOPLE_UNIT, blocks
from intake.casework.figures.given_before import spans_given
from intake.casework.figures.small_cells import FEWEST
from intake.casework.figures.spans import Span
from intake.choices import Action, Role, Status
from intake.models import (
    AuditEvent,
    DeskAccess,
    Problem,
    Recusal,
    RepeatLink,
    StaffUser,
    Submission,
)
from intake.sealing import sealing
from tests.intake.admin.finding.asking_lists import AskingLists
from tests.intake.admin.statistics.random_items import (
    link_at_random,
    make_random_items,
    mix_in_helpers,
)
from tests.logging_in import log_in
from tests.making import (
    INSIDE,
    SHANGHAI,
    Intake,
    make_clerk,
    make_head,
    make_intake,
    make_staff,
    make_target,
)
from tests.running.standing_world import standing_world
from tests.sending import text_of

pytestmark = pytest.mark.django_db

PAGE = "/admin/statistics/"
FIGURE = re.compile(r'<a data-figure="([^"]+)" href="/admin/intake/submission/\?([^"]*)">(\d+)</a>')
# Of each page so many figures are looked up, beside those of the total.
SAMPLED = 40


@dataclass
class World:
    """Two rounds, and members of all kinds with their clients."""

    intake: Intake
    earlier: Intake
    users: dict[str, StaffUser]
    clients: dict[str, Client]


def make_world() -> World:
    earlier = make_intake(
        title="一届市委上一轮巡察公告",
        notice_date=date(2024, 9, 1),
        accepts_until=date(2024, 11, 20),
        period_starts_first=None,
        period_ends_last=None,
    )
    intake = make_intake(teams=3)
    intake.targets.append(make_target(intake.teams[0]))
    for order in (1, 2):
        FocusTopic.objects.create(
            round=intake.round, order=order, kind="town", heading=f"（演示）聚焦{order}"
        )
    users = {
        "office": make_clerk(intake, intake.office),
        "head": make_head(intake),
        "team": make_clerk(intake, intake.desks[0]),
        "substitute": make_clerk(intake, intake.desks[1]),
    }
    _grant(users["office"], earlier, earlier.office)
    _grant(users["substitute"], intake, intake.desks[2])
    items = make_random_items(intake, 240)
    link_at_random(items, users["office"])
    mix_in_helpers(intake, items, users["team"], users["office"])
    make_random_items(earlier, 60, seed=13, at=datetime(2024, 10, 1, 9, 0, tzinfo=SHANGHAI))
    return World(
        intake, earlier, users, {name: log_in(Client(), user) for name, user in users.items()}
    )


def _grant(user: StaffUser, intake: Intake, desk: object) -> None:
    pk = desk.pk  # type: ignore[attr-defined]
    sealed = sealing.seal(intake.secrets[pk].encode(), user.key.recipient)
    DeskAccess.objects.create(user=user, desk_id=pk, sealed_identity=sealed, granted_at=INSIDE)


standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def figures_of(world: World, who: str, query: str = "") -> dict[str, tuple[int, str]]:
    """Number and list of each figure that is a link, by its name."""
    response = world.clients[who].get(f"{PAGE}?{query}" if query else PAGE)
    assert response.status_code == 200, query
    found = FIGURE.findall(text_of(response))
    assert len(found) == len({name for name, _, _ in found}) > 40
    return {name: (int(number), unescape(asked)) for name, asked, number in found}


def people_codes(world: World) -> set[str]:
    table = blocks(list(Problem.objects.all()), list(world.intake.round.focus.all()))
    of_all = (figure for block in table for figure in block.figures)
    return {figure.code for figure in of_all if figure.unit == PEOPLE_UNIT}


@pytest.mark.parametrize(
    ("who", "query"),
    [
        ("office", ""),
        ("office", "from=2025-03-20&until=2025-04-10"),
        ("head", "until=2025-04-14"),
        ("team", "from=2025-03-15"),
        ("substitute", ""),
    ],
)
def test_each_figure_is_what_its_list_shows(world: World, who: str, query: str):
    figures, people = figures_of(world, who, query), people_codes(world)
    total = [name for name in figures if name.endswith(".all")]
    others = sorted(set(figures) - set(total))
    chosen = total + Random(query).sample(others, min(SAMPLED, len(others)))
    asking, differ = AskingLists(world.users[who]), {}
    for name in chosen:
        number, asked = figures[name]
        rows = asking.listed(asked)
        is_people = name.rpartition(".")[0] in people
        shown = rows.aggregate(sum=Sum("people"))["sum"] or 0 if is_people else rows.count()
        if shown != number:
            differ[name] = (number, shown, asked)
    assert differ == {}
    assert sum(number > 0 for number, _ in figures.values()) > 50


def test_the_pages_of_lists_say_the_same(world: World):
    """By really asking for them."""
    figures = figures_of(world, "team")
    for name in ("way.letter.all", "problem.duty_crime.all", "progress.overdue.all"):
        number, asked = figures[name]
        page = world.clients["team"].get(f"/admin/intake/submission/?{asked}")
        assert page.context["cl"].paginator.count == number, name


def test_parts_add_up(world: World):
    """Nothing falls between two figures, and bodies to their desk, and desks to the whole."""
    figures = {name: number for name, (number, _) in figures_of(world, "office").items()}
    times = figures["all.times.all"]
    table = blocks(list(Problem.objects.all()), list(world.intake.round.focus.all()))
    extra = {"way.people", "way.gathering", "way.crowd", "signature.joint", "progress.overdue"}
    for block in table:
        if block.code in ("nature", "way", "signature", "rank", "scope", "handling", "progress"):
            codes = {figure.code for figure in block.figures} - extra
            assert sum(figures[f"{code}.all"] for code in codes) == times, block.code
    assert figures["repeat.first.all"] + figures["repeat.repeat.all"] == times
    assert figures["all.items.all"] == figures["repeat.first.all"]
    teams = [f"team-{team.order}" for team in world.intake.teams]
    assert sum(figures[f"all.times.{one}"] for one in (*teams, "office")) == times
    own = [one.code for one in world.intake.targets if one.team_id == world.intake.teams[0].pk]
    bodies = [figures.get(f"all.times.{code}", 0) for code in (*own, f"{teams[0]}-else")]
    assert len(own) == 2 and sum(bodies) == figures[f"all.times.{teams[0]}"]


def test_days_are_those_of_the_rounds_clocks(world: World):
    """Counted by midnights, and, where there are too many days, one by one."""
    items = Submission.objects.filter(round=world.intake.round).order_by()
    moments = items.values_list("received_at", flat=True)
    days = Counter(one.astimezone(SHANGHAI).date() for one in moments)
    assert by_day(items, SHANGHAI) == days and len(days) > 30
    both = Submission.objects.order_by()
    assert sum(by_day(both, SHANGHAI).values()) == both.count()
    assert by_day(items, SHANGHAI).items() <= by_day(both, SHANGHAI).items()
    assert by_day(items.none(), SHANGHAI) == {}


def test_what_is_counted_is_the_members_own(world: World):
    """Neither what is helped with, nor the head's, nor what was voided, nor another desk's."""
    counted = Submission.objects.exclude(status=Status.VOIDED)
    first, office = world.intake.desks[0], world.intake.office
    team = figures_of(world, "team")
    recused = Recusal.objects.values_list("submission", flat=True)
    hidden = RepeatLink.objects.live().filter(lead__in=recused).values("repeat")
    seen = counted.filter(desk=first).exclude(pk__in=recused).exclude(pk__in=hidden)
    assert team["all.times.all"][0] == seen.count() < counted.filter(desk=first).count()
    assert {name.rpartition(".")[2] for name in team if "team-" in name} <= {
        f"team-{first.team.order}",  # type: ignore[union-attr]
        f"team-{first.team.order}-else",  # type: ignore[union-attr]
    }
    teams = counted.filter(desk__in=[office, *world.intake.desks]).count()
    for who in ("office", "head"):
        assert figures_of(world, who)["all.times.all"][0] == teams


def test_the_round_before_is_counted_by_the_same_days(world: World):
    """So many days after its first day; who does not see that round is shown a dash."""
    page = text_of(world.clients["office"].get(PAGE))
    assert "一届市委上一轮巡察公告（到 2024-09-19 为止）" in page
    assert "没有上一轮可比" in text_of(world.clients["team"].get(PAGE))
    earlier = f"round={world.earlier.round.slug}"
    assert figures_of(world, "office", earlier)["all.times.all"][0] > 0
    assert world.clients["team"].get(f"{PAGE}?{earlier}").status_code == 400


@pytest.mark.parametrize(
    ("query", "status", "words"),
    [
        ("from=2025-04-10&until=2025-04-01", 422, "请把两个日期换过来"),
        ("from=yesterday", 422, "不是能用的日期"),
        ("until=0001-01-01", 422, "不是能用的日期"),
        ("from=9999-12-31", 422, "不是能用的日期"),
        ("from=2031-01-01", 200, "信访举报统计表"),
        ("from=&until=", 200, "信访举报统计表"),
        ("from=2025-04-10&until=2025-04-01&format=xlsx", 422, "请把两个日期换过来"),
        ("format=pdf", 400, ""),
        ("desk=1", 400, ""),
        ("round=nowhere", 400, ""),
        ("from=2025-04-01&from=2025-04-02", 400, ""),
        ("from=%00", 400, ""),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(world: World, query: str, status: int, words: str):
    response = world.clients["team"].get(f"{PAGE}?{query}")
    assert response.status_code == status
    assert words in text_of(response)


def test_without_a_desk_there_is_a_sentence_and_for_others_nothing(world: World):
    page = log_in(Client(), make_staff(Role.TEAM)).get(PAGE)
    assert page.status_code == 200 and "还没有受理席的授权" in text_of(page)
    assert log_in(Client(), make_staff(Role.AUDITOR)).get(PAGE).status_code == 403


def test_it_asks_as_often_for_many_items_as_for_few(world: World):
    counts = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as asked:
            world.clients["office"].get(PAGE)
        counts.append(len(asked))
        assert not any('"intake_submission"."sealed"' in one["sql"] for one in asked)
        make_random_items(world.intake, 40, seed=len(counts))
    assert counts[0] == counts[1] <= 25


def test_printing_is_noted_before_the_page_leaves(world: World):
    page = text_of(world.clients["team"].get(f"{PAGE}?from=2025-04-01&format=print"))
    event = AuditEvent.objects.latest("sequence")
    assert event.action == Action.TAKE_STATISTICS and event.desk == world.intake.desks[0]
    assert event.detail["form"] == "print" and event.detail["days"] == "2025-04-01 起"
    assert "导出 xlsx" not in page and "横放的 A4" in page


def test_the_file_says_what_the_page_says(world: World):
    """Figure by figure, of all rows; the event stands before the bytes leave."""
    figures = figures_of(world, "office", "from=2025-03-20")
    response = world.clients["office"].get(f"{PAGE}?from=2025-03-20&format=xlsx")
    event = AuditEvent.objects.latest("sequence")
    assert event.action == Action.TAKE_STATISTICS and event.detail["form"] == "xlsx"
    assert event.detail["times"] == figures["all.times.all"][0]
    assert event.detail["where"] == "、".join([*map(str, world.intake.teams), "巡察办"])
    assert "no-store" in response["Cache-Control"]
    assert "attachment" in response["Content-Disposition"]
    sheet = openpyxl.load_workbook(io.BytesIO(response.content))["统计表"]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows(min_row=6)}
    table = blocks(list(Problem.objects.all()), list(world.intake.round.focus.all()))
    codes = [figure.code for block in table for figure in block.figures]
    assert rows["合计"] == [figures[f"{code}.all"][0] for code in codes]
    assert rows["巡察办"] == [figures[f"{code}.office"][0] for code in codes]
    body = world.intake.targets[1]
    assert rows[body.name] == [figures.get(f"{code}.{body.code}", (0,))[0] for code in codes]


def test_an_edition_for_one_desk_tells_nothing_small_of_the_others(world: World):
    """On the page and in the file; a desk itself makes none, and no other office's desk is one."""
    first, others = world.intake.teams[0], [f"team-{one.order}" for one in world.intake.teams[1:]]
    query = f"for=team-{first.order}"
    figures = figures_of(world, "office", query)
    foreign = {
        code: number for code, (number, _) in figures.items() if code.endswith(tuple(others))
    }
    assert foreign and not [code for code, number in foreign.items() if 0 < number < FEWEST]
    own = {body.code for body in world.intake.targets if body.team_id == first.pk}
    bodies = {body.code for body in world.intake.targets} - own
    assert not any(code.rpartition(".")[2] in bodies for code in figures)
    page = text_of(world.clients["office"].get(f"{PAGE}?{query}"))
    assert "＊" in page and "drawing-" not in page
    response = world.clients["office"].get(f"{PAGE}?{query}&format=xlsx")
    book = openpyxl.load_workbook(io.BytesIO(response.content))
    rows = {row[0].value: row[1:] for row in book["统计表"].iter_rows(min_row=6)}
    other = [cell.value for cell in rows[str(world.intake.teams[1])]]
    assert "＊" in other and not [one for one in other if one != "＊" and 0 < one < FEWEST]
    assert AuditEvent.objects.latest("sequence").detail["made_for"] == str(first)
    # What was given counts among the next: one for other days hides what would come out of both.
    assert spans_given(world.intake.round, str(first)) == [Span(None, INSIDE.date() - ONE_DAY)]
    few = figures_of(world, "office", f"{query}&from=2025-04-10")
    rest = figures_of(world, "office", "until=2025-04-09")
    for code in (one for one in few if one.endswith(tuple(others))):
        assert not 0 < few[code][0] < FEWEST and not 0 < rest[code][0] < FEWEST, code
    too_late = world.clients["office"].get(f"{PAGE}?{query}&from=2025-04-15")
    assert too_late.status_code == 422 and "只数到昨天为止" in text_of(too_late)
    assert world.clients["team"].get(f"{PAGE}?for=team-{first.order}").status_code == 400
    assert world.clients["office"].get(f"{PAGE}?for=office").status_code == 400
