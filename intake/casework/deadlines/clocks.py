"""Which clocks run for an item, from when, and why: by what happened to it, in order. Pure.

One clock is the item's own: it follows its status. Beside it a named reporter may have to be told.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from intake.casework.deadlines.counting import Rule
from intake.choices.deadline_lists import Happening, RuleCode

_JUDGING = ("unregistered", "to_assess", "to_approve", "returned")
_ACTED_ON = ("inquiring", "fixing", "to_transfer", "transferred")
# How far an item is on its way from arrival to end; a move to an earlier place goes back.
_WAY = (
    ("unregistered",),
    ("to_assess", "returned"),
    ("to_approve",),
    ("inquiring", "fixing", "to_transfer", "kept", "repeat"),
    ("transferred",),
    ("acknowledged",),
    ("answered",),
    ("closed",),
    ("archived", "not_archived"),
)
_PLACE = {status: place for place, statuses in enumerate(_WAY) for status in statuses}
FROM, TO = "from_status", "to_status"
_BY_ACTION = {
    "register": Happening.REGISTERED,
    "reroute": Happening.REROUTED,
    "tell_reporter": Happening.TOLD,
}
_ENTERED = {
    "transferred": Happening.TRANSFERRED,
    "acknowledged": Happening.SIGNED,
    "answered": Happening.ANSWERED,
    "closed": Happening.CLOSED,
}
_ENDS = ("closed", "archived", "not_archived")
_AT_THE_RECEIVERS = ("transferred", "acknowledged", "answered")
# Natures of what asks for something to be settled (求决), which has its own time.
_DEMANDS = ("appeal", "out_of_scope")
_OWN = dict.fromkeys(_DEMANDS, RuleCode.SETTLE)


@dataclass(frozen=True, slots=True)
class Step:
    """Something that happened to an item, on which day of the round's zone."""

    day: date
    what: Happening


@dataclass(frozen=True, slots=True)
class Traits:
    """What is true of an item now, by the codes of the closed lists."""

    status: str
    nature: str = ""
    is_named: bool = False
    is_repeat: bool = False
    gets_feedback: bool = True


@dataclass(frozen=True, slots=True)
class Clock:
    """A rule that counts from a day; `why` says both in words."""

    rule: Rule
    from_day: date
    why: str


def steps_of(action: str, detail: Mapping[str, Any], day: date) -> Iterable[Step]:
    """What an audit event means for deadlines; an event that means nothing gives nothing.

    Whatever deed moves an item, its event says from which status to which.
    """
    if action in _BY_ACTION:
        yield Step(day, _BY_ACTION[action])
    if TO in detail:
        yield from _steps_of_move(detail.get(FROM), detail[TO], day)


def own_rule(traits: Traits) -> RuleCode | None:
    """The rule of the item's own clock where it stands; None where nothing is due."""
    if traits.status == "unregistered":
        return RuleCode.REGISTERING
    if traits.status in ("to_assess", "to_approve", "to_transfer", "returned"):
        return RuleCode.PASS_ON
    if traits.status in ("inquiring", "fixing"):
        return _OWN.get(traits.nature)
    # Sending it off stops no sixty days; of all else an answer is due once it is signed for.
    if traits.status == "transferred":
        return _OWN.get(traits.nature, RuleCode.OBJECTION)
    return _OWN.get(traits.nature, RuleCode.FEEDBACK) if traits.status == "acknowledged" else None


def own_clock(traits: Traits, steps: Sequence[Step], rules: Mapping[str, Rule]) -> Clock | None:
    """The item's own clock; None where no rule is in force or its beginning has not happened."""
    code = own_rule(traits)
    rule = rules.get(code) if code else None
    return _clock(rule, steps) if rule else None


def others_clocks(traits: Traits, steps: Sequence[Step], rules: Mapping[str, Rule]) -> list[Clock]:
    """Terms of the receiver's that run beside the own clock."""
    rule = rules.get(RuleCode.OBJECTION)
    if traits.status != "transferred" or own_rule(traits) is RuleCode.OBJECTION or rule is None:
        return []
    clock = _clock(rule, steps)
    return [clock] if clock else []


def telling_clocks(traits: Traits, steps: Sequence[Step], rules: Mapping[str, Rule]) -> list[Clock]:
    """When a named reporter must be told: not of repeats, not where no answer is given.

    It runs on in the archive until somebody says that the reporter was told.
    """
    if not traits.is_named or traits.is_repeat or not traits.gets_feedback:
        return []
    if traits.status == "voided":
        return []
    is_closed = traits.status in _ENDS
    rule = rules.get(RuleCode.TELL_CLOSED if is_closed else RuleCode.TELL_ACCEPTED)
    if rule is None or _is_told(rule, steps):
        return []
    clock = _clock(rule, steps)
    return [clock] if clock else []


def _is_told(rule: Rule, steps: Sequence[Step]) -> bool:
    """Whether the reporter was told after the event that the rule counts from."""
    begun = beginning(rule, steps)
    places = [place for place, step in enumerate(steps) if step is begun]
    return any(step.what is Happening.TOLD for place in places for step in steps[place:])


def _clock(rule: Rule, steps: Sequence[Step]) -> Clock | None:
    begun = beginning(rule, steps)
    return Clock(rule, begun.day, _why(rule, begun, steps)) if begun else None


def beginning(rule: Rule, steps: Sequence[Step]) -> Step | None:
    """The event that a rule counts from; None while it has not happened."""
    found = [step for step in steps if step.what is rule.counts_from]
    if rule.code == RuleCode.PASS_ON:
        given_back = [step for step in steps if step.what is Happening.RETURNED]
        found = given_back[-1:] or found
    if not found:
        return None
    return found[0] if found[0].what.facts.is_first else found[-1]


def _why(rule: Rule, begun: Step, steps: Sequence[Step]) -> str:
    day, what = begun.day, begun.what.facts.words
    size = f"{rule.number}{rule.unit.facts}" if rule.number else "当日"
    words = f"从{what}（{day.year}年{day.month}月{day.day}日）起{size}"
    if rule.extra:
        words += f"，已批准延长{rule.extra}{rule.unit.facts}"
    words += "，当天不算。" if rule.number else "。"
    if begun.what is Happening.RETURNED:
        return f"{words}接收单位退回，从退回之日重新算。"
    later = {step.what for step in steps if step.day >= day}
    if Happening.WENT_BACK in later:
        words += "退回过上一步，不重新起算。"
    if Happening.REROUTED in later:
        words += "改派过，不重新起算。"
    return words


def _steps_of_move(before: Any, after: Any, day: date) -> Iterable[Step]:
    if before in _AT_THE_RECEIVERS and after in (*_JUDGING, "to_transfer"):
        yield Step(day, Happening.RETURNED)
    elif _PLACE.get(after, len(_WAY)) < _PLACE.get(before, 0):
        yield Step(day, Happening.WENT_BACK)
        return
    if before in _JUDGING and after in _ACTED_ON:
        yield Step(day, Happening.ACCEPTED)
    if after in _ENTERED:
        yield Step(day, _ENTERED[after])
