"""The rules as the office keeps them, with the calendar: read once for as many items as wanted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Self

from inspection.models import WorkCalendarDay
from inspection.schedule import Calendar
from intake.casework.deadlines.counting import Rule, due
from intake.choices.deadline_lists import Happening, RuleCode, Unit
from intake.models import DeadlineRule, Submission


@dataclass(frozen=True, slots=True)
class RuleBook:
    """`rules` are all of them; only those `in_force` are shown and counted."""

    rules: Mapping[str, Rule]
    in_force: Mapping[str, Rule]
    calendar: Calendar

    @classmethod
    def read(cls, calendar: Calendar | None = None) -> Self:
        """Two queries; one where the calendar is known already."""
        rows = {row.code: row for row in DeadlineRule.objects.all()}
        rules = {code.value: _rule(code, rows.get(code.value)) for code in RuleCode}
        shut = {code for code, row in rows.items() if not row.is_active}
        in_force = {code: rule for code, rule in rules.items() if code not in shut}
        return cls(rules, in_force, calendar or WorkCalendarDay.calendar())

    def with_extensions(self, item: Submission) -> Self:
        """The rules as they are for one item."""
        extra = {one.rule: one.extra for one in item.extensions.all()}
        longer = {
            code: replace(rule, extra=extra[code]) if code in extra else rule
            for code, rule in self.in_force.items()
        }
        return replace(self, in_force=longer)

    def last_day(self, code: RuleCode, from_day: date) -> date | None:
        """Of a clock that is no item's, such as a sealed matter's; None where it is unknown."""
        rule = self.in_force.get(code)
        return due(rule, from_day, self.calendar) if rule else None


def _rule(code: RuleCode, row: DeadlineRule | None) -> Rule:
    """A rule without a row is as the program knows it, and so is a beginning that is fixed."""
    facts = code.facts
    if row is None:
        return Rule(code.value, facts.words, facts.number, facts.unit, facts.counts_from)
    return Rule(
        code=code.value,
        words=row.words,
        number=row.number,
        unit=Unit(row.unit),
        counts_from=facts.counts_from if facts.is_beginning_fixed else Happening(row.counts_from),
        may_extend=row.may_extend,
        to_workday=row.to_workday,
    )
