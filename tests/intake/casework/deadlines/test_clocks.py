"""Which clock runs for an item that went this way, from which day, and what is said of it."""

from dataclasses import replace
from datetime import date

import pytest

from intake.casework.deadlines.clocks import (
    Step,
    Traits,
    others_clocks,
    own_clock,
    own_rule,
    steps_of,
    telling_clocks,
)
from intake.casework.deadlines.counting import Rule
from intake.choices import Nature, Status
from intake.choices.deadline_lists import BEGINNINGS, Happening, RuleCode

RULES = {
    code.value: Rule(
        code.value, code.facts.words, code.facts.number, code.facts.unit, code.facts.counts_from
    )
    for code in RuleCode
}
FIRST = date(2025, 4, 1)


def way(*moves: str) -> list[Step]:
    """'to_assess>inquiring' on the second of April, the next on the third, …"""
    steps = [Step(FIRST, Happening.RECEIVED)]
    for day, move in enumerate(moves, start=2):
        before, _, after = move.partition(">")
        detail = {"from_status": before, "to_status": after} if after else {}
        action = "move" if after else move
        assert action in {"register", "reroute", "move", "open", "set_scope", "tell_reporter"}
        steps += steps_of(action, detail, date(2025, 4, day))
    return steps


def begun(status: str, nature: str, *moves: str) -> tuple[str, int] | None:
    """The code of the running rule, and the day in April from which it counts."""
    clock = own_clock(Traits(status, nature), way(*moves), RULES)
    return (clock.rule.code, clock.from_day.day) if clock else None


IN = ("register", "to_assess>to_approve", "to_approve>to_transfer", "to_transfer>transferred")
WAYS = [
    (("unregistered", ""), ("registering", 1)),
    (("to_assess", "", "register"), ("pass_on", 1)),
    (("to_approve", "accusation", *IN[:2]), ("pass_on", 1)),
    (("inquiring", "accusation", *IN[:2], "to_approve>inquiring"), None),
    (("inquiring", "appeal", *IN[:2], "to_approve>inquiring"), ("settle", 4)),
    (("fixing", "out_of_scope", *IN[:2], "to_approve>fixing"), ("settle", 4)),
    (("to_transfer", "accusation", *IN[:3]), ("pass_on", 1)),
    (("transferred", "accusation", *IN), ("objection", 5)),
    (("acknowledged", "accusation", *IN, "transferred>acknowledged"), ("feedback", 6)),
    (("acknowledged", "appeal", *IN, "transferred>acknowledged"), ("settle", 4)),
    # Whatever is no demand is to be answered, so that its list and its page name one day.
    (("acknowledged", "suggestion", *IN, "transferred>acknowledged"), ("feedback", 6)),
    # Sent off, a demand has its sixty days still.
    (("transferred", "appeal", *IN), ("settle", 4)),
    (("transferred", "suggestion", *IN), ("objection", 5)),
    # Re-routing and going back gain no time.
    (("to_assess", "", "register", "reroute"), ("pass_on", 1)),
    (("to_assess", "", *IN[:2], "to_approve>to_assess"), ("pass_on", 1)),
    (
        ("inquiring", "appeal", *IN[:2], "to_approve>inquiring", "inquiring>to_assess",
         "to_assess>inquiring"),
        ("settle", 4),
    ),
    # What a receiver gives back is sorted anew, and its next list has its own five days.
    (("to_transfer", "accusation", *IN, "transferred>to_transfer"), ("pass_on", 6)),
    (
        ("transferred", "", *IN, "transferred>to_transfer", "to_transfer>transferred"),
        ("objection", 7),
    ),
    # Taking back that it was closed, or the receiver's answer, starts nothing anew.
    (
        ("acknowledged", "accusation", *IN, "transferred>acknowledged", "acknowledged>answered",
         "answered>closed", "closed>acknowledged"),
        ("feedback", 6),
    ),
    # A side state that the order does not know, and an event that means nothing.
    (("kept", "accusation", *IN[:2], "to_approve>kept"), None),
    (("returned", "", "register", "to_assess>returned", "open", "set_scope"), ("pass_on", 1)),
    (("closed", "appeal", *IN[:2], "to_approve>inquiring", "inquiring>closed"), None),
]  # fmt: skip


@pytest.mark.parametrize(("item", "clock"), WAYS)
def test_the_clock_that_runs(item: tuple[str, ...], clock: tuple[str, int] | None):
    assert begun(*item) == clock


