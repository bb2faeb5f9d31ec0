"""Moves allowed and forbidden, and who may make them: `moves.csv`, which a clerk can read.

What stands in no line of it nobody may do.
"""

import csv
from collections.abc import Callable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

import pytest

from intake.casework.moving.allowing import CannotMove, MayNotMove, allowed_move
from intake.casework.moving.move_table import (
    APPROVED_TO,
    CLOSED_FROM,
    MOVES,
    Move,
    Need,
    Through,
    Whose,
)
from intake.choices import DeskKind, Handling, Nature, Role, Status
from intake.models import Desk, StaffUser, Submission

MEMBERS = {
    "巡察办科员": StaffUser(pk=1, role=Role.OFFICE),
    "巡察办主任": StaffUser(pk=2, role=Role.OFFICE, may_approve=True),
    "巡察组科员": StaffUser(pk=3, role=Role.TEAM),
    "巡察组组长": StaffUser(pk=4, role=Role.TEAM, may_approve=True),
}
OUTSIDERS = [StaffUser(pk=5, role=Role.AUDITOR), StaffUser(pk=6, role=Role.ADMINISTRATOR)]
PLACES = {
    "按钮": Through.PAGE,
    "登记": Through.REGISTERING,
    "改派": Through.REROUTING,
    "重复件": Through.REPEATS,
    "移交清单": Through.TRANSFERS,
    "鉴定清单": Through.APPRAISAL,
}
NEEDS = {
    "甄别": Need.JUDGED,
    "处理方式": Need.HANDLING,
    "意见": Need.OPINION,
    "理由": Need.REASON,
    "结果": Need.RESULT,
    "第二人": Need.SECOND_PERSON,
}
WHOSE = {
    "": Whose.ANYBODYS,
    "不是拟办人": Whose.NOT_THE_PROPOSERS,
    "拟办人": Whose.THE_PROPOSERS,
}
# Only at a desk of this kind, and at none of that.
DESKS = {
    "": (None, None),
    "主任席": (DeskKind.HEAD, None),
    "主任席以外": (None, DeskKind.HEAD),
}
# Only with a body's written answer, and only without.
ANSWERED = {"有书面结果": True, "没有书面结果": False}
CODES = {str(status.label): status for status in Status}
OTHER = 9
WHOSE_IT_IS: dict[Whose, Callable[[bool], bool]] = {
    Whose.ANYBODYS: lambda is_own: True,
    Whose.NOT_THE_PROPOSERS: lambda is_own: not is_own,
    Whose.THE_PROPOSERS: lambda is_own: is_own,
}


@dataclass(frozen=True)
class Line:
    """One line of the file."""

    before: Status
    to: Status
    place: Through
    desks: str
    needs: tuple[Need, ...]
    whose: Whose
    who: frozenset[str]
    clocks: tuple[str, str]
    is_answered: bool | None


def lines() -> list[Line]:
    with Path(__file__).with_name("moves.csv").open(encoding="utf-8", newline="") as file:
        return [line_of(row) for row in csv.DictReader(file)]


def line_of(row: dict[str, str]) -> Line:
    return Line(
        before=CODES[row["现在"]],
        to=CODES[row["改成"]],
        place=PLACES[row["在哪里"]],
        desks="" if row["只在"] in ANSWERED else row["只在"],
        needs=tuple(NEEDS[word] for word in row["要填"].split("、") if word),
        whose=WHOSE[row["必须"]],
        who=frozenset(name for name in MEMBERS if row[name] == "是"),
        clocks=(row["期限（检举控告）"], row["期限（申诉）"]),
        is_answered=ANSWERED.get(row["只在"]),
    )


def clocks_of(move: Move) -> tuple[str, str]:
    """Which clock runs afterwards, of an accusation and of an appeal."""
    started = (move.starts(Nature.ACCUSATION), move.starts(Nature.APPEAL))
    accusation, appeal = (rule.facts.words if rule else "" for rule in started)
    return accusation, appeal


