"""A term that somebody else may use runs out by itself, and nobody here is late by it."""

from datetime import date, datetime

import pytest
from django.db.models import Q

from intake import audit
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.deadlines.days_left import days_left
from intake.casework.deadlines.due_lists import DueLists
from intake.casework.registering import register
from intake.choices import Action, Handling, Status
from intake.choices.deadline_lists import RuleCode
from intake.models import DeadlinePause, StaffUser, Submission
from tests.making import INSIDE, make_clerk, make_intake, record_what_was_made
from tests.staff_work import send

pytestmark = pytest.mark.django_db

SENT, LAST = date(2025, 4, 30), date(2025, 5, 12)


def at(day: date) -> datetime:
    return INSIDE.replace(year=day.year, month=day.month, day=day.day)


def sent_off(item: Submission, by: StaffUser) -> Submission:
    """As a list that was sent leaves it."""
    item = Submission.objects.get(pk=item.pk)
    item.status, item.handled_as = Status.TRANSFERRED, Handling.TRANSFER
    item.deadline_rule, item.deadline_from = RuleCode.OBJECTION, SENT
    moved = {"from_status": "to_transfer", "to_status": "transferred"}
    audit.record(Action.MOVE, by=by, at=at(SENT), obj=item, desk=item.desk, changed=[item], **moved)
    item.save()
    return Submission.objects.get(pk=item.pk)


def test_no_list_counts_an_item_whose_receiver_may_not_object_any_more():
    intake = make_intake()
    clerk = make_clerk(intake, intake.desks[0])
    record_what_was_made()
    items = [send(intake, intake.targets[0]) for _ in range(2)]
    register(items, by=clerk, at=INSIDE)
    item, paused = (sent_off(item, clerk) for item in items)
    stopped = {"first": date(2025, 5, 1), "until": date(2025, 5, 2), "resumed_by": clerk}
    DeadlinePause.objects.create(
        submission=paused, rule="objection", paused_by=clerk, sealed_reason=b"", **stopped
    )
    lists, long_after = DueLists.read(), date(2025, 8, 1)

    def found(condition: Q) -> int:
        return Submission.objects.filter(condition).count()

    assert found(lists.due_by(long_after)) == found(lists.overdue(long_after)) == 0
    counted = lists.counts(Submission.objects.all(), long_after)
    assert (counted.overdue, set(counted.within.values()), counted.unknown) == (0, {0}, 0)
    said = (
        (LAST, "在期限内", "今天是最后一天"),
        (date(2025, 5, 13), "异议期已过", "异议期已过"),
    )
    for day, tag, left in said:
        (line,) = lines_for(item, at(day))
        assert (line.rule, line.due, line.tag, line.tone) == ("objection", LAST, tag, "fine")
        assert line.words == f"到2025年5月12日（周一）为止，{left}。"
        assert days_left(item, lists, at(day)) == left