@pytest.mark.parametrize(
    ("status", "nature", "beside"),
    [
        ("transferred", "appeal", ["objection"]),
        # There it is the own clock.
        ("transferred", "accusation", []),
        ("acknowledged", "appeal", []),
    ],
)
def test_the_receivers_term_stands_beside_the_own_clock(
    status: str, nature: str, beside: list[str]
):
    found = others_clocks(Traits(status, nature), way(*IN), RULES)
    assert [clock.rule.code for clock in found] == beside


def test_a_beginning_that_has_not_happened_gives_no_clock():
    assert own_rule(Traits("acknowledged", "accusation")) == RuleCode.FEEDBACK
    assert begun("acknowledged", "accusation", "register") is None


@pytest.mark.parametrize(
    ("moves", "words"),
    [
        ((), "从收件（2025年4月1日）起15日，当天不算。"),
        (("reroute",), "改派过，不重新起算。"),
        (("to_approve>to_assess",), "退回过上一步，不重新起算。"),
        (("transferred>to_assess",), "接收单位退回，从退回之日重新算。"),
    ],
)
def test_the_page_can_say_why(moves: tuple[str, ...], words: str):
    clock = own_clock(Traits("to_assess"), way(*moves), RULES)
    assert clock and words in clock.why


def test_what_was_extended_is_said():
    rules = RULES | {"settle": replace(RULES["settle"], extra=30)}
    clock = own_clock(Traits("inquiring", "appeal"), way("to_assess>inquiring"), rules)
    assert clock and "起60日，已批准延长30日，当天不算。" in clock.why


def telling(**changes: object) -> list[str]:
    traits = Traits("inquiring", is_named=True)
    steps = way("register", "to_assess>inquiring", "inquiring>closed")
    return [clock.rule.code for clock in telling_clocks(replace(traits, **changes), steps, RULES)]  # type: ignore[arg-type]


def test_a_named_reporter_is_told_twice_and_nobody_else():
    assert telling() == ["tell_accepted"]
    assert telling(status="closed") == telling(status="archived") == ["tell_closed"]
    assert telling(status="to_assess") == ["tell_accepted"]
    assert telling(status="not_archived") == ["tell_closed"]
    assert telling(status="voided") == []
    for changes in ({"is_named": False}, {"is_repeat": True}, {"gets_feedback": False}):
        assert telling(**changes) == []
    assert telling_clocks(Traits("to_assess", is_named=True), way("register"), RULES) == []


ACCEPTED, CLOSED = "to_assess>inquiring", "inquiring>closed"
TOLD = "tell_reporter"


@pytest.mark.parametrize(
    ("status", "moves", "codes"),
    [
        ("inquiring", (ACCEPTED, TOLD), []),
        ("inquiring", (TOLD, ACCEPTED), ["tell_accepted"]),
        ("closed", (ACCEPTED, TOLD, CLOSED), ["tell_closed"]),
        ("archived", (ACCEPTED, CLOSED, TOLD, "closed>archived"), []),
        ("archived", (ACCEPTED, CLOSED, "closed>archived", TOLD), []),
        # Closed once more, the result is told once more; that it was accepted is known.
        ("inquiring", (ACCEPTED, CLOSED, TOLD, "closed>inquiring"), []),
        ("closed", (ACCEPTED, CLOSED, TOLD, "closed>inquiring", CLOSED), ["tell_closed"]),
    ],
)
def test_whoever_was_told_is_told_no_more(status: str, moves: tuple[str, ...], codes: list[str]):
    clocks = telling_clocks(Traits(status, is_named=True), way(*moves), RULES)
    assert [clock.rule.code for clock in clocks] == codes


def test_every_status_and_nature_has_an_answer_and_every_rule_its_use():
    """The sealed matter stands in a table of its own, and tells of nothing but itself."""
    told = {own_rule(Traits(status, nature)) for status in Status for nature in (*Nature, "")}
    extra = {RuleCode.TELL_ACCEPTED, RuleCode.TELL_CLOSED, RuleCode.SEALED_MATTER}
    assert told - {None} == set(RuleCode) - extra


def test_the_codes_of_the_pure_table_are_those_of_the_closed_lists():
    from intake.casework.deadlines import clocks

    known = {*clocks._JUDGING, *clocks._ACTED_ON, *clocks._ENTERED, *clocks._AT_THE_RECEIVERS}
    assert known <= set(clocks._PLACE) == set(Status.values) - {"voided"}
    assert {*clocks._DEMANDS} <= set(Nature.values)


def test_each_rule_counts_from_what_an_office_may_choose():
    assert {code.facts.counts_from for code in RuleCode} <= set(BEGINNINGS)
