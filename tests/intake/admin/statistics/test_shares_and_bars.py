"""Shares, changes and bars, worked out again from the figures and lists that they are made of."""

import io
from collections.abc import Callable, Iterator
from typing import Any

import openpyxl
import pytest
from pytest_django.fixtures import Settings

from intake.casework.figures.figure_sheet import FigureSheet
from intake.casework.figures.figure_table import Block, Figure
from intake.models import Submission
from tests.intake.admin.finding.asking_lists import LIST, AskingLists
from tests.intake.admin.statistics.random_items import make_random_items
from tests.intake.admin.statistics.test_statistics_page import PAGE, World, figures_of, make_world
from tests.making import INSIDE
from tests.running.standing_world import standing_world

pytestmark = pytest.mark.django_db

# The days of the round before that are as far from its beginning as today is from this one's.
SAME_DAYS = "until=2024-09-19"
NOTHING = "—"

standing = standing_world(make_world, at=INSIDE)


@pytest.fixture
def world(standing: Callable[[], World], settings: Settings) -> World:
    settings.SIMULATED_NOW = INSIDE
    return standing()


def compared(sheet: FigureSheet) -> Iterator[tuple[Block, Figure]]:
    """All figures but those of weeks, which are other days of the round before."""
    return ((block, figure) for block, figure in sheet.figures if not block.by_week)


def share_in_words(part: int, whole: int) -> str:
    return f"{100 * part / whole:.1f}%" if whole else NOTHING


def change_in_words(now: int, before: int) -> str:
    if now == before:
        return "0"
    of_it = f"（{100 * (now - before) / before:+.0f}%）" if before else ""
    return f"{now - before:+d}{of_it}"


def expected(world: World, sheet: FigureSheet) -> dict[str, tuple[str, str]]:
    """Of each figure its share and its change, out of the numbers of both rounds."""
    now, slug = figures_of(world, "office"), world.earlier.round.slug
    before = figures_of(world, "office", f"round={slug}&{SAME_DAYS}")
    number = {name: count for name, (count, _) in now.items()}
    found = {}
    for block, figure in compared(sheet):
        row, whole = ("own", "all.own.all") if block.on_own else ("all", "all.times.all")
        share = share_in_words(number[f"{figure.code}.{row}"], number[whole])
        change = NOTHING
        if not figure.is_of_one_round:
            change = change_in_words(number[f"{figure.code}.all"], before[f"{figure.code}.all"][0])
        found[figure.code] = (share if figure.of else NOTHING, change)
    return found


def test_shares_and_changes_on_the_page(world: World):
    """Nature and way are shares of what came to the office itself."""
    context = world.clients["office"].get(PAGE).context
    wanted, shown = expected(world, context["sheet"]), {}
    for table in context["tables"]:
        told = {line.words: line.cells for line in table.lines if line.kind == "note"}
        shares = told["占本级受理" if table.block.on_own else "占比"]
        for figure, *cells in zip(table.block.figures, shares, told["比上一轮"], strict=True):
            shown[figure.code] = tuple(cells)
    assert {code: shown[code] for code in wanted} == wanted
    assert len({share for share, _ in wanted.values()}) > 20
    assert len({change for _, change in wanted.values()}) > 20


def test_shares_and_changes_in_the_file(world: World):
    client = world.clients["office"]
    sheet = client.get(PAGE).context["sheet"]
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{PAGE}?format=xlsx").content))
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in book["统计表"].iter_rows()}
    wanted, shown = expected(world, sheet), {}
    lines = ("占比", "合计", "上一轮", "比上一轮", "比上一轮（%）")
    for place, (_, figure) in enumerate(sheet.figures):
        share, now, before, more, of_it = (rows[line][place] for line in lines)
        change = NOTHING
        if before != NOTHING:
            assert more == now - before
            assert of_it == (pytest.approx(more / before) if before else NOTHING)
            change = change_in_words(now, before)
        shown[figure.code] = (NOTHING if share == NOTHING else f"{100 * share:.1f}%", change)
    assert {code: shown[code] for code in wanted} == wanted


@pytest.mark.parametrize("query", ["", "from=2025-03-20&until=2025-04-10"])
def test_each_bar_is_what_its_list_shows(world: World, query: str):
    context = world.clients["office"].get(f"{PAGE}?{query}").context
    asking, sheet = AskingLists(world.users["office"]), context["sheet"]
    drawn = {one.name: one for one in context["drawings"]}
    assert drawn.keys() == {"day", "way", "problem", "body"}
    for drawing in drawn.values():
        for bar in drawing.bars:
            assert bar.url.startswith(f"{LIST}?") or not bar.count
            if bar.count:
                listed = asking.listed(bar.url.partition("?")[2]).count()
                assert listed == bar.count, (drawing.name, bar.words)
    times = sheet.total.numbers["all.times"]
    assert sum(bar.count for bar in drawn["day"].bars) == times
    assert sum(bar.count for bar in drawn["way"].bars) == times
    for drawing in drawn.values():
        sizes: list[Any] = [(bar.count, bar.height, bar.width) for bar in drawing.bars]
        by_length = [(count, high if drawing.is_upright else wide) for count, high, wide in sizes]
        assert by_length and sorted(by_length) == sorted(by_length, key=lambda one: one[1])


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_figures_of_other_items_are_their_lists_too(world: World, seed: int):
    make_random_items(world.intake, 60, seed=seed)
    who = ("office", "team", "substitute")[seed % 3]
    figures, asking = figures_of(world, who), AskingLists(world.users[who])
    names = sorted(name for name in figures if "people" not in name and "crowd" not in name)
    for name in names[seed % 7 :: 17]:
        number, asked = figures[name]
        assert asking.listed(asked).count() == number, name


def test_a_body_is_counted_where_its_items_wait_at_the_office(world: World):
    body, office = world.intake.targets[0], world.intake.office
    waiting = Submission.objects.filter(desk=office).values_list("pk", flat=True)[:5]
    Submission.objects.filter(pk__in=list(waiting)).update(target=body)
    number, asked = figures_of(world, "office")[f"all.times.{body.code}-office"]
    listed = AskingLists(world.users["office"]).listed(asked)
    assert number == listed.count() > 0
    assert {(item.desk_id, item.target_id) for item in listed} == {(office.pk, body.pk)}
    content = world.clients["office"].get(f"{PAGE}?format=xlsx").content
    sheet = openpyxl.load_workbook(io.BytesIO(content))["统计表"]
    rows = {row[0].value: [cell.value for cell in row[1:]] for row in sheet.iter_rows()}
    assert number in rows[f"{body.name}（在{office}）"]
