"""Counts items: all figures of a table in one query, of the round before in another.

What is counted is what the member sees in lists; what they only help with is no part of it.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import reduce
from operator import and_
from typing import Any
from zoneinfo import ZoneInfo

from django.db.models import (
    Case,
    Count,
    IntegerField,
    Max,
    Min,
    Q,
    QuerySet,
    Sum,
    Value,
    When,
)
from django.db.models.functions import TruncDate

from inspection.models import FocusTopic
from inspection.schedule import ONE_DAY, midnight
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.figures import conditions
from intake.casework.figures.figure_table import PEOPLE_UNIT, Figure, Finds
from intake.casework.figures.spans import Span
from intake.choices import Origin, Status
from intake.models import Desk, Problem, StaffUser, Submission

# A round is shorter; more of them make a query too long.
MOST_DAYS = 200
# Whose choices are the column's own values.
COLUMNS = ("way", "origin", "nature", "signature", "scope", "handled_as")


@dataclass(frozen=True, slots=True)
class Asking:
    """What the conditions need to know beside a row."""

    today: date
    zone: ZoneInfo
    due: DueLists
    problems: Sequence[Problem] = ()
    focuses: Sequence[FocusTopic] = ()

    def condition(self, name: str, value: str) -> Q:
        """What the list finds by this choice of this filter. KeyError for one it has not."""
        if name in COLUMNS:
            return Q(**{name: value})
        if name == "due":
            return {"overdue": self.due.overdue}[value](self.today)
        if name == "problem":
            return conditions.by_any_problem(self.problems)[value].finds()
        if name == "focus":
            return conditions.by_focus(self.focuses)[value].finds()
        return conditions.FACETS[name].conditions[value].finds()

    def all_of(self, finds: Finds) -> Q:
        return reduce(and_, (self.condition(*one) for one in finds), Q())

    def within(self, span: Span) -> Q:
        """Come in on these days."""
        first = conditions.since(span.first, self.zone) if span.first else Q()
        return first & (conditions.until(span.last, self.zone) if span.last else Q())


@dataclass(frozen=True, slots=True)
class Place:
    """At which desk items lie, about which body, from whom: what is not summed up."""

    desk: int
    target: int | None
    is_own: bool


Numbers = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Counted:
    """By place, the number of each figure by its code."""

    by_place: Mapping[Place, Numbers] = field(default_factory=dict)

    def sums(
        self,
        *,
        desk: int | None = None,
        targets: Iterable[int | None] | None = None,
        only_own: bool = False,
    ) -> dict[str, int]:
        """Over the places that are meant; over all of them where nothing is said."""
        wanted = None if targets is None else set(targets)
        found: dict[str, int] = {}
        for place, numbers in self.by_place.items():
            is_meant = desk in (None, place.desk) and (wanted is None or place.target in wanted)
            if is_meant and (place.is_own or not only_own):
                for code, number in numbers.items():
                    found[code] = found.get(code, 0) + number
        return found


def counted_items(user: StaffUser, desks: Iterable[Desk]) -> "QuerySet[Submission]":
    """Of these desks, as far as the member sees them; what was voided counts nowhere."""
    return Submission.objects.visible_to(user).filter(is_counted(desks)).order_by()


def is_counted(desks: Iterable[Desk]) -> Q:
    """What statistics count at these desks: all but what was voided."""
    return Q(desk__in=[desk.pk for desk in desks]) & ~Q(status=Status.VOIDED)


def count(items: "QuerySet[Submission]", figures: Sequence[Figure], asking: Asking) -> Counted:
    """One query, whatever is counted."""
    rows = items.values_list("desk", "target", "origin").annotate(**_counters(figures, asking))
    found: dict[Place, dict[str, int]] = {}
    for desk, target, origin, *numbers in rows:
        sums = found.setdefault(Place(desk, target, origin == Origin.OWN), {})
        for figure, number in zip(figures, numbers, strict=True):
            sums[figure.code] = sums.get(figure.code, 0) + number
    return Counted(found)


def by_weeks(items: "QuerySet[Submission]", spans: Mapping[str, Span], asking: Asking) -> Counted:
    """The same for figures that count days of their own, by their codes."""
    counters = {
        f"n{place}": Count("pk", filter=asking.within(span) or None)
        for place, span in enumerate(spans.values())
    }
    found: dict[Place, dict[str, int]] = {}
    for desk, target, *numbers in items.values_list("desk", "target").annotate(**counters):
        found[Place(desk, target, True)] = dict(zip(spans, numbers, strict=True))
    return Counted(found)


def by_day(items: "QuerySet[Submission]", zone: ZoneInfo) -> dict[date, int]:
    """How many came in on each day on which something came.

    Where the days are few, the database is told their midnights: to ask it for the day of each
    item takes as long as all else together.
    """
    ends = items.aggregate(first=Min("received_at"), last=Max("received_at"))
    if ends["first"] is None:
        return {}
    first, last = (ends[name].astimezone(zone).date() for name in ("first", "last"))
    length = (last - first).days + 1
    if length > MOST_DAYS:
        rows = items.annotate(day=TruncDate("received_at", tzinfo=zone)).values_list("day")
        return dict(rows.annotate(number=Count("pk")).order_by("day"))
    days = [first + n * ONE_DAY for n in range(length)]
    midnights = [midnight(day, zone) for day in days]
    places = items.annotate(place=_place(midnights, 0, length - 1)).values_list("place")
    return {days[place]: number for place, number in places.annotate(number=Count("pk"))}


def _place(midnights: Sequence[datetime], low: int, high: int) -> Any:
    """Which of the days a moment is on, found by halves; a day begins at its midnight."""
    if low == high:
        return Value(low)
    middle = (low + high + 1) // 2
    before = When(received_at__lt=midnights[middle], then=_place(midnights, low, middle - 1))
    after = _place(midnights, middle, high)
    return Case(before, default=after, output_field=IntegerField())


def _counters(figures: Sequence[Figure], asking: Asking) -> dict[str, Any]:
    return {f"n{place}": one for place, one in enumerate(_of_each(figures, asking))}


def _of_each(figures: Sequence[Figure], asking: Asking) -> Iterator[Any]:
    for figure in figures:
        found = asking.all_of(figure.finds) or None
        if figure.unit == PEOPLE_UNIT:
            yield Sum("people", filter=found, default=0)
        else:
            yield Count("pk", filter=found)