def item(before: Status, to: Status, kind: DeskKind, proposer: int | None = OTHER) -> Submission:
    """One that was proposed or handled so that it could go there."""
    proposed = {where: handling for handling, where in APPROVED_TO.items()}.get(to, "")
    handled = {where: handling for handling, where in CLOSED_FROM.items()}.get(to, "")
    return Submission(
        status=before,
        desk=Desk(kind=kind),
        proposed=proposed,
        handled_as=handled,
        proposed_by_id=proposer,
    )


def may(member: StaffUser, one: Submission, to: Status, place: Through) -> bool:
    try:
        allowed_move(one, to, member, place)
    except (CannotMove, MayNotMove):
        return False
    return True


def test_the_table_is_what_the_file_says():
    told = [
        (
            *(line.before, line.to, line.place),
            *(DESKS[line.desks], line.needs, line.whose, *line.clocks, line.is_answered),
        )
        for line in lines()
    ]
    rows = [
        (
            *(move.before, move.to, move.through),
            *((move.at, move.not_at), move.needs, move.whose, *clocks_of(move), move.is_answered),
        )
        for move in MOVES
    ]
    assert rows == told


# Whether a body answered a notice is asked of the rows beside an item.
@pytest.mark.django_db
@pytest.mark.parametrize("before", Status)
def test_who_may_make_which_move(before: Status):
    """Every status, to every status, at every place and desk, by everybody, whoever proposed."""
    known = [line for line in lines() if line.before == before]
    wrong = [
        (to, place, kind, name, proposer)
        for to, place, kind in product(Status, Through, (DeskKind.TEAM, DeskKind.HEAD))
        for name, member in MEMBERS.items()
        for proposer in (None, OTHER, member.pk)
        if may(member, item(before, to, kind, proposer), to, place)
        != any(
            (line.to, line.place) == (to, place)
            and name in line.who
            and line.desks in ("", "主任席" if kind == DeskKind.HEAD else "主任席以外")
            and WHOSE_IT_IS[line.whose](proposer == member.pk)
            for line in known
        )
    ]
    assert wrong == []


@pytest.mark.django_db
@pytest.mark.parametrize("outsider", OUTSIDERS, ids=lambda member: member.role)
def test_auditor_and_administrator_move_nothing(outsider: StaffUser):
    for line in lines():
        one = item(line.before, line.to, DeskKind.HEAD, None)
        assert not may(outsider, one, line.to, line.place), line


def test_what_was_proposed_is_approved_and_nothing_else():
    head = MEMBERS["巡察组组长"]
    for handling, there in APPROVED_TO.items():
        one = item(Status.TO_APPROVE, there, DeskKind.TEAM)
        approved = [to for to in APPROVED_TO.values() if may(head, one, to, Through.PAGE)]
        assert (one.proposed, approved) == (handling, [there])


def test_closing_is_taken_back_to_where_it_was_closed_from():
    clerk = MEMBERS["巡察组科员"]
    for handled, there in CLOSED_FROM.items():
        one = Submission(status=Status.CLOSED, desk=Desk(kind=DeskKind.TEAM), handled_as=handled)
        assert [to for to in CLOSED_FROM.values() if may(clerk, one, to, Through.PAGE)] == [there]


def test_each_status_has_a_way_in():
    assert {move.to for move in MOVES} == set(Status) - {Status.UNREGISTERED}
    assert APPROVED_TO.keys() == set(Handling)
    assert CLOSED_FROM.keys() == {"", *Handling}


def test_a_step_back_needs_a_reason_and_voiding_two_people():
    assert all(Need.REASON in move.needs for move in MOVES if move.is_back)
    voiding = [move for move in MOVES if move.to == Status.VOIDED]
    assert all({Need.REASON, Need.SECOND_PERSON} == set(move.needs) for move in voiding)
