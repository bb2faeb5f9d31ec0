"""Which items are due by a day, as a condition on rows: no item is opened or counted one by one.

For each rule the calendar is turned round: the latest day of beginning that is due by the day.
Items whose clock was paused are few, and are counted one by one. An item whose last day is
unknown is in none of these lists.
"""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Self
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils.timezone import get_default_timezone

from inspection.schedule import ONE_DAY
from intake.casework.deadlines.counting import Pause, Rule, due, latest_from
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import Status
from intake.choices.deadline_lists import RuleCode
from intake.models import DeadlinePause, Submission

# The start page says what ends within so many days.
STEPS = (15, 5, 0)


@dataclass(frozen=True, slots=True)
class DueLists:
    """Three queries, for as many days as wanted."""

    book: RuleBook
    paused: Mapping[UUID, "Paused"]

    @classmethod
    def read(cls) -> Self:
        return cls(RuleBook.read(), _paused_items())

    def due_by(self, day: date) -> Q:
        """Items whose clock ends on the day or before."""
        found = Q(pk__in=())
        for code, rule in self.book.in_force.items():
            found |= self._by_rule(code, rule, day)
        if not self.paused:
            return found
        counted = [pk for pk, item in self.paused.items() if self._is_by(item, day)]
        return found & ~Q(pk__in=list(self.paused)) | Q(pk__in=counted)

    def overdue(self, today: date) -> Q:
        """Items whose clock ended before today."""
        return self.due_by(today - ONE_DAY)

    def counts(self, items: "QuerySet[Submission]", today: date) -> "DueCounts":
        """How many of the items are due, in one more query."""
        days = {f"within_{days}": today + timedelta(days=days) for days in STEPS}
        by_day = {name: Count("pk", filter=self.due_by(day)) for name, day in days.items()}
        over = Count("pk", filter=self.overdue(today))
        found = items.order_by().aggregate(overdue=over, **by_day)
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
            return waits & Q(received_at__gte=_midnight(first)) if first else waits
        running = Q(deadline_rule=code, deadline_from__lte=last)
        return running & Q(deadline_from__gte=first) if first else running

    def _is_by(self, item: "Paused", day: date) -> bool:
        rule = self.book.in_force.get(item.rule)
        last = due(rule, item.from_day, self.book.calendar, item.pauses) if rule else None
        return last is not None and last <= day


@dataclass(frozen=True, slots=True)
class DueCounts:
    """What is over, and what ends within so many days and is not over: today's are in all."""

    overdue: int
    within: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Paused:
    """An item whose running clock was paused, or stands still."""

    rule: str
    from_day: date
    pauses: list[Pause]


def due_by(day: date) -> Q:
    """For a page that asks once; whoever asks for several days reads `DueLists`."""
    return DueLists.read().due_by(day)


def overdue(today: date) -> Q:
    """The same for what is over."""
    return DueLists.read().overdue(today)


def _paused_items() -> dict[UUID, Paused]:
    """One query: the pauses of the clocks that run now."""
    rows = DeadlinePause.objects.filter(
        Q(until__isnull=True) | Q(until__gt=F("submission__deadline_from")),
        submission__deadline_rule=F("rule"),
    )
    pauses: dict[UUID, list[Pause]] = defaultdict(list)
    clocks: dict[UUID, tuple[str, date]] = {}
    for pk, rule, from_day, first, until in rows.values_list(
        "submission", "rule", "submission__deadline_from", "first", "until"
    ):
        if from_day is not None:
            clocks[pk] = (rule, from_day)
            pauses[pk].append(Pause(first, until))
    return {pk: Paused(rule, day, pauses[pk]) for pk, (rule, day) in clocks.items()}


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), get_default_timezone())
