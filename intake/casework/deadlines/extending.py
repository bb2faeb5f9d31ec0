"""Making a clock of an item longer, once, by who may approve. Audited; the reason is sealed."""

from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext_lazy as _

from intake import audit
from intake.access import Deed
from intake.casework.deadlines.clock_lines import lines_for
from intake.casework.deadlines.rule_book import RuleBook
from intake.casework.versions import hold
from intake.choices import Action
from intake.choices.deadline_lists import OURS
from intake.models import DeadlineExtension, StaffUser, Submission
from intake.sealing.sealing import seal


class CannotExtend(ValueError):
    """The clock does not run, or may not become so long; the message is for the clerk."""


def extend(
    submission: Submission, rule: str, extra: int, reason: str, *, by: StaffUser, at: datetime
) -> DeadlineExtension:
    """Adds so many units of the rule. Raises CannotExtend."""
    if not by.may(Deed.APPROVE):
        raise PermissionDenied
    with transaction.atomic():
        item = hold(submission.pk, by, None, at=at)
        if rule not in OURS or rule not in {line.rule for line in lines_for(item, at)}:
            raise CannotExtend(_("这一件现在没有这个期限，不能延长。"))
        if item.extensions.filter(rule=rule).exists():
            raise CannotExtend(_("这个期限已经延长过，只能延长一次。"))
        most = RuleBook.read().rules[rule].may_extend
        if not 1 <= extra <= most:
            raise CannotExtend(_("这个期限最多延长 %(most)d，最少延长 1。") % {"most": most})
        row = DeadlineExtension.objects.create(
            submission=item,
            rule=rule,
            extra=extra,
            granted_by=by,
            granted_on=at.astimezone(item.round.zone).date(),
            sealed_reason=seal(reason.encode(), audit.recipient_of(item.desk)),
        )
        audit.record(
            Action.EXTEND_CLOCK,
            by=by,
            at=at,
            obj=item,
            desk=item.desk,
            made=[row],
            rule=rule,
            extra=extra,
        )
    return row
