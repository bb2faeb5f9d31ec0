"""What a desk cannot work out of its edition, also not from one block and another together."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from random import Random
from typing import Any, cast

import pytest

from intake.casework.figures.editions import edition_for
from intake.casework.figures.figure_sheet import OWN, TOTAL, FigureSheet, Row
from intake.casework.figures.figure_table import PEOPLE_UNIT, TIMES, Figure, blocks
from intake.casework.figures.small_cells import FEWEST
from intake.casework.figures.spans import Span
from intake.choices import Nature, Origin, Way

BLOCKS = tuple(
    one for one in blocks([], []) if one.code in ("all", "nature", "way", "repeat", "period")
)
FIGURES = [figure for block in BLOCKS for figure in block.figures]
OWN_DESK, CHOSEN = "team-1", Span(date(2025, 4, 1))
# A number of one desk, or a sum of such, by desk and figure.
Sum = dict[tuple[str, str], int]
PRIME = 2_147_483_647
# What everybody knows to be the same: the sum of the first is the second.
KNOWN = (
    (["all.own", *(f"all.{one.value}" for one in list(Origin)[1:])], TIMES),
    ([f"nature.{one.value}" for one in Nature] + ["nature.unjudged"], TIMES),
    ([f"way.{one.value}" for one in Way], TIMES),
    (["repeat.first", "repeat.repeat"], TIMES),
    (["repeat.first"], "all.items"),
    (["period.round"], TIMES),
)
PARTS = (
    (TIMES, "all.items"),
    ("way.visit", "way.gathering"),
    ("way.people", "way.crowd"),
    ("repeat.first", "repeat.lead"),
)


def sheet_at_random(random: Random, span: Span, names: Sequence[str] = ()) -> FigureSheet:
    """Few kinds at each desk, so that some lines can be shown."""
    names = names or [f"team-{n}" for n in range(1, random.randint(3, 6))]
    few = [random.sample(list(kind), 2) for kind in (Origin, Nature, Way)]
    return sheet_with(span, [Row(name, name, (), _numbers(random, few)) for name in names])


def sheet_with(span: Span, rows: list[Row]) -> FigureSheet:
    total = {one.code: sum(row.numbers[one.code] for row in rows) for one in FIGURES}
    nothing = cast(Any, None)
    return FigureSheet(
        nothing, span, {}, BLOCKS, Row(TOTAL, "", (), total), Row(OWN, "", (), {}), tuple(rows),
        {}, (),
    )  # fmt: skip


def _numbers(random: Random, few: list[list[Any]]) -> dict[str, int]:
    items = []
    for _ in range(random.choice((0, 2, 12, 40))):
        origin, nature, way = (random.choice(kind).value for kind in few)
        people = random.choice((1, 1, 7)) if way == Way.VISIT else 0
        said = {"origin": origin, "nature": nature, "way": way, "people": people}
        said["repeat"] = random.choice(("first",) * 9 + ("repeat",))
        items.append(said | {"gathering": "yes" if people >= 5 else ""})
    found = {one.code: _counted(one, items) for one in FIGURES}
    firsts = found["repeat.first"]
    found["repeat.lead"] = random.choice((0, max(firsts - 1, 0), min(firsts, 3)))
    weeks = {"period.this_week": found[TIMES] // 2, "period.last_week": found[TIMES] // 3}
    return found | weeks | {"period.round": found[TIMES]}


def _counted(figure: Figure, items: list[dict[str, Any]]) -> int:
    those = [one for one in items if all(one.get(name) == value for name, value in figure.finds)]
    return sum(one["people"] for one in those) if figure.unit == PEOPLE_UNIT else len(those)


def told(sheet: FigureSheet) -> Iterator[Sum]:
    """Every number of another desk, and every sum over them, that stands in the edition."""
    foreign = [row for row in sheet.rows if row.code != OWN_DESK]
    for block in sheet.blocks:
        for figure in block.figures:
            yield from (
                {(row.code, figure.code): 1} for row in foreign if not sheet.is_hidden(block, row)
            )
            if not sheet.is_hidden(block, sheet.total):
                yield {(row.code, figure.code): 1 for row in foreign}
    yield from identities(sheet)


def identities(sheet: FigureSheet) -> Iterator[Sum]:
    """What everybody knows to be the same of any desk."""
    is_whole = sheet.span == Span()
    for row in (row for row in sheet.rows if row.code != OWN_DESK):
        for parts, whole in KNOWN if is_whole else KNOWN[:-1]:
            yield {(row.code, part): 1 for part in parts} | {(row.code, whole): -1}


def small_ones(sheet: FigureSheet) -> Iterator[Sum]:
    """What tells of one or two: a number, or what is left of a larger one."""
    for row in sheet.rows:
        if row.code == OWN_DESK:
            continue
        for figure in FIGURES:
            if _is_small(row.numbers[figure.code]):
                yield {(row.code, figure.code): 1}
        for whole, part in PARTS:
            if _is_small(row.numbers[whole] - row.numbers[part]):
                yield {(row.code, whole): 1, (row.code, part): -1}


def reduced(row: Sum, basis: Mapping[tuple[str, str], Sum]) -> Sum:
    """What is left of it when all that follows from the basis is taken away."""
    row, left = dict(row), {}
    while row:
        key = max(row)
        value = row.pop(key)
        if key not in basis:
            left[key] = value
            continue
        for other, much in basis[key].items():
            if other != key:
                row[other] = (row.get(other, 0) - value * much) % PRIME
                if not row[other]:
                    del row[other]
    return left


def basis_of(rows: Iterator[Sum]) -> dict[tuple[str, str], Sum]:
    basis: dict[tuple[str, str], Sum] = {}
    for row in rows:
        if left := reduced(row, basis):
            key = max(left)
            inverse = pow(left[key], -1, PRIME)
            basis[key] = {one: value * inverse % PRIME for one, value in left.items()}
    return basis


@pytest.mark.parametrize("span", [Span(), CHOSEN])
def test_no_small_number_of_another_desk_follows_from_all_that_is_told(span: Span):
    shown = 0
    for seed in range(120):
        edition = edition_for(sheet_at_random(Random(seed), span), OWN_DESK)
        rows = list(told(edition))
        shown += sum(len(row) == 1 for row in rows)
        basis = basis_of(iter(rows))
        assert not [one for one in small_ones(edition) if not reduced(one, basis)], seed
    assert shown > 1000


def _added(first: Mapping[str, int], second: Mapping[str, int]) -> dict[str, int]:
    return {one.code: first[one.code] + second[one.code] for one in FIGURES}


def on_days(rows: Iterator[Sum], *days: int) -> Iterator[Sum]:
    """The same of some days, each of which has its own numbers."""
    for one in rows:
        yield {(desk, f"{code}@{day}"): n for (desk, code), n in one.items() for day in days}


@pytest.mark.parametrize("is_whole_first", [True, False])
def test_no_small_number_follows_from_two_editions_for_other_days(is_whole_first: bool):
    shown = 0
    for seed in range(60):
        random, names = Random(seed), [f"team-{n}" for n in range(1, 6)]
        first, second = (sheet_at_random(random, CHOSEN, names) for _ in range(2))
        both = zip(first.rows, second.rows, strict=True)
        sums = [Row(a.code, a.code, (), _added(a.numbers, b.numbers)) for a, b in both]
        whole = sheet_with(CHOSEN, sums)
        if is_whole_first:
            given = edition_for(whole, OWN_DESK), edition_for(first, OWN_DESK, [second])
        else:
            given = edition_for(whole, OWN_DESK, [first, second]), edition_for(first, OWN_DESK)
        known = [edition_for(one, OWN_DESK) for one in (first, second)]
        rows = [*on_days(told(given[0]), 1, 2), *on_days(told(given[1]), 1)]
        rows += [*on_days(identities(known[0]), 1), *on_days(identities(known[1]), 2)]
        shown += sum(len(one) == 1 for one in rows)
        basis = basis_of(iter(rows))
        small = [*on_days(small_ones(known[0]), 1), *on_days(small_ones(known[1]), 2)]
        assert not [one for one in small if not reduced(one, basis)], seed
    assert shown > 100


def test_items_and_times_are_hidden_where_their_difference_is_one():
    """21 times and 20 items: the one repeat is not shown, and does not come out either."""
    numbers = dict.fromkeys((one.code for one in FIGURES), 0)
    numbers |= {TIMES: 21, "all.items": 20, "all.own": 21, "repeat.first": 20, "repeat.repeat": 1}
    rows = tuple(Row(f"team-{n}", "", (), numbers) for n in range(1, 4))
    sheet = sheet_at_random(Random(1), Span())
    edition = edition_for(
        FigureSheet(
            sheet.asked, Span(), {}, BLOCKS, Row(TOTAL, "", (), {}), sheet.own, rows, {}, ()
        ),
        OWN_DESK,
    )
    by_code = {block.code: block for block in BLOCKS}
    for code in ("all", "repeat"):
        assert edition.is_hidden(by_code[code], rows[1])
        assert not edition.is_hidden(by_code[code], rows[0])


def _is_small(number: int) -> bool:
    return 0 < number < FEWEST
