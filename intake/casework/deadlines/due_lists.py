"""Which items are due by a day, as a condition on rows: no item is opened or counted one by one.

For each rule the calendar is turned round: the latest day of beginning that is due by the day.
Items whose clock was paused or made longer are few, and are counted one by one. An item whose last
day is unknown is in none of these lists.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import Count, DateField, F, Q, QuerySet, Value
from django.utils.timezone import get_default_timezone

from inspection.schedule import ONE_DAY, Calendar
from intake.casework.deadlines.counting import Pause, Rule, due, latest_from
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import Status
from intake.choices.deadline_lists import RuleCode
from intake.models import DeadlineExtension, DeadlinePause, Desk, Submission

# The start page says what ends within so many days.
STEPS = (15, 5, 0)


@dataclass(frozen=True, slots=True)
class DueLists:
    """Three queries, for as many days as wanted; two where the calendar is known already.

    Whoever asks for the items of some desks names them: then no item is looked at in vain.
    """

    book: RuleBook
    changed: Mapping[UUID, "ChangedClock"]
    desks: tuple[Desk, ...] | None = None

    @classmethod
    def read(cls, desks: Iterable[Desk] | None = None, calendar: Calendar | None = None) -> Self:
        named = None if desks is None else tuple(desks)
        return cls(RuleBook.read(calendar), _changed_clocks(), named)

    def due_by(self, day: date) -> Q:
        """Items whose clock ends on the day or before."""
        found = Q(pk__in=())
        for code, rule in self.book.in_force.items():
            found |= self._by_rule(code, rule, day)
        if not self.changed:
            return found
        counted = [pk for pk, item in self.changed.items() if self._is_by(item, day)]
        return found & ~Q(pk__in=list(self.changed)) | Q(pk__in=counted)

    def overdue(self, today: date) -> Q:
        """Items whose clock ended before today."""
        return self.due_by(today - ONE_DAY)

    def due_within(self, today: date, span: timedelta) -> Q:
        """Items whose clock ends within so many days from today, and is not over."""
        return self.due_by(today + span) & ~self.overdue(today)

    def counts(self, items: "QuerySet[Submission]", today: date) -> "DueCounts":
        """How many of the items are due, in one more query."""
        days = {f"within_{days}": today + timedelta(days=days) for days in STEPS}
        by_day = {name: Count("pk", filter=self.due_by(day)) for name, day in days.items()}
        over = Count("pk", filter=self.overdue(today))
        soon = items.order_by().filter(self.due_by(today + timedelta(days=max(STEPS))))
        found = soon.aggregate(overdue=over, **by_day)
        steps = {days: found[f"within_{days}"] - found["overdue"] for days in STEPS}
        return DueCounts(found["overdue"], steps)

    def _by_rule(self, code: str, rule: Rule, day: date) -> Q:
        begun = latest_from(rule, day, self.book.calendar)
        if begun is None:
            return Q(pk__in=())
        first, last = begun
        if code == RuleCode.REGISTERING:
            # A citizen's report is stored without asking for a rule.
            waits = Q(status=Status.UNREGISTERED, received_at__lt=_midnight(last + ONE_DAY))
            waits &= Q() if self.desks is None else Q(desk__in=self.desks)
            return waits & Q(received_at__gte=_midnight(first)) if first else waits
        running = Q(deadline_rule=code, deadline_from__lte=last)
        return running & Q(deadline_from__gte=first) if first else running

    def _is_by(self, item: "ChangedClock", day: date) -> bool:
        rule = self.book.in_force.get(item.rule)
        if rule is None:
            return False
        longer = replace(rule, extra=item.extra)
        last = due(longer, item.from_day, self.book.calendar, item.pauses)
        return last is not None and last <= day


@dataclass(frozen=True, slots=True)
class DueCounts:
    """What is over, and what ends within so many days and is not over: today's are in all."""

    overdue: int
    within: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class ChangedClock:
    """The running clock of an item, paused or made longer."""

    rule: str
    from_day: date
    pauses: list[Pause] = field(default_factory=list)
    extra: int = 0


def due_by(day: date) -> Q:
    """For a page that asks once; whoever asks for several days reads `DueLists`."""
    return DueLists.read().due_by(day)


def overdue(today: date) -> Q:
    """The same for what is over."""
    return DueLists.read().overdue(today)


def _changed_clocks() -> dict[UUID, ChangedClock]:
    """One query: what was done to the clocks that run now."""
    found: dict[UUID, ChangedClock] = {}
    for pk, rule, from_day, first, until, extra in _pauses().union(_extensions(), all=True):
        one = found.get(pk, ChangedClock(rule, from_day))
        if first is not None:
            one.pauses.append(Pause(first, until))
        found[pk] = replace(one, extra=one.extra + extra)
    return found


_CLOCK = ("submission", "rule", "submission__deadline_from")
_RUNNING = {"submission__deadline_rule": F("rule"), "submission__deadline_from__isnull": False}


def _pauses() -> "QuerySet[Any, Any]":
    pauses = DeadlinePause.objects.filter(
        Q(until__isnull=True) | Q(until__gt=F("submission__deadline_from")), **_RUNNING
    )
    told = pauses.order_by().annotate(none=Value(0))
    return told.values_list(*_CLOCK, "first", "until", "none")


def _extensions() -> "QuerySet[Any, Any]":
    """In the same columns; what is made longer has no day of its own."""
    longer = DeadlineExtension.objects.filter(**_RUNNING)
    no_day = Value(None, output_field=DateField())
    told = longer.order_by().annotate(no_day=no_day, no_end=no_day)
    return told.values_list(*_CLOCK, "no_day", "no_end", "extra")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), get_default_timezone())
