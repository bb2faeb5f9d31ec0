"""Which sealed matters must go up by a day, as a condition on rows."""

from datetime import date

from django.db.models import Q

from intake.casework.deadlines.counting import known_spans, latest_from
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices.deadline_lists import RuleCode

NONE = Q(pk__in=())


def by_day(book: RuleBook, day: date) -> Q:
    """Those whose last day is the day or before; none whose last day is unknown."""
    rule = book.in_force.get(RuleCode.SEALED_MATTER)
    span = latest_from(rule, day, book.calendar) if rule else None
    return _received(*span) if span else NONE


def known(book: RuleBook) -> Q:
    """Those whose last day the calendar tells; where the office shut the rule, none."""
    rule = book.in_force.get(RuleCode.SEALED_MATTER)
    if rule is None:
        return NONE
    if not rule.needs_calendar or not rule.length:
        return ~NONE
    found = NONE
    for first, last in known_spans(rule, book.calendar):
        found |= _received(first, last)
    return found


def _received(first: date | None, last: date) -> Q:
    received = Q(received_on__lte=last)
    return received & Q(received_on__gte=first) if first else received
