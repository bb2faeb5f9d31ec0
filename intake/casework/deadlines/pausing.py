"""Pausing a clock of an item for a reason, and letting it go on. Audited.

The reason is sealed to the item's desk and stands nowhere in clear.
"""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.versions import hold
from intake.choices import Action
from intake.choices.deadline_lists import PAUSABLE
from intake.models import DeadlinePause, StaffUser, Submission
from intake.sealing.sealing import seal


class CannotPause(ValueError):
    """The clock does not run, or does not stand still; the message is for the clerk."""


def pause(
    submission: Submission, rule: str, reason: str, *, by: StaffUser, at: datetime
) -> DeadlinePause:
    """Stops a running clock from today on. Raises CannotPause."""
    if not by.may(Deed.PAUSE_CLOCK):
        raise PermissionDenied
    with transaction.atomic():
        item = hold(submission.pk, by, None, at=at)
        line = next((line for line in lines_for(item, at) if line.rule == rule), None)
        if line is None or rule not in PAUSABLE:
            raise CannotPause(_("这一件现在没有这个期限，不能暂停。"))
        if line.is_paused:
            raise CannotPause(_("这个期限已经暂停了。"))
        row = DeadlinePause.objects.create(
            submission=item,
            rule=rule,
            first=at.astimezone(item.round.zone).date(),
            paused_by=by,
            sealed_reason=seal(reason.encode(), audit.recipient_of(item.desk)),
        )
        audit.record(
            Action.PAUSE_CLOCK, by=by, at=at, obj=item, desk=item.desk, made=[row], rule=rule
        )
    return row


def resume(submission: Submission, rule: str, *, by: StaffUser, at: datetime) -> DeadlinePause:
    """Lets a clock go on; today counts again. Raises CannotPause."""
    if not by.may(Deed.PAUSE_CLOCK):
        raise PermissionDenied
    with transaction.atomic():
        item = hold(submission.pk, by, None, at=at)
        row = DeadlinePause.objects.running().filter(submission=item, rule=rule).first()
        if row is None:
            raise CannotPause(_("这个期限没有暂停。"))
        _end(row, item, by=by, at=at)
    return row


def end_those_over(item: Submission, *, by: StaffUser, at: datetime) -> None:
    """A clock that runs no more does not stand still either: should it begin anew, it counts.

    Inside of the deed that moved or judged the item, after its event.
    """
    standing = list(DeadlinePause.objects.running().filter(submission=item))
    if not standing:
        return
    runs = {line.rule for line in lines_for(item, at)}
    for row in standing:
        if row.rule not in runs:
            _end(row, item, by=by, at=at)


def _end(row: DeadlinePause, item: Submission, *, by: StaffUser, at: datetime) -> None:
    row.until = max(at.astimezone(item.round.zone).date(), row.first)
    row.resumed_by = by
    audit.record(
        Action.RESUME_CLOCK, by=by, at=at, obj=item, desk=item.desk, changed=[row], rule=row.rule
    )
    row.save(update_fields=["until", "resumed_by"])
