"""Closed lists of deadlines: what they count from, in which unit, and each rule as it starts. Pure.

The office edits number, unit, beginning and name of a rule as rows; what a rule is about, and
when it ends, is the program's.
"""

from dataclasses import dataclass
from typing import Any

from inspection.coded import Coded


class Unit(Coded):
    """What a deadline is counted in; the facts are its words."""

    facts: str

    WORKDAYS = "workdays", "个工作日"
    DAYS = "days", "日"
    MONTHS = "months", "个月"


@dataclass(frozen=True, slots=True)
class Beginning:
    """How an event is said, and which one counts where it happened several times."""

    words: str
    is_first: bool = False


class Happening(Coded):
    """What can happen to an item that a deadline counts from."""

    facts: Beginning

    RECEIVED = "received", Beginning("收件", is_first=True)
    REGISTERED = "registered", Beginning("登记", is_first=True)
    # The first time that something was to be done about it; going back gains no time.
    ACCEPTED = "accepted", Beginning("受理", is_first=True)
    TRANSFERRED = "transferred", Beginning("移交清单送出")
    SIGNED = "signed", Beginning("签收")
    ANSWERED = "answered", Beginning("反馈")
    CLOSED = "closed", Beginning("办结")
    # A receiver gave it back: sorting it begins anew.
    RETURNED = "returned", Beginning("退回")
    REROUTED = "rerouted", Beginning("改派")
    WENT_BACK = "went_back", Beginning("退回上一步")
    # Ends the clock that says by when; nothing counts from it.
    TOLD = "told", Beginning("告知反映人")


@dataclass(frozen=True, slots=True)
class RuleFacts:
    """A rule as the migration writes it, and by what it is over.

    `why_fixed`: why what it counts from is the program's and no office's to choose, as its page
    says it; '' for the rest.
    `over`: what is said after the last day of a term that is somebody else's to use, such as the
    receiver's. Nobody here is late by it, so that it is in no list of what is due; '' for the rest.
    """

    words: str
    number: int
    unit: Unit
    counts_from: Happening
    may_extend: int = 0
    why_fixed: str = ""
    over: str = ""

    @property
    def is_beginning_fixed(self) -> bool:
        return bool(self.why_fixed)


class RuleCode(Coded):
    """The deadlines that the program knows."""

    facts: RuleFacts

    REGISTERING = (
        "registering",
        RuleFacts(
            "登记",
            0,
            Unit.DAYS,
            Happening.RECEIVED,
            why_fixed="还没有登记的件，只有收件的日子，没有别的日子可以起算。",
        ),
    )
    PASS_ON = "pass_on", RuleFacts("甄别转送", 15, Unit.DAYS, Happening.RECEIVED)
    OBJECTION = (
        "objection",
        RuleFacts(
            "接收单位提出异议",
            5,
            Unit.WORKDAYS,
            Happening.TRANSFERRED,
            why_fixed="接收单位的异议期从清单送出起算：清单送到它就看得到，那时还没有别的日子。",
            over="异议期已过",
        ),
    )
    SETTLE = "settle", RuleFacts("求决事项办理", 60, Unit.DAYS, Happening.ACCEPTED, may_extend=30)
    FEEDBACK = (
        "feedback",
        RuleFacts(
            "线索办理反馈",
            3,
            Unit.MONTHS,
            Happening.SIGNED,
            why_fixed="接收单位签收了才开始办；信访件、移交清单和文书都按签收那天算，才是同一个最后一天。",
        ),
    )
    SEALED_MATTER = (
        "sealed_matter",
        RuleFacts(
            "密封件上报",
            5,
            Unit.WORKDAYS,
            Happening.RECEIVED,
            why_fixed="密封件在平台上只记收件日期和上送日期，没有别的日子可以起算。",
        ),
    )
    TELL_ACCEPTED = (
        "tell_accepted",
        RuleFacts("告知实名反映人受理情况", 15, Unit.WORKDAYS, Happening.ACCEPTED),
    )
    TELL_CLOSED = (
        "tell_closed",
        RuleFacts("告知实名反映人办理结果", 15, Unit.WORKDAYS, Happening.CLOSED),
    )


# What an office may choose as a beginning.
_BEGINS_NOTHING = (Happening.REROUTED, Happening.WENT_BACK, Happening.TOLD)
BEGINNINGS = tuple(one for one in Happening if one not in _BEGINS_NOTHING)
# What the office itself must have done by the last day.
OURS = tuple(code for code in RuleCode if not code.facts.over)
# Registering is due at once, and a term of somebody else's is not ours to stop.
PAUSABLE = tuple(code for code in OURS if code is not RuleCode.REGISTERING)
# By when a named reporter must have been told; 已告知 ends them, and nothing else does.
TELLING = (RuleCode.TELL_ACCEPTED, RuleCode.TELL_CLOSED)
# What an item itself must have come to by then: 办理期限 of ledger and papers.
HANDLING = tuple(code for code in OURS if code not in TELLING)


def unit_choices() -> list[tuple[str, Any]]:
    """Code and words of each unit."""
    return [(unit.value, unit.facts) for unit in Unit]


def beginning_choices() -> list[tuple[str, Any]]:
    """Code and words of each event that a deadline may count from."""
    return [(one.value, one.facts.words) for one in BEGINNINGS]


def rule_choices() -> list[tuple[str, Any]]:
    """Code and first name of each rule."""
    return [(code.value, code.facts.words) for code in RuleCode]
