"""Items whose clock counts from another event, because the office changed the rule. Audited."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from intake import audit
from intake.casework.deadlines.clock_facts import set_clock, steps_so_far
from intake.casework.deadlines.rule_book import RuleBook
from intake.choices import Action
from intake.models import DeadlineRule, StaffUser, Submission

_AT_ONCE = 500


def recount(rule: DeadlineRule, *, by: StaffUser, at: datetime) -> int:
    """Sets the day of beginning of every item whose clock the rule is; gives how many changed."""
    book, changed = RuleBook.read(), 0
    with transaction.atomic():
        # The audit's own lock comes first, because its holder may go on to lock these rows.
        audit.checkpoint(at=at)
        running = Submission.objects.filter(deadline_rule=rule.code).order_by("pk")
        keys = list(running.values_list("pk", flat=True))
        for start in range(0, len(keys), _AT_ONCE):
            some = running.select_related("round").defer("sealed")
            items = list(some.filter(pk__in=keys[start : start + _AT_ONCE]))
            moved = _with_another_day(items, book)
            if moved:
                audit.record(Action.CORRECT, by=by, at=at, obj=rule, changed=moved)
                Submission.objects.bulk_update(moved, ["deadline_from"])
            changed += len(moved)
    return changed


def _with_another_day(items: Sequence[Submission], book: RuleBook) -> list[Submission]:
    steps, before = steps_so_far(items), {item.pk: item.deadline_from for item in items}
    for item in items:
        set_clock(item, steps[str(item.pk)], book)
    return [item for item in items if item.deadline_from != before[item.pk]]
