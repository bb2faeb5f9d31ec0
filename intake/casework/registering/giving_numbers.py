"""Gives items their numbers: in the order in which they came in, without gaps."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction

from inspection.models import Round
from intake import audit
from intake.access import Deed
from intake.casework.deadlines import clock_facts
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.numbering import hold_numbers, next_number
from intake.choices import Action, NumberSeries, Status
from intake.models import StaffUser, Submission
from intake.models.submission import SubmissionQuerySet

_COLUMNS = ("number", "number_series", "status", "registered_by", "registered_at")


def register(submissions: Iterable[Submission], *, by: StaffUser, at: datetime) -> list[int]:
    """Numbers the items that wait, in the order in which they came in; gives their numbers.

    Numbers of a series of a round have no gaps: whoever registers holds the round until the
    commit, with a lock that no citizen's report waits for. What is registered already keeps its
    number. Raises PermissionDenied for a role that does not register.
    """
    if not by.may(Deed.REGISTER):
        raise PermissionDenied
    keys = [submission.pk for submission in submissions]
    numbers: list[int] = []
    with transaction.atomic():
        mine = Submission.objects.visible_to(by).filter(pk__in=keys)
        for round_id in sorted(set(mine.values_list("round", flat=True))):
            round_ = hold_numbers(round_id)
            waiting = _waiting(mine, round_id)
            for series in NumberSeries:
                items = [item for item in waiting if item.desk.number_series is series]
                numbers += give_numbers(items, round_, series, by=by, at=at)
    return numbers


def give_numbers(
    items: Sequence[Submission],
    round_: Round,
    series: NumberSeries,
    *,
    by: StaffUser,
    at: datetime,
) -> list[int]:
    """Numbers rows of one series of a round that the caller holds; gives their numbers."""
    if not items:
        return []
    book = RuleBook.read()
    for number, item in enumerate(items, start=next_number(round_, series)):
        item.number, item.number_series, item.status = number, series, Status.TO_ASSESS
        item.registered_by, item.registered_at, item.status_since = by, at, at
        item.version += 1
        clock_facts.registered(item, at=at, book=book)
        # The event comes before the row changes: the audit locks rows only after its own lock.
        audit.record(
            Action.REGISTER,
            by=by,
            at=at,
            obj=item,
            desk=item.desk,
            changed=[item],
            number=number,
            from_status=Status.UNREGISTERED.value,
            to_status=Status.TO_ASSESS.value,
        )
    columns = (*_COLUMNS, "status_since", "version", *clock_facts.FIELDS)
    Submission.objects.bulk_update(items, columns)
    return [item.number for item in items if item.number]


def _waiting(mine: SubmissionQuerySet, round_id: int) -> list[Submission]:
    waiting = mine.unregistered().filter(round=round_id).select_related("desk", "round")
    return list(waiting.defer("sealed").order_by("received_at", "pk"))
