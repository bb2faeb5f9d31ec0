"""Items whose clock counts from another event, because the office changed the rule. Audited."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from intake import audit
from intake.casework.deadlines.clock_facts import NAMED, set_clock, steps_so_far
from intake.casework.deadlines.due_lists import told_by_now
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import Action, Status
from intake.choices.deadline_lists import TELLING
from intake.models import DeadlineRule, StaffUser, Submission
from intake.models.submission import SubmissionQuerySet

_AT_ONCE = 500
_DAYS = ("deadline_from", "telling_from")


def recount(rule: DeadlineRule, *, by: StaffUser, at: datetime) -> int:
    """Sets the day of beginning of every item whose clock the rule is; gives how many changed."""
    book, changed = RuleBook.read(), 0
    with transaction.atomic():
        # The audit's own lock comes first, because its holder may go on to lock these rows.
        audit.checkpoint(at=at)
        running = _concerned(rule.code).order_by("pk")
        keys = list(running.values_list("pk", flat=True))
        for start in range(0, len(keys), _AT_ONCE):
            some = running.select_related("round").defer("sealed")
            items = list(some.filter(pk__in=keys[start : start + _AT_ONCE]))
            moved = _with_another_day(items, book)
            if moved and rule.code not in TELLING:
                audit.record(Action.CORRECT, by=by, at=at, obj=rule, changed=moved)
            if moved:
                Submission.objects.bulk_update(moved, _DAYS)
            changed += len(moved)
    return changed


def _concerned(code: str) -> SubmissionQuerySet:
    """Items whose clock it is; of telling also those that may begin to wait by another event."""
    if code not in TELLING:
        return Submission.objects.filter(deadline_rule=code)
    named = Submission.objects.filter(told_by_now(code), signature__in=NAMED)
    return named.exclude(status__in=(Status.UNREGISTERED, Status.VOIDED))


def _with_another_day(items: Sequence[Submission], book: RuleBook) -> list[Submission]:
    steps, before = steps_so_far(items), {item.pk: _days(item) for item in items}
    for item in items:
        set_clock(item, steps[str(item.pk)], book)
    return [item for item in items if _days(item) != before[item.pk]]


def _days(item: Submission) -> list[Any]:
    return [getattr(item, name) for name in _DAYS]
