"""Which named reporters must have been told by a day, as a condition on items.

As with the own clocks, the calendar is turned round; the few that were paused or made longer are
counted one by one.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Q

from inspection.schedule import ONE_DAY
from intake.casework.deadlines.clock_lines import SOON
from intake.casework.deadlines.counting import Rule, known_spans, latest_from
from intake.casework.deadlines.due_lists import DueLists, told_by_now
from intake.choices.deadline_lists import TELLING

NONE = Q(pk__in=())


@dataclass(frozen=True, slots=True)
class TellingLists:
    """No query of its own: rules, calendar and pauses are those of the other clocks."""

    lists: DueLists

    def overdue(self, today: date) -> Q:
        """Those whose last day is over."""
        return self._due_by(today - ONE_DAY)

    def soon(self, today: date, span: timedelta = SOON) -> Q:
        """Those that end within so many days and are not over, or whose last day is unknown."""
        return (self._due_by(today + span) | self._unknown()) & ~self.overdue(today)

    def _due_by(self, day: date) -> Q:
        found = NONE
        for code, rule in self._rules():
            begun = latest_from(rule, day, self.lists.book.calendar)
            found |= _begun(code, *begun) if begun else NONE
        ends = [self.lists.last_day(one) for one in self.lists.changed_tellings.values()]
        is_by = [last is not None and last <= day for last in ends]
        return self._with_changed(found, is_by)

    def _unknown(self) -> Q:
        found = NONE
        for code, rule in self._rules():
            if rule.needs_calendar and rule.length:
                known = NONE
                for first, last in known_spans(rule, self.lists.book.calendar):
                    known |= _begun(code, first, last)
                found |= told_by_now(code) & Q(telling_from__isnull=False) & ~known
        clocks = self.lists.changed_tellings.values()
        in_force = self.lists.book.in_force
        is_unknown = [
            one.rule in in_force and not one.is_paused and self.lists.last_day(one) is None
            for one in clocks
        ]
        return self._with_changed(found, is_unknown)

    def _with_changed(self, found: Q, is_one: list[bool]) -> Q:
        """Those that were paused or made longer are in it by what was counted of each."""
        changed = self.lists.changed_tellings
        if changed:
            counted = [pk for pk, is_in in zip(changed, is_one, strict=True) if is_in]
            found = found & ~Q(pk__in=list(changed)) | Q(pk__in=counted)
        # So the index of the few that wait is used. A notice that was corrected since may promise
        # nobody an answer any more.
        return Q(telling_from__isnull=False) & found & ~Q(round__feedback=False)

    def _rules(self) -> Iterator[tuple[str, Rule]]:
        for code in TELLING:
            if rule := self.lists.book.in_force.get(code):
                yield code, rule


def _begun(code: str, first: date | None, last: date) -> Q:
    begun = told_by_now(code) & Q(telling_from__lte=last)
    return begun & Q(telling_from__gte=first) if first else begun
