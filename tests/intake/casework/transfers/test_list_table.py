"""Which deeds a list has in which state, and for whom: one table, held against every state."""

from collections.abc import Iterable
from itertools import product

import pytest

from intake.access import Deed
from intake.casework.transfers.list_table import MAKES, Position, Step, deeds_of, row_of, why_not
from intake.choices import ListKind, ListState

S = ListState
CLERK = frozenset({Deed.TRANSFER, Deed.NOTIFY})
PEOPLE = {
    "clerk": CLERK,
    "head": CLERK | {Deed.APPROVE},
    "team": frozenset({Deed.NOTIFY}),
    "auditor": frozenset({Deed.READ_AUDIT}),
}
# By state: what a clerk does, and what only a head does besides.
EXPECTED: dict[ListState, tuple[str, str]] = {
    S.DRAFT: ("propose drop", ""),
    S.PROPOSED: ("withdraw", "approve refuse"),
    S.APPROVED: ("send", "reopen"),
    S.SENT: ("sign object remind", ""),
    S.SIGNED: ("object remind answer", ""),
    S.OBJECTED: ("take_back insist", ""),
    S.RETURNED: ("", ""),
    S.ANSWERED: ("", ""),
    S.DROPPED: ("", ""),
}


def position(
    state: ListState,
    who: str,
    *,
    kind: ListKind = ListKind.TRANSFER,
    heads: bool = False,
    own: bool = False,
) -> Position:
    return Position(kind, state, heads, own, PEOPLE[who])


def steps(place: Position) -> set[str]:
    return {row.step.value for row in deeds_of(place)}


def words(*parts: Iterable[str]) -> set[str]:
    return set(" ".join(map(str, parts)).split())


@pytest.mark.parametrize("state", ListState)
def test_who_may_do_what_in_each_state(state: ListState):
    clerks, heads = EXPECTED[state]
    assert steps(position(state, "clerk")) == words(clerks)
    assert steps(position(state, "head")) == words(clerks, heads)
    assert steps(position(state, "head", own=True)) == words(clerks, heads) - {"approve", "refuse"}
    assert steps(position(state, "team")) == steps(position(state, "auditor")) == set()
    assert steps(position(state, "team", kind=ListKind.FIX)) == words(clerks)


def test_the_head_decides_alone_at_the_own_desk():
    assert steps(position(S.DRAFT, "head", heads=True)) == {"approve", "drop"}
    assert row_of(Step.PROPOSE, position(S.DRAFT, "head", heads=True)) is None


def test_what_is_offered_is_what_the_guard_lets_through():
    for state, who, own, heads, step in product(
        ListState, PEOPLE, (True, False), (True, False), Step
    ):
        place = position(state, who, own=own, heads=heads)
        row = row_of(step, place)
        passes = row is not None and not why_not(row, place)
        makes = MAKES[place.kind] in place.deeds
        assert (step.value in steps(place)) == (passes and makes), (state, who, step)


def test_every_deed_belongs_to_a_state():
    offered = {step for clerks, heads in EXPECTED.values() for step in words(clerks, heads)}
    assert offered == set(Step)
