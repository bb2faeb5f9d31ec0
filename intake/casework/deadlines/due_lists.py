"""Which items are due by a day, as a condition on rows: no item is opened or counted one by one.

For each rule the calendar is turned round: the latest day of beginning that is due by the day.
Items whose clock was paused or made longer are few, and are counted one by one. An item whose last
day is unknown is in a list of its own, and in no other.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Self
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    F,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat
from django.utils.timezone import get_default_timezone

from inspection.schedule import ONE_DAY, Calendar, midnight
from intake.casework.deadlines.counting import Pause, Rule, due, known_spans, latest_from
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import CLOSED_STATUSES, Scope, Status
from intake.choices.deadline_lists import OURS, TELLING, RuleCode
from intake.models import DeadlineExtension, DeadlinePause, Desk, Submission

# The start page says what ends within so many days.
STEPS = (15, 5, 0)
COUNTED = ("overdue", "unknown", *(f"by_{days}" for days in STEPS))


@dataclass(frozen=True, slots=True)
class DueLists:
    """Three queries, for as many days as wanted; two where the calendar is known already.

    Whoever asks for the items of some desks names them: then no item is looked at in vain.
    """

    book: RuleBook
    changed: Mapping[UUID, "ChangedClock"]
    desks: tuple[Desk, ...] | None = None
    # The same of what reporters wait for, beside the own clock.
    changed_tellings: Mapping[UUID, "ChangedClock"] = field(default_factory=dict)

    @classmethod
    def read(cls, desks: Iterable[Desk] | None = None, calendar: Calendar | None = None) -> Self:
        named = None if desks is None else tuple(desks)
        own, tellings = _changed_clocks()
        return cls(RuleBook.read(calendar), own, named, tellings)

    def due_by(self, day: date) -> Q:
        """Items whose clock ends on the day or before; of no term that somebody else may use."""
        found = Q(pk__in=())
        for code, rule in self.book.in_force.items():
            if code in OURS:
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

    def unknown(self) -> Q:
        """Items whose clock runs to a day that the calendar does not tell; none that is paused."""
        found = Q(pk__in=())
        for code, rule in self.book.in_force.items():
            if rule.needs_calendar and rule.length:
                known = Q(pk__in=())
                for first, last in known_spans(rule, self.book.calendar):
                    known |= self._begun(code, first, last)
                found |= self._running(code) & ~known
        if not self.changed:
            return found
        counted = [pk for pk, item in self.changed.items() if self._is_unknown(item)]
        return found & ~Q(pk__in=list(self.changed)) | Q(pk__in=counted)

    def counts(self, items: "QuerySet[Submission]", today: date) -> "DueCounts":
        """How many of the items are due, in one more query."""
        return DueCounts.of(self._soon(items, today).aggregate(**self._counters(today)))

    def counts_as_one(self, items: "QuerySet[Submission]", today: date) -> "QuerySet[Any, Any]":
        """The same as a single text, for a query that asks for more; `DueCounts.read` reads it."""
        numbers = [Cast(one, CharField()) for one in self._counters(today).values()]
        parts = [part for number in numbers for part in (number, Value(" "))]
        # Counted over all of them, and not for each by itself.
        soon = self._soon(items, today).annotate(all=Value(1)).values("all")
        return soon.annotate(due_counts=Concat(*parts)).values("due_counts")

    def _soon(self, items: "QuerySet[Submission]", today: date) -> "QuerySet[Submission]":
        soon = self.due_by(today + timedelta(days=max(STEPS)))
        return items.order_by().filter(soon | self.unknown())

    def _counters(self, today: date) -> dict[str, Count]:
        steps = [self.due_by(today + timedelta(days=days)) for days in STEPS]
        found = zip(COUNTED, (self.overdue(today), self.unknown(), *steps), strict=True)
        return {name: Count("pk", filter=condition) for name, condition in found}

    def _by_rule(self, code: str, rule: Rule, day: date) -> Q:
        begun = latest_from(rule, day, self.book.calendar)
        return self._begun(code, *begun) if begun else Q(pk__in=())

    def _running(self, code: str) -> Q:
        if code != RuleCode.REGISTERING:
            return Q(deadline_rule=code, deadline_from__isnull=False)
        # A citizen's report is stored without asking for a rule. Every scope is named, so that the
        # index on desk, status, scope and moment is used, and not the one on desk and moment.
        waits = Q(status=Status.UNREGISTERED, scope__in=Scope.values)
        return waits if self.desks is None else waits & Q(desk__in=self.desks)

    def _begun(self, code: str, first: date | None, last: date) -> Q:
        """Its clock runs, since a day of these."""
        if code == RuleCode.REGISTERING:
            begun = self._running(code) & Q(received_at__lt=_midnight(last + ONE_DAY))
            return begun & Q(received_at__gte=_midnight(first)) if first else begun
        begun = Q(deadline_rule=code, deadline_from__lte=last)
        return begun & Q(deadline_from__gte=first) if first else begun

    def _is_by(self, item: "ChangedClock", day: date) -> bool:
        last = self.last_day(item) if item.rule in OURS else None
        return last is not None and last <= day

    def _is_unknown(self, item: "ChangedClock") -> bool:
        is_in_force = item.rule in self.book.in_force
        return is_in_force and not item.is_paused and self.last_day(item) is None

    def last_day(self, item: "ChangedClock") -> date | None:
        """None where it is unknown, where the clock stands still, or no rule is in force."""
        rule = self.book.in_force.get(item.rule)
        if rule is None:
            return None
        longer = replace(rule, extra=item.extra)
        return due(longer, item.from_day, self.book.calendar, item.pauses)


@dataclass(frozen=True, slots=True)
class DueCounts:
    """What is over, and what ends within so many days and is not over: today's are in all."""

    overdue: int
    within: Mapping[int, int]
    unknown: int

    @classmethod
    def read(cls, counts: str | None) -> Self:
        """From the text of `counts_as_one`; nothing is due where it found no item."""
        found = map(int, (counts or "").split())
        return cls.of(dict(zip(COUNTED, found, strict=False)))

    @classmethod
    def of(cls, found: Mapping[str, int]) -> Self:
        """From what was counted: all that ends by a day, what is over among it."""
        over = found.get("overdue", 0)
        within = {days: found.get(f"by_{days}", over) - over for days in STEPS}
        return cls(over, within, found.get("unknown", 0))


