"""By what items are counted beside their columns: each a condition on rows, with its words.

One table. The list finds by it, and statistics count by it, so that a figure and the list behind
it cannot differ.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from zoneinfo import ZoneInfo

from django.db.models import F, Q

from inspection.models import FocusTopic
from inspection.schedule import ONE_DAY, midnight
from intake.choices import CLOSED_STATUSES, Rank, Status, Topic, Way
from intake.choices.arrival_lists import COLLECTIVE
from intake.models import Problem, RepeatLink

# 联名: from so many people on.
FEWEST_SIGNERS = 2
# What lies still without being closed.
RESTING = (Status.KEPT, Status.REPEAT)
NONE = "none"


@dataclass(frozen=True, slots=True)
class Condition:
    """`finds` is worked out only where it is asked for."""

    words: str
    finds: Callable[[], Q]


Conditions = Mapping[str, Condition]


@dataclass(frozen=True, slots=True)
class Facet:
    """One thing that is asked of an item, and what can be answered."""

    title: str
    conditions: Conditions


def _has_repeats() -> Q:
    """Only those at its own desk: whoever sees the one sees the others."""
    links = RepeatLink.objects.live().filter(repeat__desk=F("lead__desk")).order_by()
    return Q(pk__in=links.values("lead"))


def _repeats() -> Q:
    return Q(pk__in=RepeatLink.objects.live().order_by().values("repeat"))


_DONE, _RESTING = Q(status__in=CLOSED_STATUSES), Q(status__in=RESTING)

# By the name that an address of the list asks with, and by the value that it carries.
FACETS: dict[str, Facet] = {
    "repeat": Facet(
        "初件和重复件",
        {
            "first": Condition("初件", lambda: ~_repeats()),
            "lead": Condition("有重复件的初件", _has_repeats),
            "repeat": Condition("重复件", _repeats),
        },
    ),
    "joint": Facet(
        "联名", {"yes": Condition("两人以上联名", lambda: Q(signers__gte=FEWEST_SIGNERS))}
    ),
    "gathering": Facet(
        "集体访",
        {"yes": Condition("五人以上来访", lambda: Q(way=Way.VISIT, people__gte=COLLECTIVE))},
    ),
    "progress": Facet(
        "办到哪里",
        {
            "done": Condition("办结", lambda: _DONE),
            "running": Condition("在办", lambda: ~_DONE & ~_RESTING),
            "resting": Condition("留存备查或者并入", lambda: _RESTING),
        },
    ),
    "unjudged": Facet(
        "还没有判定",
        {
            "nature": Condition("性质", lambda: Q(nature="")),
            "problem": Condition("问题", lambda: Q(main_problem=None, other_problems="")),
            "rank": Condition("职级", lambda: Q(rank="")),
            "handling": Condition("处理方式", lambda: Q(handled_as="")),
        },
    ),
    "rank": Facet(
        "职级",
        {one.value: Condition(str(one.label), partial(Q, rank=one.value)) for one in Rank},
    ),
    "topic": Facet(
        "专题",
        {
            one.value: Condition(str(one.label), partial(Q, topics__contains=f"|{one.value}|"))
            for one in Topic
        },
    ),
}


def by_main_problem(problems: Iterable[Problem]) -> Conditions:
    """The one problem that an item has first of all; a first level has all of its second."""
    known = list(problems)
    return {
        one.code: Condition(str(one), partial(_is_mainly_about, _with_children(one, known)))
        for one in known
    }


def by_any_problem(problems: Iterable[Problem]) -> Conditions:
    """Among all problems of an item, which may be several."""
    known = list(problems)
    return {
        one.code: Condition(str(one), partial(_is_about, _with_children(one, known)))
        for one in known
    }


def by_focus(focuses: Iterable[FocusTopic]) -> Conditions:
    """What the round looks at; and what is none of it."""
    known = {str(one.pk): Condition(one.heading, partial(Q, focus=one.pk)) for one in focuses}
    return {NONE: Condition("都不是", partial(Q, focus=None)), **known}


def is_of_no_own_body() -> Q:
    """About none of the bodies of the team at whose desk it lies."""
    return Q(target=None) | Q(desk__team=None) | ~Q(target__team=F("desk__team"))


def since(day: date, zone: ZoneInfo) -> Q:
    """Come in on that day or later."""
    return Q(received_at__gte=midnight(day, zone))


def until(day: date, zone: ZoneInfo) -> Q:
    """Come in on that day or before."""
    return Q(received_at__lt=midnight(day + ONE_DAY, zone))


def _with_children(problem: Problem, known: Iterable[Problem]) -> list[Problem]:
    return [problem, *(one for one in known if one.parent_id == problem.pk)]


def _keys(problems: Iterable[Problem]) -> list[int]:
    return [one.pk for one in problems]


def _is_mainly_about(problems: list[Problem]) -> Q:
    return Q(main_problem__in=_keys(problems))


def _is_about(problems: list[Problem]) -> Q:
    """Most items name no other problem, so that this is asked before each code is looked for."""
    named = Q()
    for one in problems:
        named |= Q(other_problems__contains=f"|{one.code}|")
    return _is_mainly_about(problems) | ~Q(other_problems="") & named