@dataclass(frozen=True, slots=True)
class ChangedClock:
    """The running clock of an item; it may have been paused or made longer."""

    rule: str
    from_day: date
    pauses: list[Pause] = field(default_factory=list)
    extra: int = 0

    @property
    def is_paused(self) -> bool:
        return any(pause.until is None for pause in self.pauses)


def told_by_now(code: str) -> Q:
    """Items whose reporters wait to be told by that rule, if they wait."""
    is_over = Q(status__in=CLOSED_STATUSES)
    return is_over if code == RuleCode.TELL_CLOSED else ~is_over


def _changed_clocks() -> tuple[dict[UUID, ChangedClock], dict[UUID, ChangedClock]]:
    """One query: what was done to the own clocks that run now, and to those of telling."""
    own: dict[UUID, ChangedClock] = {}
    tellings: dict[UUID, ChangedClock] = {}
    for pk, rule, from_day, first, until, extra in _pauses().union(_extensions(), all=True):
        found = tellings if rule in TELLING else own
        one = found.get(pk, ChangedClock(rule, from_day))
        if first is not None:
            one.pauses.append(Pause(first, until))
        found[pk] = replace(one, extra=one.extra + extra)
    return own, tellings


def _of_running(rows: Any) -> Any:
    """Of those, what was done to a clock that runs now, with the day `since` when it began.

    Asked row by row: there are few, and a join could begin with the many items.
    """
    item = Submission.objects.filter(pk=OuterRef("submission")).order_by()
    own = item.filter(deadline_rule=OuterRef("rule")).values("deadline_from")
    told = [
        When(rule=code, then=Subquery(item.filter(told_by_now(code)).values("telling_from")))
        for code in TELLING
    ]
    since = Case(*told, default=Subquery(own))
    return rows.order_by().annotate(since=since).filter(since__isnull=False)


def _pauses() -> Any:
    pauses = _of_running(DeadlinePause.objects.all())
    told = pauses.filter(Q(until__isnull=True) | Q(until__gt=F("since"))).annotate(none=Value(0))
    return told.values_list("submission", "rule", "since", "first", "until", "none")


def _extensions() -> Any:
    """In the same columns; what is made longer has no day of its own."""
    no_day = Value(None, output_field=DateField())
    told = _of_running(DeadlineExtension.objects.all()).annotate(no_day=no_day, no_end=no_day)
    return told.values_list("submission", "rule", "since", "no_day", "no_end", "extra")


def _midnight(day: date) -> datetime:
    return midnight(day, get_default_timezone())
